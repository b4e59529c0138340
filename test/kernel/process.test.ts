import { CapabilitySet } from '../../src/kernel/capability-set';
import { CONTAINERD_DEFAULT_CAPABILITIES, containerCapabilities, CRIO_DEFAULT_CAPABILITIES } from '../../src/kernel/container-capabilities';
import { becomeUser, ProcessStart, startProcess } from '../../src/kernel/process';

const start = (fields: Partial<ProcessStart>): ProcessStart => ({
  uid: 1000, gid: 1000, groups: [], bounding: CONTAINERD_DEFAULT_CAPABILITIES, noNewPrivileges: false, ...fields,
});

describe('capabilities of a container', () => {
  const of = (request: { privileged?: boolean; add?: string[]; drop?: string[] }) =>
    containerCapabilities({ privileged: false, add: [], drop: [], ...request }, CONTAINERD_DEFAULT_CAPABILITIES).names;

  test('the defaults of the two runtimes', () => {
    expect(CONTAINERD_DEFAULT_CAPABILITIES.size).toBe(14);
    expect(CRIO_DEFAULT_CAPABILITIES.size).toBe(9);
    expect(CONTAINERD_DEFAULT_CAPABILITIES.contains(CRIO_DEFAULT_CAPABILITIES)).toBe(true);
  });

  test.each([
    [{ drop: ['ALL'] }, []],
    [{ drop: ['all'], add: ['kill'] }, ['KILL']], // the runtimes take any case
    [{ drop: ['ALL'], add: ['KILL'] }, ['KILL']],
    [{ drop: ['KILL'], add: ['KILL'] }, CONTAINERD_DEFAULT_CAPABILITIES.names.filter(name => name !== 'KILL')],
    [{ add: ['NOPE', ''] }, CONTAINERD_DEFAULT_CAPABILITIES.names],
    [{ add: ['ALL'] }, CapabilitySet.ALL.names],
    [{ add: ['ALL'], drop: ['KILL'] }, CapabilitySet.ALL.names.filter(name => name !== 'KILL')],
    [{ add: ['ALL'], drop: ['ALL'] }, []],
    [{ add: ['ALL', 'KILL'], drop: ['ALL'] }, ['KILL']],
    [{ privileged: true, drop: ['ALL'] }, CapabilitySet.ALL.names],
  ])('%p', (request, names) => {
    expect(of(request)).toEqual(names);
  });
});

describe('the process', () => {
  test('of root holds the bounding set, of another user nothing', () => {
    const held = (set: CapabilitySet) => ({ effective: set, permitted: set, dumpable: true });
    expect(startProcess(start({ uid: 0 }))).toMatchObject(held(CONTAINERD_DEFAULT_CAPABILITIES));
    expect(startProcess(start({ bounding: CapabilitySet.ALL }))).toMatchObject(held(CapabilitySet.NONE));
  });

  test('of a set-uid binary is not dumpable', () => {
    expect(startProcess(start({}), { setuidRoot: true })).toMatchObject({ uid: 1000, euid: 0, dumpable: false });
    expect(startProcess(start({ noNewPrivileges: true }), { setuidRoot: true })).toMatchObject({ uid: 1000, euid: 1000, dumpable: true });
  });

  test('of an unreadable binary is dumpable when the runtime, which holds the bounding set, may read it', () => {
    expect(startProcess(start({}), { unreadable: true })).toMatchObject({ dumpable: true });
    expect(startProcess(start({}), { unreadable: true, startedByShell: true })).toMatchObject({ dumpable: false });
    expect(startProcess(start({ bounding: CapabilitySet.NONE }), { unreadable: true })).toMatchObject({ dumpable: false });
  });

  test('that changes its user is not dumpable unless it says so', () => {
    const root = startProcess(start({ uid: 0 }))!;
    const worker = { uid: 101, gid: 101, permitted: CapabilitySet.NONE };
    expect(becomeUser(root, 101, 101, false)).toMatchObject({ ...worker, dumpable: false });
    expect(becomeUser(root, 101, 101, true)).toMatchObject({ ...worker, dumpable: true });
    expect(becomeUser(startProcess(start({}))!, 1000, 1000, false)).toMatchObject({ uid: 1000, dumpable: true });
  });

  test('of a binary with file capabilities that are not in the bounding set never starts', () => {
    expect(startProcess(start({ uid: 0 }), { fileCapabilities: ['SYS_PTRACE'] })).toBeUndefined();
    expect(startProcess(start({}), { fileCapabilities: ['KILL'] })).toMatchObject({ effective: CapabilitySet.of(['KILL']), dumpable: true });
  });
});
