import { Safeguard } from '../safeguard';
import { Severity } from '../severity';

const ID = 'unused-acknowledgement';

/** Asked last: the other rules note what was acknowledged. */
export const unusedAcknowledgement: Safeguard = {
  id: ID,
  title: 'Every acknowledgement acknowledges something',
  severity: Severity.WARNING,
  severities: 'warning',
  why: 'An acknowledgement that covers nothing, since it names no rule or container that there is, has no reason, has ended, or is meant for an '
    + 'error, either hides a mistake or will silently cover what comes later.',
  remediation: 'Remove the annotation, or correct it.',
  links: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/'],
  everyPod: true,
  *check({ acknowledgements, options }) {
    for (const { message, fix, path, container } of acknowledgements.leftOver(rule => rule === ID || options.severities?.[rule] === 'off')) {
      yield { severity: Severity.WARNING, message, fix, path, container };
    }
  },
};
