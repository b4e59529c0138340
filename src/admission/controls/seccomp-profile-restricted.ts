import { forbiddenSeccompProfile } from './seccomp-profile-baseline';
import { Control } from '../control';
import { PodSecurityLevel } from '../pod-security-level';
import { containersNamed } from '../wording';

/** Every container, or the pod for it, names a system call filter. Windows pods cannot. */
export const seccompProfileRestricted: Control = {
  id: 'seccompProfile_restricted',
  level: PodSecurityLevel.RESTRICTED,
  replaces: 'seccompProfile_baseline',
  check(pod) {
    if (pod.windows) return undefined;
    const forbidden = forbiddenSeccompProfile(pod);
    if (forbidden) return forbidden;
    if (pod.seccompProfile !== undefined) return undefined;
    const unsaid = pod.containers.filter(container => container.seccompProfile === undefined).map(({ name }) => name);
    return unsaid.length === 0 ? undefined : {
      reason: 'seccompProfile',
      detail: `pod or ${containersNamed(unsaid)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
      containers: unsaid,
    };
  },
};
