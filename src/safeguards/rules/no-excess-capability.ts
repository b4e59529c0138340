import { Access, ACCESSES } from '../../access/access';
import { AccessAnswer } from '../../access/access-answer';
import { PairJudgement } from '../../access/access-matrix';
import { PAUSE, podProfile } from '../../access/pod-profile';
import { Actor, ContainerProfile, ProcessProfile } from '../../access/process-profile';
import { ALL_CAPABILITIES, CAPABILITIES } from '../../kernel/capability';
import { arrayOf, JsonObject, objectOf, runAsUserOf } from '../../manifest/pod-spec';
import { JudgedContainer, JudgedPod } from '../judged-pod';
import { named, namedList } from '../printable-name';
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
  const isAllowed = (target: string, access: Access) => pod.reach.promised(container.name, target, access)?.answer === AccessAnswer.ALLOWED;
  const now = targets.flatMap(({ name }) => wanted.filter(access => isAllowed(name, access))).length
    + (wanted.includes(Access.END_POD) && isAllowed(PAUSE, Access.END_POD) ? 1 : 0);
  for (const [i, capability] of added.entries()) {
    const rest = added.filter((_, j) => j !== i);
    if (allowed(withAdded(container.json, rest)) < now) continue;
    yield excess(container, `has ${named(capability)}, and what it was made for (${wanted.join(', ') || 'nothing that needs it'}) is allowed without it`);
  }
}

/** How much of what it was made for the manifest allows to a container. */
function allowedCount(pod: JudgedPod, container: JudgedContainer, targets: readonly JudgedContainer[], wanted: readonly Access[]): number {
  const containers = [container, ...targets].map(({ json }) => json);
  const profile = podProfile({ ...pod.spec, initContainers: [], containers, ephemeralContainers: [] }, pod.accessOptions);
  const [observer, ...others] = profile.containers;
  if (observer === undefined) return 0;
  const judge = (target: ContainerProfile) => new PairJudgement(profile, actorOf(observer, observer.tool), actorOf(target, target.processes[0]));
  let count = 0;
  for (const target of others) {
    const judgement = judge(target);
    count += wanted.filter(access => access !== Access.END_POD && judgement.row(access).answer === AccessAnswer.ALLOWED).length;
  }
  const endsPod = wanted.includes(Access.END_POD) && judge(profile.pause).row(Access.END_POD).answer === AccessAnswer.ALLOWED;
  return endsPod ? count + 1 : count;
}

function actorOf(container: ContainerProfile, process: ProcessProfile): Actor {
  return { container, process };
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
