import { readFileSync } from 'fs';
import { join } from 'path';
import { ProcessFacts } from '../../src/kernel/process-facts';

/** A container of the measured pod, in the fields of Kubernetes and what was known of its image. */
export interface MeasuredContainer {
  readonly securityContext: { readonly [field: string]: unknown };
  readonly supplementalGroups?: readonly number[];
  readonly image: string;
  readonly command: readonly string[];
  /** The observing program; it was started by exec, as its own process. */
  readonly probeBinary?: string;
  readonly notRunning?: unknown;
}

/** A process as /proc/PID/status showed it on the node. */
export interface MeasuredTarget {
  readonly uid: readonly number[];
  readonly gid: readonly number[];
  readonly CapPrm: string;
  readonly CapBnd: string;
  /** Owner and mode of /proc/PID/environ. */
  readonly environInode: string;
}

/** One pod on one container runtime. */
export interface MeasuredRun {
  readonly runtime: string;
  readonly hostUsers: boolean;
  readonly targetOrder: readonly string[];
  /** By observer: for each target the index of its results, -1 for itself. */
  readonly rows: { readonly [observer: string]: readonly number[] };
  readonly observers: { readonly [name: string]: { readonly [key: string]: string } };
  readonly targets: { readonly [name: string]: MeasuredTarget };
}

/** test/data/access-matrix.json: what real containers could do to each other, on two container runtimes. */
export interface MeasuredMatrix {
  readonly accesses: readonly string[];
  readonly codes: { readonly [letter: string]: string };
  readonly containers: { readonly [name: string]: MeasuredContainer };
  /** Results of one observer on one target: a letter for each access. */
  readonly patterns: readonly string[];
  readonly runs: readonly MeasuredRun[];
}

export function readMeasuredMatrix(): MeasuredMatrix {
  return JSON.parse(readFileSync(join(__dirname, '..', 'data', 'access-matrix.json'), 'utf8'));
}

// Order of the bits in CapPrm and its relatives: include/uapi/linux/capability.h
const BIT_ORDER = ('CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN '
  + 'NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD '
  + 'LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE').split(' ');

/** The names of a capability set as /proc/PID/status writes it. */
export function capabilityNames(hex: string): string[] {
  const bits = BigInt(`0x${hex}`);
  return BIT_ORDER.filter((_, bit) => bits / 2n ** BigInt(bit) % 2n === 1n).sort();
}

/** GIDs of the images' /etc/passwd; another UID has GID 0. */
export const PASSWD: { readonly [image: string]: { readonly [uid: number]: number } } = {
  'docker.io/local/probe:1': { 0: 0, 101: 101, 1000: 1000, 1001: 1001 },
  'docker.io/local/probe2:1': { 0: 0 },
};

const BINARIES: { readonly [path: string]: ProcessFacts } = {
  '/probe-capptrace': { fileCapabilities: ['SYS_PTRACE'] },
  '/probe-capall': { fileCapabilities: ['SYS_PTRACE', 'DAC_READ_SEARCH', 'KILL'] },
  '/target-capnet': { fileCapabilities: ['NET_BIND_SERVICE'] },
  '/probe-suid': { setuidRoot: true },
  '/target-x': { unreadable: true },
};

/** `/bin/busybox sh -c exec /target`, as one string or as arguments. */
export function factsOf(command: readonly string[]): ProcessFacts {
  const words = command.join(' ').split(' ');
  const shell = words[1] === 'sh';
  const binary = shell ? words[4] : words[0];
  return { ...BINARIES[binary], startedByShell: shell, notDumpable: command.includes('--dumpable') };
}

/** Of the sandbox's process: its image holds nothing, so these have nothing to open. */
export function isNotThere(target: string, access: string): boolean {
  return target === 'pause' && access !== 'root_readlink' && access !== 'fd_list'
    && (access.startsWith('root') || access.startsWith('fd') || access === 'cwd_list' || access === 'pidfd_getfd');
}
