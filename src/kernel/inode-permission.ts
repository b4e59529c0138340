import { CapabilitySet } from './capability-set';

/** Who opens a file: the file system UID and GID of a process. */
export interface FileUser {
  readonly euid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly effective: CapabilitySet;
}

/** What is asked of an inode, as `open` and `access` ask it. */
export type InodeMode = 'r' | 'w' | 'x' | 'rw';

/** Why an inode lets a process: by its mode bits, or because the process holds a capability that overrides them. */
export type InodeGrant = 'mode' | 'capability';

// read 4, write 2, execute (or search) 1: octal digits, so that no bit operations are needed
const WANTED: { readonly [mode in InodeMode]: number } = { r: 4, w: 2, x: 1, rw: 6 };

/**
 * Whether the owner and mode of a file or directory let a process, or a capability overrides them; undefined when neither does.
 *
 * @param directory directories are searched, not executed, and need no execute bit for an override
 * @see https://man7.org/linux/man-pages/man7/path_resolution.7.html
 */
export function mayAccessInode(
  user: FileUser, ownerUid: number, ownerGid: number, mode: number, want: InodeMode, directory = false,
): InodeGrant | undefined {
  const owner = user.euid === ownerUid;
  const group = !owner && (user.gid === ownerGid || user.groups.includes(ownerGid));
  const digit = owner ? Math.trunc(mode / 64) % 8 : group ? Math.trunc(mode / 8) % 8 : mode % 8;
  if (hasBits(digit, WANTED[want])) return 'mode';
  return overrides(user.effective, mode, want, directory) ? 'capability' : undefined;
}

function overrides(effective: CapabilitySet, mode: number, want: InodeMode, directory: boolean): boolean {
  const writes = want === 'w' || want === 'rw';
  if (effective.has('DAC_READ_SEARCH') && !writes && (directory || want === 'r')) return true;
  return effective.has('DAC_OVERRIDE') && (directory || want !== 'x' || anyExecuteBit(mode));
}

function anyExecuteBit(mode: number): boolean {
  return mode % 2 === 1 || Math.trunc(mode / 8) % 2 === 1 || Math.trunc(mode / 64) % 2 === 1;
}

function hasBits(digit: number, wanted: number): boolean {
  if (wanted === 4) return digit >= 4;
  if (wanted === 1) return digit % 2 === 1;
  if (wanted === 2) return digit % 4 >= 2;
  return digit >= 6;
}
