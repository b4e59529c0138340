import { Block } from './document';
import { Finding } from '../safeguards/finding';

/** What the safeguards say, a line each: the heaviest first, with what to do. */
export function findingsBlock(findings: readonly Finding[]): Block {
  return { kind: 'list', title: 'Safeguards', items: findings.map(findingLine) };
}

/** `warning no-secret-in-environment: message. Fix.` */
export function findingLine({ rule, severity, message, fix, acknowledged, reason }: Finding): string {
  return `${severity} ${rule}: ${message}. ${acknowledged ? `Acknowledged: ${reason ?? ''}` : fix}`;
}
