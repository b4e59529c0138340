import { Id } from './open-id';

/** Values for a list of IDs that are left open: one list for each way in which they may be equal to each other or to known numbers. */
export type IdCase = readonly number[];

/**
 * Every way in which IDs may be equal to each other, to 0 and to the known ones among them. Which numbers they are beyond that
 * makes no difference to the kernel, so it is enough to look at these.
 *
 * @param ids known and open ones; those of one origin are equal to each other where `areTied` says so
 * @param also a number that makes a difference: 0 for users
 * @param areTied whether two open IDs of the same origin are equal here
 */
export function idCases(ids: readonly Id[], also: readonly number[], areTied: (i: number, j: number) => boolean): IdCase[] {
  if (ids.every(id => typeof id === 'number')) return [ids as number[]];
  const known = new Set([...also, ...ids.filter((id): id is number => typeof id === 'number')]);
  const cases: IdCase[] = [];
  extend([], 0);
  return cases;

  // fresh numbers are negative: no manifest has them
  function extend(chosen: readonly number[], fresh: number): void {
    const i = chosen.length;
    if (i === ids.length) {
      cases.push(chosen);
      return;
    }
    const id = ids[i];
    if (typeof id === 'number') {
      extend([...chosen, id], fresh);
      return;
    }
    const tied = id.origin === undefined ? -1 : ids.findIndex((other, j) => j < i && typeof other !== 'number' && other.origin === id.origin && areTied(i, j));
    if (tied >= 0) {
      if (!(id.nonRoot && chosen[tied] === 0)) extend([...chosen, chosen[tied]], fresh);
      return;
    }
    for (const value of known) if (!(id.nonRoot && value === 0)) extend([...chosen, value], fresh);
    for (let n = 1; n <= fresh; n++) extend([...chosen, -n], fresh);
    extend([...chosen, -fresh - 1], fresh + 1);
  }
}
