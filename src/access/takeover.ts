import { Access } from './access';
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
}

/** Who may take over whom in one pod: each pair of processes is judged once. */
export class Takeovers {
  /** The processes of all containers, in the order of the manifest, and the pod's own. */
  public readonly actors: readonly Actor[];
  private readonly plain = new Map<Actor, Actor>();
  private readonly judgements = new Map<Actor, Map<Actor, PairJudgement | undefined>>();
  private readonly rows = new Map<PairJudgement, Map<Access, AccessRow>>();

  constructor(private readonly pod: PodProfile) {
    this.actors = [...pod.containers, pod.pause].flatMap(container => container.processes.map((process): Actor => ({ container, process })));
  }

  /**
   * The processes that a program of a container may act as, by the shortest way to each; ways on which every step is ALLOWED
   * come first.
   */
  public reachedBy(tool: Actor): Reached[] {
    const start: Reached = { actor: tool, via: [], answer: AccessAnswer.ALLOWED, steps: [], lends: true };
    const certain = this.spread([start], AccessAnswer.ALLOWED);
    return this.spread(certain, AccessAnswer.UNKNOWN).slice(1);
  }

  /** One access of one process to another; undefined when they do not see each other. */
  public row(observer: Actor, target: Actor, access: Access): AccessRow | undefined {
    const judgement = this.judgement(observer, target);
    if (!judgement) return undefined;
    let known = this.rows.get(judgement);
    if (!known) this.rows.set(judgement, known = new Map());
    let row = known.get(access);
    if (!row) known.set(access, row = judgement.row(access));
    return row;
  }

  private judgement(observer: Actor, target: Actor): PairJudgement | undefined {
    let known = this.judgements.get(observer);
    if (!known) this.judgements.set(observer, known = new Map());
    if (known.has(target)) return known.get(target);
    const shares = observer.container === target.container || shareNamespace(this.pod, observer.container, target.container);
    const judgement = shares === false ? undefined : new PairJudgement(this.pod, observer, target, shares === true);
    known.set(target, judgement);
    return judgement;
  }

  /** Breadth first over steps whose answer is at least this one. */
  private spread(from: readonly Reached[], least: AccessAnswer): Reached[] {
    const reached = [...from];
    const seen = new Set(reached.map(({ actor }) => actor));
    for (let i = 0; i < reached.length; i++) {
      const here = reached[i];
      if (!here.lends) continue;
      for (const actor of this.actors) {
        if (seen.has(actor)) continue;
        const step = this.step(here.actor, actor, least);
        if (!step) continue;
        seen.add(actor);
        const via: PathStep = { container: step.target, process: step.process, access: step.access };
        const answer = here.answer === AccessAnswer.ALLOWED ? step.answer : AccessAnswer.UNKNOWN;
        const lends = step.access === Access.BECOME_USER || mayHold('SYS_PTRACE', here.actor);
        reached.push({ actor, via: [...here.via, via], answer, steps: [...here.steps, step], lends });
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

  /** The step from one process to another that the node is least likely to refuse; tracing where it makes no difference. */
  private step(from: Actor, to: Actor, least: AccessAnswer): AccessRow | undefined {
    let best: AccessRow | undefined;
    for (const access of TAKEOVERS) {
      const row = this.row(access === Access.BECOME_USER ? this.asItsUser(from) : from, to, access);
      if (!row || row.answer === AccessAnswer.DENIED || (least === AccessAnswer.ALLOWED && row.answer !== AccessAnswer.ALLOWED)) continue;
      if (!best || rank(row) < rank(best)) best = row;
    }
    return best;
  }
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
