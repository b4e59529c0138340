import { podSecurity } from '../../admission/pod-security';
import { PodSecurityLevel } from '../../admission/pod-security-level';
import { PodSecurityReport, PodSecurityViolation } from '../../admission/pod-security-report';
import { arrayOf, JsonObject, objectOf } from '../../manifest/pod-spec';
import { JudgedPod } from '../judged-pod';
import { named, namedList } from '../printable-name';
import { Problem, Safeguard } from '../safeguard';
import { Severity } from '../severity';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const ENFORCE_VERSION = `${ENFORCE}-version`;

/** From the widest to the tightest. */
const LEVELS: readonly string[] = [PodSecurityLevel.PRIVILEGED, PodSecurityLevel.BASELINE, PodSecurityLevel.RESTRICTED];

/** A sidecar must not take from a pod the level of the Pod Security Standards that it has without it. */
export const podSecurityLevelLowered: Safeguard = {
  id: 'pod-security-level-lowered',
  title: 'A sidecar leaves the Pod Security level as it was',
  severity: Severity.WARNING,
  severities: 'warning where a sidecar lowers the level; error where the pod is then below the stated level, or below the level that the Namespace of the same '
    + 'output enforces (warning for a pinned version of the policy)',
  why: 'A pod has the level of its least restricted container. One sidecar with `SYS_PTRACE` takes a pod from restricted to privileged, so it is '
    + 'refused in every namespace that enforces more. Judged as the newest policy judges, in the words of the API server.',
  remediation: 'Give the sidecar the least privilege that does the job: the UID and GID of its target, all capabilities dropped.',
  links: [
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  ],
  *check(pod) {
    const enforced = enforcedLevel(pod);
    const { maxLevel } = pod.options;
    if (pod.ours.length === 0 && enforced === undefined) return;
    const now = podSecurity(pod.spec, pod.podMetadata);
    if (enforced !== undefined && isBelow(now.level, enforced.level)) yield belowEnforced(pod, now, enforced);
    if (pod.ours.length === 0 || pod.ours.length === pod.containers.length) return; // nothing that could be lowered
    const names = pod.ours.map(({ name }) => name);
    if (![...now.baselineViolations, ...now.restrictedViolations].some(({ containers }) => containers.some(name => names.includes(name)))) return;
    const without = podSecurity(withoutOurs(pod), pod.podMetadata);
    if (!isBelow(now.level, without.level)) return;
    const isTooLow = maxLevel !== undefined && isBelow(now.level, maxLevel);
    const violations = violationsOf(now, without.level);
    const guilty = names.filter(name => violations.some(({ containers }) => containers.includes(name)));
    const [only] = guilty.length === 1 ? pod.ours.filter(({ name }) => name === guilty[0]) : [];
    yield {
      severity: isTooLow ? Severity.ERROR : Severity.WARNING,
      message: `${namedList(guilty.length > 0 ? guilty : names)} lower${(guilty.length || names.length) > 1 ? '' : 's'} the Pod Security level from ${without.level} to ${now.level}`
        + `${isTooLow ? `, and ${maxLevel} is the widest that is allowed` : ''} (${controlsOf(violations)})`,
      ...(only ? { container: only.name, path: `${only.path}/securityContext` } : { path: pod.specPath }),
    };
  },
};

function belowEnforced(pod: JudgedPod, now: PodSecurityReport, { level, isPinned }: EnforcedLevel): Problem {
  return {
    severity: isPinned ? Severity.WARNING : Severity.ERROR,
    message: `Namespace ${named(pod.namespace!)} enforces ${level}, and the pod meets ${now.level} (${controlsOf(violationsOf(now, level))})`,
    fix: 'Give every container what the level asks for, or use a namespace that enforces another one.',
    path: `${pod.specPath}/securityContext`,
  };
}

interface EnforcedLevel {
  readonly level: string;
  /** An older version of the policy, which may allow more. */
  readonly isPinned: boolean;
}

/** What the pod's Namespace in the same output enforces. A pod that names no namespace goes where kubectl is told to. */
function enforcedLevel(pod: JudgedPod): EnforcedLevel | undefined {
  if (pod.options.documents === undefined || pod.namespace === undefined) return undefined;
  const namespace = pod.findDocument('Namespace', pod.namespace);
  const labels = objectOf(objectOf(namespace?.metadata).labels);
  const level = labels[ENFORCE];
  if (typeof level !== 'string' || !LEVELS.includes(level)) return undefined;
  const version = labels[ENFORCE_VERSION];
  return { level, isPinned: version !== undefined && version !== 'latest' };
}

function isBelow(level: string, wanted: string): boolean {
  return LEVELS.indexOf(level) < LEVELS.indexOf(wanted);
}

function violationsOf(report: PodSecurityReport, level: string): readonly PodSecurityViolation[] {
  return level === PodSecurityLevel.RESTRICTED ? report.restrictedViolations : report.baselineViolations;
}

function controlsOf(violations: readonly PodSecurityViolation[]): string {
  return [...new Set(violations.map(({ reason }) => reason))].join(', ');
}

function withoutOurs({ spec, ours }: JudgedPod): JsonObject {
  const names = new Set(ours.map(({ name }) => name));
  const rest: JsonObject = { ...spec };
  for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
    if (spec[list] !== undefined) rest[list] = arrayOf(spec[list]).filter(item => !names.has(objectOf(item).name as string));
  }
  return rest;
}
