import { Access } from '../../access/access';
import { AccessAnswer } from '../../access/access-answer';
import { PAUSE } from '../../access/pod-profile';
import { objectOf } from '../../manifest/pod-spec';
import { sentence, wayOf } from '../exposure';
import { named } from '../printable-name';
import { Safeguard } from '../safeguard';
import { Severity } from '../severity';

const ENDING: ReadonlySet<Access> = new Set([Access.END_POD]);

/** TERM to PID 1 ends the pause process, and with it every container of the pod. */
export const noKillableSandbox: Safeguard = {
  id: 'no-killable-sandbox',
  title: 'No container that can end the whole pod',
  severity: Severity.INFO,
  severities: 'info; warning for a sidecar whose privileges this library worked out',
  why: 'Where processes are shared, PID 1 is the pause process. TERM or INT to it ends the sandbox: every container is killed (137) and the kubelet '
    + 'starts all of them again (measured). Root with the capability `KILL`, which the runtimes give by default, may do that, and so may '
    + 'every container whose UID is that of the pod\'s own `securityContext.runAsUser`, since pause then runs as it.',
  remediation: 'Set `runAsUser` in the containers and not in the pod\'s `securityContext`, and drop `KILL` from containers that run as root.',
  links: ['https://man7.org/linux/man-pages/man2/kill.2.html'],
  folded: true,
  *check(pod) {
    if (!pod.shares) return;
    const { reach } = pod;
    if (reach.unknown !== undefined && pod.spec.hostPID !== true && objectOf(pod.spec.os).name !== 'windows') { // these are errors of their own
      yield { severity: Severity.INFO, message: `who can reach whom is not known: ${reach.unknown}`, fix: 'Judge this pod by hand.', path: pod.specPath };
    }
    for (const { name, path, ours, intent } of pod.running) {
      const row = reach.widest(name, PAUSE, ENDING);
      if (row === undefined || row.answer === AccessAnswer.DENIED) continue;
      const isCertain = row.answer === AccessAnswer.ALLOWED;
      const isComputed = ours && intent !== undefined && intent.profile === undefined;
      yield {
        severity: isCertain && isComputed ? Severity.WARNING : Severity.INFO,
        message: `${named(name)} ${isCertain ? 'can' : 'may be able to'} end the whole pod by a signal to PID 1${wayOf(row)}`,
        ...(isCertain || row.settle.length === 0 ? {} : { fix: sentence(row.settle[0]) }),
        container: name,
        path,
      };
    }
  },
};
