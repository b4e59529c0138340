import { ALL_CAPABILITIES, CAPABILITIES } from '../../kernel/capability';
import { arrayOf, objectOf, runAsUserOf } from '../../manifest/pod-spec';
import { named, namedList } from '../printable-name';
import { Safeguard } from '../safeguard';
import { Severity } from '../severity';

const KNOWN: ReadonlySet<string> = new Set([...CAPABILITIES, ALL_CAPABILITIES]);

/** Often added to non-root containers whose program has it as a file capability; there it works. */
const FILE_CAPABILITY = 'NET_BIND_SERVICE';

/** Kubernetes sets no ambient capabilities: a process that is not root holds none of what is added. */
export const noIneffectiveCapability: Safeguard = {
  id: 'no-ineffective-capability',
  title: 'No capability for a container that does not run as root',
  severity: Severity.WARNING,
  severities: 'warning; info for `NET_BIND_SERVICE` alone',
  why: 'Kubernetes has no ambient capabilities, so a process whose UID is not 0 holds none of the capabilities that are added, nor those of '
    + '`privileged: true`: `runAsUser: 1000` with `SYS_PTRACE` may do exactly what it may without (measured). What is added only counts '
    + 'for programs in the image that carry file capabilities, and for whoever becomes root; and Pod Security judges the pod by it.',
  remediation: 'Remove the capability. Where the access is needed, give the container the UID and GID of its target, or let it run as root with '
    + 'only the capabilities that it needs.',
  links: [
    'https://github.com/kubernetes/enhancements/issues/2763',
    'https://man7.org/linux/man-pages/man7/capabilities.7.html',
  ],
  *check({ spec, containers }) {
    for (const { json, name, path } of containers) {
      if (json.securityContext === undefined) continue;
      const context = objectOf(json.securityContext);
      const user = runAsUserOf(spec, json);
      const nonRoot = user === undefined ? (context.runAsNonRoot ?? objectOf(spec.securityContext).runAsNonRoot) === true : user > 0;
      if (!nonRoot) continue;
      const added = arrayOf(objectOf(context.capabilities).add).filter((item): item is string => typeof item === 'string' && KNOWN.has(item));
      const privileged = context.privileged === true;
      if (added.length === 0 && !privileged) continue;
      const what = privileged ? 'privileged: true' : namedList(added);
      yield {
        severity: !privileged && added.every(item => item === FILE_CAPABILITY) ? Severity.INFO : Severity.WARNING,
        message: `${named(name)} does not run as root, so ${what} gives its processes no capability, unless the program has file capabilities`,
        container: name,
        path: privileged ? `${path}/securityContext/privileged` : `${path}/securityContext/capabilities/add`,
      };
    }
  },
};
