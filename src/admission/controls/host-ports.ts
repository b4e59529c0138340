import { Control } from '../control';
import { PodSecurityLevel } from '../pod-security-level';
import { containersNamed, distinct, plural } from '../wording';

/** No port of the node is taken. */
export const hostPorts: Control = {
  id: 'hostPorts',
  level: PodSecurityLevel.BASELINE,
  check(pod) {
    const offenders = pod.containers.filter(container => container.hostPorts.some(isForbidden));
    if (offenders.length === 0) return undefined;
    const containers = offenders.map(({ name }) => name);
    const ports = distinct(offenders.flatMap(container => container.hostPorts.filter(isForbidden).map(String))); // in the order of texts
    return {
      reason: 'hostPort',
      detail: `${containersNamed(containers)} ${plural(containers.length, 'uses', 'use')} ${plural(ports.length, 'hostPort', 'hostPorts')} ${ports.join(', ')}`,
      containers,
    };
  },
};

function isForbidden(port: number): boolean {
  return port !== 0;
}
