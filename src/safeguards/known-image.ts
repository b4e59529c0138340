import { Program } from '../programs/program';
import { ProgramFacts, ProgramImage, SignalEffect } from '../programs/program-facts';
import { repositoryOf } from '../programs/recognize-program';

/** What a signal does to a program that is known. */
export interface HarmfulSignal {
  readonly program: string;
  readonly does: 'ends' | 'pauses';
  /** It was seen to do so whatever else is the case. */
  readonly always: boolean;
  /** What to do instead; ends with a full stop. */
  readonly fix: string;
}

const PROGRAMS = Object.values(Program).filter((value): value is Program => value instanceof Program);
const FACTS: readonly ProgramFacts[] = PROGRAMS.map(({ _facts }) => _facts);

/** What is known of an image, by its repository and tag; several where the tag does not tell which it is. */
export function imagesOf(image: unknown): readonly ProgramImage[] {
  return FACTS.flatMap(({ images }) => images.filter(known => isOf(image, known)));
}

/** The known programs that an image runs by default. */
export function programsOfImage(image: unknown): readonly ProgramFacts[] {
  return FACTS.filter(({ images }) => images.some(known => isOf(image, known)));
}

/** The known programs whose main process has this name. */
export function programsOfName(name: string): readonly ProgramFacts[] {
  return FACTS.filter(({ comm }) => comm.includes(name));
}

/** The harm that a signal does; undefined when it does none, or nothing is known of it. */
export function harmOf(facts: ProgramFacts, signal: string): HarmfulSignal | undefined {
  const known = facts.signals.find(candidate => candidate.signal === signal);
  if (known === undefined) return undefined;
  const always = verbOf(known.effects);
  const isMeant = signal === facts.reload || signal === facts.reopen;
  const does = always ?? verbOf(known.debian) ?? (isMeant ? undefined : verbOf(known.otherwise));
  return does && { program: facts.name, does, always: always !== undefined, fix: fixOf(facts) };
}

function isOf(image: unknown, { repositories, tag }: ProgramImage): boolean {
  if (typeof image !== 'string' || image.length > 1024) return false;
  const repository = repositoryOf(image);
  return repository !== undefined && repositories.includes(repository) && (tag === undefined || image.includes(tag));
}

function verbOf(effects: readonly SignalEffect[] | undefined): 'ends' | 'pauses' | undefined {
  if (effects?.includes('stop')) return 'ends';
  return effects?.includes('pause') ? 'pauses' : undefined;
}

function fixOf({ reload, reopen, noReload, noReopen }: ProgramFacts): string {
  const ways = [...reload ? [`${reload} to make it read its configuration again`] : [], ...reopen ? [`${reopen} to make it open its log files again`] : []];
  return ways.length > 0 ? `Send ${ways.join(', or ')}.` : `${noReload ?? noReopen ?? 'Send it no signal'}.`;
}
