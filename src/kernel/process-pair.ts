import { AccessRule, KERNEL_RULES } from './access-rule';
import { InodeGrant, InodeMode, mayAccessInode } from './inode-permission';
import { becomeUser, Process } from './process';
import { ptraceAccess, signalAccess } from './ptrace-access';

/** What of the node decides beside the credentials. */
export interface KernelSettings {
  /** Linux 6.15 and later: PERFMON and SYS_ADMIN read what belongs to another process's memory. */
  readonly perfmonReadsMemory: boolean;
  /** The processes are in the node's own user namespace: `hostUsers` is not false. */
  readonly hostUsers: boolean;
}

/** The questions of the kernel about two processes of one process namespace, each asked once. */
export class ProcessPair {
  /** `root`, `cwd`, `exe`, `fdinfo` and other files of /proc/PID. */
  public readonly fs: AccessRule;
  /** ptrace, process_vm_readv, pidfd_getfd. */
  public readonly real: AccessRule;
  private readonly inodeUid: number;
  private readonly inodeGid: number;

  constructor(public readonly observer: Process, public readonly target: Process, private readonly settings: KernelSettings) {
    this.fs = ptraceAccess(observer, target, 'fs');
    this.real = observer.uid === observer.euid && observer.effective === observer.permitted ? this.fs : ptraceAccess(observer, target, 'real');
    // the inodes of /proc/PID are root's when the process is not dumpable
    this.inodeUid = target.dumpable ? target.euid : 0;
    this.inodeGid = target.dumpable ? target.gid : 0;
  }

  /** Files of /proc/PID that show memory: `maps`, `smaps`. */
  public get memoryMap(): AccessRule {
    if (this.fs.allows || !this.settings.hostUsers || !this.settings.perfmonReadsMemory) return this.fs;
    const { effective } = this.observer;
    return effective.has('PERFMON') || effective.has('SYS_ADMIN') ? KERNEL_RULES.perfmon : this.fs;
  }

  /** An inode of /proc/PID itself, with a ptrace check beside it. */
  public procFile(mode: number, want: InodeMode, check: AccessRule): AccessRule {
    return check.allows ? withInode(check, this.procInode(mode, want), KERNEL_RULES.procFileMode) : check;
  }

  /** An inode of /proc/PID itself, without a ptrace check. */
  public procInodeOnly(mode: number, want: InodeMode, directory = false): AccessRule {
    const grant = this.procInode(mode, want, directory);
    return grant === 'mode' ? KERNEL_RULES.fileMode : grant === 'capability' ? KERNEL_RULES.fileCapability : KERNEL_RULES.procFileMode;
  }

  /** A file that the target sees, reached through /proc/PID/root or cwd; whose it is does not depend on the target. */
  public file(ownerUid: number, ownerGid: number, mode: number, want: InodeMode, directory = false): AccessRule {
    if (!this.fs.allows) return this.fs;
    return mayAccessInode(this.observer, ownerUid, ownerGid, mode, want, directory) ? this.fs : KERNEL_RULES.fileModeDenied;
  }

  /** A file of the target's own, reached through /proc/PID/root or cwd. */
  public ownFile(ownerUid: number, ownerGid: number, mode: number, want: InodeMode): AccessRule {
    if (!this.fs.allows) return this.fs;
    return withInode(this.fs, mayAccessInode(this.observer, ownerUid, ownerGid, mode, want), KERNEL_RULES.fileModeDenied);
  }

  /** A file of its own that the target has open, reached through /proc/PID/fd: a new open, which asks for the directory `fd` too. */
  public openFile(ownerUid: number, ownerGid: number, mode: number, want: InodeMode): AccessRule {
    const directory = this.descriptorLink();
    return directory.allows ? and(directory, this.ownFile(ownerUid, ownerGid, mode, want)) : directory;
  }

  /** Where a descriptor leads: the link in /proc/PID/fd. */
  public descriptorLink(): AccessRule {
    return this.fs.allows ? withInode(this.fs, this.procInode(0o500, 'x', true), KERNEL_RULES.procFileMode) : this.fs;
  }

  /** SYS_ADMIN of the node's own user namespace, beside another rule. */
  public nodeAdmin(check: AccessRule): AccessRule {
    if (!check.allows) return check;
    return this.observer.effective.has('SYS_ADMIN') && this.settings.hostUsers ? check : KERNEL_RULES.noSysAdmin;
  }

  public get signal(): AccessRule {
    return signalAccess(this.observer, this.target);
  }

  /** The observer as the target's user, by `setgroups`, `setgid` and `setuid`; or the rule that keeps it from that. */
  public becoming(): ProcessPair | AccessRule {
    const { observer, target } = this;
    if (!observer.effective.has('SETGID')) return KERNEL_RULES.noSetgid;
    const sameUid = target.uid === observer.uid || target.uid === observer.euid;
    if (!sameUid && !observer.effective.has('SETUID')) return KERNEL_RULES.noSetuid;
    return new ProcessPair(becomeUser(observer, target.uid, target.gid, false), target, this.settings);
  }

  private procInode(mode: number, want: InodeMode, directory = false): InodeGrant | undefined {
    return mayAccessInode(this.observer, this.inodeUid, this.inodeGid, mode, want, directory);
  }
}

/** Both rules hold: names what it took. */
function withInode(check: AccessRule, grant: InodeGrant | undefined, denial: AccessRule): AccessRule {
  if (grant === undefined) return denial;
  if (check !== KERNEL_RULES.sysPtrace) return check;
  return grant === 'capability' ? KERNEL_RULES.sysPtraceAndDac : KERNEL_RULES.sysPtraceAndMode;
}

function and(first: AccessRule, second: AccessRule): AccessRule {
  return second.allows && first === KERNEL_RULES.sysPtraceAndMode ? first : second;
}
