import { Control } from '../control';
import { PodSecurityLevel } from '../pod-security-level';
import { containersNamed, settersNamed } from '../wording';

const REASON = 'runAsNonRoot != true';

/** Every container says `runAsNonRoot: true`, or nothing where the pod says it; or the pod has a user namespace of its own (since 1.35). */
export const runAsNonRoot: Control = {
  id: 'runAsNonRoot',
  level: PodSecurityLevel.RESTRICTED,
  check(pod) {
    if (pod.userNamespace) return undefined;
    const said = pod.containers.filter(container => container.runAsNonRoot === false).map(({ name }) => name);
    if (pod.runAsNonRoot === false || said.length > 0) {
      return {
        reason: REASON,
        detail: `${settersNamed(pod.runAsNonRoot === false, said)} must not set securityContext.runAsNonRoot=false`,
        containers: said,
      };
    }
    if (pod.runAsNonRoot) return undefined;
    const unsaid = pod.containers.filter(container => container.runAsNonRoot === undefined).map(({ name }) => name);
    return unsaid.length === 0 ? undefined : {
      reason: REASON,
      detail: `pod or ${containersNamed(unsaid)} must set securityContext.runAsNonRoot=true`,
      containers: unsaid,
    };
  },
};
