import { CAPABILITIES, unknownCapabilityReason } from '../../src/kernel/capability';

test('knows the 41 capabilities of Linux, sorted and without CAP_', () => {
  expect(CAPABILITIES).toHaveLength(41);
  expect([...CAPABILITIES].sort()).toEqual(CAPABILITIES);
  expect(CAPABILITIES.filter(name => name.startsWith('CAP_'))).toEqual([]);
});

test.each(['SYS_PTRACE', 'ALL', 'NET_RAW'])('takes %s', name => {
  expect(unknownCapabilityReason(name)).toBeUndefined();
});

test.each([
  ['CAP_SYS_PTRACE', /write 'SYS_PTRACE'/],
  ['cap_kill', /write 'KILL'/],
  ['sys_ptrace', /write 'SYS_PTRACE'/],
  ['SYS_PTRCE', /did you mean 'SYS_PTRACE'/],
  ['SYS-PTRACE', /did you mean 'SYS_PTRACE'/],
  ['', /no capability of Linux/],
  ['NOPE', /no capability of Linux/],
  [' SYS_PTRACE', /did you mean 'SYS_PTRACE'/],
  [7, /not a string/],
])('says what is wrong with %p', (name, reason) => {
  expect(unknownCapabilityReason(name)).toMatch(reason);
});
