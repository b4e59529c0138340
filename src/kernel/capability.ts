import { nearestName } from './nearest-name';

/**
 * The capabilities of Linux, by the names that Kubernetes takes: without the `CAP_` of the kernel's headers.
 *
 * @see https://man7.org/linux/man-pages/man7/capabilities.7.html
 */
export const CAPABILITIES: readonly string[] = [
  'AUDIT_CONTROL', 'AUDIT_READ', 'AUDIT_WRITE', 'BLOCK_SUSPEND', 'BPF', 'CHECKPOINT_RESTORE', 'CHOWN', 'DAC_OVERRIDE',
  'DAC_READ_SEARCH', 'FOWNER', 'FSETID', 'IPC_LOCK', 'IPC_OWNER', 'KILL', 'LEASE', 'LINUX_IMMUTABLE', 'MAC_ADMIN',
  'MAC_OVERRIDE', 'MKNOD', 'NET_ADMIN', 'NET_BIND_SERVICE', 'NET_BROADCAST', 'NET_RAW', 'PERFMON', 'SETFCAP', 'SETGID',
  'SETPCAP', 'SETUID', 'SYSLOG', 'SYS_ADMIN', 'SYS_BOOT', 'SYS_CHROOT', 'SYS_MODULE', 'SYS_NICE', 'SYS_PACCT',
  'SYS_PTRACE', 'SYS_RAWIO', 'SYS_RESOURCE', 'SYS_TIME', 'SYS_TTY_CONFIG', 'WAKE_ALARM',
];

/** Not a capability of Linux: what Kubernetes and the runtimes read as "every capability". */
export const ALL_CAPABILITIES = 'ALL';

const KNOWN: ReadonlySet<string> = new Set([...CAPABILITIES, ALL_CAPABILITIES]);

/**
 * Why a name is not one that a container gets, or undefined when it is one.
 *
 * The API server accepts any text here; a runtime leaves out what it does not know without a word, so the capability
 * is silently missing in the running container (measured: `CAP_SYS_PTRACE` and `NOPE`). Lower case works on the node,
 * but Pod Security compares text.
 *
 * @param name the text as written in `capabilities.add` or `capabilities.drop`
 */
export function unknownCapabilityReason(name: unknown): string | undefined {
  if (typeof name !== 'string') return 'is not a string';
  if (KNOWN.has(name)) return undefined;
  const upper = name.toUpperCase();
  if (KNOWN.has(upper)) return `runtimes take it in any case, Pod Security and reviewers do not: write '${upper}'`;
  const bare = upper.startsWith('CAP_') ? upper.slice('CAP_'.length) : upper;
  if (KNOWN.has(bare)) return `Kubernetes would silently ignore it: write '${bare}'`;
  const near = nearestName(bare, KNOWN);
  return `is no capability of Linux; Kubernetes would silently ignore it${near ? `: did you mean '${near}'?` : ''}`;
}
