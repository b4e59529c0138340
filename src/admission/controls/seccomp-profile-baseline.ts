import { Control, Forbidden } from '../control';
import { PodSecurityLevel } from '../pod-security-level';
import { PolicyPod, PolicySecurityContext } from '../policy-pod';
import { distinct, quoted, settersNamed } from '../wording';

/** Nobody turns the system call filter off. */
export const seccompProfileBaseline: Control = {
  id: 'seccompProfile_baseline',
  level: PodSecurityLevel.BASELINE,
  check: forbiddenSeccompProfile,
};

/** What a pod is told that names another filter than the runtime's or one of the node. */
export function forbiddenSeccompProfile(pod: PolicyPod): Forbidden | undefined {
  const offenders = pod.containers.filter(isForbidden);
  const setters = [pod, ...offenders].filter(isForbidden);
  if (setters.length === 0) return undefined;
  const containers = offenders.map(({ name }) => name);
  const values = distinct(setters.map(setter => setter.seccompProfile!));
  return {
    reason: 'seccompProfile',
    detail: `${settersNamed(isForbidden(pod), containers)} must not set securityContext.seccompProfile.type to ${quoted(values)}`,
    containers,
  };
}

function isForbidden({ seccompProfile }: PolicySecurityContext): boolean {
  return seccompProfile !== undefined && seccompProfile !== 'RuntimeDefault' && seccompProfile !== 'Localhost';
}
