import { printableName } from './printable-name';
import { brokenPromise } from './rules/broken-promise';
import { noDebugSidecarInProduction } from './rules/no-debug-sidecar-in-production';
import { noEndlessJob } from './rules/no-endless-job';
import { noExcessCapability } from './rules/no-excess-capability';
import { noHostPid } from './rules/no-host-pid';
import { noIneffectiveCapability } from './rules/no-ineffective-capability';
import { noKillableSandbox } from './rules/no-killable-sandbox';
import { noPid1Image } from './rules/no-pid-1-image';
import { noProcessNameProbe } from './rules/no-process-name-probe';
import { noRootImageWithRunAsNonRoot } from './rules/no-root-image-with-run-as-non-root';
import { noSecretFilesInReach } from './rules/no-secret-files-in-reach';
import { noSecretInArguments } from './rules/no-secret-in-arguments';
import { noSecretInEnvironment } from './rules/no-secret-in-environment';
import { noSignalToPid1 } from './rules/no-signal-to-pid-1';
import { noTtyOnLogStream } from './rules/no-tty-on-log-stream';
import { noUnboundedLogVolume } from './rules/no-unbounded-log-volume';
import { noUnhandledSignal } from './rules/no-unhandled-signal';
import { noUnknownCapability } from './rules/no-unknown-capability';
import { unreadable } from './rules/no-unreadable-pod';
import { noWideKill } from './rules/no-wide-kill';
import { noWindowsPod } from './rules/no-windows-pod';
import { podSecurityLevelLowered } from './rules/pod-security-level-lowered';
import { qosClassChanged } from './rules/qos-class-changed';
import { requireRunAsGroup } from './rules/require-run-as-group';
import { unusedAcknowledgement } from './rules/unused-acknowledgement';
import { Safeguard } from './safeguard';
import { Severity } from './severity';
import { nearestName } from '../kernel/nearest-name';

/**
 * A rule of the safeguards: what is judged, why, and what to do.
 *
 * `docs/reference/safeguards/` has a page for each, with manifests that it finds fault with and that it does not.
 */
export class Rule {
  /** Every field has the type that Kubernetes asks for. */
  public static readonly NO_UNREADABLE_POD = new Rule(unreadable);

  /** No shared process namespace together with the node's. */
  public static readonly NO_HOST_PID = new Rule(noHostPid);

  /** No shared process namespace in a Windows pod. */
  public static readonly NO_WINDOWS_POD = new Rule(noWindowsPod);

  /** Only capabilities that Linux has. */
  public static readonly NO_UNKNOWN_CAPABILITY = new Rule(noUnknownCapability);

  /** No container that has to be non-root and runs as root. */
  public static readonly NO_ROOT_IMAGE_WITH_RUN_AS_NON_ROOT = new Rule(noRootImageWithRunAsNonRoot);

  /** No signal that ends the program that it is meant to wake. */
  public static readonly NO_UNHANDLED_SIGNAL = new Rule(noUnhandledSignal);

  /** No plain sidecar in a Job. */
  public static readonly NO_ENDLESS_JOB = new Rule(noEndlessJob);

  /** A sidecar can do what it was made for. */
  public static readonly BROKEN_PROMISE = new Rule(brokenPromise);

  /** No image whose init has to be PID 1. */
  public static readonly NO_PID_1_IMAGE = new Rule(noPid1Image);

  /** No capability for a container that does not run as root. */
  public static readonly NO_INEFFECTIVE_CAPABILITY = new Rule(noIneffectiveCapability);

  /** No capability that a sidecar does not need. */
  public static readonly NO_EXCESS_CAPABILITY = new Rule(noExcessCapability);

  /** Nothing that takes PID 1 for the app. */
  public static readonly NO_SIGNAL_TO_PID_1 = new Rule(noSignalToPid1);

  /** No signal to everything that has a name. */
  public static readonly NO_WIDE_KILL = new Rule(noWideKill);

  /** No probe that looks for a process by its name. */
  public static readonly NO_PROCESS_NAME_PROBE = new Rule(noProcessNameProbe);

  /** No secret in a command line. */
  public static readonly NO_SECRET_IN_ARGUMENTS = new Rule(noSecretInArguments);

  /** No secret in an environment that another container can read. */
  public static readonly NO_SECRET_IN_ENVIRONMENT = new Rule(noSecretInEnvironment);

  /** No secret file that another container can read. */
  public static readonly NO_SECRET_FILES_IN_REACH = new Rule(noSecretFilesInReach);

  /** No container that can end the whole pod. */
  public static readonly NO_KILLABLE_SANDBOX = new Rule(noKillableSandbox);

  /** A group wherever the group decides who reaches whom. */
  public static readonly REQUIRE_RUN_AS_GROUP = new Rule(requireRunAsGroup);

  /** A bound for the volume that holds log files. */
  public static readonly NO_UNBOUNDED_LOG_VOLUME = new Rule(noUnboundedLogVolume);

  /** No terminal for a container that nobody types into. */
  public static readonly NO_TTY_ON_LOG_STREAM = new Rule(noTtyOnLogStream);

  /** A sidecar leaves the QoS class as it was. */
  public static readonly QOS_CLASS_CHANGED = new Rule(qosClassChanged);

  /** A sidecar leaves the Pod Security level as it was. */
  public static readonly POD_SECURITY_LEVEL_LOWERED = new Rule(podSecurityLevelLowered);

  /** No debug sidecar in production. */
  public static readonly NO_DEBUG_SIDECAR_IN_PRODUCTION = new Rule(noDebugSidecarInProduction);

  /** Every acknowledgement acknowledges something. */
  public static readonly UNUSED_ACKNOWLEDGEMENT = new Rule(unusedAcknowledgement);

  /** All rules. */
  public static all(): Rule[] {
    return Object.values(Rule).filter((value): value is Rule => value instanceof Rule);
  }

  /**
   * The rule with an id.
   *
   * @param ruleId `no-host-pid`
   * @throws when there is none; the error names the nearest
   */
  public static named(ruleId: string): Rule {
    const rules = Rule.all();
    const found = rules.find(({ id }) => id === ruleId);
    if (found) return found;
    const near = nearestName(ruleId, rules.map(({ id }) => id));
    throw new Error(`There is no rule '${printableName(ruleId)}'. ${near === undefined ? `The rules are ${rules.map(({ id }) => id).join(', ')}` : `Did you mean '${near}'?`}`);
  }

  /** Its id: `no-host-pid`. */
  public readonly id: string;

  /** What it asks for, in one line. */
  public readonly title: string;

  /** How much most of its findings say. */
  public readonly severity: Severity;

  /** When its findings have which severity. */
  public readonly severities: string;

  /** What happens otherwise, and how that is known. */
  public readonly why: string;

  /** What to do. */
  public readonly remediation: string;

  /** Where to read more. */
  public readonly links: string[];

  private constructor(safeguard: Safeguard) {
    this.id = safeguard.id;
    this.title = safeguard.title;
    this.severity = safeguard.severity;
    this.severities = safeguard.severities;
    this.why = safeguard.why;
    this.remediation = safeguard.remediation;
    this.links = [...safeguard.links];
  }
}
