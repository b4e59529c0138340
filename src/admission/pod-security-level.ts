/**
 * The levels of the Pod Security Standards, from the widest to the tightest.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export enum PodSecurityLevel {
  /** No restriction. */
  PRIVILEGED = 'privileged',
  /** What is known to give a pod the node is forbidden. */
  BASELINE = 'baseline',
  /** As tight as pods are hardened today: not root, no capabilities, a system call filter. */
  RESTRICTED = 'restricted',
}
