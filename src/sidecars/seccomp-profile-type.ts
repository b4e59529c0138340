/**
 * The system call filter of a container: the field `seccompProfile.type`.
 *
 * @see https://kubernetes.io/docs/tutorials/security/seccomp/
 */
export enum SeccompProfileType {
  /** The filter of the container runtime. */
  RUNTIME_DEFAULT = 'RuntimeDefault',
  /** No filter. */
  UNCONFINED = 'Unconfined',
}
