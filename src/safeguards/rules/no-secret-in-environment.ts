import { Access } from '../../access/access';
import { exposed } from '../exposure';
import { JudgedContainer } from '../judged-pod';
import { ownSecrets } from '../own-secrets';
import { Safeguard } from '../safeguard';
import { environmentSecretsOf, SecretUse } from '../secret-use';
import { Severity } from '../severity';

/** Each of these shows what is in the environment. */
const READING: ReadonlySet<Access> = new Set([Access.READ_ENVIRONMENT, Access.READ_MEMORY, Access.TRACE, Access.BECOME_USER]);

/** What the kernel lets others read of a process's environment is decided by users, groups and capabilities. */
export const noSecretInEnvironment: Safeguard = {
  id: 'no-secret-in-environment',
  title: 'No secret in an environment that another container can read',
  severity: Severity.WARNING,
  severities: 'warning where the manifest allows it; info where it leaves it open',
  why: 'Where processes are shared, `/proc/PID/environ` of a container can be read by every other one with the same UID and GID, and by root with the '
    + 'capabilities for it; who can trace a process or read its memory gets there as well. Worked out from the manifest by the rules '
    + 'that were measured on real container runtimes. Variables from Secrets count, and those whose names look like a secret. Silent where the reader '
    + 'is given the same secret itself.',
  remediation: 'Give the reader another UID and drop its capabilities where it does not need them, or hand the secret over in a file that only its '
    + 'user may read.',
  links: [
    'https://kubernetes.io/docs/concepts/configuration/secret/',
    'https://man7.org/linux/man-pages/man5/proc_pid_environ.5.html',
  ],
  folded: true,
  *check(pod) {
    if (!pod.shares) return;
    const secrets = new Map<JudgedContainer, readonly SecretUse[]>();
    for (const container of pod.running) {
      const uses = environmentSecretsOf(container.json);
      if (uses.length > 0) secrets.set(container, uses);
    }
    yield* exposed(pod, { what: 'the environment', secrets, own: ownSecrets(pod), by: () => READING });
  },
};
