import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { run } from '../../src/cli/main';

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'diff-')); });
afterAll(() => rmSync(folder, { recursive: true }));

const context = (user: number, add: string[] = []) => ({ runAsUser: user, runAsGroup: user, capabilities: { add, drop: ['ALL'] } });
const container = (name: string, securityContext: object) => ({ name, image: 'registry.example.com/app:1', securityContext });

function pod(file: string, ...containers: object[]): string {
  const path = join(folder, `${file}.json`);
  writeFileSync(path, JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec: { shareProcessNamespace: true, containers } }));
  return path;
}

test('nothing gained: exit code 0', () => {
  const path = pod('same', container('app', context(1000)), container('side', context(2000)));
  expect(run(['diff', path, path])).toEqual({ stdout: 'Nobody gained or lost an access.\n', stderr: '', code: 0 });
});

test('denied to allowed: who gained what, exit code 1; the other way round it is lost, exit code 0', () => {
  const before = pod('before', container('app', context(1000)), container('side', context(0)));
  const after = pod('after', container('app', context(1000)), container('side', context(0, ['KILL'])));
  const gained = run(['diff', before, after]);
  expect([gained.code, gained.stderr]).toEqual([1, '']);
  expect(gained.stdout).toContain('Pod shop/web');
  expect(gained.stdout).toMatch(/Gained:\n {2}- side -> app: denied to allowed: signal\n/);
  const lost = run(['diff', after, before, '--format', 'markdown']);
  expect(lost.code).toBe(0);
  expect(lost.stdout).toContain('**Lost**\n\n- `side` -> `app`: allowed to denied: signal');
});

test('denied to not known is gained', () => {
  const before = pod('known', container('app', context(1000)), container('side', context(2000)));
  const after = pod('unknown', container('app', context(1000)), container('side', {}));
  const { stdout, code } = run(['diff', before, after]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/side -> app: denied to not known: .*read-environment/);
});

test('a path is gained where nothing direct is', () => {
  const apart = pod('apart', container('debug', context(1)), container('api', context(2)), container('vault', context(0, ['KILL'])));
  const chained = pod('chained', container('debug', context(2)), container('api', context(2)), container('vault', context(0, ['KILL'])));
  const { stdout, code } = run(['diff', apart, chained]);
  expect(code).toBe(1);
  expect(stdout).toContain('debug -> api: denied to allowed:');
});

test('a privileged neighbour that can be taken over is a way to the node', () => {
  const before = pod('plain', container('debug', context(0, ['SYS_PTRACE'])), container('agent', context(0)));
  const after = pod('privileged', container('debug', context(0, ['SYS_PTRACE'])), container('agent', { runAsUser: 0, runAsGroup: 0, privileged: true }));
  const { stdout, code } = run(['diff', before, after]);
  expect(code).toBe(1);
  expect(stdout).toContain('debug -> agent (trace) -> the node (privileged)');
});

test('of a new pod everything is gained; a pod that is gone loses', () => {
  const path = pod('new', container('app', context(1000)), container('side', context(1000)));
  const empty = join(folder, 'empty.yaml');
  writeFileSync(empty, '# nothing\n');
  expect(run(['diff', empty, path]).code).toBe(1);
  expect(run(['diff', path, empty]).code).toBe(0);
});

test('what cannot be compared is never passed', () => {
  const before = pod('judged', container('app', context(1000)), container('side', context(2000)));
  const after = join(folder, 'host.json');
  writeFileSync(after, JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec: { hostPID: true, containers: [] } }));
  const { stdout, code } = run(['diff', before, after]);
  expect(code).toBe(1);
  expect(stdout).toContain('Cannot be compared, so a gain may be unseen');
});

test('it takes two files and no JSON', () => {
  expect(run(['diff', 'a']).stderr).toContain('diff takes two files or folders, and 1 were given');
  expect(run(['diff', 'a', 'b', '--format', 'json']).stderr).toContain("--format is 'json', and there are text, markdown");
});
