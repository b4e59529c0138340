import { Control } from '../control';
import { PodSecurityLevel } from '../pod-security-level';
import { PolicyContainer } from '../policy-pod';
import { containersNamed, distinct, quoted } from '../wording';

/** Every container drops ALL and adds at most NET_BIND_SERVICE. Windows pods cannot. */
export const capabilitiesRestricted: Control = {
  id: 'capabilities_restricted',
  level: PodSecurityLevel.RESTRICTED,
  replaces: 'capabilities_baseline',
  check(pod) {
    if (pod.windows) return undefined;
    const offenders = pod.containers.filter(container => keepsSome(container) || addsForbidden(container));
    if (offenders.length === 0) return undefined;
    const keeping = offenders.filter(keepsSome).map(({ name }) => name);
    const adding = offenders.filter(addsForbidden);
    const details: string[] = [];
    if (keeping.length > 0) details.push(`${containersNamed(keeping)} must set securityContext.capabilities.drop=["ALL"]`);
    if (adding.length > 0) {
      const capabilities = distinct(adding.flatMap(({ added }) => added.filter(isForbidden)));
      details.push(`${containersNamed(adding.map(({ name }) => name))} must not include ${quoted(capabilities)} in securityContext.capabilities.add`);
    }
    return { reason: 'unrestricted capabilities', detail: details.join('; '), containers: offenders.map(({ name }) => name) };
  },
};

function keepsSome({ dropped }: PolicyContainer): boolean {
  return !dropped.includes('ALL');
}

function addsForbidden({ added }: PolicyContainer): boolean {
  return added.some(isForbidden);
}

function isForbidden(capability: string): boolean {
  return capability !== 'NET_BIND_SERVICE';
}
