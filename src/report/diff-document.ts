import { processName, wayTo } from './access-document';
import { Block } from './document';
import { AccessAnswer } from '../access/access-answer';
import { AccessChange, AccessDiff, NodeReachChange } from '../access/access-diff';

/** What changed in one pod between two manifests. */
export interface PodDiff {
  /** `Deployment shop/api` */
  readonly title: string;
  readonly diff: AccessDiff;
}

/** Whether somebody gained something, or may have without being seen. */
export function isGain({ gained, gainedNode, incomparable }: AccessDiff): boolean {
  return gained.length + gainedNode.length + incomparable.length > 0;
}

/** The difference of two manifests as a report for a pull request: who gained and who lost what. */
export function diffDocument(pods: readonly PodDiff[]): Block[] {
  const changed = pods.filter(({ diff }) => isGain(diff) || diff.lost.length + diff.lostNode.length > 0);
  if (changed.length === 0) return [{ kind: 'paragraph', text: 'Nobody gained or lost an access.' }];
  return changed.flatMap(({ title, diff }): Block[] => [
    { kind: 'heading', text: title },
    ...([
      ['Gained', [...diff.gainedNode.map(change => nodeSentence(change)), ...sentences(diff.gained)]],
      ['Lost', [...diff.lostNode.map(change => nodeSentence(change)), ...sentences(diff.lost)]],
      ['Cannot be compared, so a gain may be unseen', diff.incomparable],
    ] as const).filter(([, items]) => items.length > 0).map(([name, items]): Block => ({ kind: 'list', title: name, items })),
  ]);
}

/** One line for each pair and change. */
function sentences(changes: readonly AccessChange[]): string[] {
  const byPair = new Map<string, string[]>();
  for (const { observer, target, process, access, before, after, via } of changes) {
    const pair = `${wayTo(observer, via)} -> ${processName(target, process)}: ${answer(before)} to ${answer(after)}`;
    byPair.set(pair, [...byPair.get(pair) ?? [], access]);
  }
  return [...byPair].map(([pair, accesses]) => `${pair}: ${accesses.join(', ')}`);
}

function answer(value: AccessAnswer): string {
  return { [AccessAnswer.ALLOWED]: 'allowed', [AccessAnswer.DENIED]: 'denied', [AccessAnswer.UNKNOWN]: 'not known' }[value];
}

function nodeSentence({ before, after }: NodeReachChange): string {
  const reach = (after ?? before)!;
  const how = reach.kind === 'privileged' ? 'privileged' : `directory of the node${reach.readOnly ? ', read-only' : ''}`;
  return `${wayTo(reach.observer, reach.via)} -> the node (${how})`;
}
