import { named, printableName } from './printable-name';
import { nearestName } from '../kernel/nearest-name';
import { JsonObject } from '../manifest/pod-spec';

/** Annotations of the workload object that acknowledge findings: this and the rule's id. */
export const ACKNOWLEDGE_PREFIX = 'acknowledge.cdk8s-shared-pid/';

/** Stands for all containers where reasons are told by container. */
const ANY = '*';

/** For how many unknown ids the nearest known one is looked for. */
const MAX_GUESSES = 20;

/** One acknowledgement of a rule, to be written. */
export interface WrittenAcknowledgement {
  readonly reason: string;
  /** Undefined covers the whole pod. */
  readonly container?: string;
  /** The last day on which it holds: `2027-01-31`. */
  readonly until?: string;
}

/**
 * The value of the annotation for a rule: the reason where that says all, else JSON by container. The last one for a container
 * counts.
 *
 * @throws when a reason is empty, or an end is no day
 */
export function formatAcknowledgements(acknowledgements: readonly WrittenAcknowledgement[]): string {
  const byContainer = new Map<string, unknown>();
  for (const { reason, container, until } of acknowledgements) {
    if (reason.trim() === '') throw new Error('an acknowledgement needs a reason. Write why this is accepted.');
    if (until !== undefined && !isDay(until)) throw new Error(`'${printableName(until)}' is no day. Write it like 2027-01-31.`);
    byContainer.set(container ?? ANY, until === undefined ? reason : { reason, until });
  }
  const whole = byContainer.get(ANY);
  if (byContainer.size === 1 && typeof whole === 'string' && !whole.trimStart().startsWith('{')) return whole;
  return JSON.stringify(Object.fromEntries(byContainer));
}

/** One reason, for one container or for the whole pod. */
interface Acknowledgement {
  readonly rule: string;
  /** Undefined covers the whole pod. */
  readonly container?: string;
  readonly reason: string;
  readonly path: string;
  used: boolean;
  /** What it was meant for is an error. */
  error: boolean;
}

/** What is wrong with an acknowledgement. */
export interface AcknowledgementProblem {
  readonly message: string;
  readonly fix: string;
  readonly path: string;
  readonly container?: string;
}

/**
 * The acknowledgements of an object, read from its annotations.
 *
 * The value is the reason; or JSON with a reason for each container, `{"debug": "only the team may exec"}`, or with the
 * last day on which it holds, `{"debug": {"reason": "...", "until": "2027-01-31"}}`; `*` stands for the whole pod.
 */
export class Acknowledgements {
  private readonly byRule = new Map<string, Acknowledgement[]>();
  private readonly problems: AcknowledgementProblem[] = [];

  /**
   * @param annotations of the workload object, not of its pod template
   * @param ruleIds the rules that there are
   * @param today the day to judge by, `2027-01-31`; where it is left out nothing expires
   */
  public constructor(annotations: JsonObject, private readonly ruleIds: ReadonlySet<string>, private readonly today: string | undefined) {
    for (const key of Object.keys(annotations)) {
      if (key.startsWith(ACKNOWLEDGE_PREFIX)) this.read(key, annotations[key]);
    }
  }

  /** The reason for which a finding of a rule is acknowledged, if it is. Notes that it was asked for. */
  public reasonFor(rule: string, container: string | undefined): string | undefined {
    const found = this.find(rule, container);
    if (found) found.used = true;
    return found?.reason;
  }

  /** Notes that a finding is an error, which nobody can acknowledge. */
  public noteError(rule: string, container: string | undefined): void {
    const found = this.find(rule, container);
    if (found) found.error = true;
  }

  /** What is wrong, and what acknowledges nothing, but for the rules that are not asked. To be called last. */
  public leftOver(isLeftOut: (rule: string) => boolean): AcknowledgementProblem[] {
    const unused = [...this.byRule.values()].flat().filter(({ rule, used }) => !used && !isLeftOut(rule));
    return [...this.problems, ...unused.map(({ rule, container, path, error }): AcknowledgementProblem => ({
      message: error
        ? `${named(rule)} found an error, and an error cannot be acknowledged`
        : `nothing is found by ${named(rule)}${container === undefined ? '' : ` for container ${named(container)}`} that this acknowledges`,
      fix: error ? 'Fix the error and remove the annotation.' : 'Remove the annotation.',
      path,
      container,
    }))];
  }

  private find(rule: string, container: string | undefined): Acknowledgement | undefined {
    const reasons = this.byRule.get(rule);
    return reasons?.find(reason => reason.container !== undefined && reason.container === container)
      ?? reasons?.find(reason => reason.container === undefined);
  }

  private read(key: string, value: unknown): void {
    const rule = key.slice(ACKNOWLEDGE_PREFIX.length);
    const path = annotationPath(key);
    if (!this.ruleIds.has(rule)) {
      const near = this.problems.length < MAX_GUESSES ? nearestName(rule, this.ruleIds) : undefined;
      this.problems.push({
        message: `there is no rule ${named(rule)}, so this acknowledges nothing`,
        fix: near === undefined ? 'Write the id of a rule.' : `Write ${named(near)}.`,
        path,
      });
      return;
    }
    if (typeof value === 'string' && value.trimStart().startsWith('{')) this.readContainers(rule, value, path);
    else this.keep(rule, undefined, value, undefined, path);
  }

  private readContainers(rule: string, value: string, path: string): void {
    let json: unknown;
    try {
      json = JSON.parse(value);
    } catch {
      this.refuse(rule, undefined, 'is no JSON', 'Write the reason, or a JSON object with a reason for each container.', path);
      return;
    }
    const entries = Object.entries(json as JsonObject); // text that begins with a brace is an object
    if (entries.length === 0) this.refuse(rule, undefined, 'names no container', 'Write the reason, or a reason for each container.', path);
    for (const [name, entry] of entries) {
      const container = name === ANY ? undefined : name;
      const { reason, until } = entry !== null && typeof entry === 'object' ? entry as JsonObject : { reason: entry, until: undefined };
      this.keep(rule, container, reason, until, path);
    }
  }

  private keep(rule: string, container: string | undefined, reason: unknown, until: unknown, path: string): void {
    if (typeof reason !== 'string' || reason.trim() === '') {
      this.refuse(rule, container, 'has no reason', 'Write why this is accepted.', path);
    } else if (until !== undefined && !isDay(until)) {
      this.refuse(rule, container, 'has an end that is no day', 'Write it like "until": "2027-01-31".', path);
    } else if (until !== undefined && this.today !== undefined && this.today > (until as string)) {
      this.refuse(rule, container, `ended on ${until as string}`, 'Judge it again, then give it a new end, or fix what it covered.', path);
    } else {
      const kept = this.byRule.get(rule) ?? [];
      kept.push({ rule, container, reason: printableName(reason.trim()), path, used: false, error: false });
      this.byRule.set(rule, kept);
    }
  }

  private refuse(rule: string, container: string | undefined, problem: string, fix: string, path: string): void {
    const whose = container === undefined ? '' : ` for container ${named(container)}`;
    this.problems.push({ message: `the acknowledgement of ${named(rule)}${whose} ${problem}, so it counts for nothing`, fix, path, container });
  }
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** A key with characters that should not be printed is not repeated. */
function annotationPath(key: string): string {
  return printableName(key) === key ? `/metadata/annotations/${key.replace(/~/g, '~0').replace(/\//g, '~1')}` : '/metadata/annotations';
}
