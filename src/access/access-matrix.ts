import { Access, ACCESSES } from './access';
import { AccessAnswer } from './access-answer';
import { AccessEvaluation, Decision } from './access-evaluation';
import { AccessOptions } from './access-options';
import { AccessRow } from './access-row';
import { POD_RULES, UNKNOWN_RULES } from './access-rules';
import { PairAssumptions } from './pair-assumptions';
import { PairLimits } from './pair-limits';
import { PAUSE, PodProfile, podProfile } from './pod-profile';
import { Actor, ContainerProfile } from './process-profile';

/** Who may do what to whom in one pod. */
export interface AccessMatrix {
  /** Every observer, target, process and access, in the order of the manifest; empty where nothing can be said. */
  readonly rows: readonly AccessRow[];
  /** Why there is nothing to say about this pod, or what holds for all of it; undefined for a pod that shares its processes. */
  readonly notice?: string;
  /** Fields of the manifest that Kubernetes refuses, and what was made of them. */
  readonly problems: readonly string[];
  /** The pod as it was read. */
  readonly pod: PodProfile;
}

/** Accesses to the pod's own process, whose image holds no files of interest. */
const ON_PAUSE: readonly Access[] = [
  Access.LIST_PROCESSES, Access.READ_ARGUMENTS, Access.READ_ENVIRONMENT, Access.READ_MEMORY, Access.WRITE_MEMORY, Access.TRACE, Access.SIGNAL,
  Access.BECOME_USER, Access.END_POD,
];
const ON_CONTAINER: readonly Access[] = ACCESSES.filter(access => access !== Access.END_POD);
const NOTHING: readonly never[] = [];

/**
 * The access matrix of a pod spec: for each container that runs, what it may do to each process of the others, and to the
 * pod's own.
 *
 * @param spec the pod spec as JSON, of any origin and type
 * @param options what is known beside it
 * @throws when a node fact is none; never for anything in the spec
 */
export function accessMatrix(spec: unknown, options: AccessOptions = {}): AccessMatrix {
  return matrixOf(podProfile(spec, options));
}

/** The access matrix of a pod that was read. */
export function matrixOf(pod: PodProfile): AccessMatrix {
  const rows: AccessRow[] = [];
  if (pod.notApplicable !== undefined) return { rows, notice: pod.notApplicable, problems: pod.problems, pod };
  for (const observer of pod.containers) {
    for (const target of pod.containers) if (target !== observer) addRows(rows, pod, observer, target);
    addRows(rows, pod, observer, pod.pause);
  }
  const notice = pod.sharing === false ? 'shareProcessNamespace is not true: each container sees its own processes only, an ephemeral one those of its target too' : undefined;
  return { rows, notice, problems: pod.problems, pod };
}

function addRows(rows: AccessRow[], pod: PodProfile, observer: ContainerProfile, target: ContainerProfile): void {
  const shares = shareNamespace(pod, observer, target);
  for (const process of target.processes) {
    const from: Actor = { container: observer, process: observer.tool };
    const to: Actor = { container: target, process };
    const judge = shares === false ? undefined : new PairJudgement(pod, from, to, shares === true);
    for (const access of accessesOn(target)) {
      rows.push(judge ? judge.row(access) : {
        observer: observer.name,
        target: target.name,
        process: process.name,
        access,
        answer: AccessAnswer.DENIED,
        nodeMayDeny: NOTHING,
        assumes: NOTHING,
        rule: POD_RULES.ownNamespace.id,
        settle: NOTHING,
        via: NOTHING,
      });
    }
  }
}

/** The accesses that make sense on a container's processes, or on the pod's own. */
export function accessesOn(target: ContainerProfile): readonly Access[] {
  return target.role === PAUSE ? ON_PAUSE : ON_CONTAINER;
}

/** Whether two containers see each other's processes; undefined when it cannot be told. An ephemeral one may join another's. */
export function shareNamespace(pod: PodProfile, a: ContainerProfile, b: ContainerProfile): boolean | undefined {
  if (pod.sharing === true) return true;
  if (a.role === PAUSE || b.role === PAUSE) return pod.sharing;
  const joined = (a.joins !== undefined && (a.joins === b.name || a.joins === b.joins)) || (b.joins !== undefined && b.joins === a.name);
  return joined || pod.sharing;
}

/** All that is said about two processes that share, or may share, a process namespace. */
export class PairJudgement {
  private readonly evaluation: AccessEvaluation;
  private readonly limits: PairLimits;
  private readonly assumptions: PairAssumptions;

  constructor(pod: PodProfile, private readonly observer: Actor, private readonly target: Actor, private readonly isShared = true) {
    this.evaluation = new AccessEvaluation(pod, observer, target);
    this.limits = new PairLimits(pod, observer.container, target.container, this.evaluation.holdsSysPtrace);
    this.assumptions = new PairAssumptions(observer, target);
  }

  /** The row of one access. */
  public row(access: Access): AccessRow {
    const decision = this.decide(access);
    return {
      observer: this.observer.container.name,
      target: this.target.container.name,
      process: this.target.process.name,
      access,
      answer: decision.answer,
      nodeMayDeny: decision.answer === AccessAnswer.DENIED ? NOTHING : this.limits.of(access, decision),
      assumes: this.assumptions.of(access, decision),
      rule: decision.rule,
      settle: decision.settle,
      via: NOTHING,
    };
  }

  private decide(access: Access): Decision {
    const decision = this.evaluation.decide(access);
    if (this.isShared || decision.answer === AccessAnswer.DENIED) return decision;
    return {
      ...decision,
      answer: AccessAnswer.UNKNOWN,
      rule: UNKNOWN_RULES.malformed,
      settle: [...new Set(['make shareProcessNamespace true or false', ...decision.settle])],
    };
  }
}
