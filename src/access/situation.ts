import { idCases } from './id-cases';
import { Id } from './open-id';
import { Actor, ContainerProfile } from './process-profile';
import { CapabilitySet } from '../kernel/capability-set';
import { TargetFiles } from '../kernel/measured-access';
import { becomeUser, Process, startProcess } from '../kernel/process';
import { KernelSettings, ProcessPair } from '../kernel/process-pair';

/** One way in which the open points of a manifest may turn out, for two processes. */
export interface Situation {
  /** The two processes; undefined when one of them never starts. */
  readonly pair: ProcessPair | undefined;
  readonly files: TargetFiles;
  /** The same number for situations that differ in groups or capabilities only. */
  readonly users: number;
  /** The same number for situations that differ in users or groups only. */
  readonly variant: number;
}

interface Variant {
  readonly bounding: CapabilitySet;
  readonly noNewPrivileges: boolean;
}

interface Started {
  readonly process: Process;
  readonly files: TargetFiles;
}

const NO_GROUPS: readonly number[] = [];
const NO_FILES: TargetFiles = { ownUid: 0, ownGid: 0, executableMode: 0o755, outputUid: 0 };

/**
 * Every situation that makes a difference: how the open users and groups of the two may be equal, and the least and the most
 * capabilities that each may hold. More of the observer's and fewer of the target's only ever allow more, so nothing lies
 * outside these.
 *
 * @param isSelf both are of the same container
 */
export function situations(observer: Actor, target: Actor, settings: KernelSettings): Situation[] {
  const o = observer.container;
  const t = target.container;
  if (o.user.neverStarts || t.user.neverStarts) return [{ pair: undefined, files: NO_FILES, users: 0, variant: 0 }];
  const uids = idsOf(observer, target, 'uid');
  const gids = idsOf(observer, target, 'gid');
  const result: Situation[] = [];
  let variant = 0;
  const userCases = idCases(uids, 0, always);
  for (const mine of variants(o)) {
    for (const theirs of variants(t)) {
      let users = 0;
      for (const uid of userCases) {
        for (const gid of groupCases(uid, gids, observer, target)) {
          const from = start(observer, mine, uid, gid, 0);
          const to = start(target, theirs, uid, gid, 1);
          result.push({ pair: from && to && new ProcessPair(from.process, to.process, settings), files: to?.files ?? NO_FILES, users, variant });
        }
        users++;
      }
      variant++;
    }
  }
  return result;
}

const always = () => true;

/** The observer's and the target's, and after these what they change to: the observer's, then the target's. */
function idsOf(observer: Actor, target: Actor, kind: 'uid' | 'gid'): Id[] {
  const ids = [observer.container.user[kind], target.container.user[kind]];
  if (observer.process.changes) ids.push(observer.process.changes[kind]);
  if (target.process.changes) ids.push(target.process.changes[kind]);
  return ids;
}

/**
 * A group is that which the image gives the user: with the same image and the same user it is the same. Between plain processes
 * of different users it makes no difference.
 */
function groupCases(uid: readonly number[], gids: readonly Id[], observer: Actor, target: Actor): readonly (readonly number[])[] {
  const cases = idCases(gids, undefined, (i, j) => uid[i] === uid[j]);
  if (cases.length === 1 || observer.process.facts || target.process.facts) return cases;
  const from = observer.process.changes ? uid[2] : uid[0];
  const to = target.process.changes ? uid[uid.length - 1] : uid[1];
  return from === to ? cases : cases.slice(0, 1);
}

function variants(container: ContainerProfile): readonly Variant[] {
  const { least, most } = container.capabilities;
  if (least === most && container.noNewPrivileges !== undefined) return [{ bounding: least, noNewPrivileges: container.noNewPrivileges }];
  const sets = least === most ? [least] : [least, most];
  const flags = container.noNewPrivileges === undefined ? [false, true] : [container.noNewPrivileges];
  return sets.flatMap(bounding => flags.map(noNewPrivileges => ({ bounding, noNewPrivileges })));
}

/** @param side 0 for the observer, 1 for the target */
function start(actor: Actor, variant: Variant, uids: readonly number[], gids: readonly number[], side: 0 | 1): Started | undefined {
  const { facts, changes } = actor.process;
  const uid = uids[side];
  const { bounding, noNewPrivileges } = variant;
  const started = startProcess({ uid, gid: gids[side], groups: NO_GROUPS, bounding, noNewPrivileges }, facts);
  if (!started) return undefined;
  const changed = side === 0 ? 2 : uids.length - 1;
  return {
    process: changes ? becomeUser(started, uids[changed], gids[changed], changes.dumpable) : started,
    // its files are those that it made before it changed its user
    files: { ownUid: started.euid, ownGid: started.gid, executableMode: facts?.unreadable ? 0o111 : 0o755, outputUid: uid },
  };
}
