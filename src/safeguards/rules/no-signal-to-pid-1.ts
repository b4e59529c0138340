import { ContainerText } from '../container-text';
import { KILL, readKill } from '../kill-command';
import { named } from '../printable-name';
import { Problem, Safeguard } from '../safeguard';
import { Severity } from '../severity';
import { callsOf } from '../shell-words';

/** Tools whose first plain argument is a process. */
const BY_ARGUMENT: ReadonlySet<string> = new Set(['jcmd', 'jstack', 'jmap', 'jinfo', 'jattach', 'jstat', 'pstack', 'gcore']);
/** Tools that take the process by an option. */
const BY_OPTION: ReadonlySet<string> = new Set(['strace', 'gdb', 'nsenter', 'py-spy', 'perf', 'lsof', 'rbspy', 'dotnet-trace', 'dotnet-dump', 'dotnet-counters', 'dotnet-gcdump', 'dotnet-stack']);
const PROCESS_OPTIONS: ReadonlySet<string> = new Set(['-p', '--pid', '-t', '--target', '--process-id']);

const MENTIONS = /kill|jcmd|jstack|jmap|jinfo|jattach|jstat|pstack|gcore|strace|gdb|nsenter|py-spy|perf|lsof|rbspy|dotnet-|\/proc\/1\//;

/** Where processes are shared, PID 1 is the pause container. */
export const noSignalToPid1: Safeguard = {
  id: 'no-signal-to-pid-1',
  title: 'Nothing that takes PID 1 for the app',
  severity: Severity.WARNING,
  severities: 'warning; info in the scripts of mounted ConfigMaps',
  why: 'Where processes are shared, PID 1 is `/pause`, not the app. `kill -HUP 1` does nothing at all, `kill -TERM 1` and `kill -INT 1` end '
    + 'the whole pod where they are allowed (both measured), `jcmd 1` finds no JVM, and what is written to `/proc/1/fd/1` reaches no log. '
    + 'Found by reading command lines, exec probes, lifecycle hooks and scripts in ConfigMaps of the same output; what an image '
    + 'holds is not seen.',
  remediation: 'Find the process when it is needed: by its PID file, or with `pidof` together with the container that it belongs to; log to the '
    + 'process\'s own `/dev/stdout`.',
  links: ['https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/#understanding-process-namespace-sharing'],
  *check({ shares, texts }) {
    if (!shares) return;
    for (const text of texts) {
      if (text.mentions(MENTIONS) || (text.pieces.length > 1 && text.pieces.some(piece => piece.text === '1'))) yield* inText(text);
    }
  },
};

function* inText(text: ContainerText): Iterable<Problem> {
  const use = firstUse(text);
  if (use === undefined) return;
  const who = text.place === 'script' ? text.shown : `${named(text.container)} in ${text.shown}`;
  yield {
    severity: text.place === 'script' ? Severity.INFO : Severity.WARNING,
    message: `${who} ${use.does}, but PID 1 is the pause container`,
    container: text.container,
    path: use.path,
  };
}

function firstUse({ commands }: ContainerText): { readonly does: string; readonly path: string } | undefined {
  const kill = callsOf(KILL, commands).find(call => readKill(call).targets.includes('1'));
  if (kill) return { does: 'sends a signal to PID 1', path: kill.path };
  const tool = callsOf(BY_ARGUMENT, commands).find(({ args }) => args.find(word => !word.startsWith('-')) === '1')
    ?? callsOf(BY_OPTION, commands).find(({ args }) => args.some((word, i) => PROCESS_OPTIONS.has(word) && args[i + 1] === '1' || /^(?:-p|--pid=|-t|--target=)1$/.test(word)));
  if (tool) return { does: `runs ${tool.program} on PID 1`, path: tool.path };
  const file = commands.flat().find(word => word.text.includes('/proc/1/'));
  return file && { does: 'uses /proc/1', path: file.path };
}
