/** The program of the node that runs the containers. */
export enum ContainerRuntime {
  /** containerd, which most distributions of Kubernetes use. */
  CONTAINERD = 'containerd',

  /** CRI-O, which OpenShift uses. Its default capability set is smaller. */
  CRI_O = 'cri-o',
}
