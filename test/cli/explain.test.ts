import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { run } from '../../src/cli/main';

const root = join(__dirname, '..', '..');
const page = join(root, 'examples', 'share-process-namespace', 'expected.k8s.yaml');
let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'explain-')); });
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const pod = (name: string, spec: object) => JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec });
const context = (user: number) => ({ runAsUser: user, runAsGroup: user, capabilities: { drop: ['ALL'] } });
const pair = {
  shareProcessNamespace: true,
  containers: [{ name: 'app', image: 'a', securityContext: context(1000) }, { name: 'side', image: 'b', securityContext: context(1000) }],
};

test('the JSON is the contract, field by field', () => {
  const { stdout, stderr, code } = run(['explain', page, '--format', 'json']);
  expect([stderr, code]).toEqual(['', 0]);
  const { version, pods: [found, ...others] } = JSON.parse(stdout);
  expect([version, others]).toEqual([1, []]);
  expect(Object.keys(found)).toEqual(expect.arrayContaining(['kind', 'name', 'namespace', 'containers', 'access', 'podSecurity']));
  expect([found.kind, found.name, found.namespace, found.containers]).toEqual(['Pod', 'nginx', '', ['nginx', 'shell']]);
  for (const row of found.access) {
    expect(Object.keys(row)).toEqual(['observer', 'target', 'process', 'access', 'answer', 'nodeMayDeny', 'assumes', 'rule', 'settle', 'via']);
    expect(['ALLOWED', 'DENIED', 'UNKNOWN']).toContain(row.answer);
  }
  expect(found.access.find((row: any) => row.observer === 'nginx' && row.target === 'pause' && row.access === 'end-pod').answer).toBe('ALLOWED');
  expect(new Set(found.access.filter((row: any) => row.target === 'nginx').map((row: any) => row.process))).toEqual(new Set(['master', 'worker']));
  expect(found.podSecurity).toEqual({
    level: 'privileged',
    violations: [{ control: 'capabilities_baseline', reason: 'non-default capabilities', detail: expect.stringContaining('SYS_PTRACE') }],
  });
});

test('a report in each form tells the same pairs', () => {
  const path = file('pair.json', pod('pair', pair));
  const text = run(['explain', path]).stdout;
  expect(text).toContain('Who can do what to whom: Pod pair');
  expect(text).toMatch(/app +side +everything but read-root-files, become-user/);
  expect(run(['explain', path, '--format', 'markdown']).stdout).toContain('| `app` | `side` | everything but read-root-files');
});

test('a pod of three containers fits one screen', () => {
  const three = { ...pair, containers: [...pair.containers, { name: 'third', image: 'c', securityContext: context(2000) }] };
  expect(run(['explain', file('three.json', pod('three', three))]).stdout.split('\n').length).toBeLessThanOrEqual(40);
});

test('every pod of a folder, of a List, of a stream; other kinds are passed over', () => {
  const path = file('many.yaml', `---\n${pod('one', pair)}\n---\n{"kind": "Service", "apiVersion": "v1"}\n---\n`
    + `{"kind": "List", "apiVersion": "v1", "items": [${pod('two', pair)}]}\n`);
  expect(JSON.parse(run(['explain', path, '--format', 'json']).stdout).pods.map(({ name }: { name: string }) => name)).toEqual(['one', 'two']);
  const dist = mkdtempSync(join(folder, 'dist-'));
  writeFileSync(join(dist, 'b.yaml'), pod('b', pair));
  writeFileSync(join(dist, 'a.yml'), pod('a', pair));
  writeFileSync(join(dist, 'note.txt'), 'no manifest');
  expect(JSON.parse(run(['explain', dist, '--format', 'json']).stdout).pods.map(({ name }: { name: string }) => name)).toEqual(['a', 'b']);
});

test('a kind that may hold a pod and is not known is named', () => {
  const path = file('rollout.json', JSON.stringify({ apiVersion: 'argoproj.io/v1', kind: 'Rollout', metadata: { name: 'web' }, spec: { template: { spec: pair } } }));
  const { stderr, code } = run(['explain', path]);
  expect(code).toBe(2); // nothing else is in it
  expect(stderr).toContain('there is no pod or workload in it');
  expect(run(['explain', path, '--format', 'json']).stderr).toContain('Rollout web holds a pod template, but is no kind that Kubernetes itself knows');
});

test.each([
  [[], 'usage:'],
  [['explode'], "there is no command 'explode'"],
  [['explain'], 'takes one file, folder or -, and 0 were given'],
  [['explain', 'a', 'b'], 'and 2 were given'],
  [['explain', page, '--format', 'xml'], "--format is 'xml', and there are text, markdown, json"],
  [['explain', page, '--colour'], "Unknown option '--colour'"],
  [['explain', '/no/such/file'], '/no/such/file: there is no such file or folder'],
])('wrong arguments %j', (args, said) => {
  const { stdout, stderr, code } = run(args);
  expect([code, (stdout + stderr).includes(said)]).toEqual([2, true]);
});

test('input that cannot be read is an error that names the file, and prints no half report', () => {
  const dist = mkdtempSync(join(folder, 'broken-'));
  writeFileSync(join(dist, 'a.yaml'), pod('a', pair));
  writeFileSync(join(dist, 'b.yaml'), 'a: [');
  const { stdout, stderr, code } = run(['explain', dist]);
  expect([stdout, code]).toEqual(['', 2]);
  expect(stderr).toMatch(/b\.yaml: .*at line 1/);
});

test('a name with terminal escapes is printed without them', () => {
  const path = file('escape.json', pod('\u001b[2Jweb', { ...pair, containers: pair.containers.map(container => ({ ...container, name: `\u001b]0;${container.name}` })) }));
  for (const format of ['text', 'markdown']) expect(run(['explain', path, '--format', format]).stdout).not.toContain('\u001b');
});

test('as a command: standard input, and a reader that has seen enough', () => {
  const tsx = join(root, 'node_modules', '.bin', 'tsx');
  const main = join(root, 'src', 'cli', 'main.ts');
  const { status, stdout } = spawnSync(tsx, [main, 'explain', '-'], { input: readFileSync(page), encoding: 'utf8' });
  expect([status, stdout.split('\n')[0]]).toEqual([0, 'Who can do what to whom: Pod nginx']);
  const closed = spawnSync('sh', ['-c', `'${tsx}' '${main}' explain '${page}' | head -n 1`], { encoding: 'utf8' });
  expect([closed.status, closed.stdout, closed.stderr]).toEqual([0, 'Who can do what to whom: Pod nginx\n', '']);
}, 30_000);
