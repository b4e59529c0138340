import { Control } from './control';
import { CONTROLS } from './controls';
import { PodSecurityLevel } from './pod-security-level';
import { PodSecurityReport, PodSecurityViolation } from './pod-security-report';
import { decodePod, PolicyPod } from './policy-pod';

/** How many errors of decoding are told. */
const MAX_ERRORS = 5;

const BASELINE = CONTROLS.filter(({ level }) => level === PodSecurityLevel.BASELINE);
const REPLACED = new Set(CONTROLS.map(({ replaces }) => replaces));
/** The rest of baseline comes first. */
const RESTRICTED = CONTROLS.filter(({ id }) => !REPLACED.has(id));

/**
 * The Pod Security level that a pod meets, as the newest policy that we know (Kubernetes 1.37) judges, in the server's words.
 *
 * It judges the manifest as it is written; what a server changes before it judges does not change the level, but in two
 * cases its words: of a Pod with `hostNetwork: true` it also names each container port as a host port, and of a Pod with
 * forbidden AppArmor annotations also the containers that they are for.
 *
 * What the server cannot decode (a text where a number belongs) is admitted nowhere, so no level above privileged is told:
 * violation `decoding`. That is seen in the fields that a control reads. A volume of a kind that we do not know keeps the pod from restricted.
 *
 * @param spec the pod's spec, of any origin
 * @param metadata the pod's metadata, or that of the pod template: AppArmor profiles may be annotations
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function podSecurity(spec: unknown, metadata?: unknown): PodSecurityReport {
  const pod = decodePod(spec, metadata);
  const found = new Map<Control, PodSecurityViolation>();
  for (const control of CONTROLS) {
    const forbidden = control.check(pod);
    if (forbidden) {
      const { reason, detail, containers } = forbidden;
      found.set(control, { control: control.id, level: control.level, reason, detail, containers: [...containers] });
    }
  }
  const decoding = decodingViolations(pod);
  const foundBy = (controls: readonly Control[]) => [...decoding, ...controls.flatMap(control => found.get(control) ?? [])];
  const baselineViolations = foundBy(BASELINE);
  const restrictedViolations = foundBy(RESTRICTED);
  const level = levelOf(baselineViolations, restrictedViolations);
  const violations = {
    [PodSecurityLevel.RESTRICTED]: [],
    [PodSecurityLevel.BASELINE]: restrictedViolations,
    [PodSecurityLevel.PRIVILEGED]: baselineViolations,
  }[level];
  return { level, violations, baselineViolations, restrictedViolations };
}

/** Restricted asks some controls in the place of baseline's, so it may admit (an impossible) pod that baseline does not. */
function levelOf(baseline: readonly PodSecurityViolation[], restricted: readonly PodSecurityViolation[]): PodSecurityLevel {
  if (restricted.length === 0) return PodSecurityLevel.RESTRICTED;
  return baseline.length === 0 ? PodSecurityLevel.BASELINE : PodSecurityLevel.PRIVILEGED;
}

function decodingViolations({ errors }: PolicyPod): PodSecurityViolation[] {
  if (errors.length === 0) return [];
  const more = errors.length > MAX_ERRORS ? [`${errors.length - MAX_ERRORS} more`] : [];
  return [{
    control: 'decoding',
    level: PodSecurityLevel.BASELINE,
    reason: 'the API server cannot decode the pod',
    detail: [...errors.slice(0, MAX_ERRORS), ...more].join(', '),
    containers: [],
  }];
}
