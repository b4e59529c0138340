import { foldRows, FoldedRow } from './access-folding';
import { Block, named } from './document';
import { PodExplanation, titleOf } from './pod-explanation';
import { ACCESSES } from '../access/access';
import { AccessRow } from '../access/access-row';
import { ACCESS_RULES } from '../access/access-rules';
import { ASSUMPTIONS } from '../access/assumptions';
import { NODE_LIMITS } from '../access/node-limits';
import { PodSecurityReport } from '../admission/pod-security-report';

const HOLDS_FOR = 'Holds for this manifest, before admission: containers that are injected later are not in it. '
  + 'A pod that runs is explained the same way: `kubectl get pod NAME -o yaml | cdk8s-shared-pid explain -`.';
const NOT_COVERED = 'DENIED is not isolated. Not covered: the network that the containers share (localhost), volumes and memory that they share, '
  + 'the ServiceAccount token, who may exec, attach or add ephemeral containers, bugs of the kernel.';

/** The access matrix of a pod as a report for a security review: who, whom, what, by which rule, on which assumptions. */
export function accessDocument(explanation: PodExplanation): Block[] {
  const { matrix, podSecurity } = explanation;
  const blocks: Block[] = [
    { kind: 'heading', text: `Who can do what to whom: ${titleOf(explanation)}` },
    { kind: 'paragraph', text: podSecurityLine(podSecurity) },
  ];
  if (matrix.notice) blocks.push({ kind: 'paragraph', text: `${capitalized(matrix.notice)}.` });
  if (matrix.problems.length) blocks.push({ kind: 'list', title: 'Fields that Kubernetes refuses', items: matrix.problems });
  if (matrix.rows.length === 0) return blocks;
  const folded = foldRows(matrix.rows);
  blocks.push(table(folded));
  for (const [title, items] of [
    ['Because', sentences(folded.flatMap(({ rules }) => rules), ACCESS_RULES)],
    ['Over another process', paths(matrix.rows)],
    ['Not known: to settle it', distinct(matrix.rows.flatMap(({ settle }) => settle))],
    ['Taken for granted', sentences(matrix.rows.flatMap(({ assumes }) => assumes), ASSUMPTIONS)],
    ['May still be refused by the node', limits(matrix.rows)],
  ] as const) {
    if (items.length) blocks.push({ kind: 'list', title, items });
  }
  blocks.push({ kind: 'paragraph', text: HOLDS_FOR }, { kind: 'paragraph', text: NOT_COVERED });
  return blocks;
}

function table(folded: readonly FoldedRow[]): Block {
  return {
    kind: 'table',
    head: ['who', 'to whom', 'may', 'not known', 'because'],
    rows: folded.map(({ observers, targets, allowed, unknown, rules }) => [
      observers.map(named).join(', '),
      targets.map(({ target, process }) => process === null ? named(target) : `${named(target)} (${process})`).join(', '),
      accesses(allowed),
      accesses(unknown),
      rules.filter(rule => rule !== 'shown-to-all').join(', '),
    ]),
  };
}

/** The names of accesses; where most are in it, those that are not. */
function accesses(list: readonly string[]): string {
  const possible = ACCESSES.filter(access => access !== 'end-pod');
  const without = possible.filter(access => !list.includes(access));
  if (list.length && without.length === 0) return 'everything';
  return list.length > possible.length / 2 && without.length <= 4 ? `everything but ${without.join(', ')}` : list.join(', ');
}

function podSecurityLine({ level, violations }: PodSecurityReport): string {
  if (violations.length === 0) return `Pod Security: ${level}.`;
  return `Pod Security: ${level}. What keeps it from the next level: ${violations.map(({ reason, detail }) => detail ? `${reason} (${detail})` : reason).join('; ')}.`;
}

function sentences(ids: readonly string[], texts: { readonly [id: string]: string }): string[] {
  return distinct(ids).map(id => `${id}: ${texts[id] ?? id}`);
}

function paths(rows: readonly AccessRow[]): string[] {
  return distinct(rows.filter(({ via }) => via.length > 0).map(({ observer, target, via, access, answer }) => (
    `${named(observer)} -> ${via.map(step => `${named(step.container)} (${step.access})`).join(' -> ')} -> ${named(target)}: ${access}${answer === 'UNKNOWN' ? ' (not known)' : ''}`
  )));
}

function limits(rows: readonly AccessRow[]): string[] {
  const byLimit = new Map<string, string[]>();
  for (const { access, nodeMayDeny } of rows) {
    for (const limit of nodeMayDeny) byLimit.set(limit, [...byLimit.get(limit) ?? [], access]);
  }
  return [...byLimit].map(([limit, found]) => `${accesses(ACCESSES.filter(access => found.includes(access)))}: ${NODE_LIMITS[limit] ?? limit}`);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
