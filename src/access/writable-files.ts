import { booleanField, fieldOf, MALFORMED, Malformed } from './field';
import { arrayOf, JsonObject, objectOf } from '../manifest/pod-spec';

/** Whether another may write any of a container's files; undefined when the manifest leaves it open. */
export interface WritableFiles {
  readonly writable: boolean | undefined;
  readonly settle: string;
}

const WRITABLE: WritableFiles = { writable: true, settle: '' };

/** Volumes that the kubelet mounts read-only, whatever the mount says. */
const READ_ONLY_SOURCES = ['configMap', 'secret', 'projected', 'downwardAPI', 'image'];

/**
 * A container with `readOnlyRootFilesystem: true` has nothing to write but its volumes: an emptyDir can be written by
 * everybody; who may write another volume the manifest does not tell.
 */
export function writableFiles(name: string, own: JsonObject | Malformed, container: JsonObject, spec: JsonObject): WritableFiles {
  const readOnly = booleanField(fieldOf(own, 'readOnlyRootFilesystem'));
  if (readOnly === MALFORMED) return { writable: undefined, settle: `make readOnlyRootFilesystem of \`${name}\` true or false` };
  if (readOnly !== true) return WRITABLE;
  let writable: boolean | undefined = false;
  for (const entry of arrayOf(container.volumeMounts)) {
    const mount = objectOf(entry);
    if (mount.readOnly === true) continue;
    const kind = volumeKind(spec, mount.name);
    if (kind === 'emptyDir' && booleanField(mount.readOnly) !== MALFORMED) return WRITABLE;
    if (kind !== 'read-only') writable = undefined;
  }
  if (!Array.isArray(container.volumeMounts ?? [])) writable = undefined;
  return { writable, settle: `set readOnlyRootFilesystem: false on \`${name}\`, or mount an emptyDir in it` };
}

function volumeKind(spec: JsonObject, name: unknown): 'emptyDir' | 'read-only' | 'other' {
  const volume = arrayOf(spec.volumes).map(objectOf).find(other => other.name === name);
  if (!volume || typeof name !== 'string') return 'other'; // a claim template of a StatefulSet, or a mistake
  const sources = Object.keys(volume).filter(key => key !== 'name' && volume[key] !== null && volume[key] !== undefined);
  if (sources.length === 0 || (sources.length === 1 && sources[0] === 'emptyDir')) return 'emptyDir';
  return sources.length === 1 && READ_ONLY_SOURCES.includes(sources[0]) ? 'read-only' : 'other';
}
