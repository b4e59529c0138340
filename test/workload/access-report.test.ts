import { readFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, App, Chart, Cron, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ContainerRuntime, DebugSidecar, NodeFacts, SharedPid, SharedPidSettings } from '../../src';
import { run } from '../../src/cli/main';
import { bare } from '../golden-cases/workloads';

const newChart = () => new Chart(new App(), 'test', { disableResourceNameHashes: true });
const asUser = (uid: number) => ({ runAsUser: uid, runAsGroup: uid, capabilities: { drop: ['ALL'] } });
const POD = { shareProcessNamespace: true, containers: [{ name: 'api', image: 'api:1', securityContext: asUser(1000) }, { name: 'tool', image: 'tool:1', securityContext: asUser(1000) }] };
/** AppArmor counts where the two have different profiles. */
const CONFINED = { ...POD, containers: [POD.containers[0], { ...POD.containers[1], securityContext: { ...asUser(1000), appArmorProfile: { type: 'Unconfined' } } }] };
const SAME = '| `api` | `tool` | everything but read-root-files, become-user | - | same-user-and-group, same-user |';

interface Row {
  readonly observer: string;
  readonly target: string;
  readonly access: string;
  readonly answer: string;
  readonly nodeMayDeny: string[];
  readonly via: object[];
}
const podOf = (scope: ApiObject | kplus.Workload) => JSON.parse(SharedPid.of(scope).accessMatrix().toJson()).pods[0];
const rowsOf = (scope: ApiObject | kplus.Workload): Row[] => podOf(scope).access;
const row = (scope: ApiObject, observer: string, target: string, access: string) =>
  rowsOf(scope).find(found => found.observer === observer && found.target === target && found.access === access && found.via.length === 0)!;
const limits = (scope: ApiObject) => [...new Set(rowsOf(scope).flatMap(({ nodeMayDeny }) => nodeMayDeny))].sort();

describe('the matrix of a construct', () => {
  test('as Markdown and as text, of what is written', () => {
    const pod = bare(newChart(), 'Pod', POD);
    const markdown = SharedPid.of(pod).accessMatrix().toMarkdown();
    expect(markdown.split('\n')[0]).toBe('### Who can do what to whom: Pod web');
    expect(markdown).toContain(SAME);
    expect(SharedPid.of(pod).accessMatrix().toText()).toMatch(/^Who can do what to whom: Pod web\n/);
    pod.addJsonPatch(JsonPatch.replace('/spec/containers/1/securityContext/runAsUser', 1001));
    expect(SharedPid.of(pod).accessMatrix().toMarkdown()).not.toContain(SAME);
  });

  test('the JSON is what the command prints for the written manifest', () => {
    const app = new App();
    const chart = new Chart(app, 'test', { namespace: 'shop' });
    const web = bare(chart, 'Deployment', { containers: [POD.containers[0]] });
    new DebugSidecar(web, 'debug');
    app.synth();
    const json = SharedPid.of(web).accessMatrix().toJson();
    const { stdout, stderr, code } = run(['explain', app.outdir, '--format', 'json']);
    expect([stderr, code]).toEqual(['', 0]);
    const { version, pods: [{ findings, ...pod }] } = JSON.parse(stdout); // what the safeguards say is told by findings()
    expect(findings.map(({ rule }: { rule: string }) => rule)).toEqual(SharedPid.of(web).findings().map(({ rule }) => rule));
    expect({ version, pods: [pod] }).toEqual(JSON.parse(json));
    expect(podOf(web)).toMatchObject({ kind: 'Deployment', name: 'web', namespace: 'shop', containers: ['api', 'debug'], podSecurity: { level: 'baseline' } });
  });

  test('of cdk8s-plus, with the containers that ours are', () => {
    const containers = [{ name: 'api', image: 'api:1', securityContext: { user: 1000, group: 1000 } }];
    const job = new kplus.CronJob(newChart(), 'web', { containers, schedule: Cron.daily() });
    new DebugSidecar(job, 'debug');
    expect(podOf(job).containers).toEqual(['debug', 'api']);
    expect(rowsOf(job).filter(({ observer, target, answer, via }) => observer === 'debug' && target === 'api' && answer === 'ALLOWED' && !via.length)
      .map(({ access }) => access)).toEqual(expect.arrayContaining(['list-processes', 'read-arguments', 'read-environment', 'read-files', 'signal', 'trace']));
  });

  test('the table in README.md is what is printed', () => {
    const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');
    const web = new kplus.Deployment(newChart(), 'web', {
      containers: [
        { name: 'nginx', image: 'nginx:1.27', portNumber: 80, securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false } },
        { name: 'api', image: 'registry.example.com/api:3', portNumber: 8080, securityContext: { user: 1000, group: 1000 } },
      ],
    });
    new DebugSidecar(web, 'debug', { target: 'api' });
    const table = SharedPid.of(web).accessMatrix().toMarkdown().split('\n').filter(line => line.startsWith('|')).join('\n');
    expect(readme).toContain(`prints, among other things:\n\n${table}\n\nand below it`);
  });

  test('of a pod that shares nothing says so, and asking changes nothing', () => {
    const pod = bare(newChart(), 'Pod', { containers: POD.containers });
    const before = JSON.stringify(pod.toJson());
    expect(SharedPid.of(pod).accessMatrix().toText()).toContain('ShareProcessNamespace is not true: each container sees its own processes only');
    expect(rowsOf(pod).filter(({ answer }) => answer !== 'DENIED')).toEqual([]);
    expect(JSON.stringify(pod.toJson())).toBe(before);
  });

  test('a workload without a pod spec is an error', () => {
    const pod = new ApiObject(newChart(), 'web', { apiVersion: 'v1', kind: 'Pod' });
    expect(() => SharedPid.of(pod).accessMatrix()).toThrow("test/web: there is no pod spec at '/spec' in the manifest. Create the workload with one, or correct podSpecPath.");
  });
});

