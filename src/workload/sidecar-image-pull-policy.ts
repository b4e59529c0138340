/**
 * When the kubelet pulls the image of a sidecar: the field `imagePullPolicy`.
 *
 * @see https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy
 */
export enum SidecarImagePullPolicy {
  /** At every start of the container. */
  ALWAYS = 'Always',
  /** When the node does not have it. */
  IF_NOT_PRESENT = 'IfNotPresent',
  /** Never: the image must be on the node. */
  NEVER = 'Never',
}
