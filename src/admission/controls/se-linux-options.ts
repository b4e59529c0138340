import { Control } from '../control';
import { PodSecurityLevel } from '../pod-security-level';
import { PolicySecurityContext } from '../policy-pod';
import { distinct, plural, quoted, settersNamed } from '../wording';

const TYPES: readonly string[] = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

/** No SELinux user or role, and no type but those of containers. */
export const seLinuxOptions: Control = {
  id: 'seLinuxOptions',
  level: PodSecurityLevel.BASELINE,
  check(pod) {
    const offenders = pod.containers.filter(isForbidden);
    const setters = [pod, ...offenders].filter(isForbidden).map(({ seLinux }) => seLinux!);
    if (setters.length === 0) return undefined;
    const types = distinct(setters.map(({ type }) => type).filter(type => !TYPES.includes(type)));
    const what: string[] = [];
    if (types.length > 0) what.push(`${plural(types.length, 'type', 'types')} ${quoted(types)}`);
    if (setters.some(({ user }) => user !== '')) what.push('user may not be set');
    if (setters.some(({ role }) => role !== '')) what.push('role may not be set');
    const containers = offenders.map(({ name }) => name);
    return {
      reason: 'seLinuxOptions',
      detail: `${settersNamed(isForbidden(pod), containers)} set forbidden securityContext.seLinuxOptions: ${what.join('; ')}`,
      containers,
    };
  },
};

function isForbidden({ seLinux }: PolicySecurityContext): boolean {
  return seLinux !== undefined && (!TYPES.includes(seLinux.type) || seLinux.user !== '' || seLinux.role !== '');
}
