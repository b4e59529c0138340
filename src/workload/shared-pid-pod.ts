import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { SharedPid } from './shared-pid';

/**
 * Properties of a `SharedPidPod`: all of `kplus.PodProps`.
 */
export interface SharedPidPodProps extends kplus.PodProps {}

/**
 * A pod whose containers share one process namespace: a cdk8s-plus-28 `Pod` with `shareProcessNamespace: true`.
 *
 * What sharing changes for the containers:
 *
 * - PID 1 is `/pause`, not the app: `kill -HUP 1` does not reach it, and images that insist on PID 1 refuse to start;
 * - processes, and by `/proc` their arguments and environment, are visible to the other containers of the pod as far as
 *   Unix permissions allow;
 * - so are file systems, through `/proc/PID/root`.
 *
 * For a Deployment or any other workload use `SharedPid.enable`.
 *
 * @example
 *
 * const pod = new SharedPidPod(this, 'nginx', {
 *   containers: [{
 *     name: 'nginx',
 *     image: 'nginx:1.27',
 *     securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false },
 *   }],
 * });
 * new DebugSidecar(pod, 'shell', { profile: DebugProfile.GENERAL });
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/
 */
export class SharedPidPod extends kplus.Pod {
  /**
   * @param scope the chart, or any construct in one
   * @param id the construct's id, from which the pod's name is made
   * @param props all that `kplus.Pod` takes
   */
  constructor(scope: Construct, id: string, props: SharedPidPodProps = {}) {
    super(scope, id, props);
    SharedPid.enable(this);
  }
}
