import { Control } from '../control';
import { PodSecurityLevel } from '../pod-security-level';
import { containersNamed, distinct, quoted } from '../wording';

/** The runtimes' default capabilities but NET_RAW. Names are compared as they are written. */
const ALLOWED: ReadonlySet<string> = new Set([
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID',
  'SYS_CHROOT',
]);

/** No container adds a capability that is not a default one. */
export const capabilitiesBaseline: Control = {
  id: 'capabilities_baseline',
  level: PodSecurityLevel.BASELINE,
  check(pod) {
    const offenders = pod.containers.filter(({ added }) => added.some(isForbidden));
    if (offenders.length === 0) return undefined;
    const containers = offenders.map(({ name }) => name);
    const capabilities = distinct(offenders.flatMap(({ added }) => added.filter(isForbidden)));
    return {
      reason: 'non-default capabilities',
      detail: `${containersNamed(containers)} must not include ${quoted(capabilities)} in securityContext.capabilities.add`,
      containers,
    };
  },
};

function isForbidden(capability: string): boolean {
  return !ALLOWED.has(capability);
}
