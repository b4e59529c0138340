import { EvaluateOptions } from './evaluate-options';
import { Finding } from './finding';
import { foldProblems } from './fold-problems';
import { JudgedPod } from './judged-pod';
import { printableName } from './printable-name';
import { RULE_IDS, SAFEGUARDS } from './registry';
import { unreadable } from './rules/no-unreadable-pod';
import { Problem, Safeguard } from './safeguard';
import { compareSeverities, Severity } from './severity';
import { nearestName } from '../kernel/nearest-name';
import { JsonObject } from '../manifest/pod-spec';
import { podSpecPath } from '../manifest/pod-spec-path';

/** A List in a List is nothing that Kubernetes writes; anchors can make one hold itself. */
const MAX_LIST_DEPTH = 2;

/**
 * Judges a document of a manifest by all rules: the heaviest findings first. Documents without a pod have none; of a List
 * each item is judged.
 *
 * It judges what is written, before admission: containers that are injected later are not in it.
 *
 * @param document parsed YAML or JSON, of any origin
 * @throws when the options name a rule that there is not
 */
export function evaluate(document: unknown, options: EvaluateOptions = {}): Finding[] {
  checkRuleIds(options.severities);
  return evaluateAt(document, '', options, 0);
}

/** @throws when settings name a rule that there is not */
export function checkRuleIds(severities: EvaluateOptions['severities']): void {
  for (const id of Object.keys(severities ?? {})) {
    if (RULE_IDS.has(id)) continue;
    const near = nearestName(id, RULE_IDS);
    throw new Error(`there is no rule '${printableName(id)}'.${near === undefined ? '' : ` Did you mean '${near}'?`}`);
  }
}

function evaluateAt(document: unknown, at: string, options: EvaluateOptions, depth: number): Finding[] {
  if (document === null || document === undefined) return [];
  if (typeof document !== 'object' || Array.isArray(document)) return [brokenDocument('the document is no object', at)];
  const object = document as JsonObject;
  if (typeof object.kind !== 'string' || typeof object.apiVersion !== 'string') {
    return options.podSpecPath === undefined ? [brokenDocument('the document has no kind and apiVersion', at)] : evaluatePod(object, options.podSpecPath, at, options);
  }
  if (object.kind.endsWith('List') && Array.isArray(object.items)) {
    if (depth >= MAX_LIST_DEPTH) return [brokenDocument('a List lies in a List', at)];
    return object.items.flatMap((item, i) => evaluateAt(item, `${at}/items/${i}`, options, depth + 1));
  }
  const specPath = options.podSpecPath ?? podSpecPath(object.apiVersion, object.kind);
  return specPath === undefined ? [] : evaluatePod(object, specPath, at, options);
}

function evaluatePod(manifest: JsonObject, specPath: string, at: string, options: EvaluateOptions): Finding[] {
  const pod = new JudgedPod(manifest, specPath, options, RULE_IDS);
  const findings: Finding[] = [];
  for (const safeguard of SAFEGUARDS) {
    const setting = options.severities?.[safeguard.id];
    if (setting === 'off' || !(pod.concerns || safeguard.everyPod)) continue;
    const told = problemsOf(safeguard, pod).map(problem => asFinding(safeguard, problem, pod, at, setting));
    findings.push(...safeguard.folded ? foldProblems(told) : told);
  }
  return findings.sort((a, b) => compareSeverities(a.severity, b.severity)); // stable: the rules keep their order
}

/** A rule that throws is a finding, never a silent pass. Its error is not told: it may hold what was in the manifest. */
function problemsOf(safeguard: Safeguard, pod: JudgedPod): Problem[] {
  try {
    return [...safeguard.check(pod)];
  } catch (error) {
    return [{
      severity: Severity.WARNING,
      message: `the rule failed on this manifest (${error instanceof Error ? error.constructor.name : 'error'}), so nothing is known`,
      fix: 'Judge this point by hand, and report the manifest to the authors of the rule.',
      path: pod.specPath,
    }];
  }
}

function asFinding(safeguard: Safeguard, problem: Problem, pod: JudgedPod, at: string, setting: Severity | undefined): Finding {
  const { message, fix, path } = problem;
  const container = problem.container === '' ? undefined : problem.container;
  // An error of the rule itself stays one for acknowledgements, whatever severity the settings give it.
  const isError = problem.severity === Severity.ERROR;
  if (isError) pod.acknowledgements.noteError(safeguard.id, container);
  const reason = isError ? undefined : pod.acknowledgements.reasonFor(safeguard.id, container);
  const severity = setting ?? problem.severity;
  return {
    rule: safeguard.id,
    severity,
    message,
    fix: fix ?? safeguard.remediation,
    ...(container === undefined ? {} : { container: printableName(container) }),
    path: `${at}${path}`,
    acknowledged: reason !== undefined,
    ...(reason === undefined ? {} : { reason }),
    failsSynth: severity === Severity.ERROR && reason === undefined && pod.options.touched === true,
  };
}

function brokenDocument(message: string, path: string): Finding {
  const { id, remediation } = unreadable;
  return { rule: id, severity: Severity.WARNING, message, fix: remediation, path, acknowledged: false, failsSynth: false };
}
