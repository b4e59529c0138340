import { Access, ACCESSES } from './access';
import { AccessAnswer } from './access-answer';
import { AccessMatrix, accessesOn } from './access-matrix';
import { AccessRow } from './access-row';
import { POD_RULES } from './access-rules';
import { Actor } from './process-profile';
import { Reached, Takeovers } from './takeover';

/** What a process may do to itself and to the files that it sees, whatever the rules for others are. */
const ITS_OWN: ReadonlySet<Access> = new Set(ACCESSES.filter(access => (
  access !== Access.READ_ROOT_FILES && access !== Access.BECOME_USER && access !== Access.END_POD
)));

/**
 * What containers may do by way of other processes that they may take over (TRACE, WRITE_MEMORY, BECOME_USER): one row for each
 * access that is not ALLOWED directly and that such a path makes ALLOWED, or UNKNOWN where it is DENIED directly.
 *
 * "debug -> api (trace) -> vault-agent (read-files)" is a row of `debug` on `vault-agent` with `api` in `via`.
 */
export function accessPaths({ pod }: AccessMatrix): AccessRow[] {
  const paths: AccessRow[] = [];
  const takeovers = new Takeovers(pod);
  for (const container of pod.containers) {
    const tool: Actor = { container, process: container.tool };
    const reached = takeovers.reachedBy(tool);
    if (reached.length === 0) continue;
    const ways: Ways = {
      own: new Map(reached.map(way => [way.actor, way])),
      lending: reached.filter(({ lends }) => lends),
      certain: reached.filter(({ lends, answer }) => lends && answer === AccessAnswer.ALLOWED),
    };
    takeovers.actors.forEach((target, place) => {
      if (target.container === container) return;
      for (const access of accessesOn(target.container)) {
        const direct = takeovers.view(tool).row(place, access)?.answer ?? AccessAnswer.DENIED;
        const row = direct === AccessAnswer.ALLOWED ? undefined : bestPath(tool, target, place, access, direct, ways);
        if (row) paths.push(row);
      }
    });
  }
  return paths;
}

/** The processes that an observer may act as. */
interface Ways {
  /** By the process. */
  readonly own: ReadonlyMap<Actor, Reached>;
  /** Those that may do more to others than the observer itself, nearest and surest first. */
  readonly lending: readonly Reached[];
  /** Those of them on whose way every step is ALLOWED. */
  readonly certain: readonly Reached[];
}

/** The shortest path that gives more than the direct answer. */
function bestPath(tool: Actor, target: Actor, place: number, access: Access, direct: AccessAnswer, ways: Ways): AccessRow | undefined {
  const own = ownPath(tool, target, access, ways.own.get(target));
  let best = own && isMore(own.answer, direct) ? own : undefined;
  for (const way of direct === AccessAnswer.UNKNOWN ? ways.certain : ways.lending) {
    if (best?.answer === AccessAnswer.ALLOWED && best.via.length <= way.via.length) break;
    const last = way.view.row(place, access);
    if (!last || last.answer === AccessAnswer.DENIED) continue;
    const answer = way.answer === AccessAnswer.ALLOWED ? last.answer : AccessAnswer.UNKNOWN;
    if (!isMore(answer, direct) || (best && !isMore(answer, best.answer) && best.via.length <= way.via.length)) continue;
    best = pathRow(tool, target, access, way, last, answer);
    if (answer === AccessAnswer.ALLOWED) break; // the ways that follow are longer, or no surer
  }
  return best;
}

function isMore(answer: AccessAnswer, than: AccessAnswer): boolean {
  return answer !== than && (answer === AccessAnswer.ALLOWED || than === AccessAnswer.DENIED);
}

/** What a process may do to itself, once it is taken over; to be of its user only is not to be it. */
function ownPath(tool: Actor, target: Actor, access: Access, way: Reached | undefined): AccessRow | undefined {
  if (!way || !ITS_OWN.has(access) || way.via[way.via.length - 1].access === Access.BECOME_USER) return undefined;
  const { writable } = target.container.files;
  // nor can the process itself write what is read-only
  if (access === Access.WRITE_FILES && writable === false) return undefined;
  const isOpen = access === Access.WRITE_FILES && writable === undefined;
  return pathRow(tool, target, access, way, undefined, isOpen ? AccessAnswer.UNKNOWN : way.answer);
}

function pathRow(tool: Actor, target: Actor, access: Access, way: Reached, last: AccessRow | undefined, answer: AccessAnswer): AccessRow {
  const rows = last ? [...way.steps, last] : way.steps;
  const merge = (pick: (row: AccessRow) => readonly string[]) => [...new Set(rows.flatMap(pick))];
  return {
    observer: tool.container.name,
    target: target.container.name,
    process: target.process.name,
    access,
    answer,
    nodeMayDeny: merge(({ nodeMayDeny }) => nodeMayDeny),
    assumes: merge(({ assumes }) => assumes),
    rule: POD_RULES.path.id,
    settle: answer === AccessAnswer.UNKNOWN ? settleOf(rows, target, access) : [],
    via: way.via,
  };
}

/** What settles a path: the open points of its steps, and of the files that are to be written. */
function settleOf(rows: readonly AccessRow[], { container: { files } }: Actor, access: Access): string[] {
  const open = access === Access.WRITE_FILES && files.writable === undefined ? [files.settle] : [];
  return [...new Set([...rows.flatMap(({ settle }) => settle), ...open])];
}
