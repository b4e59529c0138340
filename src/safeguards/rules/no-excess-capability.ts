import { Access, ACCESSES } from '../../access/access';
import { AccessAnswer } from '../../access/access-answer';
import { accessMatrix } from '../../access/access-matrix';
import { PAUSE } from '../../access/pod-profile';
import { ALL_CAPABILITIES, CAPABILITIES } from '../../kernel/capability';
import { arrayOf, JsonObject, objectOf, runAsUserOf } from '../../manifest/pod-spec';
import { JudgedContainer, JudgedPod } from '../judged-pod';
import { named, namedList } from '../printable-name';
import { Reach } from '../reach';
import { Problem, Safeguard } from '../safeguard';
import { Severity } from '../severity';

const KNOWN: ReadonlySet<string> = new Set([...CAPABILITIES, ALL_CAPABILITIES]);

/** A capability is too much when everything that the sidecar was made for is allowed without it. */
export const noExcessCapability: Safeguard = {
  id: 'no-excess-capability',
  title: 'No capability that a sidecar does not need',
  severity: Severity.WARNING,
  severities: 'warning; info for a profile of kubectl debug',
  why: 'What a sidecar of this library was asked to do is written beside the workload. A capability is too much when, without it, all of that is still '
    + 'allowed: it serves only who takes the sidecar over. The profiles of `kubectl debug` add a capability for whatever may be done: '
    + '`SYS_PTRACE` is not needed to signal a process, nor to read one of the same user.',
  remediation: 'Remove the capability, or let the sidecar be worked out from what it is for: `DebugProfile.leastPrivilege(...)`.',
  links: ['https://man7.org/linux/man-pages/man7/capabilities.7.html'],
  *check(pod) {
    if (!pod.shares) return;
    for (const container of pod.ours) {
      const { intent, json } = container;
      if (container.role === 'init' || (runAsUserOf(pod.spec, json) ?? 0) !== 0) continue; // not root: no-ineffective-capability
      const added = addedTo(json);
      const isPrivileged = objectOf(json.securityContext).privileged === true;
      if (intent === undefined || (added.length === 0 && !isPrivileged)) continue;
      if (intent.profile !== undefined) {
        yield excess(container, `has ${isPrivileged ? 'privileged: true' : namedList(added)} by a profile of kubectl debug, for whatever may be done with it`, Severity.INFO);
      } else {
        yield* beyondIntent(pod, container, isPrivileged ? [] : added);
      }
    }
  },
};

function* beyondIntent(pod: JudgedPod, container: JudgedContainer, added: readonly string[]): Iterable<Problem> {
  const wanted = container.intent!.access.filter(access => (ACCESSES as readonly string[]).includes(access)) as Access[];
  const targets = pod.running.filter(({ name, ours }) => container.intent!.targets?.includes(name) ?? !ours);
  if (added.length === 0 || added.includes(ALL_CAPABILITIES)) {
    yield excess(container, `holds every capability, and was made for ${wanted.join(', ') || 'nothing that needs one'}`);
    return;
  }
  const allowed = (json: JsonObject) => allowedCount(pod, { ...container, json }, targets, wanted);
  const now = allowed(container.json);
  for (const [i, capability] of added.entries()) {
    const rest = added.filter((_, j) => j !== i);
    if (allowed(withAdded(container.json, rest)) < now) continue;
    yield excess(container, `has ${named(capability)}, and what it was made for (${wanted.join(', ') || 'nothing that needs it'}) is allowed without it`);
  }
}

/** How much of what it was made for the manifest allows to a container. */
function allowedCount(pod: JudgedPod, container: JudgedContainer, targets: readonly JudgedContainer[], wanted: readonly Access[]): number {
  const containers = [container, ...targets].map(({ json }) => json);
  const reach = new Reach(accessMatrix({ ...pod.spec, initContainers: [], containers, ephemeralContainers: [] }, pod.accessOptions));
  let count = 0;
  for (const { name } of targets) {
    for (const access of wanted) {
      if (reach.promised(container.name, access === Access.END_POD ? PAUSE : name, access)?.answer === AccessAnswer.ALLOWED) count++;
    }
  }
  return count;
}

/** What is no capability adds nothing: no-unknown-capability. */
function addedTo(json: JsonObject): string[] {
  return arrayOf(objectOf(objectOf(json.securityContext).capabilities).add).filter((name): name is string => typeof name === 'string' && KNOWN.has(name));
}

function withAdded(json: JsonObject, add: readonly string[]): JsonObject {
  const context = objectOf(json.securityContext);
  return { ...json, securityContext: { ...context, capabilities: { ...objectOf(context.capabilities), add } } };
}

function excess({ name, path }: JudgedContainer, what: string, severity = Severity.WARNING): Problem {
  return { severity, message: `${named(name)} ${what}`, container: name, path: `${path}/securityContext` };
}
