import { ApiObject, App, Chart, JsonPatch, Lazy, ResolutionContext, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { DebugProfile, DebugSidecar, DebugSidecarProps, SharedPid, SharedPidPod, SharedPidSettings, SidecarImage, SidecarImagePullPolicy, SidecarPlacement, SidecarResources } from '../../src';
import { app, bare, PLUS_33_WORKLOADS, PLUS_WORKLOADS } from '../golden-cases/workloads';

const newChart = () => new Chart(new App(), 'test', { disableResourceNameHashes: true });
const profile = DebugProfile.BASELINE;
const podSpec = (chart: Chart): any => {
  const { kind, spec } = Testing.synth(chart).find(object => object.kind !== 'Service');
  return kind === 'Pod' ? spec : kind === 'CronJob' ? spec.jobTemplate.spec.template.spec : spec.template.spec;
};
const names = (containers: { name: string }[] = []) => containers.map(({ name }) => name);

describe('reaches the pod of every kind', () => {
  test.each(Object.keys(PLUS_WORKLOADS).flatMap(kind => [[kind, '28'], [kind, '33'], [kind, 'bare']]))('%s (%s)', (kind, origin) => {
    const chart = newChart();
    const workload = origin === 'bare' ? bare(chart, kind) : (origin === '28' ? PLUS_WORKLOADS : PLUS_33_WORKLOADS)[kind](chart);
    new DebugSidecar(workload, 'debug', { profile });
    const spec = podSpec(chart);
    expect(spec.shareProcessNamespace).toBe(true);
    expect(spec.containers[0].name).toBe('app');
    if (kind.endsWith('Job')) expect(spec.initContainers).toMatchObject([{ name: 'debug', restartPolicy: 'Always' }]);
    else expect(names(spec.containers)).toEqual(['app', 'debug']);
  });

  test('the only workload of a tree', () => {
    const chart = newChart();
    PLUS_WORKLOADS.StatefulSet(chart);
    new DebugSidecar(chart, 'debug', { profile });
    expect(names(podSpec(chart).containers)).toEqual(['app', 'debug']);
  });

  test('a custom resource, by its path', () => {
    const chart = newChart();
    const rollout = new ApiObject(chart, 'rollout', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { template: { spec: { containers: [{ name: 'app', image: 'app' }] } } } });
    new DebugSidecar(rollout, 'debug', { profile, podSpecPath: '/spec/template/spec' });
    expect(Testing.synth(chart)[0].spec.template.spec).toMatchObject({ shareProcessNamespace: true, containers: [{ name: 'app' }, { name: 'debug' }] });
  });
});

