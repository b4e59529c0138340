import { ProgramFacts, SignalFacts } from './program-facts';
import { Signal } from './signal';

/** What a signal is sent for. */
export type SignalPurpose = 'reload' | 'reopen';

const PURPOSES: { readonly [purpose in SignalPurpose]: string } = {
  reload: 'read its configuration again',
  reopen: 'open its log files again',
};

/**
 * The signal that a program takes for a purpose.
 *
 * @throws when it has none
 */
export function signalFor(facts: ProgramFacts, purpose: SignalPurpose): Signal {
  const signal = facts[purpose];
  if (signal) return signal;
  const reason = purpose === 'reload' ? facts.noReload : facts.noReopen;
  throw new Error(`${facts.name} has no signal to ${PURPOSES[purpose]}. ${reason ?? 'Say it in Program.custom, if it has one'}.`);
}

/** Why a signal must not be sent to a program, with what to send instead; undefined when it may be. */
export function refusedSignal(facts: ProgramFacts, signal: Signal): string | undefined {
  const known = facts.signals.find(candidate => candidate.signal === signal);
  const isAsked = signal === facts.reload || signal === facts.reopen; // what it needs is documented with the program
  const problem = known === undefined ? `It is not known what ${signal} does to ${facts.name}` : harm(facts, known, isAsked);
  return problem === undefined ? undefined : `${problem}. ${alternatives(facts)}.`;
}

function harm(facts: ProgramFacts, { signal, effects, does, needs, otherwise, debian }: SignalFacts, isAsked: boolean): string | undefined {
  const said = does ? `: ${signal} ${does}` : '';
  const says = (list: readonly string[] | undefined) => list?.includes('stop') ? 'ends' : list?.includes('pause') ? 'pauses' : undefined;
  const always = says(effects) ?? says(debian);
  if (always) return `${signal} ${always} ${facts.name}${said}`;
  const verb = says(otherwise);
  return verb && !isAsked ? `${signal} ${verb} ${facts.name} unless ${needs}${said}` : undefined;
}

function alternatives(facts: ProgramFacts): string {
  const signals = (['reload', 'reopen'] as const).filter(purpose => facts[purpose]).map(purpose => `${facts[purpose]} to make it ${PURPOSES[purpose]}`);
  if (signals.length) return `Send ${signals.join(', or ')}`;
  return facts.noReload ?? facts.noReopen ?? 'Say in Program.custom which signals it handles';
}
