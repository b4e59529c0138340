import { Access } from '../access/access';
import { AccessAnswer } from '../access/access-answer';
import { AccessMatrix } from '../access/access-matrix';
import { accessPaths } from '../access/access-paths';
import { AccessRow } from '../access/access-row';
import { TAKEOVERS } from '../access/takeover';

const WEIGHT = { [AccessAnswer.DENIED]: 0, [AccessAnswer.UNKNOWN]: 1, [AccessAnswer.ALLOWED]: 2 };

/** Who reaches whom: the rows of a matrix, found by their containers. */
export class Reach {
  private readonly rows: ReadonlyMap<string, ReadonlyMap<string, readonly AccessRow[]>>;
  private pathRows?: ReadonlyMap<string, ReadonlyMap<string, readonly AccessRow[]>>;
  private readonly lenders = new Map<string, boolean>();

  public constructor(private readonly matrix: AccessMatrix) {
    this.rows = byContainers(matrix.rows);
  }

  /** Why nothing is known of this pod, although its containers may reach each other. */
  public get unknown(): string | undefined {
    return this.matrix.rows.length === 0 && this.matrix.pod.containers.length === 0 ? this.matrix.notice : undefined;
  }

  /** Every row of two containers. */
  public between(observer: string, target: string): readonly AccessRow[] {
    return this.rows.get(observer)?.get(target) ?? [];
  }

  /**
   * The row that exposes most, over all processes of the target and over all ways by processes that are taken over: ALLOWED
   * before UNKNOWN before DENIED.
   *
   * @param accesses any of these is enough
   */
  public widest(observer: string, target: string, accesses: ReadonlySet<Access>): AccessRow | undefined {
    const best = widestOf(this.between(observer, target), accesses);
    if (best === undefined || best.answer === AccessAnswer.ALLOWED || !this.hasLender(observer)) return best;
    this.pathRows ??= byContainers(accessPaths(this.matrix));
    return widestOf([best, ...this.pathRows.get(observer)?.get(target) ?? []], accesses);
  }

  /** What is promised: an access to the main process of the target, by the observer itself. */
  public promised(observer: string, target: string, access: Access): AccessRow | undefined {
    return this.between(observer, target).find(row => row.access === access);
  }

  /**
   * Whether the observer may take over a process that lets it do more than it may itself: as another user, or where it holds
   * SYS_PTRACE. Paths over others lead nowhere new, and are not looked for.
   */
  private hasLender(observer: string): boolean {
    let known = this.lenders.get(observer);
    if (known === undefined) {
      const traces = this.matrix.pod.containers.some(({ name, capabilities }) => name === observer && capabilities.most.has('SYS_PTRACE'));
      known = [...this.rows.get(observer)?.values() ?? []].some(rows => rows.some(({ access, answer }) => (
        answer !== AccessAnswer.DENIED && (access === Access.BECOME_USER || (traces && TAKEOVERS.includes(access)))
      )));
      this.lenders.set(observer, known);
    }
    return known;
  }
}

function byContainers(all: readonly AccessRow[]): Map<string, Map<string, AccessRow[]>> {
  const found = new Map<string, Map<string, AccessRow[]>>();
  let observer: string | undefined;
  let target: string | undefined;
  let rows: AccessRow[] = [];
  for (const row of all) {
    if (row.observer !== observer || row.target !== target) {
      rows = entry(entry(found, row.observer, () => new Map<string, AccessRow[]>()), row.target, (): AccessRow[] => []);
      ({ observer, target } = row);
    }
    rows.push(row);
  }
  return found;
}

function widestOf(rows: readonly AccessRow[], accesses: ReadonlySet<Access>): AccessRow | undefined {
  let best: AccessRow | undefined;
  for (const row of rows) {
    if (accesses.has(row.access) && (best === undefined || WEIGHT[row.answer] > WEIGHT[best.answer])) best = row;
  }
  return best;
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, value = make());
  return value;
}
