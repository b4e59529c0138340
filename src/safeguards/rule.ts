import { printableName } from './printable-name';
import type * as Registry from './registry';
import { Safeguard } from './safeguard';
import { Severity } from './severity';
import { nearestName } from '../kernel/nearest-name';

/* eslint-disable @typescript-eslint/no-require-imports */

/**
 * A rule of the safeguards: what is judged, why, and what to do.
 *
 * `docs/reference/safeguards/` has a page for each, with manifests that it finds fault with and that it does not.
 */
export class Rule {
  /** Every field has the type that Kubernetes asks for. */
  public static readonly NO_UNREADABLE_POD = new Rule('no-unreadable-pod');

  /** No shared process namespace together with the node's. */
  public static readonly NO_HOST_PID = new Rule('no-host-pid');

  /** No shared process namespace in a Windows pod. */
  public static readonly NO_WINDOWS_POD = new Rule('no-windows-pod');

  /** Only capabilities that Linux has. */
  public static readonly NO_UNKNOWN_CAPABILITY = new Rule('no-unknown-capability');

  /** No container that has to be non-root and runs as root. */
  public static readonly NO_ROOT_IMAGE_WITH_RUN_AS_NON_ROOT = new Rule('no-root-image-with-run-as-non-root');

  /** No signal that ends the program that it is meant to wake. */
  public static readonly NO_UNHANDLED_SIGNAL = new Rule('no-unhandled-signal');

  /** No plain sidecar in a Job. */
  public static readonly NO_ENDLESS_JOB = new Rule('no-endless-job');

  /** A sidecar can do what it was made for. */
  public static readonly BROKEN_PROMISE = new Rule('broken-promise');

  /** No image whose init has to be PID 1. */
  public static readonly NO_PID_1_IMAGE = new Rule('no-pid-1-image');

  /** No capability for a container that does not run as root. */
  public static readonly NO_INEFFECTIVE_CAPABILITY = new Rule('no-ineffective-capability');

  /** No capability that a sidecar does not need. */
  public static readonly NO_EXCESS_CAPABILITY = new Rule('no-excess-capability');

  /** Nothing that takes PID 1 for the app. */
  public static readonly NO_SIGNAL_TO_PID_1 = new Rule('no-signal-to-pid-1');

  /** No signal to everything that has a name. */
  public static readonly NO_WIDE_KILL = new Rule('no-wide-kill');

  /** No probe that looks for a process by its name. */
  public static readonly NO_PROCESS_NAME_PROBE = new Rule('no-process-name-probe');

  /** No secret in a command line. */
  public static readonly NO_SECRET_IN_ARGUMENTS = new Rule('no-secret-in-arguments');

  /** No secret in an environment that another container can read. */
  public static readonly NO_SECRET_IN_ENVIRONMENT = new Rule('no-secret-in-environment');

  /** No secret file that another container can read. */
  public static readonly NO_SECRET_FILES_IN_REACH = new Rule('no-secret-files-in-reach');

  /** No container that can end the whole pod. */
  public static readonly NO_KILLABLE_SANDBOX = new Rule('no-killable-sandbox');

  /** A group wherever the group decides who reaches whom. */
  public static readonly REQUIRE_RUN_AS_GROUP = new Rule('require-run-as-group');

  /** A bound for the volume that holds log files. */
  public static readonly NO_UNBOUNDED_LOG_VOLUME = new Rule('no-unbounded-log-volume');

  /** No terminal for a container that nobody types into. */
  public static readonly NO_TTY_ON_LOG_STREAM = new Rule('no-tty-on-log-stream');

  /** A sidecar leaves the QoS class as it was. */
  public static readonly QOS_CLASS_CHANGED = new Rule('qos-class-changed');

  /** A sidecar leaves the Pod Security level as it was. */
  public static readonly POD_SECURITY_LEVEL_LOWERED = new Rule('pod-security-level-lowered');

  /** No debug sidecar in production. */
  public static readonly NO_DEBUG_SIDECAR_IN_PRODUCTION = new Rule('no-debug-sidecar-in-production');

  /** Every acknowledgement acknowledges something. */
  public static readonly UNUSED_ACKNOWLEDGEMENT = new Rule('unused-acknowledgement');

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

  private constructor(
    /** Its id: `no-host-pid`. */
    public readonly id: string,
  ) {}

  /** What it asks for, in one line. */
  public get title(): string {
    return this.safeguard.title;
  }

  /** How much most of its findings say. */
  public get severity(): Severity {
    return this.safeguard.severity;
  }

  /** When its findings have which severity. */
  public get severities(): string {
    return this.safeguard.severities;
  }

  /** What happens otherwise, and how that is known. */
  public get why(): string {
    return this.safeguard.why;
  }

  /** What to do. */
  public get remediation(): string {
    return this.safeguard.remediation;
  }

  /** Where to read more. */
  public get links(): string[] {
    return [...this.safeguard.links];
  }

  /** The rules are loaded when they are asked for: most apps only name some. */
  private get safeguard(): Safeguard {
    return (require('./registry') as typeof Registry).SAFEGUARDS.find(({ id }) => id === this.id)!;
  }
}