describe('nothing of the user is lost, in any order', () => {
  const before = { additions: (pod: kplus.Pod) => addAll(pod, 'early'), title: 'before us' };
  const after = { additions: (pod: kplus.Pod) => addAll(pod, 'late'), title: 'after us' };
  function addAll(pod: kplus.Pod, when: string) {
    const volume = kplus.Volume.fromEmptyDir(pod, `${when}-volume`, `${when}-volume`);
    pod.addContainer({ ...app, name: `${when}-container` }).mount(`/${when}`, volume);
    pod.addInitContainer({ ...app, name: `${when}-init` });
    pod.addVolume(kplus.Volume.fromEmptyDir(pod, `${when}-unmounted`, `${when}-unmounted`));
    ApiObject.of(pod).addJsonPatch(
      JsonPatch.add('/spec/containers/0/workingDir', `/${when}`),
      JsonPatch.add('/spec/containers/-', { name: `${when}-patched`, image: 'patched' }),
    );
  }

  test.each([[[before]], [[after]], [[before, after]]])('cdk8s-plus %#', moments => {
    const [plain, ours] = [newChart(), newChart()];
    const build = (chart: Chart, debug: boolean) => {
      const pod = new kplus.Pod(chart, 'web', { containers: [app] });
      if (moments.includes(before)) before.additions(pod);
      if (debug) new DebugSidecar(pod, 'debug', { profile, placement: SidecarPlacement.NATIVE });
      if (debug) new DebugSidecar(pod, 'debug2', { profile });
      if (moments.includes(after)) after.additions(pod);
      return Testing.synth(chart)[0];
    };
    const { spec: expected } = build(plain, false);
    const { spec } = build(ours, true);
    expect(spec.initContainers.pop().name).toBe('debug');
    expect(spec.containers.pop().name).toBe('debug2');
    expect(spec).toEqual({ ...expected, shareProcessNamespace: true });
  });

  test('an absent list of init containers, and one that comes later', () => {
    const chart = newChart();
    const pod = PLUS_WORKLOADS.Pod(chart);
    new DebugSidecar(pod, 'debug', { profile, placement: SidecarPlacement.NATIVE });
    expect(names(podSpec(chart).initContainers)).toEqual(['debug']);
    pod.addInitContainer({ ...app, name: 'prepare' });
    expect(names(podSpec(chart).initContainers)).toEqual(['prepare', 'debug']);
  });

  test('fields that the schema of cdk8s-plus-28 does not know are kept on ours', () => {
    const chart = newChart();
    new DebugSidecar(PLUS_WORKLOADS.Pod(chart), 'debug', { profile: DebugProfile.RESTRICTED })
      .addJsonPatch(JsonPatch.add('/securityContext/appArmorProfile', { type: 'RuntimeDefault' }), JsonPatch.add('/resources/limits/memory', '1Gi'));
    const container = podSpec(chart).containers[1];
    expect(container.securityContext.appArmorProfile).toEqual({ type: 'RuntimeDefault' });
    expect(container.resources.limits).toEqual({ memory: '1Gi' });
  });

  test('what the object itself returns is not changed', () => {
    const chart = newChart();
    const json = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { shareProcessNamespace: true, containers: [{ name: 'app', image: 'app' }] } };
    class Fixed extends ApiObject {
      public toJson() { return json; }
    }
    new DebugSidecar(new Fixed(chart, 'web', { apiVersion: 'v1', kind: 'Pod' }), 'debug', { profile });
    expect(names(podSpec(chart).containers)).toEqual(['app', 'debug']);
    expect(names(podSpec(chart).containers)).toEqual(['app', 'debug']);
    expect(json.spec.containers).toEqual([{ name: 'app', image: 'app' }]);
  });

  test('whoever asks for the manifest gets it, and a toJson that others have put on the object is kept', () => {
    const chart = newChart();
    const pod = bare(chart);
    const label = (key: string) => {
      const toJson = pod.toJson.bind(pod);
      pod.toJson = () => ({ ...toJson(), [key]: true });
    };
    label('early');
    new DebugSidecar(pod, 'debug', { profile });
    label('late');
    const [manifest] = Testing.synth(chart);
    expect([manifest.early, manifest.late, names(manifest.spec.containers)]).toEqual([true, true, ['app', 'debug']]);
    // as apps in other languages call it: the method of the class
    expect(names(pod.constructor.prototype.toJson.call(pod).spec.containers)).toEqual(['app', 'debug']);
    expect(pod.constructor.name).toBe('ApiObject');
    expect(pod).toBeInstanceOf(ApiObject);
  });

  test('a patch of the object that means our container says where to put it', () => {
    const chart = newChart();
    const pod = PLUS_WORKLOADS.Pod(chart);
    new DebugSidecar(pod, 'debug', { profile });
    ApiObject.of(pod).addJsonPatch(JsonPatch.add('/spec/containers/1/tty', false));
    expect(() => Testing.synth(chart)).toThrow("\nIf a JSON patch of the object is meant for 'debug' (test/web/debug): it cannot reach that container");
  });

  test('a patch of the object that fails elsewhere is not blamed on our container', () => {
    const chart = newChart();
    const pod = bare(chart);
    new DebugSidecar(pod, 'debug', { profile });
    pod.addJsonPatch(JsonPatch.add('/spec/affinity/nodeAffinity', {}));
    expect(() => Testing.synth(chart)).toThrow("\nIf a JSON patch of the object is meant for 'debug' (test/web/debug): ");
    const lazy = new ApiObject(new Chart(chart, 'lazy'), 'web', { apiVersion: 'v1', kind: 'Pod', spec: { containers: Lazy.any({ produce: () => (undefined as any).x }) } });
    new DebugSidecar(lazy, 'debug', { profile });
    expect(() => Testing.synth(Chart.of(lazy))).toThrow(/^Failed serializing [^\n]*$/);
  });

  test('the pod spec may come later, by a patch', () => {
    const chart = newChart();
    const pod = new ApiObject(chart, 'web', { apiVersion: 'v1', kind: 'Pod' });
    SharedPid.enable(pod);
    new DebugSidecar(pod, 'debug', { profile, target: 'app' });
    pod.addJsonPatch(JsonPatch.add('/spec', { containers: [{ name: 'app', image: 'app' }], volumes: [] }));
    expect(podSpec(chart)).toMatchObject({ containers: [{ name: 'app' }, { name: 'debug' }], shareProcessNamespace: true, volumes: [] });
  });

  test('and a Lazy one, that cannot be had yet, is judged when it is there', () => {
    const chart = newChart();
    let containers: object[] | undefined;
    const create = (id: string) => new ApiObject(chart, id, {
      apiVersion: 'v1', kind: 'Pod', spec: { containers: Lazy.any({ produce: () => containers!.map(container => container) }) },
    });
    new DebugSidecar(create('web'), 'debug', { profile, target: 'app' });
    containers = [{ name: 'app', image: 'app' }];
    expect(podSpec(chart)).toMatchObject({ containers: [{ name: 'app' }, { name: 'debug' }], shareProcessNamespace: true });
    containers = [{ name: 'other', image: 'app' }];
    expect(() => Testing.synth(chart)).toThrow("test/web/debug: target 'app' is no container of the pod. It has 'other'.");
  });

  test('a patch of the whole spec that forgets sharing says what it has to hold', () => {
    const chart = newChart();
    const pod = bare(chart);
    new DebugSidecar(pod, 'debug', { profile });
    pod.addJsonPatch(JsonPatch.replace('/spec', { containers: [{ name: 'app', image: 'app' }] }));
    expect(() => Testing.synth(chart)).toThrow('a patch of the whole spec has to say shareProcessNamespace: true');
    pod.addJsonPatch(JsonPatch.add('/spec/shareProcessNamespace', true));
    expect(names(podSpec(chart).containers)).toEqual(['app', 'debug']);
  });

  test('an object that writes its own manifest', () => {
    const chart = newChart();
    class Fixed extends ApiObject {
      public toJson() {
        return JSON.parse('{"apiVersion": "v1", "kind": "Pod", "spec": {"__proto__": {"kept": true}, "containers": [{"name": "app"}]}}');
      }
    }
    new DebugSidecar(new Fixed(chart, 'web', { apiVersion: 'v1', kind: 'Pod' }), 'debug', { profile });
    const spec = podSpec(chart);
    expect(names(spec.containers)).toEqual(['app', 'debug']);
    expect(JSON.stringify(spec)).toContain('"__proto__":{"kept":true}');
    expect(spec.shareProcessNamespace).toBe(true);
  });

  test('two pod specs in one custom resource: each sidecar reaches its own', () => {
    const chart = newChart();
    const task = () => ({ template: { spec: { containers: [{ name: 'app', image: 'app' }] } } });
    const job = new ApiObject(chart, 'job', { apiVersion: 'batch.example.com/v1', kind: 'TaskSet', spec: { tasks: [task(), task(), task()] } });
    new DebugSidecar(job, 'first', { profile, podSpecPath: '/spec/tasks/0/template/spec' });
    new DebugSidecar(job, 'second', { profile, podSpecPath: '/spec/tasks/1/template/spec', name: 'first' });
    const { tasks } = Testing.synth(chart)[0].spec;
    expect(tasks.map((each: any) => [names(each.template.spec.containers), each.template.spec.shareProcessNamespace])).toEqual([
      [['app', 'first'], true], [['app', 'first'], true], [['app'], undefined],
    ]);
  });

  test.each(['containers', 'initContainers'])('%s of another type than a list is refused, not replaced', list => {
    const chart = newChart();
    const create = () => new DebugSidecar(bare(chart, 'Pod', { containers: [], [list]: { name: 'app' } }), 'debug', {
      profile, placement: list === 'containers' ? SidecarPlacement.CONTAINER : SidecarPlacement.NATIVE,
    });
    expect(create).toThrow(`test/web/debug: ${list} of the pod of test/web is not a list. `);
  });

  test('tokens in strings are resolved, as in every manifest of the app', () => {
    const token = { resolve: (context: ResolutionContext) => { if (context.value === '${token}') context.replaceValue(`resolved-at-${context.key.join('.')}`); } };
    const chart = new Chart(new App({ resolvers: [token] }), 'test');
    const sidecar = new DebugSidecar(bare(chart), 'debug', { profile, image: '${token}', env: { A: '${token}' } });
    sidecar.addJsonPatch(JsonPatch.add('/workingDir', '${token}'));
    expect(podSpec(chart).containers[1]).toMatchObject({
      image: 'resolved-at-spec.containers.1.image',
      env: [{ name: 'A', value: 'resolved-at-spec.containers.1.env.0.value' }],
      workingDir: 'resolved-at-spec.containers.1.workingDir',
    });
    expect(sidecar.commands.ephemeral).toContain(' --image=resolved-at-image ');
  });

  test('a failure of the user keeps its own message', () => {
    const chart = newChart();
    new DebugSidecar(new kplus.Pod(chart, 'web'), 'debug', { profile });
    expect(() => Testing.synth(chart)).toThrow('PodSpec must have at least 1 container');
  });
});

