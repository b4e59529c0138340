import { Id } from './open-id';

/** Values for a list of IDs that are left open. */
export type IdCase = readonly number[];

/**
 * Every way in which IDs may be equal to each other, to a number that makes a difference and to the known ones among them. Which
 * numbers they are beyond that makes no difference to the kernel, so it is enough to look at these.
 *
 * @param ids known and open ones; those of one origin are equal to each other where `areTied` says so
 * @param also the number that makes a difference: 0 for users; undefined when there is none
 * @param areTied whether two open IDs of the same origin, by their places, are equal here
 */
export function idCases(ids: readonly Id[], also: number | undefined, areTied: (i: number, j: number) => boolean): readonly IdCase[] {
  if (ids.every(id => typeof id === 'number')) return [ids as readonly number[]];
  const known: number[] = also === undefined ? [] : [also];
  for (const id of ids) if (typeof id === 'number' && !known.includes(id)) known.push(id);
  const cases: IdCase[] = [];
  const chosen: number[] = [];
  extend(0, 0);
  return cases;

  // fresh numbers are negative: no manifest has them
  function extend(i: number, fresh: number): void {
    if (i === ids.length) {
      cases.push(chosen.slice());
      return;
    }
    const id = ids[i];
    if (typeof id === 'number') return choose(i, id, fresh);
    const tied = tiedTo(i);
    if (tied >= 0) {
      if (!id.nonRoot || chosen[tied] !== 0) choose(i, chosen[tied], fresh);
      return;
    }
    for (const value of known) if (!id.nonRoot || value !== 0) choose(i, value, fresh);
    for (let n = 1; n <= fresh; n++) choose(i, -n, fresh);
    choose(i, -fresh - 1, fresh + 1);
  }

  function choose(i: number, value: number, fresh: number): void {
    chosen[i] = value;
    extend(i + 1, fresh);
  }

  /** The place of an earlier ID that this one is equal to, or -1. */
  function tiedTo(i: number): number {
    const id = ids[i];
    if (typeof id === 'number' || id.origin === undefined) return -1;
    for (let j = 0; j < i; j++) {
      const other = ids[j];
      if (typeof other !== 'number' && other.origin === id.origin && areTied(i, j)) return j;
    }
    return -1;
  }
}
