import { CapabilitySet } from './capability-set';

/**
 * What a container may add where Pod Security `baseline` is enforced. Beyond that it may only keep what the runtime gives.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
 */
export const BASELINE_CAPABILITIES = CapabilitySet.of([
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT',
]);

/** What a container may add where `restricted` is enforced; it must drop ALL. */
export const RESTRICTED_CAPABILITIES = CapabilitySet.of(['NET_BIND_SERVICE']);
