import { Control } from '../control';
import { PodSecurityLevel } from '../pod-security-level';
import { settersNamed } from '../wording';

/** No container is a process of a Windows node. */
export const windowsHostProcess: Control = {
  id: 'windowsHostProcess',
  level: PodSecurityLevel.BASELINE,
  check(pod) {
    const containers = pod.containers.filter(container => container.hostProcess).map(({ name }) => name);
    return !pod.hostProcess && containers.length === 0 ? undefined : {
      reason: 'hostProcess',
      detail: `${settersNamed(pod.hostProcess === true, containers)} must not set securityContext.windowsOptions.hostProcess=true`,
      containers,
    };
  },
};
