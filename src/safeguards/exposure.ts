import { JudgedContainer, JudgedPod } from './judged-pod';
import { named } from './printable-name';
import { Reach } from './reach';
import { Problem } from './safeguard';
import { SecretUse, secretsBeyond } from './secret-use';
import { Severity } from './severity';
import { Access } from '../access/access';
import { AccessAnswer } from '../access/access-answer';
import { AccessRow } from '../access/access-row';

/** How many Secrets one sentence names. */
const SHOWN = 3;

/** What lets a container in: that others read its secrets, and in which way. */
export interface Exposure {
  /** `the environment`, `files`. */
  readonly what: string;
  /** What a container is given that others must not read. */
  readonly secrets: ReadonlyMap<JudgedContainer, readonly SecretUse[]>;
  /** All that a container is given: what it has itself it need not read from others. */
  readonly own: (container: JudgedContainer) => ReadonlySet<string>;
  /** How one may come to a secret. */
  readonly by: (use: SecretUse) => ReadonlySet<Access>;
}

/** Who can read which secret of whom. Counts what is UNKNOWN as well: an exposure is never made smaller than it may be. */
export function* exposed(pod: JudgedPod, { what, secrets, own, by }: Exposure): Iterable<Problem> {
  if (!pod.shares || secrets.size === 0) return;
  const { reach } = pod;
  if (reach.unknown !== undefined) return; // no-killable-sandbox says so
  for (const observer of pod.running) {
    const has = own(observer);
    for (const [target, uses] of secrets) {
      if (target.name === observer.name) continue;
      const missing = secretsBeyond(uses, has);
      if (missing.length === 0) continue;
      const problem = problemOf(reach, observer, target, what, uses.filter(({ shown }) => missing.includes(shown)), by);
      if (problem) yield problem;
    }
  }
}

function problemOf(
  reach: Reach, observer: JudgedContainer, target: JudgedContainer, what: string, uses: readonly SecretUse[], by: Exposure['by'],
): Problem | undefined {
  const rows = new Map<AccessAnswer, { readonly row: AccessRow; readonly shown: Set<string> }>();
  for (const use of uses) {
    const row = reach.widest(observer.name, target.name, by(use));
    if (row === undefined || row.answer === AccessAnswer.DENIED) continue;
    const found = rows.get(row.answer) ?? { row, shown: new Set() };
    found.shown.add(use.shown);
    rows.set(row.answer, found);
  }
  const answer = [AccessAnswer.ALLOWED, AccessAnswer.UNKNOWN].find(candidate => rows.has(candidate));
  if (answer === undefined) return undefined;
  const { row, shown } = rows.get(answer)!;
  const list = [...shown];
  const secrets = `${list.slice(0, SHOWN).join(', ')}${list.length > SHOWN ? ` and ${list.length - SHOWN} more` : ''}`;
  const isCertain = answer === AccessAnswer.ALLOWED;
  return {
    severity: isCertain ? Severity.WARNING : Severity.INFO,
    message: `${named(observer.name)} ${isCertain ? 'can' : 'may be able to'} read ${what} of ${named(target.name)}${wayOf(row)}, with ${secrets}`,
    ...(isCertain || row.settle.length === 0 ? {} : { fix: sentence(row.settle[0]) }),
    container: observer.name,
    path: observer.path,
  };
}

/** The containers that are taken over on the way, as the end of a sentence. */
export function wayOf({ via }: AccessRow): string {
  return via.length === 0 ? '' : ` by way of ${via.map(({ container }) => named(container)).join(', ')}`;
}

/** `set runAsGroup on x` as a sentence. */
export function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
