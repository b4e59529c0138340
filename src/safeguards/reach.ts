import { Access } from '../access/access';
import { AccessAnswer } from '../access/access-answer';
import { AccessMatrix } from '../access/access-matrix';
import { AccessRow } from '../access/access-row';

const WEIGHT = { [AccessAnswer.DENIED]: 0, [AccessAnswer.UNKNOWN]: 1, [AccessAnswer.ALLOWED]: 2 };

/** Who reaches whom: the rows of a matrix, found by their containers. */
export class Reach {
  private readonly rows = new Map<string, Map<string, AccessRow[]>>();

  public constructor(private readonly matrix: AccessMatrix) {
    let observer: string | undefined;
    let target: string | undefined;
    let targets = new Map<string, AccessRow[]>();
    let rows: AccessRow[] = [];
    for (const row of matrix.rows) {
      if (row.observer !== observer || row.target !== target) {
        targets = entry(this.rows, row.observer, () => new Map());
        rows = entry(targets, row.target, () => []);
        ({ observer, target } = row);
      }
      rows.push(row);
    }
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
   * The row that exposes most, over all processes of the target: ALLOWED before UNKNOWN before DENIED.
   *
   * @param accesses any of these is enough
   */
  public widest(observer: string, target: string, accesses: ReadonlySet<Access>): AccessRow | undefined {
    let best: AccessRow | undefined;
    for (const row of this.between(observer, target)) {
      if (accesses.has(row.access) && (best === undefined || WEIGHT[row.answer] > WEIGHT[best.answer])) best = row;
    }
    return best;
  }

  /** What is promised: an access to the main process of the target, by the observer itself. */
  public promised(observer: string, target: string, access: Access): AccessRow | undefined {
    return this.between(observer, target).find(row => row.access === access);
  }
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, value = make());
  return value;
}
