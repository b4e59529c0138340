import { Control } from '../control';
import { PodSecurityLevel } from '../pod-security-level';
import { plural, quoted } from '../wording';

/** No volume is a folder of the node. */
export const hostPathVolumes: Control = {
  id: 'hostPathVolumes',
  level: PodSecurityLevel.BASELINE,
  check(pod) {
    const volumes = pod.volumes.filter(({ sources }) => sources.includes('hostPath')).map(({ name }) => name);
    return volumes.length === 0 ? undefined : {
      reason: 'hostPath volumes',
      detail: `${plural(volumes.length, 'volume', 'volumes')} ${quoted(volumes)}`,
      containers: [],
    };
  },
};
