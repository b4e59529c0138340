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
    for (const target of takeovers.actors) {
      if (target.container === container) continue;
      for (const access of accessesOn(target.container)) {
        const row = bestPath(tool, target, access, reached, takeovers);
        if (row) paths.push(row);
      }
    }
  }
  return paths;
}

/** The shortest path that gives more than the direct answer. */
function bestPath(tool: Actor, target: Actor, access: Access, reached: readonly Reached[], takeovers: Takeovers): AccessRow | undefined {
  const direct = takeovers.row(tool, target, access)?.answer ?? AccessAnswer.DENIED;
  if (direct === AccessAnswer.ALLOWED) return undefined;
  let best: AccessRow | undefined;
  for (const way of reached) {
    const isItsOwn = way.actor === target && ITS_OWN.has(access) && way.via[way.via.length - 1].access !== Access.BECOME_USER;
    // nor can the process itself write what is read-only
    if (isItsOwn && access === Access.WRITE_FILES && target.container.files.writable === false) continue;
    if (!isItsOwn && !way.lends) continue;
    const last = isItsOwn ? undefined : takeovers.row(way.actor, target, access);
    if (!isItsOwn && (!last || last.answer === AccessAnswer.DENIED)) continue;
    const isOpen = isItsOwn && access === Access.WRITE_FILES && target.container.files.writable === undefined;
    const isAllowed = way.answer === AccessAnswer.ALLOWED && !isOpen && (!last || last.answer === AccessAnswer.ALLOWED);
    if (!isAllowed && (best || direct === AccessAnswer.UNKNOWN)) continue;
    best = pathRow(tool, target, access, way, last, isAllowed ? AccessAnswer.ALLOWED : AccessAnswer.UNKNOWN);
    if (isAllowed) break;
  }
  return best;
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
