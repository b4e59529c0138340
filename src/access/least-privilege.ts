import { Access } from './access';
import { AccessAnswer } from './access-answer';
import { PairJudgement } from './access-matrix';
import { AccessOptions } from './access-options';
import { AccessRow } from './access-row';
import { containerProfile } from './container-profile';
import { freeUser } from './free-user';
import { PodProfile, podProfile, profileContext } from './pod-profile';
import { asRoot, CandidateUser, PrivilegeCandidate, RootChoice, withoutRoot } from './privilege-candidate';
import { isWider, PrivilegeLevel } from './privilege-level';
import { Actor, ContainerProfile } from './process-profile';
import { CapabilitySet } from '../kernel/capability-set';
import { JsonObject, objectOf } from '../manifest/pod-spec';

/** What a container shall be able to do, and how far it may go for that. */
export interface PrivilegeRequest {
  /** Its name: a container of that name in the pod is not a target. */
  readonly name: string;
  /** The containers that it shall reach; undefined for all that run beside it. */
  readonly targets?: readonly string[];
  readonly accesses: readonly Access[];
  /** The widest level that the pod may come to. */
  readonly maxLevel: PrivilegeLevel;
  /** A user that is given; `platform` when the platform gives one; undefined for whatever is enough. */
  readonly user?: CandidateUser | 'platform';
}

/** The least that is enough. */
export interface PrivilegeFound {
  readonly found: true;
  readonly level: PrivilegeLevel;
  /** The container's `securityContext`: every field that matters, and nothing for the pod. */
  readonly securityContext: JsonObject;
  /** What was asked, all of it ALLOWED: one row for each target and access. */
  readonly rows: readonly AccessRow[];
}

/** Why there is none. */
export interface PrivilegeNotFound {
  readonly found: false;
  /**
   * - `not-applicable`: the pod cannot share its processes, or there is no such target: `detail` says which
   * - `unknown`: it hangs on something that the manifest leaves open: `blocking` says what settles it
   * - `level`: there is one at a wider level: `wider`
   * - `impossible`: there is none at all
   */
  readonly reason: 'not-applicable' | 'unknown' | 'level' | 'impossible';
  readonly detail?: string;
  /** What is not ALLOWED with the best that may be had: UNKNOWN or DENIED. */
  readonly blocking: readonly AccessRow[];
  /** What would be enough, at a wider level. */
  readonly wider?: PrivilegeFound;
  /** What leaves open whether a wider level would be enough; empty when that is known. */
  readonly widerUnknown: readonly AccessRow[];
}

export type PrivilegeResult = PrivilegeFound | PrivilegeNotFound;

/**
 * The security context with the least privilege by which a container of this pod may do what is asked: first by the Pod
 * Security level, then by the number of capabilities, not root before root. It is judged by the engine itself, as if the pod
 * shared its processes; what the node may refuse does not count against it, but stands in the rows.
 *
 * Of a target with several processes the main one counts. Where the manifest leaves open whether a candidate is enough the
 * search ends: what is more would be guessed.
 *
 * @param spec the pod spec, of any type
 * @param options what is known beside it
 */
export function leastPrivilege(spec: unknown, request: PrivilegeRequest, options: AccessOptions = {}): PrivilegeResult {
  const pod = podProfile(spec, request.user === 'platform' ? { ...options, platformUsers: true } : options);
  const targets = pod.containers.filter(({ name, role }) => name !== request.name && (request.targets?.includes(name) ?? role !== 'ephemeral'));
  const detail = notApplicable(pod, request, targets);
  if (detail !== undefined) return { found: false, reason: 'not-applicable', detail, blocking: [], widerUnknown: [] };
  return new PrivilegeSearch(objectOf(spec), pod, targets, request, options).run();
}

function notApplicable(pod: PodProfile, request: PrivilegeRequest, targets: readonly ContainerProfile[]): string | undefined {
  if (pod.notApplicable !== undefined) return pod.notApplicable;
  const missing = request.targets?.find(name => !targets.some(target => target.name === name));
  if (missing !== undefined) return `no container named \`${missing}\` runs beside it`;
  return targets.length === 0 ? 'no container runs beside it' : undefined;
}

class PrivilegeSearch {
  private readonly accesses: ReadonlySet<Access>;
  private readonly context;
  private readonly actors: readonly Actor[];

  constructor(
    private readonly spec: JsonObject,
    private readonly pod: PodProfile,
    targets: readonly ContainerProfile[],
    private readonly request: PrivilegeRequest,
    options: AccessOptions,
  ) {
    this.accesses = new Set(request.accesses);
    this.context = profileContext(spec, pod.node, { ...options, platformUsers: request.user === 'platform' || options.platformUsers });
    this.actors = targets.map(container => ({ container, process: container.processes[0] }));
  }

