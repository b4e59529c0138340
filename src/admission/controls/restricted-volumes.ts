import { Control } from '../control';
import { PodSecurityLevel } from '../pod-security-level';
import { PolicyVolume } from '../policy-pod';
import { distinct, plural, quoted } from '../wording';

const ALLOWED: readonly string[] = [
  'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret',
];

/** In the order in which the server looks for them, should a volume have several. */
const RESTRICTED: readonly string[] = [
  'hostPath', 'gcePersistentDisk', 'awsElasticBlockStore', 'gitRepo', 'nfs', 'iscsi', 'glusterfs', 'rbd', 'flexVolume', 'cinder', 'cephfs',
  'flocker', 'fc', 'azureFile', 'vsphereVolume', 'quobyte', 'azureDisk', 'photonPersistentDisk', 'portworxVolume', 'scaleIO', 'storageos',
];

/** No volume but of the kinds that give nothing of the node or of a storage system past its claims. */
export const restrictedVolumes: Control = {
  id: 'restrictedVolumes',
  level: PodSecurityLevel.RESTRICTED,
  replaces: 'hostPathVolumes',
  check(pod) {
    const offenders = pod.volumes.filter(isForbidden);
    if (offenders.length === 0) return undefined;
    const kinds = distinct(offenders.map(({ sources }) => RESTRICTED.find(kind => sources.includes(kind)) ?? 'unknown'));
    const volumes = `${plural(offenders.length, 'volume', 'volumes')} ${quoted(offenders.map(({ name }) => name))}`;
    const uses = plural(offenders.length, 'uses', 'use');
    return {
      reason: 'restricted volume types',
      detail: `${volumes} ${uses} ${plural(kinds.length, 'restricted volume type', 'restricted volume types')} ${quoted(kinds)}`,
      containers: [],
    };
  },
};

/** A volume without a source is an emptyDir: the server makes it one. */
function isForbidden({ sources }: PolicyVolume): boolean {
  return sources.length > 0 && !sources.some(source => ALLOWED.includes(source));
}
