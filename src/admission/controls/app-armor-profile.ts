import { Control } from '../control';
import { goQuote } from '../go-quote';
import { PodSecurityLevel } from '../pod-security-level';
import { PolicySecurityContext } from '../policy-pod';
import { distinct, plural, quoted, settersNamed } from '../wording';

/** How profiles were named before they were fields: followed by the container's name. */
const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

/** No profile but the runtime's and those of the node. */
export const appArmorProfile: Control = {
  id: 'appArmorProfile',
  level: PodSecurityLevel.BASELINE,
  check(pod) {
    const offenders = pod.containers.filter(isForbidden);
    const setters = [pod, ...offenders].filter(isForbidden);
    const annotations = distinct(pod.annotations.filter(isForbiddenAnnotation).map(([key, value]) => `${key}=${goQuote(value)}`));
    if (setters.length === 0 && annotations.length === 0) return undefined;
    const containers = offenders.map(({ name }) => name);
    const values = [...distinct(setters.map(setter => setter.appArmorProfile!)), ...annotations];
    const who: string[] = [];
    if (setters.length > 0) who.push(settersNamed(isForbidden(pod), containers));
    if (annotations.length > 0) who.push(plural(annotations.length, 'annotation', 'annotations'));
    return {
      reason: plural(values.length, 'forbidden AppArmor profile', 'forbidden AppArmor profiles'),
      detail: `${who.join(' and ')} must not set AppArmor profile type to ${quoted(values)}`,
      containers,
    };
  },
};

function isForbidden({ appArmorProfile: profile }: PolicySecurityContext): boolean {
  return profile !== undefined && profile !== 'RuntimeDefault' && profile !== 'Localhost';
}

function isForbiddenAnnotation([key, value]: readonly [string, string]): boolean {
  return key.startsWith(ANNOTATION) && value !== '' && value !== 'runtime/default' && !value.startsWith('localhost/');
}
