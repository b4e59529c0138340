import { Control } from '../control';
import { PodSecurityLevel } from '../pod-security-level';
import { containersNamed } from '../wording';

/** Every container says `allowPrivilegeEscalation: false`. Windows pods cannot. */
export const allowPrivilegeEscalation: Control = {
  id: 'allowPrivilegeEscalation',
  level: PodSecurityLevel.RESTRICTED,
  check(pod) {
    if (pod.windows) return undefined;
    const containers = pod.containers.filter(container => container.allowPrivilegeEscalation !== false).map(({ name }) => name);
    return containers.length === 0 ? undefined : {
      reason: 'allowPrivilegeEscalation != false',
      detail: `${containersNamed(containers)} must set securityContext.allowPrivilegeEscalation=false`,
      containers,
    };
  },
};