describe('what is stated about the nodes', () => {
  const ALL: NodeFacts = { yamaPtraceScope: 0, securityModules: [], containerRuntime: ContainerRuntime.CONTAINERD, kernelVersion: '6.1', kubernetesVersion: '1.33' };

  test('takes away what they may still refuse, and no more', () => {
    const pod = bare(newChart(), 'Pod', CONFINED);
    expect(limits(pod)).toEqual(['apparmor', 'seccomp', 'yama']);
    SharedPidSettings.of(pod).useNodeFacts({ yamaPtraceScope: 0 });
    expect(limits(pod)).toEqual(['apparmor', 'seccomp']);
    expect(row(pod, 'api', 'tool', 'read-memory')).toMatchObject({ answer: 'ALLOWED', nodeMayDeny: ['apparmor'] });
    SharedPidSettings.of(pod).useNodeFacts(ALL);
    expect(limits(pod)).toEqual([]);
  });

  test('Yama denies what it is stated to deny', () => {
    const pod = bare(newChart(), 'Pod', CONFINED);
    SharedPidSettings.of(pod).useNodeFacts({ ...ALL, yamaPtraceScope: 1 });
    expect(row(pod, 'tool', 'api', 'trace').answer).toBe('DENIED');
    expect(row(pod, 'tool', 'api', 'read-environment').answer).toBe('ALLOWED');
  });

  test('holds below its scope; the nearest scope that states any wins', () => {
    const chart = newChart();
    const pod = bare(chart, 'Pod', CONFINED);
    SharedPidSettings.of(chart).useNodeFacts(ALL);
    expect(limits(pod)).toEqual([]);
    SharedPidSettings.of(pod).useNodeFacts({ yamaPtraceScope: 0, containerRuntime: ContainerRuntime.CONTAINERD });
    expect(limits(pod)).toEqual(['apparmor']);
    expect(limits(bare(newChart(), 'Pod', CONFINED))).toEqual(['apparmor', 'seccomp', 'yama']);
  });

  test.each<[object, string]>([
    [{ yamaPtraceScope: 4 }, 'test/web: NodeFacts.yamaPtraceScope is 4. Give a number from 0 to 3.'],
    [{ yamaPtraceScope: '0' }, 'test/web: NodeFacts.yamaPtraceScope is "0". Give a number from 0 to 3.'],
    [{ kernelVersion: 6.1 }, "test/web: NodeFacts.kernelVersion is 6.1. Give a version, such as '6.1'."],
    [{ kubernetesVersion: 'newest' }, 'test/web: NodeFacts.kubernetesVersion is "newest". Give a version, such as \'6.1\'.'],
    [{ containerRuntime: 'docker' }, 'test/web: NodeFacts.containerRuntime is "docker". Give containerd or cri-o.'],
    [{ securityModules: 'apparmor' }, 'test/web: NodeFacts.securityModules is "apparmor". Give a list of names.'],
    [{ defaultCapabilities: ['CAP_KILL'] }, 'test/web: NodeFacts.defaultCapabilities is "CAP_KILL". Give names of capabilities, such as KILL.'],
    [{ defaultCapabilities: ['ALL'] }, 'test/web: NodeFacts.defaultCapabilities is "ALL". '],
  ])('%j is refused, and what was stated before holds', (facts, message) => {
    const pod = bare(newChart(), 'Pod', CONFINED);
    SharedPidSettings.of(pod).useNodeFacts(ALL);
    expect(() => SharedPidSettings.of(pod).useNodeFacts(facts as NodeFacts)).toThrow(message);
    expect(limits(pod)).toEqual([]);
  });
});

