import { JudgedContainer } from '../judged-pod';
import { named } from '../printable-name';
import { Safeguard } from '../safeguard';
import { Severity } from '../severity';

const PRODUCTION: ReadonlySet<string> = new Set(['production', 'prod']);

/** Off until somebody states what the output is for. */
export const noDebugSidecarInProduction: Safeguard = {
  id: 'no-debug-sidecar-in-production',
  title: 'No debug sidecar in production',
  severity: Severity.ERROR,
  severities: 'error where the stated environment is `production` or `prod`; off until an environment is stated',
  why: 'A debug sidecar is there for whoever may exec into the pod, day and night, and sharing the process namespace changes the app. What is '
    + 'handy in development is an open door in production, where an ephemeral container does the same while it is needed.',
  remediation: 'Create the DebugSidecar only for other environments; in production use its ephemeral command.',
  links: ['https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/#ephemeral-container'],
  *check({ ours, options }) {
    if (options.environment === undefined || !PRODUCTION.has(options.environment.trim().toLowerCase())) return;
    for (const container of ours.filter(isDebugger)) {
      const { name, path } = container;
      yield { severity: Severity.ERROR, message: `${named(name)} is a debug sidecar, and the environment is production`, container: name, path };
    }
  },
};

/** What no construct says to be something else. */
function isDebugger({ intent }: JudgedContainer): boolean {
  return intent?.sidecar === undefined || intent.sidecar === 'debug';
}
