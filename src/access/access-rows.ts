import { Access } from './access';
import { PairJudgement } from './access-matrix';
import { AccessOptions } from './access-options';
import { AccessRow } from './access-row';
import { PAUSE, podProfile } from './pod-profile';

/** One container's part of the matrix: what it may do to the main processes of some others. */
export interface AccessQuestion {
  readonly observer: string;
  readonly targets: readonly string[];
  readonly accesses: readonly Access[];
}

/** The answers, or why there are none. */
export interface AccessAnswers {
  readonly rows: readonly AccessRow[];
  /** Of the containers that were asked for, those that do not run in the pod. */
  readonly missing: readonly string[];
}

/**
 * The rows of one container on the main processes of others, as `accessMatrix` has them. `END_POD` is asked of the pod's own
 * process, once.
 *
 * @param spec the pod spec, of any type; the processes count as shared
 */
export function accessRows(spec: unknown, { observer, targets, accesses }: AccessQuestion, options: AccessOptions = {}): AccessAnswers {
  const pod = podProfile(spec, options);
  const find = (name: string) => pod.containers.find(container => container.name === name);
  const from = find(observer);
  const missing = [observer, ...targets].filter(name => name !== PAUSE && !find(name));
  if (!from || missing.length > 0) return { rows: [], missing };
  const actor = { container: from, process: from.tool };
  const onContainers = accesses.filter(access => access !== Access.END_POD);
  const rows = targets.flatMap(name => {
    const container = find(name)!;
    const judgement = new PairJudgement(pod, actor, { container, process: container.processes[0] });
    return onContainers.map(access => judgement.row(access));
  });
  if (onContainers.length < accesses.length) {
    rows.push(new PairJudgement(pod, actor, { container: pod.pause, process: pod.pause.processes[0] }).row(Access.END_POD));
  }
  return { rows, missing };
}
