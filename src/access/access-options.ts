import { ContainerFacts } from './container-facts';
import { NodeFacts } from './node-facts';

/** What is known beside the pod spec. */
export interface AccessOptions {
  /**
   * What is stated about the nodes.
   *
   * @default - nothing: what the nodes decide stands in `nodeMayDeny`
   */
  readonly node?: NodeFacts;

  /**
   * The platform gives every container without `runAsUser` the same UID, which is not root, and GID 0, as OpenShift does.
   *
   * @default false
   */
  readonly platformUsers?: boolean;

  /**
   * What is stated about containers, by name.
   *
   * @default - nothing but what is known of well-known images
   */
  readonly containers?: { readonly [name: string]: ContainerFacts };

  /**
   * `metadata.annotations` of the pod, for the AppArmor annotations of Kubernetes before 1.30.
   *
   * @default - none
   */
  readonly annotations?: unknown;
}
