import { Finding } from './finding';
import { named, namedList } from './printable-name';

/** How many sentences are told in one message. */
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
  const sentences = sentencesOf(group);
  const more = sentences.length > SHOWN ? [`${sentences.length - SHOWN} more like these`] : [];
  const fixes = [...new Set(group.map(({ fix }) => fix))];
  return {
    ...first,
    ...(container !== undefined && group.every(finding => finding.container === container) ? { container } : {}),
    message: [...sentences.slice(0, SHOWN), ...more].join('; '),
    fix: fixes.slice(0, SHOWN).join(' '),
  };
}

/** What is said of several containers in the same words is said once: "`a` and `b` can ...". */
function sentencesOf(group: readonly Finding[]): string[] {
  const names = new Map<string, string[]>();
  for (const { message, container } of group) {
    const subject = container === undefined ? '' : `${named(container)} `;
    const isSubject = subject !== '' && message.startsWith(subject);
    const rest = isSubject ? message.slice(subject.length) : message;
    const known = names.get(rest) ?? [];
    if (isSubject) known.push(container!);
    names.set(rest, known);
  }
  return [...names].map(([rest, containers]) => containers.length === 0 ? rest : `${namedList(containers)} ${rest}`);
}
