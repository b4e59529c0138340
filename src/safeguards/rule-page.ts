import { ACKNOWLEDGE_PREFIX } from './acknowledgement';
import { Safeguard } from './safeguard';
import { Severity } from './severity';

/** Manifests that show a rule. */
export interface RuleExamples {
  /** YAML that it finds fault with. */
  readonly incorrect: string;
  /** What it says about it. */
  readonly said: readonly string[];
  /** YAML that it finds no fault with. */
  readonly correct: string;
}

/** The page of a rule, in Markdown: why, what to do, examples, how to acknowledge. */
export function rulePage(safeguard: Safeguard, examples?: RuleExamples): string {
  const { id, title, why, remediation, links, severities } = safeguard;
  return [
    `# ${id}`,
    `${title}.`,
    `**Severity**: ${severities}.`,
    '## Why', why,
    '## What to do', remediation,
    ...(examples === undefined ? [] : [
      '## Incorrect', fenced(examples.incorrect), examples.said.map(line => `> ${line}`).join('\n>\n'),
      '## Correct', fenced(examples.correct),
    ]),
    '## Acknowledge', acknowledge(safeguard),
    '## Links', links.map(link => `- <${link}>`).join('\n'),
  ].join('\n\n') + '\n';
}

function acknowledge({ id, severity, severities }: Safeguard): string {
  if (severities === 'error' || (severity === Severity.ERROR && !/warning|info/.test(severities))) {
    return 'An error cannot be acknowledged, only fixed.';
  }
  const key = `${ACKNOWLEDGE_PREFIX}${id}`;
  return [
    `${/error/.test(severities) ? 'An error can only be fixed. A warning or an info is' : 'It is'} acknowledged by an annotation of the workload object, not of its pod template, with the reason:`,
    fenced(`metadata:\n  annotations:\n    ${key}: why this is accepted\n`),
    'For single containers, and until a day:',
    fenced(`metadata:\n  annotations:\n    ${key}: '{"debug": {"reason": "why this is accepted", "until": "2027-01-31"}}'\n`),
  ].join('\n\n');
}

function fenced(yaml: string): string {
  return `\`\`\`yaml\n${yaml.trimEnd()}\n\`\`\``;
}
