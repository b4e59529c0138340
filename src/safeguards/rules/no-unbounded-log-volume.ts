import { objectOf } from '../../manifest/pod-spec';
import { JudgedContainer } from '../judged-pod';
import { logVolumesOf } from '../log-volume';
import { named, namedList } from '../printable-name';
import { Safeguard } from '../safeguard';
import { Severity } from '../severity';

/** Log files in an emptyDir fill the node's disk when nothing bounds them. */
export const noUnboundedLogVolume: Safeguard = {
  id: 'no-unbounded-log-volume',
  title: 'A bound for the volume that holds log files',
  severity: Severity.WARNING,
  severities: 'warning',
  why: 'An emptyDir takes the node\'s disk. Log files that nobody rotates fill it, and then the kubelet evicts pods, those of others as well. '
    + 'With `sizeLimit` only this pod is evicted. Taken for a log volume is an emptyDir that several containers mount, one of them at a '
    + 'directory called `log` or `logs`; where every one of them has a limit for `ephemeral-storage` there is a bound already.',
  remediation: 'Set `emptyDir.sizeLimit`, and rotate the files so that they stay well below it.',
  links: [
    'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage',
  ],
  *check(pod) {
    for (const { name, emptyDir, path, containers } of logVolumesOf(pod)) {
      if (emptyDir.sizeLimit !== undefined && emptyDir.sizeLimit !== null) continue;
      if (emptyDir.medium === 'Memory' || containers.every(hasStorageLimit)) continue; // memory counts for the containers' limits
      yield {
        severity: Severity.WARNING,
        message: `volume ${named(name)} of ${namedList(containers.map(container => container.name))} holds log files and has no sizeLimit`,
        path: `${path}/emptyDir`,
      };
    }
  },
};

function hasStorageLimit({ json }: JudgedContainer): boolean {
  return objectOf(objectOf(json.resources).limits)['ephemeral-storage'] !== undefined;
}
