import { Access } from './access';
import { AccessAnswer } from './access-answer';
import { AccessMatrix } from './access-matrix';
import { accessPaths } from './access-paths';
import { AccessRow, PathStep } from './access-row';
import { NodeReach, nodeReach } from './node-reach';

/** One access that somebody gained or lost between two manifests. */
export interface AccessChange {
  readonly observer: string;
  readonly target: string;
  /** Null also where the two manifests do not have the same processes: then the strongest answer of all counts. */
  readonly process: string | null;
  readonly access: Access;
  /** DENIED where there was no such container. */
  readonly before: AccessAnswer;
  /** DENIED where there is no such container any more. */
  readonly after: AccessAnswer;
  /** The processes that are taken over on the way, after the change where it is gained; empty for a direct access. */
  readonly via: readonly PathStep[];
}

/** A way to the node that somebody gained or lost. */
export interface NodeReachChange {
  readonly before?: NodeReach;
  readonly after?: NodeReach;
}

/** What changed between two manifests. DENIED to UNKNOWN and UNKNOWN to ALLOWED are gains. */
export interface AccessDiff {
  readonly gained: readonly AccessChange[];
  readonly lost: readonly AccessChange[];
  readonly gainedNode: readonly NodeReachChange[];
  readonly lostNode: readonly NodeReachChange[];
  /** Why the two cannot be compared in full, so that a gain may go unseen; empty when they can. */
  readonly incomparable: readonly string[];
}

const RANK: { readonly [answer in AccessAnswer]: number } = { [AccessAnswer.DENIED]: 0, [AccessAnswer.UNKNOWN]: 1, [AccessAnswer.ALLOWED]: 2 };

/**
 * Who gained and who lost an access, directly or by a path, and who came to reach the node.
 *
 * Containers are the same when they have the same name. What the nodes may refuse plays no part: an access that AppArmor refuses
 * on one cluster is there on the next.
 */
export function diffAccess(before: AccessMatrix, after: AccessMatrix): AccessDiff {
  const folded = new Set(unequalTargets(before.rows, after.rows));
  const direct: Sides = [strongest(before.rows, folded), strongest(after.rows, folded)];
  const paths: Sides = [strongest(accessPaths(before), folded), strongest(accessPaths(after), folded)];
  const changes = [...compare(direct, NO_ROWS, folded), ...compare(paths, direct, folded)];
  const nodes = compareNodes(nodeReach(before), nodeReach(after));
  return {
    gained: changes.filter(change => RANK[change.after] > RANK[change.before]),
    lost: changes.filter(change => RANK[change.after] < RANK[change.before]),
    gainedNode: nodes.filter(change => isMore(change.after, change.before)),
    lostNode: nodes.filter(change => isMore(change.before, change.after)),
    incomparable: [...doubts('before', before), ...doubts('after', after)],
  };
}

function doubts(when: string, { pod }: AccessMatrix): string[] {
  return [...pod.notApplicable === undefined ? [] : [pod.notApplicable], ...pod.problems].map(text => `${when}: ${text}`);
}

/** The strongest row for each observer, target, process and access. */
type Strongest = ReadonlyMap<string, AccessRow>;

/** Before and after. */
type Sides = readonly [Strongest, Strongest];

const NO_ROWS: Sides = [new Map(), new Map()];

/**
 * @param direct rows that count as well: what is direct on one side is no path that is gained or lost on the other
 * @param folded containers whose processes are not the same on both sides
 */
function compare([was, is]: Sides, direct: Sides, folded: ReadonlySet<string>): AccessChange[] {
  const changes: AccessChange[] = [];
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    const old = was.get(key);
    const now = is.get(key);
    const row = now ?? old!;
    const from = strongestOf(old?.answer, direct[0].get(key)?.answer);
    const to = strongestOf(now?.answer, direct[1].get(key)?.answer);
    if (from === to) continue;
    changes.push({
      observer: row.observer,
      target: row.target,
      process: folded.has(row.target) ? null : row.process,
      access: row.access,
      before: from,
      after: to,
      via: (RANK[to] > RANK[from] ? now ?? row : old ?? row).via,
    });
  }
  return changes;
}

/** Containers whose processes are not the same on both sides. */
function unequalTargets(before: readonly AccessRow[], after: readonly AccessRow[]): string[] {
  const was = processesByTarget(before);
  const is = processesByTarget(after);
  return [...was.keys()].filter(target => is.has(target) && was.get(target) !== is.get(target));
}

function processesByTarget(rows: readonly AccessRow[]): Map<string, string> {
  const found = new Map<string, Set<string | null>>();
  for (const { target, process } of rows) {
    const processes = found.get(target);
    if (processes) processes.add(process);
    else found.set(target, new Set([process]));
  }
  return new Map([...found].map(([target, processes]) => [target, [...processes].sort().join('\n')]));
}

function strongest(rows: readonly AccessRow[], folded: ReadonlySet<string>): Strongest {
  const result = new Map<string, AccessRow>();
  for (const row of rows) {
    const key = JSON.stringify([row.observer, row.target, folded.has(row.target) ? null : row.process, row.access]);
    const other = result.get(key);
    if (!other || RANK[row.answer] > RANK[other.answer]) result.set(key, row);
  }
  return result;
}

function strongestOf(a: AccessAnswer = AccessAnswer.DENIED, b: AccessAnswer = AccessAnswer.DENIED): AccessAnswer {
  return RANK[a] >= RANK[b] ? a : b;
}

function compareNodes(before: readonly NodeReach[], after: readonly NodeReach[]): NodeReachChange[] {
  const key = ({ observer, container, kind, volume }: NodeReach) => JSON.stringify([observer, container, kind, volume ?? null]);
  const was = new Map(before.map(reach => [key(reach), reach]));
  const is = new Map(after.map(reach => [key(reach), reach]));
  return [...new Set([...was.keys(), ...is.keys()])].map(name => ({ before: was.get(name), after: is.get(name) }));
}

/** A directory that becomes writable is more as well. */
function isMore(one: NodeReach | undefined, other: NodeReach | undefined): boolean {
  if (!one || !other) return one !== undefined;
  return RANK[one.answer] > RANK[other.answer] || (other.readOnly && !one.readOnly);
}
