import { named } from './printable-name';
import { partOfSecret, SecretUse, wholeSecret } from './secret-use';
import { Access } from '../access/access';
import { arrayOf, integerOf, JsonObject, objectOf } from '../manifest/pod-spec';

/** Secrets in files of a volume, and what another container has to be able to do to read them. */
export interface SecretFiles extends SecretUse {
  readonly access: Access;
}

/** Read for everybody, in a file mode. */
const WORLD_READABLE = 0o004;

/**
 * The secrets in a pod's volumes, by the volume's name.
 *
 * Files of a Secret belong to root, with the mode of the volume, 0644 where none is given. With fsGroup the group may read
 * them, and every container of the pod is in that group.
 */
export function secretVolumesOf(spec: JsonObject): ReadonlyMap<string, readonly SecretFiles[]> {
  const volumes = new Map<string, readonly SecretFiles[]>();
  if (spec.volumes === undefined) return volumes;
  const group = integerOf(objectOf(spec.securityContext).fsGroup) !== undefined;
  for (const volume of arrayOf(spec.volumes).map(objectOf)) {
    const files = filesOf(volume, group);
    if (typeof volume.name === 'string' && files.length > 0) volumes.set(volume.name, files);
  }
  return volumes;
}

/** What a container mounts of them. */
export function secretFilesOf(container: JsonObject, volumes: ReadonlyMap<string, readonly SecretFiles[]>): SecretFiles[] {
  if (volumes.size === 0) return [];
  return arrayOf(container.volumeMounts).flatMap(mount => volumes.get(objectOf(mount).name as string) ?? []);
}

function filesOf(volume: JsonObject, group: boolean): SecretFiles[] {
  if (volume.secret !== undefined) {
    const secret = objectOf(volume.secret);
    return inFiles(secret.secretName, secret, secret.defaultMode, group);
  }
  if (volume.projected !== undefined) {
    const projected = objectOf(volume.projected);
    return arrayOf(projected.sources).map(objectOf).flatMap(source => {
      if (source.serviceAccountToken !== undefined) return [tokenFile(objectOf(source.serviceAccountToken).audience)];
      return source.secret === undefined ? [] : inFiles(objectOf(source.secret).name, objectOf(source.secret), projected.defaultMode, group);
    });
  }
  const csi = objectOf(volume.csi);
  if (csi.driver !== 'secrets-store.csi.k8s.io') return [];
  const provider = objectOf(csi.volumeAttributes).secretProviderClass;
  const shown = typeof provider === 'string' ? `SecretProviderClass ${named(provider)}` : 'a secret store';
  return [{ shown, key: `provider ${String(provider)}`, access: Access.READ_WORLD_READABLE_FILES }];
}

function inFiles(name: unknown, source: JsonObject, defaultMode: unknown, group: boolean): SecretFiles[] {
  if (typeof name !== 'string') return [];
  const items = arrayOf(source.items).map(objectOf);
  if (items.length === 0) return [{ ...wholeSecret(name), access: accessTo(defaultMode, group) }];
  return items.map(({ key, mode }) => ({ ...partOfSecret(name, key), access: accessTo(mode ?? defaultMode, group) }));
}

/** A mode that is no number is read as the widest: an exposure is never made smaller than it may be. */
function accessTo(mode: unknown, group: boolean): Access {
  const bits = integerOf(mode);
  return group || bits === undefined || (bits & WORLD_READABLE) !== 0 ? Access.READ_WORLD_READABLE_FILES : Access.READ_ROOT_FILES; // eslint-disable-line no-bitwise
}

/** Its file is the user's own, of mode 0600, where all containers have one user, else everybody's. */
function tokenFile(audience: unknown): SecretFiles {
  const whose = typeof audience === 'string' ? audience : 'the API server';
  return { shown: 'a ServiceAccount token', key: `token ${whose}`, access: Access.READ_WORLD_READABLE_FILES };
}
