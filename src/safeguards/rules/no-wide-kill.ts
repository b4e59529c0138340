import { ContainerText } from '../container-text';
import { KILL, readKill } from '../kill-command';
import { named } from '../printable-name';
import { Problem, Safeguard } from '../safeguard';
import { Severity } from '../severity';
import { callsOf } from '../shell-words';

const BY_NAME: ReadonlySet<string> = new Set(['killall', 'killall5', 'pkill', 'skill']);
/** Options of pkill that choose by something that no process of another container has. */
const NARROW = /^(?:-P|--parent|-F|--pidfile|--ns|--cgroup)/;

const MENTIONS = /kill/;

/** A name, or `-1`, chooses processes of every container. */
export const noWideKill: Safeguard = {
  id: 'no-wide-kill',
  title: 'No signal to everything that has a name',
  severity: Severity.WARNING,
  severities: 'warning; info in the scripts of mounted ConfigMaps',
  why: 'Where processes are shared, `killall nginx` and `pkill nginx` reach every process of that name that they may signal, in every '
    + 'container: the neighbour\'s as well, and the shell whose own command line has the word in it. `kill -TERM -1` from a container '
    + 'that runs as root ends every other process of the pod (measured).',
  remediation: 'Choose one process: by its PID file, by its parent (`pkill -P`), or by `pidof` and the container that `/proc/PID/cgroup` shows.',
  links: [
    'https://man7.org/linux/man-pages/man2/kill.2.html',
    'https://man7.org/linux/man-pages/man1/pkill.1.html',
  ],
  *check({ shares, texts }) {
    if (!shares) return;
    for (const text of texts) {
      if (text.mentions(MENTIONS)) yield* inText(text);
    }
  },
};

function* inText(text: ContainerText): Iterable<Problem> {
  const use = firstUse(text);
  if (use === undefined) return;
  const who = text.place === 'script' ? text.shown : `${named(text.container)} in ${text.shown}`;
  yield {
    severity: text.place === 'script' ? Severity.INFO : Severity.WARNING,
    message: `${who} ${use.does} of every container that it may signal`,
    container: text.container,
    path: use.path,
  };
}

function firstUse({ commands }: ContainerText): { readonly does: string; readonly path: string } | undefined {
  const byName = callsOf(BY_NAME, commands).find(({ program, args }) => program !== 'pkill' || !args.some(word => NARROW.test(word)));
  if (byName) return { does: `runs ${byName.program}, which reaches processes by name,`, path: byName.path };
  const all = callsOf(KILL, commands).find(call => {
    const { signal, targets } = readKill(call);
    return targets.includes('-1') || (signal === '1' && targets.length === 0);
  });
  return all && { does: 'sends a signal to -1, which is every process', path: all.path };
}
