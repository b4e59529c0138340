import { writeFileSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, ApiObjectProps, App, Chart, Include, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as kplus33 from 'cdk8s-plus-33';
import { Construct, IConstruct } from 'constructs';
import { DebugProfile, DebugSidecar, PodSecurityLevel, SharedPid, SharedPidMixin, SharedPidOptions, SharedPidPod, SidecarPlacement } from '../../src';
import { podSpecPath, valueAt } from '../../src/manifest/pod-spec-path';
import { app, bare, PLUS_33_WORKLOADS, PLUS_WORKLOADS } from '../golden-cases/workloads';

const newChart = (id = 'test') => new Chart(new App(), id, { disableResourceNameHashes: true });

/** `shareProcessNamespace` of every workload that a chart writes. */
function shared(chart: Chart): unknown[] {
  return Testing.synth(chart).flatMap(object => {
    const path = podSpecPath(object.apiVersion, object.kind);
    return path === undefined ? [] : [valueAt(object, `${path}/shareProcessNamespace`)];
  });
}

/** What a chart writes, without the field that we add. */
function withoutField(chart: Chart): unknown {
  return JSON.parse(JSON.stringify(Testing.synth(chart), (key, value) => key === 'shareProcessNamespace' ? undefined : value));
}

const KINDS = Object.keys(PLUS_WORKLOADS);

describe('enable changes one field and nothing else', () => {
  test.each(KINDS)('of a %s of cdk8s-plus-28', kind => {
    const [plain, ours] = [newChart(), newChart()];
    PLUS_WORKLOADS[kind](plain);
    SharedPid.enable(PLUS_WORKLOADS[kind](ours));
    expect(shared(ours)).toEqual([true]);
    expect(withoutField(ours)).toEqual(withoutField(plain));
  });

  test.each(KINDS)('of a %s of cdk8s-plus-33, which writes false', kind => {
    const [plain, ours] = [newChart(), newChart()];
    PLUS_33_WORKLOADS[kind](plain);
    SharedPid.enable(PLUS_33_WORKLOADS[kind](ours));
    expect(shared(plain)).toEqual([false]);
    expect(shared(ours)).toEqual([true]);
    expect(withoutField(ours)).toEqual(withoutField(plain));
  });

  test.each(KINDS)('of a bare %s', kind => {
    const chart = newChart();
    SharedPid.enable(bare(chart, kind));
    expect(shared(chart)).toEqual([true]);
  });

  test('of the generated objects of both versions', () => {
    const chart = newChart();
    const spec = { selector: {}, template: { spec: { containers: [{ name: 'app', image: 'app' }] } } };
    SharedPid.enable(new kplus.k8s.KubeDeployment(chart, 'a', { spec }));
    SharedPid.enable(new kplus33.k8s.KubeDeployment(chart, 'b', { spec }));
    SharedPid.enable(new kplus.k8s.KubeReplicaSet(chart, 'c', { spec }));
    expect(shared(chart)).toEqual([true, true, true]);
  });

  test('of a SharedPidPod, which takes all of PodProps', () => {
    const chart = newChart();
    new SharedPidPod(chart, 'web', { containers: [app], hostNetwork: true, terminationGracePeriod: undefined, metadata: { labels: { a: 'b' } } });
    expect(Testing.synth(chart)[0]).toMatchObject({ metadata: { labels: { a: 'b' } }, spec: { shareProcessNamespace: true, hostNetwork: true } });
  });
});

test('a workload beside ours is written byte for byte as before', () => {
  const [plain, ours] = [newChart(), newChart()];
  const other = (chart: Chart) => new kplus.Deployment(chart, 'other', { containers: [app] });
  other(plain);
  other(ours);
  SharedPid.enable(PLUS_WORKLOADS.Pod(ours));
  expect(JSON.stringify(Testing.synth(ours)[0])).toBe(JSON.stringify(Testing.synth(plain)[0]));
});

describe('trees', () => {
  test('a chart: every workload below it, and no other object', () => {
    const chart = newChart();
    Object.entries(PLUS_WORKLOADS).forEach(([kind, create]) => create(new Chart(chart, kind)));
    const objects = () => chart.node.findAll().filter(ApiObject.isApiObject).map(object => object.toJson());
    SharedPid.enable(chart);
    expect(objects().map(object => [object.kind, JSON.stringify(object).includes('"shareProcessNamespace":true')]).sort()).toEqual([
      ['CronJob', true], ['DaemonSet', true], ['Deployment', true], ['Job', true], ['Pod', true], ['Service', false], ['StatefulSet', true],
    ]);
  });

  test('an Include', () => {
    const folder = mkdtempSync(join(tmpdir(), 'include-'));
    const file = join(folder, 'chart.yaml');
    writeFileSync(file, [
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {spec: {containers: [{name: a, image: a}], newField: kept}}}',
      'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80}]}',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: a}]}',
    ].join('\n---\n'));
    const chart = newChart();
    SharedPid.enable(new Include(chart, 'helm', { url: file }));
    rmSync(folder, { recursive: true });
    expect(shared(chart)).toEqual([true, true]);
    expect(Testing.synth(chart)[0].spec.template.spec.newField).toBe('kept');
  });

  test('a List, as kubectl and some Helm charts write it: every workload in it', () => {
    const chart = newChart();
    const pod = (name: string, spec: object = {}) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: name } }, spec: { containers: [{ name: 'app' }], ...spec } });
    const list = (id: string, ...items: unknown[]) => new ApiObject(chart, id, { apiVersion: 'v1', kind: 'List', items } as ApiObjectProps);
    const two = list('two', pod('a'), { apiVersion: 'v1', kind: 'Service' }, null, { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: pod('b') } });
    SharedPid.enable(two);
    expect(two.toJson().items.map((item: any) => String(JSON.stringify(item)).includes('"shareProcessNamespace":true'))).toEqual([true, false, false, true]);
    const one = list('one', pod('c'));
    const sidecar = new DebugSidecar(one, 'debug', { profile: DebugProfile.BASELINE });
    expect(one.toJson().items[0].spec).toMatchObject({ containers: [{ name: 'app' }, { name: 'debug' }], shareProcessNamespace: true });
    expect(sidecar.commands.exec).toBe('kubectl exec -it c -c debug -- sh');
    expect(SharedPid.of(one).podSpecPath).toBe('/items/0/spec');
    expect(() => SharedPid.of(two)).toThrow('test/two: 2 workloads are below this construct (test/two/items/0, test/two/items/3). Give the one that is meant, ');
    expect(() => SharedPid.enable(list('none', { kind: 'Service' }))).toThrow("test/none: kind 'List' (v1) has no pod spec that we know.");
    expect(() => SharedPid.enable(list('node', pod('d', { hostPID: true })))).toThrow('test/node: the pod says hostPID: true');
    const other = list('mixin', pod('e'));
    chart.node.tryRemoveChild('node');
    chart.with(new SharedPidMixin());
    expect(other.toJson().items[0].spec.shareProcessNamespace).toBe(true);
  });

  test('a Job in a List is a Job', () => {
    const chart = newChart();
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j', namespace: 'team-a' }, spec: { template: { spec: { containers: [{ name: 'app' }] } } } };
    const list = new ApiObject(chart, 'list', { apiVersion: 'v1', kind: 'List', items: [{ kind: 'Service' }, job] } as ApiObjectProps);
    const native = new DebugSidecar(list, 'native', { profile: DebugProfile.BASELINE });
    const path = '/items/1/spec/template/spec';
    expect(() => new DebugSidecar(list, 'debug', { profile: DebugProfile.BASELINE, placement: SidecarPlacement.CONTAINER, podSpecPath: path }))
      .toThrow('placement CONTAINER in a Job');
    expect(native.commands.exec).toBe('kubectl exec -it -n team-a job/j -c native -- sh');
    const [{ kind, name, namespace }] = JSON.parse(SharedPid.of(list).accessMatrix().toJson()).pods;
    expect([kind, name, namespace]).toEqual(['Job', 'j', 'team-a']);
    expect(valueAt(list.toJson(), path)).toMatchObject({ initContainers: [{ name: 'native', restartPolicy: 'Always' }], containers: [{ name: 'app' }] });
  });

  test('a construct of the user without a default child', () => {
    const chart = newChart();
    const wrapper = new Construct(chart, 'wrapper');
    new kplus.Deployment(wrapper, 'a', { containers: [app] });
    SharedPid.enable(wrapper);
    expect(shared(chart)).toEqual([true]);
    expect(SharedPid.of(wrapper).isEnabled).toBe(true);
  });

  test('when one workload cannot share, none is changed', () => {
    const chart = newChart();
    PLUS_WORKLOADS.Deployment(chart);
    new ApiObject(chart, 'node', { apiVersion: 'v1', kind: 'Pod', spec: { hostPID: true, containers: [] } });
    expect(() => SharedPid.enable(chart)).toThrow('test/node: the pod says hostPID: true');
    expect(shared(chart)).toEqual([undefined, undefined]);
  });
});