describe('two shapes', () => {
  test('a profile of kubectl: the shell of the image, with a terminal', () => {
    const chart = newChart();
    new DebugSidecar(bare(chart), 'debug', { profile });
    const container = podSpec(chart).containers[1];
    expect(container).toMatchObject({ stdin: true, tty: true });
    expect(container.command).toBeUndefined();
  });

  test('a custom one: idles, no terminal', () => {
    const chart = newChart();
    const { commands } = new DebugSidecar(bare(chart), 'debug', { profile: DebugProfile.custom({}) });
    const container = podSpec(chart).containers[1];
    expect([container.stdin, container.tty]).toEqual([undefined, undefined]);
    expect(container.command.slice(0, 2)).toEqual(['sh', '-c']);
    expect(commands.attach).toBeUndefined();
  });

  test('a command of the user stands', () => {
    const chart = newChart();
    new DebugSidecar(bare(chart), 'a', { profile, command: ['sleep', '3600'] });
    new DebugSidecar(bare(new Chart(chart, 'b')), 'b', { profile: DebugProfile.custom({}), command: ['top'] });
    expect(podSpec(chart).containers[1].command).toEqual(['sleep', '3600']);
  });
});

describe('resources', () => {
  const limits = { limits: { cpu: '500m', memory: '1Gi' } };
  const withResources = (resources: object, props: Partial<DebugSidecarProps> = {}, init?: object) => {
    const chart = newChart();
    new DebugSidecar(bare(chart, 'Pod', { initContainers: init ? [{ name: 'init', image: 'i', resources: init }] : undefined, containers: [{ name: 'app', image: 'app', resources }] }), 'debug', { profile, ...props });
    return podSpec(chart).containers[1].resources;
  };
  const small = { limits: { memory: '256Mi' }, requests: { cpu: '10m', memory: '32Mi' } };
  const equal = { limits: { cpu: '100m', memory: '256Mi' }, requests: { cpu: '100m', memory: '256Mi' } };

  test.each<[string, object, object | undefined, object]>([
    ['a pod without any', {}, undefined, small],
    ['Guaranteed by limits alone', limits, undefined, equal],
    ['Guaranteed in other words', { ...limits, requests: { cpu: '0.5', memory: '1024Mi' } }, undefined, equal],
    ['Burstable', { ...limits, requests: { cpu: '100m' } }, undefined, small],
    ['an init container that is not Guaranteed', limits, { requests: { cpu: '1' } }, small],
    ['all Guaranteed', limits, limits, equal],
    ['Guaranteed by amounts that no binary fraction is', { limits: { cpu: '0.009', memory: '1Gi' }, requests: { cpu: '9m', memory: '1Gi' } }, undefined, equal],
    ['nonsense', { limits: 'no', requests: [] }, undefined, small],
  ])('%s', (_, resources, init, expected) => expect(withResources(resources, {}, init)).toEqual(expected));

  test.each<[object | null, object | undefined]>([
    [{ requests: { cpu: '1', memory: '64Mi' }, limits: { cpu: '1', memory: '64Mi' } }, undefined],
    [{ limits: { cpu: '1' } }, { limits: { memory: '256Mi' }, requests: { memory: '32Mi' } }],
    [{ requests: { memory: '64Mi' } }, { requests: { cpu: '10m' } }],
    [{ limits: { 'hugepages-2Mi': '2Mi' } }, small],
    [{}, equal], // states nothing, so the containers decide
    [null, equal],
  ])('of the pod as a whole, %j: nothing of ours in what it states, which ours could exceed', (pod, expected) => {
    const chart = newChart();
    new DebugSidecar(bare(chart, 'Pod', { resources: pod, containers: [{ name: 'app', image: 'app', resources: limits }] }), 'debug', { profile });
    expect(podSpec(chart).containers[1].resources).toEqual(expected);
  });

  test('NONE writes none', () => expect(withResources({}, { resources: SidecarResources.NONE })).toBeUndefined());

  test.each([
    [{}, small],
    [{ cpuLimitMillis: 5 }, { limits: { cpu: '5m', memory: '256Mi' }, requests: { cpu: '5m', memory: '32Mi' } }],
    [{ memoryRequest: Size.gibibytes(1) }, { limits: { memory: '1024Mi' }, requests: { cpu: '10m', memory: '1024Mi' } }],
    [{ memoryLimit: Size.mebibytes(16) }, { limits: { memory: '16Mi' }, requests: { cpu: '10m', memory: '16Mi' } }],
    [{ memoryLimit: Size.kibibytes(1500) }, { limits: { memory: '1500Ki' }, requests: { cpu: '10m', memory: '1500Ki' } }],
  ])('custom %#: a CPU request is always there, and no request is above its limit', (amounts, expected) => {
    expect(withResources({}, { resources: SidecarResources.custom(amounts) })).toEqual(expected);
  });

  test.each([
    [{ cpuRequestMillis: NaN }, 'cpuRequestMillis is NaN'],
    [{ cpuRequestMillis: -5 }, 'cpuRequestMillis is -5'],
    [{ cpuLimitMillis: 0 }, 'cpuLimitMillis is 0'],
    [{ cpuRequestMillis: 0.5 }, 'cpuRequestMillis is 0.5'],
    [{ memoryLimit: Size.kibibytes(0) }, 'memoryLimit is 0 KiB'],
    [{ cpuRequestMillis: 20, cpuLimitMillis: 10 }, 'cpuRequestMillis 20 is above cpuLimitMillis 10'],
    [{ memoryRequest: Size.mebibytes(2), memoryLimit: Size.mebibytes(1) }, 'memoryRequest 2Mi is above memoryLimit 1Mi'],
  ])('refuses %#', (amounts, message) => expect(() => SidecarResources.custom(amounts)).toThrow(message));
});

