import { CapabilitySet } from '../../src/kernel/capability-set';
import { InodeMode, mayAccessInode } from '../../src/kernel/inode-permission';

const user = (euid: number, gid: number, groups: number[] = [], ...caps: string[]) => ({ euid, gid, groups, effective: CapabilitySet.of(caps) });

// path_resolution(7): one of owner, group and others applies, never the best of them
test.each([
  ['owner', user(1, 9), 0o400, 'r', 'mode'],
  ['the owner is not counted to the others', user(1, 9), 0o044, 'r', undefined],
  ['primary group', user(9, 2), 0o040, 'r', 'mode'],
  ['supplementary group', user(9, 9, [2]), 0o040, 'r', 'mode'],
  ['the group is not counted to the others', user(9, 2), 0o004, 'r', undefined],
  ['others', user(9, 9), 0o004, 'r', 'mode'],
  ['write', user(1, 9), 0o200, 'w', 'mode'],
  ['write is not read', user(1, 9), 0o400, 'w', undefined],
  ['read is not write', user(1, 9), 0o200, 'r', undefined],
  ['execute', user(1, 9), 0o100, 'x', 'mode'],
  ['execute is neither read nor write', user(1, 9), 0o600, 'x', undefined],
  ['read and write', user(1, 9), 0o600, 'rw', 'mode'],
  ['read and write takes both', user(1, 9), 0o400, 'rw', undefined],
  ['read and write takes both', user(1, 9), 0o200, 'rw', undefined],
  ['root is an owner like others', user(0, 0), 0o600, 'r', undefined],
  ['DAC_READ_SEARCH reads', user(9, 9, [], 'DAC_READ_SEARCH'), 0, 'r', 'capability'],
  ['DAC_READ_SEARCH does not write', user(9, 9, [], 'DAC_READ_SEARCH'), 0, 'w', undefined],
  ['DAC_READ_SEARCH does not write', user(9, 9, [], 'DAC_READ_SEARCH'), 0, 'rw', undefined],
  ['DAC_READ_SEARCH does not execute', user(9, 9, [], 'DAC_READ_SEARCH'), 0o111, 'x', 'mode'],
  ['DAC_READ_SEARCH does not execute', user(9, 9, [], 'DAC_READ_SEARCH'), 0o100, 'x', undefined],
  ['DAC_OVERRIDE reads and writes', user(9, 9, [], 'DAC_OVERRIDE'), 0, 'rw', 'capability'],
  ['DAC_OVERRIDE executes what anybody may execute', user(9, 9, [], 'DAC_OVERRIDE'), 0o100, 'x', 'capability'],
  ['DAC_OVERRIDE executes what anybody may execute', user(9, 9, [], 'DAC_OVERRIDE'), 0o010, 'x', 'capability'],
  ['DAC_OVERRIDE does not execute what nobody may execute', user(9, 9, [], 'DAC_OVERRIDE'), 0o600, 'x', undefined],
])('%s', (_, who, mode, want, grant) => {
  expect(mayAccessInode(who, 1, 2, mode, want as InodeMode)).toBe(grant);
});

test.each([
  ['DAC_READ_SEARCH searches', 'DAC_READ_SEARCH', 'x', 'capability'],
  ['DAC_READ_SEARCH does not write', 'DAC_READ_SEARCH', 'w', undefined],
  ['DAC_OVERRIDE searches', 'DAC_OVERRIDE', 'x', 'capability'],
  ['KILL does nothing', 'KILL', 'x', undefined],
])('a directory of mode 0: %s', (_, capability, want, grant) => {
  expect(mayAccessInode(user(9, 9, [], capability), 1, 2, 0, want as InodeMode, true)).toBe(grant);
});
