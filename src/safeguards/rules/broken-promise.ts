import { Access, ACCESSES } from '../../access/access';
import { AccessAnswer } from '../../access/access-answer';
import { AccessRow } from '../../access/access-row';
import { ACCESS_RULES } from '../../access/access-rules';
import { PAUSE } from '../../access/pod-profile';
import { sentence } from '../exposure';
import { INTENT_PREFIX, Intent } from '../intent';
import { JudgedPod } from '../judged-pod';
import { named, namedList } from '../printable-name';
import { Problem, Safeguard } from '../safeguard';
import { Severity } from '../severity';

const KNOWN: ReadonlySet<string> = new Set<string>(ACCESSES);
const WEIGHT = [AccessAnswer.DENIED, AccessAnswer.UNKNOWN, AccessAnswer.ALLOWED];

/** What a sidecar was made for, and what the written manifest makes of it. */
export const brokenPromise: Safeguard = {
  id: 'broken-promise',
  title: 'A sidecar can do what it was made for',
  severity: Severity.ERROR,
  severities: 'error where the manifest denies it; warning where it leaves it open',
  why: 'What a sidecar of this library was asked to do is written beside the workload. A later change (another user of the app, a patch, a policy that '
    + 'rewrites the manifest) can take that away, and then the sidecar is there and of no use: it finds `Operation not permitted` on the day '
    + 'on which it is needed.',
  remediation: 'Create the sidecar after the change, so that it is worked out anew, or take the change back.',
  links: ['https://man7.org/linux/man-pages/man2/ptrace.2.html'],
  *check(pod) {
    for (const [name, intent] of pod.intents) {
      if (intent.access.length > 0) yield* brokenBy(pod, name, intent);
    }
  },
};

function* brokenBy(pod: JudgedPod, name: string, intent: Intent): Iterable<Problem> {
  const container = pod.running.find(other => other.name === name);
  const path = container?.path ?? '/metadata/annotations';
  const broken: Broken = (message, severity = Severity.ERROR, fix = undefined) => ({
    severity, message, container: name, path, ...(fix === undefined ? {} : { fix }),
  });
  const unknown = intent.access.filter(access => !KNOWN.has(access));
  if (unknown.length > 0) {
    const fix = 'Write values of Access, such as `read-files`.';
    yield broken(`${unknown.length} words in the annotation of ${named(name)} name no access`, Severity.WARNING, fix);
  }
  if (!container) {
    yield broken(`${named(name)} is not in the manifest, though the annotation ${INTENT_PREFIX}... says what it is for`);
  } else if (!pod.shares) {
    const fix = 'Set shareProcessNamespace: true.';
    yield broken(`${named(name)} was made to reach other processes, and the pod has no shareProcessNamespace: true`, Severity.ERROR, fix);
  } else if (pod.reach.unknown !== undefined) {
    yield broken(`what ${named(name)} can do is not known: ${pod.reach.unknown}`, Severity.WARNING);
  } else {
    const others = pod.running.filter(other => !other.ours).map(other => other.name);
    for (const access of intent.access.filter(word => KNOWN.has(word)) as Access[]) {
      if (intent.targets !== undefined) {
        for (const target of intent.targets) yield* brokenRow(name, target, access, rowOf(pod, name, target, access), broken);
      } else if (others.length > 0) {
        const best = others.map(target => rowOf(pod, name, target, access)).reduce((a, b) => weight(b) > weight(a) ? b : a);
        yield* brokenRow(name, best?.target ?? namesOf(others), access, best, broken);
      }
    }
  }
}

type Broken = (message: string, severity?: Severity, fix?: string) => Problem;

function* brokenRow(name: string, target: string, access: Access, row: AccessRow | undefined, broken: Broken): Iterable<Problem> {
  const what = `${named(name)} was made for ${access} on ${named(target)}`;
  if (row === undefined) {
    yield broken(`${what}, which does not run beside it`);
  } else if (row.answer === AccessAnswer.DENIED) {
    yield broken(`${what}, and the manifest denies it: ${ACCESS_RULES[row.rule] ?? row.rule}`);
  } else if (row.answer === AccessAnswer.UNKNOWN) {
    const fix = row.settle.length > 0 ? sentence(row.settle[0]) : undefined;
    yield broken(`${what}, and the manifest leaves that open: ${ACCESS_RULES[row.rule] ?? row.rule}`, Severity.WARNING, fix);
  }
}

function rowOf({ reach }: JudgedPod, observer: string, target: string, access: Access): AccessRow | undefined {
  return reach.promised(observer, access === Access.END_POD ? PAUSE : target, access);
}

const weight = (row: AccessRow | undefined) => row === undefined ? -1 : WEIGHT.indexOf(row.answer);
const namesOf = (names: readonly string[]) => namedList(names).replace(/`/g, '');