describe('mounts', () => {
  const spec = {
    volumes: [{ name: 'data', emptyDir: {} }, { name: 'conf', emptyDir: {} }],
    containers: [
      { name: 'app', image: 'app', volumeMounts: [{ name: 'data', mountPath: '/data', readOnly: true }, { name: 'conf', mountPath: '/etc/app', subPath: 'app' }] },
      { name: 'other', image: 'other', volumeMounts: [{ name: 'conf', mountPath: '/data' }] },
    ],
  };
  const mounts = (props: Partial<DebugSidecarProps>) => {
    const chart = newChart();
    new DebugSidecar(bare(chart, 'Pod', spec), 'debug', { profile, ...props });
    return podSpec(chart).containers[2].volumeMounts;
  };

  test('mirrored, without subPath', () => {
    expect(mounts({ target: 'app', mirrorTargetMounts: true })).toEqual([{ name: 'data', mountPath: '/data', readOnly: true }]);
  });

  test('mirrored on cdk8s-plus: a subPath does not count there either', () => {
    const chart = newChart();
    const pod = new kplus.Pod(chart, 'web');
    const [a, b] = ['a', 'b'].map(name => kplus.Volume.fromEmptyDir(pod, name, name));
    pod.addContainer({ ...app, portNumber: 1 }).mount('/etc/app', a, { subPath: 'x' });
    pod.addContainer({ ...app, name: 'other', portNumber: 2 }).mount('/etc/app', b);
    new DebugSidecar(pod, 'debug', { profile, mirrorTargetMounts: true });
    expect(podSpec(chart).containers[2].volumeMounts).toEqual([{ mountPath: '/etc/app', name: 'b' }]);
  });

  test('mirrored from a privileged container: without passing mounts on, which takes privileged', () => {
    const chart = newChart();
    const volumeMounts = [{ name: 'data', mountPath: '/data', mountPropagation: 'Bidirectional' }];
    const pod = bare(chart, 'Pod', { volumes: spec.volumes, containers: [{ name: 'app', image: 'app', securityContext: { privileged: true }, volumeMounts }] });
    new DebugSidecar(pod, 'a', { profile, mirrorTargetMounts: true });
    new DebugSidecar(pod, 'b', { profile: DebugProfile.SYSADMIN, mirrorTargetMounts: true });
    expect(podSpec(chart).containers.map((container: any) => container.volumeMounts[0].mountPropagation)).toEqual(['Bidirectional', 'HostToContainer', 'HostToContainer']);
  });

  test('mirrored from two containers that mount one volume at one path: writable only where both may write', () => {
    const chart = newChart();
    const mount = (readOnly?: boolean) => ({ image: 'a', volumeMounts: [{ name: 'data', mountPath: '/data', readOnly }] });
    const pod = bare(chart, 'Pod', { volumes: spec.volumes, containers: [{ name: 'a', ...mount(true) }, { name: 'b', ...mount() }] });
    new DebugSidecar(pod, 'debug', { profile, mirrorTargetMounts: true });
    expect(podSpec(chart).containers[2].volumeMounts).toEqual([{ name: 'data', mountPath: '/data', readOnly: true }]);
  });

  test('of the pod\'s volumes by name', () => {
    expect(mounts({ volumeMounts: [{ volume: 'conf', mountPath: '/conf', subPath: 'a/b', readOnly: true }] }))
      .toEqual([{ name: 'conf', mountPath: '/conf', subPath: 'a/b', readOnly: true }]);
  });

  test('of a volume that the user adds later', () => {
    const chart = newChart();
    const pod = new kplus.Pod(chart, 'web', { containers: [app] });
    const volume = kplus.Volume.fromEmptyDir(pod, 'v', 'data');
    pod.containers[0].mount('/data', volume);
    new DebugSidecar(pod, 'debug', { profile, mirrorTargetMounts: true, volumeMounts: [{ volume: 'data', mountPath: '/again' }] });
    expect(podSpec(chart).containers[1].volumeMounts).toEqual([{ mountPath: '/data', name: 'data' }, { mountPath: '/again', name: 'data' }]);
  });

  test.each<[Partial<DebugSidecarProps>, string]>([
    [{ volumeMounts: [{ volume: 'nope', mountPath: '/x' }] }, "the pod has no volume named 'nope'. It has 'data', 'conf'."],
    [{ volumeMounts: [{ volume: 'data', mountPath: 'x' }] }, "mountPath 'x' is not an absolute path"],
    [{ volumeMounts: [{ volume: 'data', mountPath: '/x', subPath: '../y' }] }, "subPath '../y' leaves the volume"],
    [{ volumeMounts: [{ volume: 'data', mountPath: '/x' }, { volume: 'conf', mountPath: '/x' }] }, "two mounts at '/x'"],
    [{ mirrorTargetMounts: true }, "two targets mount '/data' from different volumes (data, conf)"],
  ])('refuses %j', (props, message) => expect(() => mounts(props)).toThrow(message));
});

