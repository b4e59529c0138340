import { readFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { DebugProfile, DebugSidecar, SeccompProfileType } from '../../src';
import { bare } from '../golden-cases/workloads';

// What the real kubectl writes for a new container of a pod copy: oracle/debug-profiles prints it.
const golden = JSON.parse(readFileSync(join(__dirname, '..', 'data', 'debug-profiles.json'), 'utf8'));
const PROFILES = [DebugProfile.GENERAL, DebugProfile.BASELINE, DebugProfile.RESTRICTED, DebugProfile.NETADMIN, DebugProfile.SYSADMIN];

const newChart = () => new Chart(new App(), 'test');
function containerOf(spec: object, profile: DebugProfile, target?: string): any {
  const chart = newChart();
  new DebugSidecar(bare(chart, 'Pod', spec), 'debugger', { profile, target });
  return Testing.synth(chart)[0].spec.containers.at(-1);
}

describe.each(PROFILES.map(profile => [profile.name, profile] as const))('%s is what kubectl debug writes', (name, profile) => {
  test.each<[string, any]>(golden.profiles.filter((row: any) => row.profile === name && row.style === 'copy' && row.target !== 'share-false')
    .map((row: any): [string, any] => [row.target, row]))('in a pod copy of target %s', (target, row) => {
    const { runAsUser, runAsGroup, runAsNonRoot, ...context } = containerOf(golden.targets[target], profile).securityContext ?? {};
    const { runAsNonRoot: theirs, ...expected } = row.container.securityContext ?? {};
    expect(context).toEqual(expected);
    // the two documented additions, and nothing else
    const nothing = [undefined, undefined, undefined, undefined];
    const podIsNonRoot = target === 'restricted'; // runAsNonRoot true, runAsUser 1000
    switch (name) {
      case 'restricted': expect([theirs, runAsNonRoot, runAsUser, runAsGroup]).toEqual(podIsNonRoot ? [true, true, 1000, 1000] : [true, true, 52525, 52525]); break;
      case 'baseline': expect([theirs, runAsNonRoot, runAsUser, runAsGroup]).toEqual(nothing); break;
      default: expect([theirs, runAsNonRoot, runAsUser, runAsGroup]).toEqual(podIsNonRoot ? [undefined, false, 0, undefined] : nothing);
    }
  });
});

describe('where the pod says runAsNonRoot: true', () => {
  const nonRoot = (securityContext: object) => ({ securityContext: { runAsNonRoot: true, ...securityContext }, containers: [{ name: 'app', image: 'app' }] });
  test.each([
    ['general', DebugProfile.GENERAL, {}, { runAsNonRoot: false }],
    ['netadmin', DebugProfile.NETADMIN, { runAsUser: 0 }, { runAsNonRoot: false }],
    ['sysadmin', DebugProfile.SYSADMIN, { runAsUser: 1000 }, { runAsNonRoot: false, runAsUser: 0 }],
    ['baseline', DebugProfile.BASELINE, {}, { runAsNonRoot: false }],
    ['baseline', DebugProfile.BASELINE, { runAsUser: 1000 }, undefined], // starts as 1000
  ])('%s %#', (_, profile, pod, expected) => {
    const context = containerOf(nonRoot(pod), profile).securityContext;
    if (expected) expect(context).toMatchObject(expected);
    else expect(context).toBeUndefined();
  });

  test('a container that says it does not count, only the pod', () => {
    const context = containerOf({ containers: [{ name: 'app', image: 'app', securityContext: { runAsNonRoot: true, runAsUser: 7 } }] }, DebugProfile.GENERAL).securityContext;
    expect(context).toEqual({ capabilities: { add: ['SYS_PTRACE'] } });
  });
});

describe('RESTRICTED takes a user', () => {
  const container = (name: string, user?: number, group?: number) => ({ name, image: 'app', securityContext: { runAsUser: user, runAsGroup: group } });
  test.each([
    ["the target's", { containers: [container('app', 1000, 3000), container('other', 7, 7)] }, 'app', [1000, 3000]],
    ["the pod's", { securityContext: { runAsUser: 1000, runAsGroup: 2000 }, containers: [container('app')] }, 'app', [1000, 2000]],
    ['all targets have one', { containers: [container('app', 1000, 3000), container('other', 1000, 3000)] }, undefined, [1000, 3000]],
    ['targets differ', { containers: [container('app', 1000, 3000), container('other', 7, 7)] }, undefined, [52525, 52525]],
    ['the group is not known: its number', { containers: [container('app', 1000)] }, 'app', [1000, 1000]],
    ['the target is root', { containers: [container('app', 0, 0)] }, 'app', [52525, 52525]],
    ['nothing tells', { containers: [{ name: 'app', image: 'app' }] }, 'app', [52525, 52525]],
    ['the free one is taken', { securityContext: { fsGroup: 52525, supplementalGroups: [52526] }, containers: [container('app', 0), container('x', 52527)] }, 'app', [52528, 52528]],
    ['a text is no number', { containers: [{ name: 'app', image: 'app', securityContext: { runAsUser: '1000' } }] }, 'app', [52525, 52525]],
    ['an init container that ends does not count', { initContainers: [container('init', 9, 9)], containers: [container('app', 1000, 3000)] }, undefined, [1000, 3000]],
  ])('%s', (_, spec, target, expected) => {
    const { runAsUser, runAsGroup } = containerOf(spec, DebugProfile.RESTRICTED, target).securityContext;
    expect([runAsUser, runAsGroup]).toEqual(expected);
  });

  test("a free one is free of our other sidecars' too", () => {
    const chart = newChart();
    const pod = bare(chart, 'Pod', { containers: [container('app', 0)] });
    new DebugSidecar(pod, 'first', { profile: DebugProfile.custom({ runAsUser: 52525, runAsGroup: 52526 }) });
    new DebugSidecar(pod, 'second', { profile: DebugProfile.RESTRICTED });
    new DebugSidecar(pod, 'third', { profile: DebugProfile.RESTRICTED });
    expect(Testing.synth(chart)[0].spec.containers.map(({ securityContext }: any) => securityContext.runAsUser)).toEqual([0, 52525, 52527, 52528]);
  });

  test('our own sidecars are no targets', () => {
    const chart = newChart();
    const pod = bare(chart, 'Pod', { containers: [container('app', 1000, 3000)] });
    new DebugSidecar(pod, 'first', { profile: DebugProfile.GENERAL });
    new DebugSidecar(pod, 'second', { profile: DebugProfile.RESTRICTED });
    expect(Testing.synth(chart)[0].spec.containers[2].securityContext).toMatchObject({ runAsUser: 1000, runAsGroup: 3000 });
    expect(() => new DebugSidecar(pod, 'third', { profile: DebugProfile.RESTRICTED, target: 'first' })).toThrow("target 'first' is no container of the pod. It has 'app'");
  });
});

describe('custom', () => {
  test('nothing said is as tight as it can be', () => {
    expect(containerOf({ containers: [] }, DebugProfile.custom({})).securityContext).toEqual({
      allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  test('all fields', () => {
    expect(containerOf({ containers: [] }, DebugProfile.custom({
      addCapabilities: ['KILL'],
      dropCapabilities: ['NET_RAW'],
      runAsUser: 7,
      runAsGroup: 8,
      runAsNonRoot: true,
      allowPrivilegeEscalation: true,
      readOnlyRootFilesystem: true,
      seccompProfile: SeccompProfileType.UNCONFINED,
    })).securityContext).toEqual({
      allowPrivilegeEscalation: true,
      capabilities: { add: ['KILL'], drop: ['NET_RAW'] },
      readOnlyRootFilesystem: true,
      runAsGroup: 8,
      runAsNonRoot: true,
      runAsUser: 7,
      seccompProfile: { type: 'Unconfined' },
    });
  });

  test('ALL is not dropped again where it is added, for a runtime would drop it', () => {
    expect(containerOf({ containers: [] }, DebugProfile.custom({ addCapabilities: ['ALL'] })).securityContext.capabilities).toEqual({ add: ['ALL'] });
  });

  test('privileged: nothing beside it that the API server refuses or the kernel ignores', () => {
    expect(containerOf({ containers: [] }, DebugProfile.custom({ privileged: true })).securityContext).toEqual({ privileged: true });
  });

  test('root in a pod that says runAsNonRoot: true', () => {
    const spec = { securityContext: { runAsNonRoot: true }, containers: [{ name: 'app', image: 'app' }] };
    expect(containerOf(spec, DebugProfile.custom({ runAsUser: 0 })).securityContext).toMatchObject({ runAsNonRoot: false, runAsUser: 0 });
    expect(() => containerOf(spec, DebugProfile.custom({}))).toThrow(/would run as root while runAsNonRoot is true, .*Give runAsUser in the profile/);
  });

  test.each([
    [{ addCapabilities: ['CAP_SYS_PTRACE'] }, "addCapabilities has 'CAP_SYS_PTRACE'. Kubernetes would silently ignore it: write 'SYS_PTRACE'."],
    [{ dropCapabilities: ['NET_RAWW'] }, "did you mean 'NET_RAW'?"],
    [{ addCapabilities: ['KILL'], dropCapabilities: ['ALL', 'KILL'] }, "'KILL' is both added and dropped"],
    [{ addCapabilities: ['ALL'], dropCapabilities: ['ALL'] }, "'ALL' is both added and dropped, and the drop would win"],
    [{ privileged: true, dropCapabilities: ['NET_RAW'] }, 'dropCapabilities beside privileged: true has no effect'],
    [{ privileged: true, addCapabilities: ['KILL'] }, 'addCapabilities beside privileged: true has no effect'],
    [{ privileged: true, seccompProfile: SeccompProfileType.RUNTIME_DEFAULT }, 'seccompProfile beside privileged: true has no effect'],
    [{ runAsUser: -1 }, 'runAsUser is -1. Give a whole number from 0 to 2147483647.'],
    [{ runAsUser: NaN }, 'runAsUser is NaN'],
    [{ runAsGroup: 1.5 }, 'runAsGroup is 1.5'],
    [{ runAsGroup: 2147483648 }, 'runAsGroup is 2147483648'],
    [{ runAsNonRoot: true, runAsUser: 0 }, 'runAsNonRoot with runAsUser 0 never starts'],
    [{ privileged: true, allowPrivilegeEscalation: false }, 'is refused by the API server'],
  ])('refuses %j', (options, message) => {
    expect(() => DebugProfile.custom(options)).toThrow('DebugProfile.custom: ');
    expect(() => DebugProfile.custom(options)).toThrow(message);
  });
});

test('two sidecars of one profile are written without aliases', () => {
  const chart = newChart();
  const profile = DebugProfile.custom({ addCapabilities: ['KILL'] });
  const pod = bare(chart);
  new DebugSidecar(pod, 'a', { profile });
  new DebugSidecar(pod, 'b', { profile });
  const [, a, b] = ApiObject.of(pod).toJson().spec.containers;
  expect(a.securityContext).toEqual(b.securityContext);
  expect(a.securityContext.capabilities).not.toBe(b.securityContext.capabilities);
});
