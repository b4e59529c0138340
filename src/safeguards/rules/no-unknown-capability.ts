import { CAPABILITIES, unknownCapabilityReason } from '../../kernel/capability';
import { arrayOf, objectOf } from '../../manifest/pod-spec';
import { named } from '../printable-name';
import { Problem, Safeguard } from '../safeguard';
import { Severity } from '../severity';

/** How many wrong names of one list are told. */
const MAX_PROBLEMS = 5;

const KNOWN: ReadonlySet<string> = new Set([...CAPABILITIES, 'ALL']);

/** The reason names the capability that is meant. */
const LIKE_ONE = /: (?:write|did you mean) '/;

/** The API server takes any text for a capability; the runtime leaves out what it does not know. */
export const noUnknownCapability: Safeguard = {
  id: 'no-unknown-capability',
  title: 'Only capabilities that Linux has',
  severity: Severity.WARNING,
  severities: 'error for the prefix `CAP_`, and for any unknown name in `drop`; else warning',
  why: 'The API server accepts any text in `capabilities.add` and `capabilities.drop`, and the container runtime leaves out what it does '
    + 'not know without a word: `CAP_SYS_PTRACE` adds nothing, and a misspelt name in `drop` leaves the capability in the container '
    + 'that you meant to take it from. Lower case works on the node, but Pod Security compares the text.',
  remediation: 'Write the name as Kubernetes takes it: upper case, without `CAP_`, such as `SYS_PTRACE`.',
  links: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container',
    'https://man7.org/linux/man-pages/man7/capabilities.7.html',
  ],
  *check({ containers }) {
    for (const { json, name, path } of containers) {
      if (json.securityContext === undefined) continue;
      const capabilities = objectOf(objectOf(json.securityContext).capabilities);
      for (const list of ['add', 'drop'] as const) {
        if (capabilities[list] !== undefined) yield* unknownIn(capabilities[list], list, name, `${path}/securityContext/capabilities/${list}`);
      }
    }
  },
};

function* unknownIn(names: unknown, list: 'add' | 'drop', container: string, path: string): Iterable<Problem> {
  let told = 0;
  for (const [i, capability] of arrayOf(names).entries()) {
    if (typeof capability !== 'string' || KNOWN.has(capability)) continue; // no string: no-unreadable-pod
    const reason = unknownCapabilityReason(capability)!;
    const isCase = KNOWN.has(capability.toUpperCase());
    const hasPrefix = /^cap_/i.test(capability);
    yield {
      severity: hasPrefix || (list === 'drop' && !isCase) ? Severity.ERROR : Severity.WARNING,
      // a text that is like no capability may be anything, so it is not repeated
      message: `capabilities.${list} holds ${LIKE_ONE.test(reason) ? `${named(capability.slice(0, 40))}:` : 'a text that'} ${reason}`,
      container,
      path: `${path}/${i}`,
    };
    if (++told === MAX_PROBLEMS) return;
  }
}