describe('settings: the nearest scope wins, before or after', () => {
  test('images', () => {
    const appRoot = new App();
    const [near, far] = [new Chart(appRoot, 'near'), new Chart(appRoot, 'far')];
    for (const chart of [near, far]) new DebugSidecar(bare(chart), 'debug', { profile });
    SharedPidSettings.of(appRoot).useImage(SidecarImage.BUSYBOX, 'registry.example.com/busybox:1');
    SharedPidSettings.of(near).useImage(SidecarImage.BUSYBOX, 'registry.example.com/busybox:2');
    expect([near, far].map(chart => podSpec(chart).containers[1].image)).toEqual(['registry.example.com/busybox:2', 'registry.example.com/busybox:1']);
  });

  test.each<[Partial<DebugSidecarProps>, SidecarImagePullPolicy | undefined, string | undefined]>([
    [{}, undefined, 'IfNotPresent'],
    [{}, SidecarImagePullPolicy.ALWAYS, 'Always'],
    [{ image: 'tools' }, undefined, undefined],
    [{ image: 'tools' }, SidecarImagePullPolicy.NEVER, 'Never'],
    [{ imagePullPolicy: SidecarImagePullPolicy.ALWAYS }, SidecarImagePullPolicy.NEVER, 'Always'],
  ])('pull policy %#', (props, setting, expected) => {
    const chart = newChart();
    if (setting) SharedPidSettings.of(chart).useImagePullPolicy(setting);
    new DebugSidecar(bare(chart), 'debug', { profile, ...props });
    expect(podSpec(chart).containers[1].imagePullPolicy).toBe(expected);
  });

  test.each([['1.29', false], ['v1.30.2', false], ['1.28', true]])('a native sidecar with a minimum of %s', (version, refused) => {
    const chart = newChart();
    SharedPidSettings.of(chart).useMinimumKubernetesVersion(version);
    const create = () => new DebugSidecar(PLUS_WORKLOADS.Job(chart), 'debug', { profile });
    if (refused) expect(create).toThrow(/^test\/web\/debug: a native sidecar .* needs Kubernetes 1.29, and the stated minimum is 1.28\. Use DebugSidecar.ephemeralCommand/);
    else expect(create).not.toThrow();
  });

  test.each<[string, string, Partial<DebugSidecarProps>, string]>([
    ['1.16', '1.17', {}, 'shareProcessNamespace needs Kubernetes 1.17, and the stated minimum is 1.16. '],
    ['1.18', '1.19', { profile: DebugProfile.RESTRICTED }, 'seccompProfile needs Kubernetes 1.19, and the stated minimum is 1.18. '],
    ['1.31', '1.32', { env: { '1A': 'x' } }, "the env variable '1A' needs Kubernetes 1.32, and the stated minimum is 1.31. "],
    ['1.31', '1.32', { env: { '..': 'x' } }, "the env variable '..' needs Kubernetes 1.32"],
  ])('what %s does not have and %s has, stated before or after', (older, old, props, message) => {
    const build = (version: string) => {
      const chart = newChart();
      new DebugSidecar(bare(chart), 'debug', { profile, ...props });
      SharedPidSettings.of(chart).useMinimumKubernetesVersion(version);
      expect(() => new DebugSidecar(bare(new Chart(chart, 'early')), 'debug', { profile, ...props })).toThrow(message);
      return Testing.synth(chart);
    };
    expect(() => build(older)).toThrow(message);
    const chart = newChart();
    SharedPidSettings.of(chart).useMinimumKubernetesVersion(old);
    new DebugSidecar(bare(chart), 'debug', { profile, ...props });
    expect(() => Testing.synth(chart)).not.toThrow();
  });

  test('names of variables that every Kubernetes takes', () => {
    const chart = newChart();
    SharedPidSettings.of(chart).useMinimumKubernetesVersion('1.29');
    expect(() => new DebugSidecar(bare(chart), 'debug', { profile, env: { 'A_1': '', '.a-b': '', '_': '' } })).not.toThrow();
  });

  test.each(['', '2.0', 'latest', '1.', '1.29-rc1', '1.29.'])('refuses the version %p', version => {
    expect(() => SharedPidSettings.of(newChart()).useMinimumKubernetesVersion(version)).toThrow(`test: '${version}' is no version of Kubernetes. Write it like '1.29'.`);
  });

  test.each(['', 'a b'])('refuses the image %p', image => {
    expect(() => SharedPidSettings.of(newChart()).useImage(SidecarImage.BUSYBOX, image)).toThrow('is empty or has blanks');
  });
});

