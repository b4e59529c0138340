import { Control } from '../control';
import { PodSecurityLevel } from '../pod-security-level';
import { settersNamed } from '../wording';

/** Nobody says `runAsUser: 0`, unless the pod has a user namespace of its own (since 1.35). */
export const runAsUser: Control = {
  id: 'runAsUser',
  level: PodSecurityLevel.RESTRICTED,
  check(pod) {
    if (pod.userNamespace) return undefined;
    const containers = pod.containers.filter(container => container.runAsUser === 0).map(({ name }) => name);
    return pod.runAsUser !== 0 && containers.length === 0 ? undefined : {
      reason: 'runAsUser=0',
      detail: `${settersNamed(pod.runAsUser === 0, containers)} must not set runAsUser=0`,
      containers,
    };
  },
};