describe('what is stated about images', () => {
  const UNSTATED = { shareProcessNamespace: true, containers: [{ name: 'api', image: 'registry.example.com/api:3' }, { name: 'tool', image: 'tool:1', securityContext: asUser(1000) }] };

  test('settles what is not known', () => {
    const pod = bare(newChart(), 'Pod', UNSTATED);
    expect(row(pod, 'tool', 'api', 'read-environment').answer).toBe('UNKNOWN');
    SharedPidSettings.of(pod).useImageUser('registry.example.com/api', 1000, 1000);
    expect(row(pod, 'tool', 'api', 'read-environment').answer).toBe('ALLOWED');
    SharedPidSettings.of(pod).useImageUser('registry.example.com/api:3', 1001, 1000);
    expect(row(pod, 'tool', 'api', 'read-environment').answer).toBe('DENIED');
  });

  test('another image, or a part of its name, is not it', () => {
    const pod = bare(newChart(), 'Pod', UNSTATED);
    for (const image of ['registry.example.com/ap', 'example.com/api', 'api', 'registry.example.com/api:4']) SharedPidSettings.of(pod).useImageUser(image, 1000, 1000);
    expect(row(pod, 'tool', 'api', 'read-environment').answer).toBe('UNKNOWN');
  });

  test.each<[unknown, unknown, unknown, string]>([
    ['', 1, 1, "test/web: image '' is empty or has blanks."],
    ['a b', 1, 1, "test/web: image 'a b' is empty or has blanks."],
    [5, 1, 1, 'test/web: image 5 is no text.'],
    ['api', -1, 1, 'test/web: user is -1. Give a whole number from 0 to 2147483647.'],
    ['api', '1000', 1, "test/web: user is '1000'. Give a whole number"],
    ['api', 1, 1.5, 'test/web: group is 1.5. Give a whole number'],
    ['api', 1, undefined, 'test/web: group is undefined. Give a whole number'],
  ])('image %p, user %p, group %p is refused', (image, user, group, message) => {
    const pod = bare(newChart(), 'Pod', UNSTATED);
    expect(() => SharedPidSettings.of(pod).useImageUser(image as string, user as number, group as number)).toThrow(message);
    expect(row(pod, 'tool', 'api', 'read-environment').answer).toBe('UNKNOWN');
  });
});
