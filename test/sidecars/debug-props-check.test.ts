import { ApiObject, App, Chart, Lazy, Size, Testing } from 'cdk8s';
import { DebugProfile, DebugSidecar, SharedPid, SharedPidSettings, SidecarImage, SidecarResources } from '../../src';
import { bare } from '../golden-cases/workloads';

// What callers in JavaScript, or through `any`, may give. Without a check, much of it would be taken for something else.
const profile = DebugProfile.BASELINE;
const newChart = () => new Chart(new App(), 'test', { disableResourceNameHashes: true });
const containers = [{ name: 'app', image: 'app' }];
const spec = { containers, volumes: [{ name: 'v', emptyDir: {} }] };
function written(props: any): any {
  const chart = newChart();
  new DebugSidecar(bare(chart, 'Pod', spec), 'debug', props);
  return Testing.synth(chart)[0].spec.containers[1];
}

describe('refused, with the path, the value and the fix', () => {
  test.each<[string, any, string]>([
    ['no properties: the least privilege, where nothing tells the user', null, 'the least privilege for list-processes, '],
    ['a profile that is a number', { profile: 0 }, 'profile is 0, and no DebugProfile. Give one, such as DebugProfile.RESTRICTED.'],
    ['a profile by its name', { profile: 'general' }, "profile is 'general', and no DebugProfile. Give one, such as DebugProfile.RESTRICTED."],
    ['a placement in other letters, which would be the default', { placement: 'NATIVE' }, "placement is 'NATIVE'. Give one of 'container', 'native'."],
    ['a pull policy', { imagePullPolicy: 'ifnotpresent' }, "imagePullPolicy is 'ifnotpresent'. Give one of 'Always', 'IfNotPresent', 'Never'."],
    ['an image', { image: 5 }, "image 5 is no text. Write it like 'registry.example.com/busybox:1.37.0'."],
    ['an empty image', { image: '' }, "image '' is empty or has blanks."],
    ['a Lazy image', { image: Lazy.any({ produce: () => 'x' }) }, 'image an object is no text.'],
    ['a command that is text, and would be taken letter by letter', { command: 'sh -c x' }, "command is 'sh -c x'. Give a list."],
    ['a command of numbers', { command: ['sleep', 5] }, 'command[1] is 5. Give text.'],
    ['env as a list', { env: ['PASSWORD=secret'] }, "env is no object of names and values. Write it like { LANG: 'C' }."],
    ['env as text', { env: 'PASSWORD=secret' }, 'env is no object of names and values.'],
    ['env as a Map', { env: new Map([['PASSWORD', 'secret']]) }, 'env is no object of names and values.'],
    ['a working directory', { workingDir: 5 }, 'workingDir is 5. Give text.'],
    ['one that a runtime does not take', { workingDir: 'tmp' }, "workingDir 'tmp' is not an absolute path. Write it like '/tmp'."],
    ['mounts that are no list', { volumeMounts: { volume: 'v', mountPath: '/x' } }, 'volumeMounts is an object. Give a list.'],
    ['a mount that is none', { volumeMounts: [null] }, "volumeMounts[0].volume is undefined. Give the name of one of the pod's volumes."],
    ['readOnly as text', { volumeMounts: [{ volume: 'v', mountPath: '/x', readOnly: 'false' }] }, "volumeMounts[0].readOnly is 'false'. Give true or false."],
    ['subPath', { volumeMounts: [{ volume: 'v', mountPath: '/x', subPath: 5 }] }, 'volumeMounts[0].subPath is 5. Give text.'],
    ['a volume named like a member of every object', { volumeMounts: [{ volume: '__proto__', mountPath: '/x' }] }, "the pod has no volume named '__proto__'. It has 'v'."],
    ['a flag as text', { mirrorTargetMounts: 'false' }, "mirrorTargetMounts is 'false'. Give true or false."],
    ['resources as a manifest has them', { resources: { limits: {} } }, 'resources is an object, and no SidecarResources. Give SidecarResources.custom({ ... }) or SidecarResources.NONE.'],
    ['a name that has no text', { name: Object.create(null) }, 'an object is no container name'],
    ['a target', { target: 5 }, "target 5 is no container of the pod. It has 'app'."],
    ['a target named like a member of every object', { target: 'constructor' }, "target 'constructor' is no container of the pod."],
  ])('%s', (_, props, message) => {
    const create = () => written(props && { profile, ...props });
    expect(create).toThrow(`test/web/debug: ${message}`);
    expect(create).not.toThrow('secret');
  });

  test.each<[any, string]>([
    [{ profile: 'general' }, "profile is 'general', and no DebugProfile"],
    [null, 'the least privilege for list-processes, '],
    [{ profile: 0 }, 'profile is 0, and no DebugProfile'],
    [{ profile, env: { 'A=B': 'c' } }, "env has a variable named 'A=B'"],
    [{ profile, env: { A: 5 } }, "the value of env variable 'A' is not a string"],
    [{ profile, image: '' }, "image '' is empty or has blanks"],
    [{ profile, command: 'top' }, "command is 'top'. Give a list."],
  ])('for an ephemeral container: %j', (props, message) => {
    expect(() => DebugSidecar.ephemeralCommand(bare(newChart()), props)).toThrow(`test/web: ${message}`);
  });

  test.each<[any, string]>([
    [{ addCapabilities: 'KILL' }, "addCapabilities is 'KILL'. Give a list."],
    [{ addCapabilities: [Symbol('x')] }, 'addCapabilities has a symbol. Is not a string.'],
    [{ addCapabilities: ['__proto__'] }, "addCapabilities has '__proto__'. Is no capability of Linux"],
    [{ privileged: 'false' }, "privileged is 'false'. Give true or false."],
    [{ runAsNonRoot: 1 }, 'runAsNonRoot is 1. Give true or false.'],
    [{ runAsUser: '1000' }, "runAsUser is '1000'. Give a whole number from 0 to 2147483647."],
    [{ seccompProfile: 'runtime/default' }, "seccompProfile is 'runtime/default'. Give one of 'RuntimeDefault', 'Unconfined'."],
  ])('for DebugProfile.custom: %j', (options, message) => {
    expect(() => DebugProfile.custom(options)).toThrow(`DebugProfile.custom: ${message}`);
  });

  test.each<[any, string]>([
    [undefined, 'the amounts are undefined. Write them like { memoryLimit: Size.mebibytes(64) }.'],
    [{ memoryLimit: '64Mi' }, "memoryLimit is '64Mi', and no Size. Give a size above 0, such as Size.mebibytes(64)."],
    [{ memoryLimit: Size.mebibytes(NaN) }, "memoryLimit: 'NaN mebibytes' cannot be converted into a whole number of kibibytes. Give a size above 0"],
    [{ cpuRequestMillis: '10' }, "cpuRequestMillis is '10'. Give a whole number of thousandths of a core, above 0."],
    [{ cpuRequestMillis: 1e21 }, 'cpuRequestMillis is 1e+21.'],
  ])('for SidecarResources.custom: %#', (amounts, message) => {
    expect(() => SidecarResources.custom(amounts)).toThrow(`SidecarResources.custom: ${message}`);
  });

  test.each<[any, string]>([[null, 'null'], [undefined, 'undefined'], [{}, 'an object'], ['web', "'web'"]])('what is no construct: %j', (value, shown) => {
    const message = `cdk8s-shared-pid: ${shown} is no construct. Give a workload, a chart or another construct.`;
    expect(() => SharedPid.enable(value)).toThrow(message);
    expect(() => SharedPid.of(value)).toThrow(message);
    expect(() => SharedPidSettings.of(value)).toThrow(message);
    expect(() => DebugSidecar.ephemeralCommand(value, { profile })).toThrow(message);
  });

  test.each<[string, (settings: any) => void, string]>([
    ['a version as a number, which is another one', settings => settings.useMinimumKubernetesVersion(1.30), '1.3 is no version of Kubernetes. Write it like'],
    ['a pull policy', settings => settings.useImagePullPolicy('always'), "the pull policy is 'always'. Give one of"],
    ['a tool by its name', settings => settings.useImage('busybox', 'busybox:1'), "'busybox' is no SidecarImage. Give one, such as SidecarImage.BUSYBOX."],
    ['a reference', settings => settings.useImage(SidecarImage.BUSYBOX, null), 'image for busybox null is no text.'],
  ])('for SharedPidSettings: %s', (_, use, message) => {
    expect(() => use(SharedPidSettings.of(newChart()))).toThrow(`test: ${message}`);
  });
});

