import { Control } from '../control';
import { PodSecurityLevel } from '../pod-security-level';
import { containersNamed } from '../wording';

/** No container is privileged. */
export const privileged: Control = {
  id: 'privileged',
  level: PodSecurityLevel.BASELINE,
  check(pod) {
    const containers = pod.containers.filter(container => container.privileged).map(({ name }) => name);
    return containers.length === 0 ? undefined : {
      reason: 'privileged',
      detail: `${containersNamed(containers)} must not set securityContext.privileged=true`,
      containers,
    };
  },
};
