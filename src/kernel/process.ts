import { CapabilitySet } from './capability-set';
import { mayAccessInode } from './inode-permission';
import { ProcessFacts } from './process-facts';

/** The credentials of a process, as far as one process's access to another depends on them. */
export interface Process {
  /** Real UID. */
  readonly uid: number;
  /** Effective, saved and file system UID. */
  readonly euid: number;
  /** All four GIDs. */
  readonly gid: number;
  readonly groups: readonly number[];
  readonly effective: CapabilitySet;
  readonly permitted: CapabilitySet;
  readonly bounding: CapabilitySet;
  /** Others of the same user may look into it: `PR_GET_DUMPABLE`. */
  readonly dumpable: boolean;
}

/** How the runtime starts a container's process. */
export interface ProcessStart {
  readonly uid: number;
  readonly gid: number;
  /** Supplementary groups: `supplementalGroups` and `fsGroup`. */
  readonly groups: readonly number[];
  readonly bounding: CapabilitySet;
  /** `allowPrivilegeEscalation: false`. */
  readonly noNewPrivileges: boolean;
}

const NO_GROUPS: readonly number[] = [];

/**
 * The process that the runtime starts, or undefined when the kernel refuses to execute it: a binary whose file capabilities are not all
 * in the bounding set.
 *
 * Root holds the whole bounding set; another user holds nothing of it, whatever was added, for the runtime sets no ambient
 * capabilities.
 *
 * @see https://man7.org/linux/man-pages/man7/capabilities.7.html
 */
export function startProcess(start: ProcessStart, facts?: ProcessFacts): Process | undefined {
  const { uid, gid, bounding } = start;
  const own = uid === 0 ? bounding : CapabilitySet.NONE;
  const process: Process = {
    uid, euid: uid, gid, groups: start.groups.length ? [...start.groups, gid] : NO_GROUPS, effective: own, permitted: own, bounding, dumpable: true,
  };
  return facts ? execute(process, start.noNewPrivileges, facts) : process;
}

/** The process after `setgroups`, `setgid` and `setuid` without an exec: the kernel turns dumpable off when that changes its user. */
export function becomeUser(process: Process, uid: number, gid: number, dumpableAgain: boolean): Process {
  const kept = uid === 0 ? process.effective : CapabilitySet.NONE;
  const permitted = uid === 0 ? process.permitted : CapabilitySet.NONE;
  const dumpable = uid === process.uid && gid === process.gid ? process.dumpable : dumpableAgain;
  return { uid, euid: uid, gid, groups: NO_GROUPS, effective: kept, permitted, bounding: process.bounding, dumpable };
}

function execute(process: Process, noNewPrivileges: boolean, facts: ProcessFacts): Process | undefined {
  const { bounding, uid } = process;
  let { euid, effective, permitted, dumpable } = process;
  // The runtime's own last step holds the whole bounding set; a shell holds what the process holds.
  const beforeExec = facts.startedByShell ? process : { ...process, effective: bounding };
  if (facts.fileCapabilities?.length) {
    const file = CapabilitySet.of(facts.fileCapabilities);
    if (!bounding.contains(file)) return undefined;
    if (uid !== 0 && !facts.startedByShell) {
      // not a gain for the runtime's last step, so neither no_new_privs nor dumpable come in
      effective = permitted = file;
    } else if (uid !== 0 && !noNewPrivileges) {
      effective = permitted = file;
      dumpable = false;
    }
  }
  if (facts.setuidRoot && !noNewPrivileges && uid !== 0) {
    euid = 0;
    effective = permitted = bounding;
    dumpable = false;
  }
  if (facts.unreadable && !mayAccessInode(beforeExec, 0, 0, 0o111, 'r')) dumpable = false;
  if (facts.notDumpable) dumpable = false;
  return { ...process, euid, effective, permitted, dumpable };
}
