import { fieldOf, MALFORMED, stringField } from './field';
import { arrayOf, JsonObject, objectOf } from '../manifest/pod-spec';

/** A directory of the node in a container. */
export interface HostPathMount {
  /** The volume's name. */
  readonly volume: string;
  readonly readOnly: boolean;
  /** The volume or the mount is malformed: it may be one. */
  readonly isCertain: boolean;
}

const NONE: readonly HostPathMount[] = [];

/** The `hostPath` volumes that a container mounts. */
export function hostPathMounts(container: JsonObject, spec: JsonObject): readonly HostPathMount[] {
  const mounts = arrayOf(container.volumeMounts);
  if (mounts.length === 0 || arrayOf(spec.volumes).length === 0) return NONE;
  const result: HostPathMount[] = [];
  for (const entry of mounts) {
    const mount = objectOf(entry);
    for (const other of arrayOf(spec.volumes)) {
      const volume = objectOf(other);
      const source = volume.hostPath;
      if (typeof volume.name !== 'string' || volume.name !== mount.name || source === undefined || source === null) continue;
      const isCertain = typeof source === 'object' && typeof stringField(fieldOf(objectOf(source), 'path')) === 'string';
      result.push({ volume: volume.name, readOnly: mount.readOnly === true, isCertain: isCertain && stringField(mount.mountPath) !== MALFORMED });
    }
  }
  return result.length ? result : NONE;
}
