import { AccessMatrix, accessMatrix } from '../access/access-matrix';
import { AccessOptions } from '../access/access-options';
import { podSecurity } from '../admission/pod-security';
import { PodSecurityReport } from '../admission/pod-security-report';
import { ManifestPod } from '../manifest/pods-of';

/** What is said about one pod of a manifest. */
export interface PodExplanation {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly matrix: AccessMatrix;
  readonly podSecurity: PodSecurityReport;
}

/** Explains one pod. */
export function explainPod(pod: ManifestPod, options: AccessOptions = {}): PodExplanation {
  const { kind, name, namespace, spec, metadata } = pod;
  return {
    kind,
    name,
    namespace,
    matrix: accessMatrix(spec, { annotations: metadata.annotations, ...options }),
    podSecurity: podSecurity(spec, metadata),
  };
}

/** How a report names the pod: `Deployment shop/api`. */
export function titleOf({ kind, name, namespace }: { readonly kind: string; readonly name: string; readonly namespace: string }): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name || '(no name)'}`;
}
