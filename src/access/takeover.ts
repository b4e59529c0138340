import { Access, ACCESSES } from './access';
import { AccessAnswer } from './access-answer';
import { PairJudgement, shareNamespace } from './access-matrix';
import { AccessRow, PathStep } from './access-row';
import { PodProfile } from './pod-profile';
import { Actor } from './process-profile';
import { CapabilitySet } from '../kernel/capability-set';

/** Accesses by which one process makes another do what it wants, or becomes what it is. */
export const TAKEOVERS: readonly Access[] = [Access.TRACE, Access.WRITE_MEMORY, Access.BECOME_USER];

const LOOKING_IN = ['SYS_PTRACE', 'SYS_ADMIN', 'PERFMON'];
const LOOKING_IN_SET = CapabilitySet.of(LOOKING_IN);

/** A process that an observer may act as, and how it came to it. */
export interface Reached {
  readonly actor: Actor;
  readonly via: readonly PathStep[];
  /** ALLOWED when every step is, else UNKNOWN. */
  readonly answer: AccessAnswer;
  /** The rows of the steps. */
  readonly steps: readonly AccessRow[];
  /**
   * It may do more to others than the observer itself. A process of the same user and group whose capabilities the observer holds
   * cannot: what it may do, the observer may do without it.
   */
  readonly lends: boolean;
  /** What it may do to others. */
  readonly view: ActorView;
}

/** What one process may do to every process of the pod: each pair is judged once, when it is asked for. */
export class ActorView {
  private readonly judgements: (PairJudgement | null | undefined)[] = [];
  private readonly rows: (AccessRow | undefined)[] = [];

  constructor(private readonly pod: PodProfile, public readonly actor: Actor, private readonly targets: readonly Actor[]) {}

  /**
   * One access to one process; undefined when the two do not see each other.
   *
   * @param target the target's place among `Takeovers.actors`
   */
  public row(target: number, access: Access): AccessRow | undefined {
    const judgement = this.judgement(target);
    if (judgement === null) return undefined;
    const place = target * ACCESSES.length + PLACES.get(access)!;
    return this.rows[place] ??= judgement.row(access);
  }

  private judgement(target: number): PairJudgement | null {
    const known = this.judgements[target];
    if (known !== undefined) return known;
    const { pod, actor } = this;
    const other = this.targets[target];
    const shares = actor.container === other.container || shareNamespace(pod, actor.container, other.container);
    return this.judgements[target] = shares === false ? null : new PairJudgement(pod, actor, other, shares === true);
  }
}

const PLACES: ReadonlyMap<Access, number> = new Map(ACCESSES.map((access, place) => [access, place]));

/** Who may take over whom in one pod. */
export class Takeovers {
  /** The processes of all containers, in the order of the manifest, and the pod's own. */
  public readonly actors: readonly Actor[];
  private readonly views = new Map<Actor, ActorView>();
  private readonly plain = new Map<Actor, Actor>();

  constructor(private readonly pod: PodProfile) {
    this.actors = [...pod.containers, pod.pause].flatMap(container => container.processes.map((process): Actor => ({ container, process })));
  }

  /** What a process may do to those of the pod. */
  public view(actor: Actor): ActorView {
    let view = this.views.get(actor);
    if (!view) this.views.set(actor, view = new ActorView(this.pod, actor, this.actors));
    return view;
  }

  /**
   * The processes that a program of a container may act as, by the shortest way to each; ways on which every step is ALLOWED
   * come first.
   */
  public reachedBy(tool: Actor): Reached[] {
    const certain = this.spread([this.startAt(tool)], AccessAnswer.ALLOWED);
    return this.spread(certain, AccessAnswer.UNKNOWN).slice(1);
  }

  /** The program itself, from which every way starts. */
  public startAt(tool: Actor): Reached {
    return { actor: tool, via: [], answer: AccessAnswer.ALLOWED, steps: [], lends: true, view: this.view(tool) };
  }

  /** Breadth first over steps whose answer is at least this one. */
  private spread(from: readonly Reached[], least: AccessAnswer): Reached[] {
    const reached = [...from];
    const seen = new Set(reached.map(({ actor }) => actor));
    for (let i = 0; i < reached.length; i++) {
      const here = reached[i];
      if (!here.lends) continue;
      const asUser = this.view(this.asItsUser(here.actor));
      for (let target = 0; target < this.actors.length; target++) {
        const actor = this.actors[target];
        const step = seen.has(actor) ? undefined : bestStep(here.view, asUser, target, least);
        if (!step) continue;
        seen.add(actor);
        const via: PathStep = { container: step.target, process: step.process, access: step.access };
        const answer = here.answer === AccessAnswer.ALLOWED ? step.answer : AccessAnswer.UNKNOWN;
        const lends = step.access === Access.BECOME_USER || mayHold('SYS_PTRACE', here.actor);
        reached.push({ actor, via: [...here.via, via], answer, steps: [...here.steps, step], lends, view: this.view(actor) });
      }
    }
    return reached;
  }

  /**
   * Another user's powers come with its UID and GID only as far as one holds its capabilities oneself: what merely lets one look
   * into its processes does not make one it.
   */
  private asItsUser(actor: Actor): Actor {
    const { capabilities } = actor.container;
    if (!LOOKING_IN.some(name => capabilities.most.has(name))) return actor;
    let plain = this.plain.get(actor);
    if (!plain) {
      const least = capabilities.least.without(LOOKING_IN_SET);
      const most = capabilities.most === capabilities.least ? least : capabilities.most.without(LOOKING_IN_SET);
      plain = { container: { ...actor.container, capabilities: { ...capabilities, least, most } }, process: actor.process };
      this.plain.set(actor, plain);
    }
    return plain;
  }
}

/**
 * The step to a process that the node is least likely to refuse; tracing where it makes no difference.
 *
 * @param asUser what is left of the one that makes the step when only its user counts
 */
function bestStep(from: ActorView, asUser: ActorView, target: number, least: AccessAnswer): AccessRow | undefined {
  let best: AccessRow | undefined;
  for (const access of TAKEOVERS) {
    const row = (access === Access.BECOME_USER ? asUser : from).row(target, access);
    if (!row || row.answer === AccessAnswer.DENIED || (least === AccessAnswer.ALLOWED && row.answer !== AccessAnswer.ALLOWED)) continue;
    if (!best || rank(row) < rank(best)) best = row;
  }
  return best;
}

/** Whether the process may hold a capability, in any way in which the manifest's open points may turn out. */
function mayHold(name: string, { container, process }: Actor): boolean {
  const { facts, changes } = process;
  if (!container.capabilities.most.has(name)) return false;
  if (facts?.setuidRoot || facts?.fileCapabilities?.includes(name)) return true;
  const uid = changes ? changes.uid : container.user.uid;
  return typeof uid === 'number' ? uid === 0 : !uid.nonRoot;
}

/** A seccomp profile that refuses ptrace makes no difference: the memory is written without it. */
function rank({ answer, nodeMayDeny }: AccessRow): number {
  return (answer === AccessAnswer.ALLOWED ? 0 : 100) + nodeMayDeny.filter(name => name !== 'seccomp').length;
}
