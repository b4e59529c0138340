import { Access } from './access';
import { AccessAnswer } from './access-answer';
import { Decision } from './access-evaluation';
import { CapabilityRange } from './capability-range';
import { PLATFORM } from './open-id';
import { SHOWN_TO_ALL } from './pair-limits';
import { Actor } from './process-profile';

const NOTHING: readonly string[] = [];

/** What an answer takes for granted: keys of `ASSUMPTIONS`. */
export class PairAssumptions {
  private readonly general: readonly string[];
  private readonly onTarget: string | undefined;
  private readonly onObserver: string | undefined;
  private readonly onDefaults: boolean;
  /** By what of an answer makes a difference here. */
  private readonly lists: (readonly string[] | undefined)[] = [];

  constructor(observer: Actor, target: Actor) {
    const o = observer.container;
    const t = target.container;
    this.general = [...new Set([...o.user.assumes, ...t.user.assumes, ...sameImage(observer, target)])];
    this.onTarget = target.process.assumes;
    this.onObserver = observer.process.assumes;
    this.onDefaults = differsByDefault(o.capabilities, t.capabilities);
  }

  /** The names for one access; the same list for answers of the same kind. */
  public of(access: Access, decision: Decision): readonly string[] {
    if (SHOWN_TO_ALL.has(access)) return NOTHING;
    const kind = (decision.anyTarget ? 1 : 0) + (decision.answer === AccessAnswer.ALLOWED ? 2 : 0) + (decision.onCapabilities ? 4 : 0);
    return this.lists[kind] ??= this.collect(decision);
  }

  private collect({ answer, anyTarget, onCapabilities }: Decision): readonly string[] {
    const list: string[] = [];
    if (this.onTarget && !anyTarget) list.push(this.onTarget);
    // what a plain program may do stays allowed when there are others
    if (this.onObserver && answer !== AccessAnswer.ALLOWED) list.push(this.onObserver);
    list.push(...this.general);
    if (onCapabilities && this.onDefaults) list.push('default-capabilities');
    return list.length ? list : NOTHING;
  }
}

function sameImage(observer: Actor, target: Actor): readonly string[] {
  if (observer.container === target.container) return NOTHING;
  const tied = (['uid', 'gid'] as const).some(kind => {
    const mine = observer.container.user[kind];
    const theirs = target.container.user[kind];
    if (typeof mine === 'number' || typeof theirs === 'number') return false;
    return mine.origin !== undefined && mine.origin === theirs.origin && mine.origin !== PLATFORM;
  });
  return tied ? ['same-image'] : NOTHING;
}

/** Whether "the observer holds all that the target holds" is another answer on nodes with another default set. */
function differsByDefault(mine: CapabilityRange, theirs: CapabilityRange): boolean {
  if (!mine.underOtherDefault && !theirs.underOtherDefault) return false;
  const elsewhere = (mine.underOtherDefault ?? mine.least).contains(theirs.underOtherDefault ?? theirs.least);
  return mine.least.contains(theirs.least) !== elsewhere;
}
