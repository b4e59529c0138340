import { objectOf } from '../manifest/pod-spec';
import type * as Evaluate from '../safeguards/evaluate';
import { EvaluateOptions } from '../safeguards/evaluate-options';
import { Finding } from '../safeguards/finding';
import { Severity } from '../safeguards/severity';

/** `properties` in cdk8s.yaml. */
interface SharedPidValidationProperties {
  /** Fail on findings of this severity, or a heavier one, that nobody acknowledged: `error` (the default) or `warning`. */
  readonly failOn?: string;
  /** Other severities for rules, by id: `error`, `warning`, `info` or `off`. */
  readonly severities?: { readonly [ruleId: string]: string };
  /** What the manifests are for: `production` ... */
  readonly environment?: string;
  /** The widest Pod Security level that is allowed. */
  readonly maxLevel?: string;
}

/** What of the CLI's context is used. The CLI is no jsii module, so its own types cannot stand here. */
interface Context {
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: {
      readonly ruleName: string;
      readonly recommendation: string;
      readonly fix: string;
      readonly violatingResources: readonly { readonly resourceName: string; readonly locations: readonly string[]; readonly manifestPath: string }[];
    }): void;
    submit(status: 'success' | 'failure', metadata?: { readonly [key: string]: string }): void;
  };
  parseManifest(path: string): unknown[];
}

const SEVERITIES = [Severity.INFO, Severity.WARNING, Severity.ERROR];

/**
 * The safeguards as a validation of `cdk8s synth`, for apps in every language. In cdk8s.yaml:
 *
 *     validations:
 *       - package: ./node_modules/cdk8s-shared-pid
 *         version: 1.0.0
 *         class: SharedPidValidation
 *
 * Warnings are printed and do not fail; an error fails.
 *
 * @jsii ignore
 * @internal
 */
export class SharedPidValidation {
  private readonly failOn: Severity;
  private readonly options: EvaluateOptions;

  constructor(properties: SharedPidValidationProperties = {}) {
    this.failOn = choice('failOn', properties.failOn ?? Severity.ERROR, [Severity.ERROR, Severity.WARNING]);
    const severities: { [ruleId: string]: Severity | 'off' } = {};
    for (const [rule, severity] of Object.entries(properties.severities ?? {})) {
      severities[rule] = choice(`severities.${rule}`, severity, [...SEVERITIES, 'off' as const]);
    }
    evaluator().checkRuleIds(severities);
    const { environment, maxLevel } = properties;
    this.options = { severities, environment, maxLevel, today: new Date().toISOString().slice(0, 10) };
  }

  public async validate(context: Context): Promise<void> {
    const documents = context.manifests.flatMap(path => context.parseManifest(path).map(value => ({ path, value })));
    const options = { ...this.options, documents: documents.map(({ value }) => value) };
    let failed = false;
    for (const { path, value } of documents) {
      for (const finding of evaluator().evaluate(value, options)) {
        if (finding.acknowledged) continue;
        failed ||= SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf(this.failOn);
        context.report.addViolation(violation(finding, value, path));
      }
    }
    context.report.submit(failed ? 'failure' : 'success');
  }
}

function violation(finding: Finding, document: unknown, manifestPath: string) {
  const { kind, metadata } = objectOf(document);
  const { name, namespace } = objectOf(metadata);
  // the CLI finds construct paths by the name alone, so the kind is told beside it
  const where = `${String(kind)}${namespace === undefined ? '' : ` in ${String(namespace)}`}: ${finding.path}`;
  return {
    ruleName: finding.rule,
    recommendation: `${finding.severity}: ${finding.message}`,
    fix: finding.fix,
    violatingResources: [{ resourceName: String(name ?? ''), locations: [where], manifestPath }],
  };
}

function choice<T extends string>(property: string, given: string, choices: readonly T[]): T {
  const found = choices.find(known => known === given);
  if (found === undefined) throw new Error(`SharedPidValidation: ${property} is '${given}', and there are ${choices.join(', ')}.`);
  return found;
}

/** Loaded when it is asked for: an app that only builds manifests does not validate. */
function evaluator(): typeof Evaluate {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('../safeguards/evaluate') as typeof Evaluate;
}