describe('refused at once: what, value, path and fix', () => {
  const spec = { initContainers: [{ name: 'prepare', image: 'p' }, { name: 'proxy', image: 'p', restartPolicy: 'Always' }], containers: [{ name: 'app', image: 'a' }] };
  test.each<[string, string, Partial<DebugSidecarProps>, RegExp]>([
    ['a name that is taken', 'app', {}, /^test\/web\/app: the pod of test\/web has a container named 'app' already\. Give this one another id, or a 'name'\.$/],
    ['the name of an init container', 'prepare', {}, /container named 'prepare' already/],
    ['an id that is no DNS label', 'Shell', {}, /^test\/web\/Shell: 'Shell' is no container name: it must be a DNS label .* Give one with 'name'\.$/],
    ['a name that is too long', 'x', { name: 'x'.repeat(64) }, /is no container name/],
    ['an empty name', 'x', { name: '' }, /'' is no container name/],
    ['a target that does not exist', 'debug', { target: 'ap' }, /^test\/web\/debug: target 'ap' is no container of the pod\. It has 'proxy', 'app'\.$/],
    ['a target that ends', 'debug', { target: 'prepare' }, /target 'prepare' is an init container: it has ended/],
    ['no profile: the least privilege, where nothing tells the user', 'debug', { profile: undefined }, /^test\/web\/debug: the least privilege for .* Set runAsUser on `proxy`/],
    ['a profile by its name', 'debug', { profile: 'general' as any }, /profile is 'general', and no DebugProfile\. Give one, such as DebugProfile.RESTRICTED/],
    ['an env name', 'debug', { env: { 'A=B': 'c' } }, /env has a variable named 'A=B'/],
    ['an env value', 'debug', { env: { A: 1 as any } }, /the value of env variable 'A' is not a string/],
  ])('%s', (_, id, props, message) => {
    const chart = newChart();
    expect(() => new DebugSidecar(bare(chart, 'Pod', spec), id, { profile, ...props } as DebugSidecarProps)).toThrow(message);
    expect(names(podSpec(chart).containers)).toEqual(['app']); // nothing half done
  });

  test('a native sidecar of the user is a target', () => {
    expect(() => new DebugSidecar(bare(newChart(), 'Pod', spec), 'debug', { profile, target: 'proxy' })).not.toThrow();
  });

  test.each(['Job', 'CronJob'])('CONTAINER in a %s', kind => {
    expect(() => new DebugSidecar(PLUS_WORKLOADS[kind](newChart()), 'debug', { profile, placement: SidecarPlacement.CONTAINER }))
      .toThrow(`test/web/debug: placement CONTAINER in a ${kind}: it would never complete`);
  });

  test.each<[object, RegExp]>([
    [{ hostPID: true }, /hostPID: true/],
    [{ os: { name: 'windows' } }, /os.name: 'windows'/],
    [{ shareProcessNamespace: false }, /shareProcessNamespace: false/],
    [{ shareProcessNamespace: 'false' }, /shareProcessNamespace: 'false'/],
  ])('%j', (field, message) => {
    expect(() => new DebugSidecar(bare(newChart(), 'Deployment', { ...spec, ...field }), 'debug', { profile })).toThrow(message);
  });

  test('on cdk8s-plus, from what it tells without rendering', () => {
    const chart = newChart();
    const pod = new SharedPidPod(chart, 'web', { containers: [app], initContainers: [{ ...app, name: 'prepare' }] });
    expect(() => new DebugSidecar(pod, 'app', { profile })).toThrow("container named 'app' already");
    expect(() => new DebugSidecar(pod, 'a', { profile, target: 'prepare' })).toThrow('is an init container');
    expect(() => new DebugSidecar(pod, 'b', { profile, target: 'nope' })).toThrow("It has 'app'");
    expect(() => new DebugSidecar(pod, 'c', { profile, volumeMounts: [{ volume: 'v', mountPath: '/v' }] })).toThrow('Add the volume to the pod first');
    new DebugSidecar(pod, 'd', { profile });
    expect(() => new DebugSidecar(new Chart(chart, 'x'), 'd', { profile })).toThrow('there is no workload');
    expect(() => new DebugSidecar(pod, 'e', { profile, name: 'd' })).toThrow("container named 'd' already");
  });
});

