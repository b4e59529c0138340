import { Control } from '../control';
import { PodSecurityLevel } from '../pod-security-level';
import { containersNamed, distinct, plural, quoted } from '../wording';

/** No probe or lifecycle handler makes the kubelet call another host than the pod. */
export const hostProbesAndHostLifecycle: Control = {
  id: 'hostProbesAndHostLifecycle',
  level: PodSecurityLevel.BASELINE,
  check(pod) {
    const offenders = pod.containers.filter(({ handlerHosts }) => handlerHosts.length > 0);
    if (offenders.length === 0) return undefined;
    const containers = distinct(offenders.map(({ name }) => name)); // here, and only here, the server sorts them
    const hosts = distinct(offenders.flatMap(({ handlerHosts }) => handlerHosts));
    const uses = plural(containers.length, 'uses', 'use');
    return {
      reason: 'probe or lifecycle host',
      detail: `${containersNamed(containers)} ${uses} ${plural(hosts.length, 'probe or lifecycle host', 'probe or lifecycle hosts')} ${quoted(hosts)}`,
      containers,
    };
  },
};
