import { AccessAnswer } from '../access/access-answer';
import { AccessRow } from '../access/access-row';

/** A process that things are done to. */
export interface FoldedTarget {
  readonly target: string;
  readonly process: string | null;
}

/** Pairs of which the same is said. */
export interface FoldedRow {
  readonly observers: readonly string[];
  readonly targets: readonly FoldedTarget[];
  readonly allowed: readonly string[];
  readonly unknown: readonly string[];
  /** Why something is allowed or unknown, each once, in the order of the accesses. */
  readonly rules: readonly string[];
}

/** Folds the rows of a matrix: one line for all pairs of which the same is said, so that what differs is seen. */
export function foldRows(rows: readonly AccessRow[]): FoldedRow[] {
  const pairs = new Map<string, { observer: string; target: FoldedTarget; rows: AccessRow[] }>();
  for (const row of rows) {
    const key = JSON.stringify([row.observer, row.target, row.process]);
    const pair = pairs.get(key);
    if (pair) pair.rows.push(row);
    else pairs.set(key, { observer: row.observer, target: { target: row.target, process: row.process }, rows: [row] });
  }
  // first the targets of one observer, then the observers of the same targets
  const byObserver = group([...pairs.values()], pair => JSON.stringify([pair.observer, said(pair.rows)]));
  const folded = group(byObserver, same => JSON.stringify([same.map(pair => pair.target), said(same[0].rows)]));
  return folded.map(same => ({
    observers: same.map(([pair]) => pair.observer),
    targets: same[0].map(pair => pair.target),
    ...said(same[0][0].rows),
  }));
}

function said(rows: readonly AccessRow[]): Pick<FoldedRow, 'allowed' | 'unknown' | 'rules'> {
  const of = (answer: AccessAnswer) => rows.filter(row => row.answer === answer).map(({ access }) => access);
  return {
    allowed: of(AccessAnswer.ALLOWED),
    unknown: of(AccessAnswer.UNKNOWN),
    rules: [...new Set(rows.filter(row => row.answer !== AccessAnswer.DENIED).map(({ rule }) => rule))],
  };
}

function group<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const found = groups.get(key);
    if (found) found.push(value);
    else groups.set(key, [value]);
  }
  return [...groups.values()];
}
