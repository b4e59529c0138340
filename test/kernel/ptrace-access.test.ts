import { CapabilitySet } from '../../src/kernel/capability-set';
import { Process } from '../../src/kernel/process';
import { ProcessPair } from '../../src/kernel/process-pair';
import { ptraceAccess, signalAccess } from '../../src/kernel/ptrace-access';

const caps = (...names: string[]) => CapabilitySet.of(names);
const settings = { hostUsers: true, perfmonReadsMemory: true };
const process = (fields: Partial<Process>): Process => ({
  uid: 1000,
  euid: 1000,
  gid: 1000,
  groups: [],
  effective: CapabilitySet.NONE,
  permitted: CapabilitySet.NONE,
  bounding: CapabilitySet.ALL,
  dumpable: true,
  ...fields,
});

// ptrace(2), "Ptrace access mode checking". What the measured rows cannot tell apart is told apart here.
describe('ptrace access', () => {
  test.each([
    ['the same user', {}, {}, 'same-user-and-group'],
    ['another real UID of the target', {}, { uid: 1001 }, 'other-user'],
    ['another effective UID of the target', {}, { euid: 1001 }, 'other-user'],
    ['another group', { gid: 1 }, {}, 'other-group'],
    ['a supplementary group is no primary one', { gid: 1, groups: [1000] }, {}, 'other-group'],
    ['a target that is not dumpable', {}, { dumpable: false }, 'not-dumpable'],
    ['a target with a permitted capability that is not effective', {}, { permitted: caps('KILL') }, 'more-capabilities'],
    ['a superset', { effective: caps('KILL', 'CHOWN') }, { permitted: caps('KILL') }, 'same-user-and-group'],
    ['a superset that is not effective', { permitted: caps('KILL') }, { permitted: caps('KILL') }, 'more-capabilities'],
    ['SYS_PTRACE', { uid: 0, euid: 0, gid: 0, effective: caps('SYS_PTRACE') }, { dumpable: false, permitted: caps('KILL') }, 'sys-ptrace'],
  ])('by /proc: %s', (_, observer, target, rule) => {
    expect(ptraceAccess(process(observer), process(target), 'fs').id).toBe(rule);
  });

  test('/proc looks at the effective UID and set, ptrace at the real UID and the permitted set', () => {
    const observer = process({ euid: 0, permitted: caps('KILL') });
    const target = process({ permitted: caps('KILL') });
    expect(ptraceAccess(observer, target, 'real').id).toBe('same-user-and-group');
    expect(ptraceAccess(observer, target, 'fs').id).toBe('other-user');
    const pair = new ProcessPair(observer, target, settings);
    expect([pair.fs.allows, pair.real.allows]).toEqual([false, true]);
  });
});

// kill(2): the sender's real or effective UID against the receiver's real or saved one
describe('signals', () => {
  test.each([
    [{ uid: 1, euid: 2 }, { uid: 1, euid: 9 }, 'same-user'],
    [{ uid: 1, euid: 2 }, { uid: 9, euid: 1 }, 'same-user'],
    [{ uid: 1, euid: 2 }, { uid: 2, euid: 9 }, 'same-user'],
    [{ uid: 1, euid: 2 }, { uid: 9, euid: 2 }, 'same-user'],
    [{ uid: 1, euid: 2 }, { uid: 9, euid: 9 }, 'signal-other-user'],
    [{ uid: 0, euid: 0 }, { uid: 9, euid: 9 }, 'signal-other-user'], // root is nothing special
    [{ uid: 1, euid: 2, effective: caps('KILL') }, { uid: 9, euid: 9 }, 'kill'],
    [{ uid: 1, euid: 1, gid: 5 }, { uid: 1, euid: 1, gid: 6, dumpable: false, permitted: CapabilitySet.ALL }, 'same-user'],
  ])('%p to %p', (observer, target, rule) => {
    expect(signalAccess(process(observer), process(target)).id).toBe(rule);
  });
});

// setgid(2), setuid(2)
describe('becoming the target', () => {
  const become = (observer: Partial<Process>, target: Partial<Process> = {}) => {
    const result = new ProcessPair(process({ uid: 0, euid: 0, gid: 0, ...observer }), process(target), settings).becoming();
    return result instanceof ProcessPair ? result.observer : result.id;
  };

  test('takes SETGID, and SETUID unless the UID is the same', () => {
    expect(become({})).toBe('no-setgid');
    expect(become({ effective: caps('SETUID') })).toBe('no-setgid');
    expect(become({ effective: caps('SETGID') })).toBe('no-setuid');
    expect(become({ uid: 1000, euid: 1000, effective: caps('SETGID') })).toMatchObject({ uid: 1000, gid: 1000 });
    expect(become({ uid: 1000, effective: caps('SETGID') })).toMatchObject({ uid: 1000, gid: 1000 });
    expect(become({ effective: caps('SETGID', 'SETUID') })).toMatchObject({ uid: 1000, euid: 1000, gid: 1000 });
  });

  test('leaves capabilities and groups behind, but root stays root', () => {
    const set = caps('SETGID', 'SETUID');
    const fields = { effective: set, permitted: set, groups: [7] };
    expect(become(fields)).toMatchObject({ effective: CapabilitySet.NONE, permitted: CapabilitySet.NONE, groups: [], dumpable: false });
    expect(become(fields, { uid: 0, euid: 0, gid: 5 })).toMatchObject({ effective: set, permitted: set, groups: [] });
  });

  test('of the same user changes nothing about dumpable', () => {
    const set = caps('SETGID');
    expect(become({ uid: 1000, euid: 1000, gid: 1000, effective: set })).toMatchObject({ dumpable: true });
  });
});

test('the inodes of /proc/PID are root:root when the target is not dumpable', () => {
  const root = process({ uid: 0, euid: 0, gid: 0, effective: caps('SYS_PTRACE') });
  const id = (target: Partial<Process>, mode: number) => new ProcessPair(root, process(target), settings).procInodeOnly(mode, 'r').id;
  expect(id({}, 0o400)).toBe('proc-file-mode');
  expect(id({ dumpable: false }, 0o400)).toBe('file-mode');
  const groupOnly = process({ uid: 5, euid: 5, gid: 0 });
  expect(new ProcessPair(groupOnly, process({ dumpable: false }), settings).procInodeOnly(0o040, 'r').id).toBe('file-mode');
});