describe('of', () => {
  test('never changes the manifest', () => {
    const chart = newChart();
    const before = JSON.stringify(Testing.synth(PLUS_WORKLOADS.Pod(chart) && chart));
    expect(SharedPid.of(chart).isEnabled).toBe(false);
    expect(JSON.stringify(Testing.synth(chart))).toBe(before);
  });

  test('says where the pod spec is', () => {
    const chart = newChart();
    const job = PLUS_WORKLOADS.CronJob(chart);
    SharedPid.enable(job);
    expect(SharedPid.of(job)).toMatchObject({ podSpecPath: '/spec/jobTemplate/spec/template/spec', apiObject: ApiObject.of(job), isEnabled: true });
  });

  test('names the workloads when there are several', () => {
    const chart = newChart();
    PLUS_WORKLOADS.Pod(chart);
    new kplus.Deployment(chart, 'other', { containers: [app] });
    expect(() => SharedPid.of(chart)).toThrow('test: 2 workloads are below this construct (test/web/Resource, test/other/Resource). Give the one that is meant, ');
  });
});

describe('custom resources', () => {
  const rollout = (chart: Chart) => new ApiObject(chart, 'rollout', {
    apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { template: { spec: { containers: [{ name: 'app', image: 'app' }] } } },
  });

  test('need the path of the pod spec', () => {
    expect(() => SharedPid.enable(rollout(newChart()))).toThrow(/^test\/rollout: kind 'Rollout' \(argoproj.io\/v1alpha1\) has no pod spec that we know\. .*podSpecPath/);
  });

  test('are changed there', () => {
    const chart = newChart();
    SharedPid.enable(rollout(chart), { podSpecPath: '/spec/template/spec' });
    expect(Testing.synth(chart)[0].spec.template.spec.shareProcessNamespace).toBe(true);
  });

  test('a path that leads nowhere is an error, not an empty pod', () => {
    const chart = newChart();
    SharedPid.enable(rollout(chart), { podSpecPath: '/spec/pod/spec' });
    expect(() => Testing.synth(chart)).toThrow("test/rollout: there is no pod spec at '/spec/pod/spec' in the manifest");
  });

  test('a path is about one object: with a tree it is refused, not ignored', () => {
    const chart = newChart();
    rollout(chart);
    const pod = PLUS_WORKLOADS.Pod(chart);
    expect(() => SharedPid.enable(chart, { podSpecPath: '/spec/template/spec' }))
      .toThrow("test: podSpecPath '/spec/template/spec' is given, but this construct is no API object and stands for none. Give the object that is meant, or leave podSpecPath out.");
    expect(shared(chart)).toEqual([undefined]);
    SharedPid.enable(pod, { podSpecPath: '/spec' });
    expect(shared(chart)).toEqual([true]);
  });

  test('a path that is no JSON pointer is refused', () => {
    expect(() => SharedPid.enable(rollout(newChart()), { podSpecPath: 'spec.template.spec' })).toThrow("podSpecPath 'spec.template.spec' is no JSON pointer");
  });

  test('the L1 object of a cdk8s import that drops unknown fields still gets it', () => {
    // what `cdk8s import` generates for a schema: toJson writes the fields that it knows
    class KubeRollout extends ApiObject {
      public toJson(): any {
        const { apiVersion, kind, metadata, spec } = super.toJson();
        return { apiVersion, kind, metadata, spec: { template: { spec: { containers: spec.template.spec.containers } } } };
      }
    }
    const chart = newChart();
    SharedPid.enable(new KubeRollout(chart, 'rollout', { apiVersion: 'example.com/v1', kind: 'Rollout', spec: { template: { spec: { containers: [{ name: 'app' }] } } } }),
      { podSpecPath: '/spec/template/spec' });
    expect(Testing.synth(chart)[0].spec.template.spec).toEqual({ containers: [{ name: 'app' }], shareProcessNamespace: true });
  });
});

