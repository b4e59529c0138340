import { Access } from '../../access/access';
import { exposed } from '../exposure';
import { JudgedContainer } from '../judged-pod';
import { ownSecrets } from '../own-secrets';
import { Safeguard } from '../safeguard';
import { SecretFiles, secretFilesOf, secretVolumesOf } from '../secret-files';
import { Severity } from '../severity';

/** Who does one of these acts as the target, and reads what it reads. */
const TAKING_OVER: readonly Access[] = [Access.TRACE, Access.WRITE_MEMORY, Access.BECOME_USER];
const BY_FILE = new Map([Access.READ_WORLD_READABLE_FILES, Access.READ_ROOT_FILES].map(access => [access, new Set([access, ...TAKING_OVER])]));

/** Mounts of another container are files of its root directory, and that can be reached through /proc. */
export const noSecretFilesInReach: Safeguard = {
  id: 'no-secret-files-in-reach',
  title: 'No secret file that another container can read',
  severity: Severity.WARNING,
  severities: 'warning where the manifest allows it; info where it leaves it open',
  why: 'Where processes are shared, the files of a container lie below `/proc/PID/root`, its mounted Secrets and tokens among them. They can be '
    + 'reached by every container with the same UID and GID, and by root with `SYS_PTRACE`; files of a Secret have mode 0644 unless another is '
    + 'given, so being in the directory is enough. Worked out from the manifest by the rules that were measured on real container '
    + 'runtimes. Silent where the reader is given the same secret itself.',
  remediation: 'Give the reader another UID and drop its capabilities where it does not need them; a `defaultMode: 0400` helps only against readers that are not root.',
  links: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/#understanding-process-namespace-sharing',
    'https://kubernetes.io/docs/concepts/storage/volumes/#secret',
  ],
  folded: true,
  *check(pod) {
    if (!pod.shares) return;
    const volumes = secretVolumesOf(pod.spec);
    if (volumes.size === 0) return;
    const secrets = new Map<JudgedContainer, readonly SecretFiles[]>();
    for (const container of pod.running) {
      const files = secretFilesOf(container.json, volumes);
      if (files.length > 0) secrets.set(container, files);
    }
    yield* exposed(pod, { what: 'files', secrets, own: ownSecrets(pod), by: use => BY_FILE.get((use as SecretFiles).access)! });
  },
};
