import { named } from '../printable-name';
import { Safeguard } from '../safeguard';
import { Severity } from '../severity';

/** A terminal turns two streams into one, and line ends into two characters. */
export const noTtyOnLogStream: Safeguard = {
  id: 'no-tty-on-log-stream',
  title: 'No terminal for a container that nobody types into',
  severity: Severity.WARNING,
  severities: 'warning',
  why: 'With `tty: true` standard output and standard error are one stream, each line ends with CR LF, and programs that see a terminal colour '
    + 'and buffer in another way: what a log collector parsed before it no longer parses. A terminal makes sense only for a container that '
    + 'somebody attaches to, which has `stdin: true` as well. A sidecar that writes log files to its output is never one.',
  remediation: 'Remove `tty`; use `kubectl exec -it` for a shell.',
  links: ['https://github.com/kubernetes/kubernetes/issues/37247'],
  *check({ running }) {
    for (const { json, name, path, ours, intent } of running) {
      if (json.tty !== true || (json.stdin === true && !(ours && intent?.sidecar === 'log-handler'))) continue;
      yield {
        severity: Severity.WARNING,
        message: `${named(name)} has tty: true, which mixes its output and its errors in the log`,
        container: name,
        path: `${path}/tty`,
      };
    }
  },
};