describe('refusals name what, the value, the path and the fix', () => {
  test.each([
    ['a Service', (chart: Chart) => new kplus.Service(chart, 'web', { ports: [{ port: 80 }] }), /^test\/web: kind 'Service' \(v1\) has no pod spec that we know\. Give a Pod/],
    ['an empty construct', (chart: Chart) => new Construct(chart, 'web'), /^test\/web: there is no workload at or below this construct\. Create the Pod/],
    ['a chart without a workload', (chart: Chart) => chart, /^test: there is no workload/],
    ['hostPID', (chart: Chart) => bare(chart, 'Pod', { hostPID: true, containers: [] }), /^test\/web: the pod says hostPID: true.* Remove hostPID/],
    ['a Windows pod', (chart: Chart) => bare(chart, 'Deployment', { os: { name: 'windows' }, containers: [] }), /^test\/web: the pod says os.name: 'windows'/],
    ['an explicit false', (chart: Chart) => bare(chart, 'Pod', { shareProcessNamespace: false, containers: [] }), /^test\/web: the pod says shareProcessNamespace: false\. Remove/],
  ])('%s', (_, create, message) => {
    const chart = newChart();
    expect(() => SharedPid.enable(create(chart))).toThrow(message);
  });

  test.each([
    ['/spec/hostPid', /hostPID: true/], // the L1 object's own spelling
    ['/spec/hostPID', undefined], // no field of the L1 object: never written
  ])('a patch %s before the call', (path, message) => {
    const pod = PLUS_WORKLOADS.Pod(newChart());
    ApiObject.of(pod).addJsonPatch(JsonPatch.add(path, true));
    const enable = () => SharedPid.enable(pod);
    if (message) expect(enable).toThrow(message);
    else expect(enable).not.toThrow();
  });

  test('a patch after the call is found at synth', () => {
    const chart = newChart();
    const pod = PLUS_WORKLOADS.Pod(chart);
    SharedPid.enable(pod);
    ApiObject.of(pod).addJsonPatch(JsonPatch.add('/spec/hostPid', true));
    expect(() => Testing.synth(chart)).toThrow(/^test\/web\/Resource: the pod says hostPID: true/);
  });

  test.each([
    [JsonPatch.replace('/spec/shareProcessNamespace', false), 'false'],
    [JsonPatch.remove('/spec/shareProcessNamespace'), 'undefined'],
  ])('what was asked and is not in the manifest is an error (%#)', (patch, value) => {
    const chart = newChart();
    const pod = new SharedPidPod(chart, 'web', { containers: [app] });
    ApiObject.of(pod).addJsonPatch(patch);
    expect(() => Testing.synth(chart)).toThrow(`shareProcessNamespace is ${value} in the written manifest of test/web/Resource, though it was turned on here`);
  });
});