describe('accepted', () => {
  test('null is as left out', () => {
    const nulls = Object.fromEntries(['name', 'image', 'command', 'target', 'env', 'podSpecPath', 'imagePullPolicy', 'volumeMounts',
      'mirrorTargetMounts', 'workingDir', 'resources', 'placement'].map(name => [name, null]));
    expect(written({ ...nulls, profile })).toEqual(written({ profile }));
    const custom = DebugProfile.custom({ runAsUser: null, addCapabilities: null } as any);
    expect(written({ profile: custom })).toEqual(written({ profile: DebugProfile.custom({}) }));
    const pod = bare(newChart());
    SharedPid.enable(pod, null as any);
    expect(SharedPid.of(pod, { podSpecPath: null } as any).isEnabled).toBe(true);
  });

  test('an empty command is as left out', () => {
    expect(written({ profile: DebugProfile.custom({}), command: [] })).toEqual(written({ profile: DebugProfile.custom({}) }));
  });

  test('names like those of members of every object', () => {
    const names = ['constructor', 'tostring'];
    const chart = newChart();
    const pod = new ApiObject(chart, 'web', { apiVersion: 'v1', kind: 'Pod', spec: { containers, volumes: names.map(name => ({ name })) } });
    const env = JSON.parse('{"__proto__": "a", "constructor": "b"}');
    for (const name of names) new DebugSidecar(pod, `debug-${name}`, { profile, name, env, volumeMounts: names.map(volume => ({ volume, mountPath: `/${volume}` })) });
    const [, ...ours] = Testing.synth(chart)[0].spec.containers;
    expect(ours.map(({ name }: any) => name)).toEqual(names);
    expect(ours[0].env).toEqual([{ name: '__proto__', value: 'a' }, { name: 'constructor', value: 'b' }]);
    expect(ours[0].volumeMounts.map(({ name }: any) => name)).toEqual(names);
  });
});
