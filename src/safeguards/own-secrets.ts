import { JudgedContainer, JudgedPod } from './judged-pod';
import { secretFilesOf, secretVolumesOf } from './secret-files';
import { environmentSecretsOf } from './secret-use';

/** The keys of all secrets that a container is given, in whatever way. */
export function ownSecrets({ spec }: JudgedPod): (container: JudgedContainer) => ReadonlySet<string> {
  const volumes = secretVolumesOf(spec);
  return ({ json }) => new Set([...environmentSecretsOf(json), ...secretFilesOf(json, volumes)].map(({ key }) => key));
}
