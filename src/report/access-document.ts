import { foldRows, FoldedRow } from './access-folding';
import { Block, named } from './document';
import { findingsBlock } from './findings-block';
import { PodExplanation, titleOf } from './pod-explanation';
import { ACCESSES } from '../access/access';
import { AccessAnswer } from '../access/access-answer';
import { accessPaths } from '../access/access-paths';
import { AccessRow, PathStep } from '../access/access-row';
import { ACCESS_RULES } from '../access/access-rules';
import { ASSUMPTIONS } from '../access/assumptions';
import { NODE_LIMITS } from '../access/node-limits';
import { NodeReach, nodeReach } from '../access/node-reach';
import { PodSecurityReport } from '../admission/pod-security-report';

const HOLDS_FOR = 'Holds for this manifest, before admission: containers that are injected later are not in it. '
  + 'A pod that runs is explained the same way: `kubectl get pod NAME -o yaml | cdk8s-shared-pid explain -`.';
const NOT_COVERED = 'DENIED is not isolated. Not covered: the network that the containers share (localhost), volumes and memory that they share, '
  + 'the ServiceAccount token, who may exec, attach or add ephemeral containers, bugs of the kernel.';

/** The access matrix of a pod as a report for a security review: who, whom, what, by which rule, on which assumptions. */
export function accessDocument(explanation: PodExplanation): Block[] {
  const { matrix, podSecurity, findings } = explanation;
  const blocks: Block[] = [
    { kind: 'heading', text: `Who can do what to whom: ${titleOf(explanation)}` },
    { kind: 'paragraph', text: podSecurityLine(podSecurity) },
  ];
  if (matrix.notice) blocks.push({ kind: 'paragraph', text: `${capitalized(matrix.notice)}.` });
  if (matrix.problems.length) blocks.push({ kind: 'list', title: 'Fields that Kubernetes refuses', items: matrix.problems });
  if (matrix.rows.length === 0) return findings?.length ? [...blocks, findingsBlock(findings)] : blocks;
  const folded = foldRows(matrix.rows);
  const throughOthers = accessPaths(matrix);
  const all = [...matrix.rows, ...throughOthers];
  blocks.push(table(folded));
  for (const [title, items] of [
    ['Because', sentences(folded.flatMap(({ rules }) => rules), ACCESS_RULES)],
    ['Over another process', pathSentences(throughOthers)],
    ['Reaches the node', nodeReach(matrix).map(nodeSentence)],
    ['Not known: to settle it', distinct(all.flatMap(({ settle }) => settle))],
    ['Taken for granted', sentences(all.flatMap(({ assumes }) => assumes), ASSUMPTIONS)],
    ['May still be refused by the node', limits(all)],
  ] as const) {
    if (items.length) blocks.push({ kind: 'list', title, items });
  }
  if (findings?.length) blocks.push(findingsBlock(findings));
  blocks.push({ kind: 'paragraph', text: HOLDS_FOR }, { kind: 'paragraph', text: NOT_COVERED });
  return blocks;
}

function table(folded: readonly FoldedRow[]): Block {
  return {
    kind: 'table',
    head: ['who', 'to whom', 'may', 'not known', 'because'],
    rows: folded.map(({ observers, targets, allowed, unknown, rules }) => [
      observers.map(named).join(', '),
      targets.map(({ target, process }) => processName(target, process)).join(', '),
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

/** One line for each way: what it gives beyond what is possible directly. */
function pathSentences(paths: readonly AccessRow[]): string[] {
  const byWay = new Map<string, AccessRow[]>();
  for (const path of paths) {
    const unknown = path.answer === AccessAnswer.UNKNOWN ? ' (not known)' : '';
    const way = `${wayTo(path.observer, path.via)} -> ${processName(path.target, path.process)}${unknown}`;
    byWay.set(way, [...byWay.get(way) ?? [], path]);
  }
  return [...byWay].map(([way, rows]) => `${way}: ${accesses(rows.map(({ access }) => access))}`);
}

function nodeSentence({ observer, container, kind, volume, readOnly, answer, via }: NodeReach): string {
  const what = kind === 'privileged' ? `${named(container)} is privileged` : `${named(container)} mounts ${named(volume ?? '')} of the node${readOnly ? ', read-only' : ''}`;
  return `${wayTo(observer, via)}: ${what}${answer === AccessAnswer.UNKNOWN ? ' (not known whether it gets there)' : ''}`;
}

/** `debug` -> `api` (trace) */
export function wayTo(observer: string, via: readonly PathStep[]): string {
  return [named(observer), ...via.map(({ container, process, access }) => `${processName(container, process)} (${access})`)].join(' -> ');
}

/** `nginx` (worker) */
export function processName(container: string, process: string | null): string {
  return process === null ? named(container) : `${named(container)} (${process})`;
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
