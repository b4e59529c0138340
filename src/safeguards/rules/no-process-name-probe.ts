import { named } from '../printable-name';
import { Safeguard } from '../safeguard';
import { Severity } from '../severity';
import { callsOf } from '../shell-words';

const BY_NAME: ReadonlySet<string> = new Set(['pgrep', 'pidof', 'ps', 'top', 'killall', 'pkill']);

const MENTIONS = /pgrep|pidof|\bps\b|\btop\b|kill/;

/** A probe that looks for a process by name is content with the neighbour's. */
export const noProcessNameProbe: Safeguard = {
  id: 'no-process-name-probe',
  title: 'No probe that looks for a process by its name',
  severity: Severity.WARNING,
  severities: 'warning',
  why: 'Where processes are shared, `pgrep`, `pidof` and `ps | grep` see the processes of all containers. A liveness probe that looks for a name '
    + 'is content with a process of another container, with a child that an earlier main process left, or with itself, so a dead app '
    + 'counts as alive.',
  remediation: 'Ask the app: an `httpGet`, `tcpSocket` or `grpc` probe, or a command that talks to it.',
  links: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/'],
  *check({ shares, texts }) {
    if (!shares) return;
    for (const text of texts) {
      if (text.place !== 'probe' || !text.mentions(MENTIONS)) continue;
      const [call] = callsOf(BY_NAME, text.commands);
      if (call === undefined) continue;
      yield {
        severity: Severity.WARNING,
        message: `${named(text.container)} in ${text.shown} looks for processes with ${call.program}, which sees those of all containers`,
        container: text.container,
        path: call.path,
      };
    }
  },
};
