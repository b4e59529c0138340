import { SidecarVolumeMount } from './sidecar-volume-mount';
import { arrayOf, JsonObject, objectOf, PodContainer } from '../manifest/pod-spec';
import { constructError, quoted } from '../workload/construct-error';
import { checkFlag, checkList, checkText } from '../workload/given-value';

/**
 * The `volumeMounts` of a sidecar: those of the targets that are mirrored, then its own.
 *
 * A mount with `subPath` is not mirrored: what it shows is a part of a volume that the app chose for one place. What two
 * targets mount at one path is writable where both may write. Mounts that are made below a mirrored one are seen, but not
 * passed on (`Bidirectional`), which Kubernetes grants to privileged containers only.
 */
export function volumeMountsOf(
  path: string, spec: JsonObject, own: readonly SidecarVolumeMount[], mirrored: readonly PodContainer[],
): JsonObject[] {
  const volumes = new Set(arrayOf(spec.volumes).map(volume => objectOf(volume).name));
  const byPath = new Map<unknown, JsonObject>();
  for (const target of mirrored) {
    for (const mount of arrayOf(target.json.volumeMounts).map(objectOf)) {
      if (mount.subPath || mount.subPathExpr) continue;
      const other = byPath.get(mount.mountPath);
      if (other && other.name !== mount.name) {
        throw constructError(path, `two targets mount ${quoted(mount.mountPath)} from different volumes (${String(other.name)}, ${String(mount.name)})`,
          "Name one 'target' whose mounts are mirrored");
      }
      if (other?.readOnly === true) continue;
      // a copy: the YAML writer makes an alias of what is written twice
      byPath.set(mount.mountPath, { ...mount, ...mount.mountPropagation === 'Bidirectional' ? { mountPropagation: 'HostToContainer' } : {} });
    }
  }
  for (const mount of own) {
    if (!volumes.has(mount.volume)) {
      const names = [...volumes].map(name => `'${String(name)}'`).join(', ');
      throw constructError(path, `the pod has no volume named ${quoted(mount.volume)}`, names ? `It has ${names}` : 'Add the volume to the pod first');
    }
    if (byPath.has(mount.mountPath)) {
      throw constructError(path, `two mounts at ${quoted(mount.mountPath)}`, 'Mount one of them elsewhere');
    }
    byPath.set(mount.mountPath, {
      mountPath: mount.mountPath,
      name: mount.volume,
      ...mount.readOnly ? { readOnly: true } : {},
      ...mount.subPath ? { subPath: mount.subPath } : {},
    });
  }
  return [...byPath.values()];
}

/** Refuses mounts that the API server would refuse or that would not start, and wrong types. */
export function checkVolumeMounts(path: string, mounts: readonly SidecarVolumeMount[] = []): void {
  checkList(path, 'volumeMounts', mounts);
  mounts.forEach((mount, i) => {
    const { volume, mountPath, subPath, readOnly } = objectOf(mount);
    if (typeof volume !== 'string') throw constructError(path, `volumeMounts[${i}].volume is ${quoted(volume)}`, "Give the name of one of the pod's volumes");
    if (typeof mountPath !== 'string' || !mountPath.startsWith('/') || mountPath.includes(':')) {
      throw constructError(path, `mountPath ${quoted(mountPath)} is not an absolute path without ':'`, "Write it like '/var/log/app'");
    }
    checkFlag(path, `volumeMounts[${i}].readOnly`, readOnly ?? undefined);
    checkText(path, `volumeMounts[${i}].subPath`, subPath ?? undefined);
    if (typeof subPath === 'string' && (subPath.startsWith('/') || subPath.split('/').includes('..'))) {
      throw constructError(path, `subPath ${quoted(subPath)} leaves the volume`, "Write a relative path without '..'");
    }
  });
}
