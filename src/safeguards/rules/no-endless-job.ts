import { named } from '../printable-name';
import { Safeguard } from '../safeguard';
import { Severity } from '../severity';

const JOBS = new Set(['Job', 'CronJob']);

/** A Job is complete when all of its containers have ended, and a sidecar of ours does not end. */
export const noEndlessJob: Safeguard = {
  id: 'no-endless-job',
  title: 'No plain sidecar in a Job',
  severity: Severity.ERROR,
  severities: 'error',
  why: 'A Job is complete when every container of its pod has ended. A sidecar under `containers` runs until it is told to stop, and nobody '
    + 'tells it: the Job never completes, and a CronJob piles up pods or starts no further run. As an init container with '
    + '`restartPolicy: Always` (Kubernetes 1.29) it is stopped when the work is done.',
  remediation: 'Give the sidecar `placement: SidecarPlacement.NATIVE`, which is the default in Jobs and CronJobs.',
  links: ['https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers'],
  *check({ kind, containers }) {
    if (!JOBS.has(kind)) return;
    for (const { name, role, ours, path } of containers) {
      if (ours && role === 'container') {
        yield { severity: Severity.ERROR, message: `${named(name)} does not end by itself, so this ${kind} never completes`, container: name, path };
      }
    }
  },
};
