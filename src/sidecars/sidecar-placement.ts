/**
 * Where a sidecar's container stands in the pod spec.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export enum SidecarPlacement {
  /** In `containers`, after the app's. A pod ends only when it ends too, so not for Jobs. */
  CONTAINER = 'container',
  /**
   * In `initContainers` with `restartPolicy: Always`: starts before the app, stops after it, and does not keep a Job from
   * completing. Needs Kubernetes 1.29.
   */
  NATIVE = 'native',
}
