import { Control, Forbidden } from '../control';
import { PodSecurityLevel } from '../pod-security-level';
import { PolicyPod } from '../policy-pod';
import { containersNamed, distinct, quoted } from '../wording';

/** /proc is masked, unless the pod has a user namespace of its own (since 1.35). */
export const procMount: Control = {
  id: 'procMount',
  level: PodSecurityLevel.BASELINE,
  check: pod => pod.userNamespace ? undefined : checkProcMount(pod),
};

/** What a pod with an unmasked /proc is told. */
export function checkProcMount(pod: PolicyPod): Forbidden | undefined {
  const offenders = pod.containers.filter(container => container.procMount !== undefined && container.procMount !== 'Default');
  if (offenders.length === 0) return undefined;
  const containers = offenders.map(({ name }) => name);
  return {
    reason: 'procMount',
    detail: `${containersNamed(containers)} must not set securityContext.procMount to ${quoted(distinct(offenders.map(offender => offender.procMount!)))}`,
    containers,
  };
}
