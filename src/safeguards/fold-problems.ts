import { Finding } from './finding';

/** How many are told in one message. */
const SHOWN = 4;

/** Findings of one rule about one pod as one for each severity, and for each reason that acknowledges them. */
export function foldProblems(findings: readonly Finding[]): Finding[] {
  if (findings.length < 2) return [...findings];
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.reason ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map(fold);
}

function fold(group: readonly Finding[]): Finding {
  if (group.length === 1) return group[0];
  const { container, ...first } = group[0];
  const messages = group.slice(0, SHOWN).map(({ message }) => message);
  if (group.length > SHOWN) messages.push(`${group.length - SHOWN} more like these`);
  const fixes = [...new Set(group.map(({ fix }) => fix))];
  return {
    ...first,
    ...(container !== undefined && group.every(finding => finding.container === container) ? { container } : {}),
    message: messages.join('; '),
    fix: fixes.slice(0, SHOWN).join(' '),
  };
}
