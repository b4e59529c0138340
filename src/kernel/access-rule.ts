/** Why an access is allowed or denied. */
export interface AccessRule {
  /** Short and stable: reports and tests name it. */
  readonly id: string;
  readonly allows: boolean;
  /** For people: a sentence about "the observer" and "the target". */
  readonly sentence: string;
  /** It holds whatever program the target runs, so nothing needs to be assumed about that. */
  readonly anyTarget: boolean;
}

const allow = (id: string, sentence: string, anyTarget = false): AccessRule => ({ id, allows: true, sentence, anyTarget });
const deny = (id: string, sentence: string): AccessRule => ({ id, allows: false, sentence, anyTarget: false });

/** The rules of the kernel. */
export const KERNEL_RULES = {
  shownToAll: allow('shown-to-all', 'Linux shows it to every process of the same process namespace', true),
  sameUserAndGroup: allow('same-user-and-group', 'the observer has the UID and the primary GID of the target, and holds every capability that it holds'),
  sysPtrace: allow('sys-ptrace', 'the observer holds SYS_PTRACE', true),
  sysPtraceAndMode: allow('sys-ptrace-and-mode', "the observer holds SYS_PTRACE, and is the owner of the target's file"),
  sysPtraceAndDac: allow('sys-ptrace-and-dac', 'the observer holds SYS_PTRACE, and DAC_OVERRIDE or DAC_READ_SEARCH against the mode of the file', true),
  perfmon: allow('perfmon', "the observer holds PERFMON or SYS_ADMIN, which since Linux 6.15 may read what belongs to another process's memory"),
  fileMode: allow('file-mode', 'the owner and mode of the file let the observer'),
  fileCapability: allow('file-capability', 'the observer holds DAC_OVERRIDE or DAC_READ_SEARCH, which override the mode of the file', true),
  sameUser: allow('same-user', 'the observer has the UID of the target; a signal asks neither for the group nor for capabilities'),
  kill: allow('kill', 'the observer holds KILL', true),
  becomesUser: allow('becomes-user', 'the observer may become the UID and GID of the target (SETGID, and SETUID for another UID), which then reaches it'),

  otherUser: deny('other-user', 'the observer has another UID than the target, and does not hold SYS_PTRACE'),
  otherGroup: deny('other-group', 'the observer has the UID of the target but another primary GID, and does not hold SYS_PTRACE'),
  moreCapabilities: deny('more-capabilities', 'the target holds capabilities that the observer lacks, and the observer does not hold SYS_PTRACE'),
  notDumpable: deny('not-dumpable', 'the target is not dumpable (it changed its user, or says so itself), and the observer does not hold SYS_PTRACE'),
  procFileMode: deny('proc-file-mode', "that file of /proc/PID is its owner's alone: another user needs DAC_READ_SEARCH or DAC_OVERRIDE, and to write it DAC_OVERRIDE"),
  fileModeDenied: deny('file-mode-denied', 'the owner and mode of the file do not let the observer, and it holds no capability that overrides them'),
  signalOtherUser: deny('signal-other-user', 'the observer has another UID than the target, and does not hold KILL'),
  noSetgid: deny('no-setgid', 'the observer does not hold SETGID, so it cannot become the user of the target'),
  noSetuid: deny('no-setuid', 'the observer does not hold SETUID, so it cannot become the user of the target'),
  noSysAdmin: deny('no-sys-admin', "that file takes SYS_ADMIN in the node's own user namespace"),
  systemCallFilter: deny('system-call-filter', "the runtime's default seccomp profile refuses that system call without SYS_PTRACE"),
} as const;