describe('SharedPidMixin', () => {
  test('on a workload, a chart, and twice', () => {
    const chart = newChart();
    const deployment = PLUS_WORKLOADS.Deployment(chart);
    expect(deployment.with(new SharedPidMixin())).toBe(deployment);
    const once = JSON.stringify(Testing.synth(chart));
    chart.with(new SharedPidMixin(), new SharedPidMixin());
    expect(shared(chart)).toEqual([true]);
    expect(JSON.stringify(Testing.synth(chart))).toBe(once);
  });

  test('passes over what it does not support', () => {
    const chart = newChart();
    new kplus.Service(chart, 'service', { ports: [{ port: 80 }] });
    new ApiObject(chart, 'rollout', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: {} });
    const before = JSON.stringify(Testing.synth(chart));
    chart.with(new SharedPidMixin());
    expect(JSON.stringify(Testing.synth(chart))).toBe(before);
  });
});

describe('podSecurity', () => {
  const violated = (scope: IConstruct, options?: SharedPidOptions) => {
    const { level, violations } = SharedPid.of(scope, options).podSecurity();
    return [level, violations.map(({ control }) => control)];
  };

  test.each(KINDS)('of a %s of cdk8s-plus-28: what keeps it from restricted', kind => {
    expect(violated(PLUS_WORKLOADS[kind](newChart()))).toEqual([PodSecurityLevel.BASELINE, ['capabilities_restricted', 'seccompProfile_restricted']]);
  });

  test('is about the manifest that is written: our sidecars and the user\'s patches are in it', () => {
    const pod = PLUS_WORKLOADS.Pod(newChart());
    new DebugSidecar(pod, 'debug', { profile: DebugProfile.GENERAL });
    expect(SharedPid.of(pod).podSecurity()).toMatchObject({
      level: 'privileged',
      violations: [{
        control: 'capabilities_baseline',
        level: 'baseline',
        reason: 'non-default capabilities',
        detail: 'container "debug" must not include "SYS_PTRACE" in securityContext.capabilities.add',
        containers: ['debug'],
      }],
    });
    ApiObject.of(pod).addJsonPatch(JsonPatch.add('/spec/hostNetwork', true));
    expect(violated(pod)).toEqual(['privileged', ['capabilities_baseline', 'hostNamespaces']]);
  });

  test('of a pod that is hardened by hand is restricted, with and without a RESTRICTED sidecar', () => {
    const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsUser: 1000, runAsGroup: 1000 };
    const spec = {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{ name: 'app', image: 'app', securityContext }],
    };
    const pod = bare(newChart(), 'Deployment', spec);
    const restricted = { level: PodSecurityLevel.RESTRICTED, violations: [], baselineViolations: [], restrictedViolations: [] };
    expect(SharedPid.of(pod).podSecurity()).toEqual(restricted);
    new DebugSidecar(pod, 'debug', { profile: DebugProfile.RESTRICTED });
    expect(SharedPid.of(pod).podSecurity()).toEqual(restricted);
  });

  test('sees the annotations of the pod template, not those of the workload', () => {
    const metadata = { annotations: { 'container.apparmor.security.beta.kubernetes.io/app': 'unconfined' } };
    const deployment = (chart: Chart, own: object, template: object) => new ApiObject(chart, 'web', {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: own, spec: { template: { metadata: template, spec: { containers: [{ name: 'app' }] } } },
    });
    expect(violated(deployment(newChart(), {}, metadata))).toEqual(['privileged', ['appArmorProfile']]);
    expect(violated(deployment(newChart(), metadata, {}))[0]).toBe('baseline');
  });

  test('of a custom resource', () => {
    const rollout = (pod: object) => new ApiObject(newChart(), 'rollout', { apiVersion: 'example.com/v1', kind: 'Rollout', metadata: { annotations: { a: 'b' } }, spec: { pod } });
    expect(violated(rollout({ hostPID: true }), { podSpecPath: '/spec/pod' })).toEqual(['privileged', ['hostNamespaces']]);
    expect(() => violated(rollout({}), { podSpecPath: '/spec/template' }))
      .toThrow("test/rollout: there is no pod spec at '/spec/template' in the manifest. Create the workload with one, or correct podSpecPath.");
  });

  test('of what the server cannot read is no level above privileged', () => {
    expect(violated(bare(newChart(), 'Pod', { containers: [{ name: 'app', securityContext: { runAsUser: '0' } }] }))).toEqual(['privileged', ['decoding']]);
    expect(violated(new ApiObject(newChart(), 'web', { apiVersion: 'v1', kind: 'Pod', spec: 'text' }))).toEqual(['privileged', ['decoding']]);
  });

  test('never changes the manifest', () => {
    const chart = newChart();
    const pod = PLUS_WORKLOADS.Pod(chart);
    const before = JSON.stringify(Testing.synth(chart));
    SharedPid.of(pod).podSecurity();
    expect(JSON.stringify(Testing.synth(chart))).toBe(before);
  });
});

test('enabling twice writes the same', () => {
  const chart = newChart();
  const pod = new SharedPidPod(chart, 'web', { containers: [app] });
  const once = JSON.stringify(Testing.synth(chart));
  SharedPid.enable(pod);
  SharedPid.enable(chart);
  expect(JSON.stringify(Testing.synth(chart))).toBe(once);
});
