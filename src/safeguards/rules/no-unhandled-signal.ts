import { arrayOf } from '../../manifest/pod-spec';
import { ProgramFacts } from '../../programs/program-facts';
import { ContainerText } from '../container-text';
import { JudgedContainer, JudgedPod } from '../judged-pod';
import { harmOf, programsOfImage, programsOfName } from '../known-image';
import { named } from '../printable-name';
import { Problem, Safeguard } from '../safeguard';
import { Severity } from '../severity';
import { baseName, callsOf, ProgramCall } from '../shell-words';

const BY_NAME: ReadonlySet<string> = new Set(['killall', 'pkill']);
/** What is sent to end a program is meant to end it. */
const MEANT_TO_END: ReadonlySet<string> = new Set(['TERM', 'INT', 'QUIT', 'KILL']);
const NUMBERS: { readonly [number: string]: string } = { 1: 'HUP', 2: 'INT', 3: 'QUIT', 9: 'KILL', 10: 'USR1', 12: 'USR2', 15: 'TERM', 28: 'WINCH' };

/** Where processes are shared, the main process is no PID 1 any more, and the kernel no longer spares it. */
export const noUnhandledSignal: Safeguard = {
  id: 'no-unhandled-signal',
  title: 'No signal that ends the program that it is meant to wake',
  severity: Severity.WARNING,
  severities: 'error where a sidecar of this library sends a signal that was seen to end the program; else warning',
  why: 'A signal that a program does not handle ends it, and some programs give a signal another meaning: HUP ends php-fpm, USR1 pauses PgBouncer. '
    + 'As PID 1 a main process was spared by the kernel; where processes are shared it is not PID 1 any more (measured). What each signal does is '
    + 'known of the programs in the catalog, which our tests run; the program is told by the image\'s name, and by the name that `pkill` is given.',
  remediation: 'Send the signal that makes the program read its configuration or open its log files again.',
  links: ['https://man7.org/linux/man-pages/man7/signal.7.html'],
  *check(pod) {
    if (!pod.shares) return;
    for (const { from, to, signal } of sentByOurs(pod)) {
      const sender = pod.containers.find(({ name }) => name === from);
      const target = pod.running.find(({ name }) => name === to);
      if (sender && target) yield* harmful(sender, target, programsOfImage(target.json.image), signal, true, sender.path);
    }
    for (const text of pod.texts) {
      if (text.mentions(/pkill|killall/)) yield* inText(pod, text);
    }
  },
};

function sentByOurs(pod: JudgedPod): { readonly from: string; readonly to: string; readonly signal: string }[] {
  const sent = [...pod.options.signals ?? []];
  for (const [from, { signal, targets }] of pod.intents) {
    if (signal !== undefined) sent.push(...(targets ?? []).map(to => ({ from, to, signal })));
  }
  return sent;
}

function* inText(pod: JudgedPod, text: ContainerText): Iterable<Problem> {
  const told = new Set<string>();
  for (const call of callsOf(BY_NAME, text.commands)) {
    const signal = signalOf(call);
    const name = call.args.filter(word => !word.startsWith('-')).pop();
    if (signal === undefined || name === undefined || MEANT_TO_END.has(signal)) continue;
    const facts = programsOfName(baseName(name));
    for (const target of facts.length === 0 ? [] : pod.running) {
      if (told.has(`${signal} ${target.path}`) || !programsOfImage(target.json.image).some(program => facts.includes(program))) continue;
      told.add(`${signal} ${target.path}`);
      const sender = pod.containers.find(container => container.name === text.container) ?? target;
      yield* harmful(text.place === 'script' ? undefined : sender, target, facts, signal, false, call.path);
    }
  }
}

function* harmful(
  sender: JudgedContainer | undefined, target: JudgedContainer, programs: readonly ProgramFacts[], signal: string, isOurs: boolean, path: string,
): Iterable<Problem> {
  const harms = programs.map(facts => harmOf(facts, signal.toUpperCase().replace(/^SIG/, '')));
  const harm = harms.find(found => found !== undefined);
  if (harm === undefined) return;
  // only the image's own command is known to be the program, and only if no other program has the image's name
  const isSeen = harm.always && harm.does === 'ends' && harms.length === 1 && arrayOf(target.json.command).length === 0;
  yield {
    severity: isOurs && isSeen ? Severity.ERROR : Severity.WARNING,
    message: `${sender ? named(sender.name) : 'a mounted script'} sends a signal to ${named(target.name)} that ${harm.always ? harm.does : `may ${harm.does.slice(0, -1)}`} `
      + `${harm.program}`,
    fix: harm.fix,
    ...(sender ? { container: sender.name } : {}),
    path,
  };
}

function signalOf({ args }: ProgramCall): string | undefined {
  for (const [i, word] of args.entries()) {
    const text = word === '-s' || word === '--signal' ? args[i + 1] : word.startsWith('-') ? word.slice(1) : undefined;
    const name = text?.toUpperCase().replace(/^SIG/, '');
    if (name === undefined) continue;
    if (Object.hasOwn(NUMBERS, name)) return NUMBERS[name];
    if (/^(?:HUP|INT|QUIT|USR1|USR2|TERM|KILL|WINCH|TSTP|TTIN|TTOU)$/.test(name)) return name;
  }
  return undefined;
}