  public run(): PrivilegeResult {
    for (const candidate of this.candidates()) {
      const rows = this.judge(candidate, true);
      const open = rows.filter(({ answer }) => answer !== AccessAnswer.ALLOWED);
      if (open.some(({ answer }) => answer === AccessAnswer.DENIED)) continue;
      const isTooWide = isWider(candidate.level, this.request.maxLevel);
      if (open.length > 0 && !isTooWide) return { found: false, reason: 'unknown', blocking: open, widerUnknown: [] };
      const found: PrivilegeFound = { found: true, level: candidate.level, securityContext: candidate.securityContext, rows };
      if (!isTooWide) return found;
      const blocking = this.blocking();
      return { found: false, reason: 'level', blocking, ...open.length ? { widerUnknown: open } : { wider: found, widerUnknown: [] } };
    }
    return { found: false, reason: 'impossible', blocking: this.blocking(), widerUnknown: [] };
  }

  /** What stays open with the candidate of an admitted level that leaves the least open; the one with more privilege of two equal ones. */
  private blocking(): readonly AccessRow[] {
    let least: readonly AccessRow[] | undefined;
    for (const candidate of this.candidates()) {
      if (isWider(candidate.level, this.request.maxLevel)) continue;
      const open = this.judge(candidate, false).filter(({ answer }) => answer !== AccessAnswer.ALLOWED);
      if (!least || open.length <= least.length) least = open;
    }
    return least ?? [];
  }

  /** From the least to the most; those of root, which are many, only when they are asked for. */
  private* candidates(): Generator<PrivilegeCandidate> {
    const { user } = this.request;
    if (user === 'platform') {
      yield withoutRoot(undefined);
    } else if (user) {
      yield* user.user === 0 ? asRoot(this.rootChoice([user.group])) : [withoutRoot(user)];
    } else {
      for (const known of this.usersToTry()) yield withoutRoot(known);
      const groups = new Set([0, ...this.users().filter(known => known.user === 0 && known.group >= 0).map(known => known.group)]);
      yield* asRoot(this.rootChoice([...groups]));
    }
  }

  private rootChoice(groups: readonly number[]): RootChoice {
    return {
      accesses: this.accesses,
      groups,
      held: this.heldByRoot(),
      defaults: this.pod.node.defaultCapabilities,
      hasUserNamespace: this.spec.hostUsers === false,
    };
  }

  /** Nobody's user first, then the targets' users with a group of nobody's, which may do no more than signal, then with theirs. */
  private usersToTry(): CandidateUser[] {
    const free = freeUser(this.spec);
    const users = this.users().filter(({ user }) => user !== 0);
    const all = [{ user: free, group: free }, ...users.map(({ user }) => ({ user, group: free })), ...users.filter(({ group }) => group >= 0)];
    return all.filter(({ user, group }, i) => all.findIndex(other => other.user === user && other.group === group) === i);
  }

  /** The users that the targets' main processes run as, where they are known; a group that is not is -1. */
  private users(): CandidateUser[] {
    const { pause } = this.pod;
    const targets = this.accesses.has(Access.END_POD) ? [...this.actors, { container: pause, process: pause.processes[0] }] : this.actors;
    return targets.flatMap(({ container, process }) => {
      const uid = process.changes?.uid ?? container.user.uid;
      const gid = process.changes?.gid ?? container.user.gid;
      return typeof uid === 'number' ? [{ user: uid, group: typeof gid === 'number' ? gid : -1 }] : [];
    });
  }

  /** What targets that are root, or may be, hold. */
  private heldByRoot(): CapabilitySet {
    return this.actors.reduce((held, { container }) => (
      container.user.uid === 0 || (typeof container.user.uid !== 'number' && !container.user.uid.nonRoot) ? held.union(container.capabilities.most) : held
    ), CapabilitySet.NONE);
  }

  /** A row for each target and access; with `early` no further than the first that is DENIED. */
  private judge(candidate: PrivilegeCandidate, early: boolean): AccessRow[] {
    const json: JsonObject = { name: this.request.name, securityContext: candidate.securityContext };
    const container = containerProfile({ json, name: this.request.name, role: 'container', doubts: [] }, this.context);
    const observer: Actor = { container, process: container.tool };
    const rows: AccessRow[] = [];
    const ask = (target: Actor, accesses: Iterable<Access>): boolean => {
      const judgement = new PairJudgement(this.pod, observer, target);
      for (const access of accesses) {
        const row = judgement.row(access);
        rows.push(row);
        if (early && row.answer === AccessAnswer.DENIED) return false;
      }
      return true;
    };
    const onContainers = this.request.accesses.filter(access => access !== Access.END_POD);
    for (const target of this.actors) if (!ask(target, onContainers)) return rows;
    if (this.accesses.has(Access.END_POD)) ask({ container: this.pod.pause, process: this.pod.pause.processes[0] }, [Access.END_POD]);
    return rows;
  }
}
