import { AccessRule, KERNEL_RULES } from './access-rule';
import { ProcessPair } from './process-pair';

/** What of the target's files the measured accesses need to know. */
export interface TargetFiles {
  /** Who made the target's own files: the user that it was started as. */
  readonly ownUid: number;
  readonly ownGid: number;
  /** Mode of its executable, which is root's. */
  readonly executableMode: number;
  /** Owner of the pipe that is its standard output; its group is root. */
  readonly outputUid: number;
}

/** System calls that the runtime's default seccomp profile refuses the observer. */
export interface FilteredCalls {
  readonly processVmReadv: boolean;
  readonly pidfdGetfd: boolean;
}

type Decide = (pair: ProcessPair, files: TargetFiles, filtered: FilteredCalls) => AccessRule;

const always: Decide = () => KERNEL_RULES.shownToAll;
const fs: Decide = pair => pair.fs;
const filter = (refused: boolean, rule: AccessRule) => rule.allows && refused ? KERNEL_RULES.systemCallFilter : rule;

/** As the target's user; where the observer cannot become that, the rule that keeps it. */
const become = (pair: ProcessPair, decide: (asTarget: ProcessPair) => AccessRule): AccessRule => {
  const asTarget = pair.becoming();
  if (!(asTarget instanceof ProcessPair)) return asTarget;
  const rule = decide(asTarget);
  return rule.allows ? KERNEL_RULES.becomesUser : rule;
};

/** The accesses that were measured, by the names of the measuring program, and what decides each. */
export const MEASURED_ACCESSES: { readonly [name: string]: Decide } = {
  stat: always,
  status: always,
  comm: always,
  cmdline: always,
  limits: always,
  cgroup: always,
  mountinfo: always,
  net_tcp: always,
  task_list: always,
  pidfd_open: always,

  environ: pair => pair.procFile(0o400, 'r', pair.memoryMap),
  auxv: pair => pair.procFile(0o400, 'r', pair.memoryMap),
  maps: pair => pair.memoryMap,
  smaps: pair => pair.memoryMap,
  io: pair => pair.procFile(0o400, 'r', pair.fs),
  syscall: pair => pair.procFile(0o400, 'r', pair.fs),
  stack: pair => pair.nodeAdmin(pair.procFile(0o400, 'r', pair.fs)),
  fdinfo3: fs,
  exe_readlink: fs,
  exe_open: (pair, files) => pair.file(0, 0, files.executableMode, 'r'),
  cwd_readlink: fs,
  cwd_list: fs,
  root_readlink: fs,
  root_list: fs,
  ns_net_readlink: fs,
  ns_net_open: fs,

  fd_list: pair => pair.procInodeOnly(0o500, 'r', true),
  fd3_readlink: pair => pair.descriptorLink(),
  fd3_open_log0644: (pair, files) => pair.openFile(files.ownUid, files.ownGid, 0o644, 'r'),
  fd4_open_log0600: (pair, files) => pair.openFile(files.ownUid, files.ownGid, 0o600, 'r'),
  fd5_open_deleted0600: (pair, files) => pair.openFile(files.ownUid, files.ownGid, 0o600, 'r'),
  fd1_open_read: (pair, files) => pair.openFile(files.outputUid, 0, 0o600, 'r'),
  fd1_open_write: (pair, files) => pair.openFile(files.outputUid, 0, 0o600, 'w'),

  rootfile_root0644: pair => pair.file(0, 0, 0o644, 'r'),
  rootfile_root0600: pair => pair.file(0, 0, 0o600, 'r'),
  rootfile_root0400: pair => pair.file(0, 0, 0o400, 'r'),
  rootfile_u1000_0400: pair => pair.file(1000, 1000, 0o400, 'r'),
  rootfile_g2000_0440: pair => pair.file(0, 2000, 0o440, 'r'),
  rootfile_dir0700: pair => pair.file(0, 0, 0o700, 'x', true),
  rootfile_targetown0600: (pair, files) => pair.ownFile(files.ownUid, files.ownGid, 0o600, 'r'),
  root_volume_list: fs,
  root_write_tmp: fs, // in a directory that everybody may write
  root_connect_sock: (pair, files) => pair.ownFile(files.ownUid, files.ownGid, 0o755, 'w'),

  mem_read: pair => pair.procFile(0o600, 'r', pair.fs),
  mem_write: pair => pair.procFile(0o600, 'rw', pair.fs),
  vm_readv: (pair, _files, filtered) => filter(filtered.processVmReadv, pair.real),
  pidfd_getfd: (pair, _files, filtered) => filter(filtered.pidfdGetfd, pair.real),
  ptrace_seize: pair => pair.real,
  ptrace_attach: pair => pair.real,
  kill0: pair => pair.signal,
  pidfd_signal0: pair => pair.signal,
  oom_score_adj_write: pair => pair.procInodeOnly(0o644, 'w'),

  su_environ: pair => become(pair, as => as.procFile(0o400, 'r', as.memoryMap)),
  su_root_list: pair => become(pair, as => as.fs),
  su_kill0: pair => become(pair, as => as.signal),
  su_ptrace_seize: pair => become(pair, as => as.real),
};
