import { IConstruct } from 'constructs';
import { SidecarVolumeMount } from './sidecar-volume-mount';
import { arrayOf, containersOf, JsonObject, objectOf, PodContainer } from '../manifest/pod-spec';
import { constructError, quoted } from '../workload/construct-error';

/** What Kubernetes takes as a container's name: a DNS label (RFC 1123). */
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Refuses a container name that the API server would refuse. */
export function checkContainerName(name: unknown, path: string): void {
  if (typeof name === 'string' && DNS_LABEL.test(name)) return;
  throw constructError(path, `${quoted(name)} is no container name: it must be a DNS label (lower case letters, digits and '-', at most 63)`,
    "Give one with 'name'");
}

/** Refuses an environment that the API server would refuse, and values that are not text. */
export function checkEnv(env: { readonly [name: string]: string }, path: string): void {
  for (const [name, value] of Object.entries(env)) {
    if (name === '' || name.includes('=') || /[^\x20-\x7e]/.test(name)) {
      throw constructError(path, `env has a variable named ${quoted(name)}`, "A name is printable ASCII without '='");
    }
    if (typeof value !== 'string') throw constructError(path, `the value of env variable ${quoted(name)} is not a string`, 'Give text');
  }
}

/** Refuses a target that is not there, or is an init container that has ended when the sidecar could look at it. */
export function checkTarget(spec: JsonObject, target: string | undefined, ours: readonly string[], path: string): void {
  if (target === undefined) return;
  const containers = containersOf(spec).filter(container => !ours.includes(container.name));
  const found = containers.find(container => container.name === target);
  if (!found) {
    const names = containers.filter(container => container.role !== 'init').map(container => `'${container.name}'`).join(', ');
    throw constructError(path, `target ${quoted(target)} is no container of the pod`, `It has ${names || 'none so far: add the container first'}`);
  }
  if (found.role === 'init') {
    throw constructError(path, `target ${quoted(target)} is an init container: it has ended before this one can look at it`,
      'Give a container that runs, or leave target out');
  }
}

/**
 * The `volumeMounts` of a sidecar: those of the targets that are mirrored, then its own.
 *
 * A mount with `subPath` is not mirrored: what it shows is a part of a volume that the app chose for one place. What two
 * targets mount at one path is writable where both may write. Mounts that are made below a mirrored one are seen, but not
 * passed on (`Bidirectional`), which Kubernetes grants to privileged containers only.
 */
export function volumeMounts(
  spec: JsonObject, own: readonly SidecarVolumeMount[], mirrored: readonly PodContainer[], path: string,
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

/** Refuses paths of mounts that the API server would refuse. */
export function checkVolumeMounts(mounts: readonly SidecarVolumeMount[], construct: IConstruct): void {
  for (const { mountPath, subPath } of mounts) {
    if (typeof mountPath !== 'string' || !mountPath.startsWith('/') || mountPath.includes(':')) {
      throw constructError(construct.node.path, `mountPath ${quoted(mountPath)} is not an absolute path without ':'`, "Write it like '/var/log/app'");
    }
    if (subPath !== undefined && (subPath.startsWith('/') || subPath.split('/').includes('..'))) {
      throw constructError(construct.node.path, `subPath ${quoted(subPath)} leaves the volume`, "Write a relative path without '..'");
    }
  }
}