describe('found at synth', () => {
  test('a container of the same name that comes later', () => {
    const chart = newChart();
    const pod = new SharedPidPod(chart, 'web', { containers: [app] });
    new DebugSidecar(pod, 'debug', { profile });
    pod.addContainer({ ...app, name: 'debug' });
    expect(() => Testing.synth(chart)).toThrow("test/web/debug: the pod of test/web/Resource has a container named 'debug' already");
  });

  test('a target that a patch removed', () => {
    const chart = newChart();
    const pod = new SharedPidPod(chart, 'web', { containers: [app, { ...app, name: 'other', portNumber: 1 }] });
    new DebugSidecar(pod, 'debug', { profile, target: 'other' });
    ApiObject.of(pod).addJsonPatch(JsonPatch.remove('/spec/containers/1'));
    expect(() => Testing.synth(chart)).toThrow("target 'other' is no container of the pod");
  });

  test('a patch of ours that cannot be applied', () => {
    const chart = newChart();
    const sidecar = new DebugSidecar(bare(chart), 'debug', { profile, env: { PASSWORD: 'secret' } });
    sidecar.addJsonPatch(JsonPatch.test('/image', 'other'));
    const synth = () => Testing.synth(chart);
    expect(synth).toThrow(/^test\/web\/debug: a JSON patch of the container fails: Test operation failed\. Its paths are relative to the container: \/workingDir\.$/);
    sidecar.addJsonPatch(JsonPatch.add('/no/such', 1));
    expect(synth).not.toThrow('secret');
  });

  test('a patch that renames our container', () => {
    const chart = newChart();
    new DebugSidecar(bare(chart), 'debug', { profile }).addJsonPatch(JsonPatch.replace('/name', 'x'));
    expect(() => Testing.synth(chart)).toThrow("test/web/debug: a JSON patch changes the name of the container. Give it with 'name' instead.");
  });
});
