import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { run } from '../../src/cli/main';
import { SAFEGUARDS } from '../../src/safeguards/registry';

const fixtures = join(__dirname, '..', 'fixtures', 'safeguards');
let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'check-')); });
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const hostPid = (annotations: object = {}) => JSON.stringify({
  apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', annotations }, spec: { hostPID: true, shareProcessNamespace: true, containers: [{ name: 'app', image: 'a' }] },
});
const secret = (annotations: object = {}) => JSON.stringify({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', annotations },
  spec: {
    shareProcessNamespace: true,
    containers: ['app', 'side'].map(name => ({
      name,
      image: 'registry.example.com/app:1',
      env: name === 'app' ? [{ name: 'DB_PASSWORD', value: 'canary-value' }] : [],
      securityContext: { runAsUser: 1000, runAsGroup: 1000, capabilities: { drop: ['ALL'] } },
    })),
  },
});

test('an error fails, and cannot be acknowledged', () => {
  const plain = run(['check', file('host.json', hostPid())]);
  expect([plain.code, plain.stderr]).toEqual([1, '']);
  expect(plain.stdout).toContain('error no-host-pid:');
  expect(run(['check', file('acknowledged.json', hostPid({ 'acknowledge.cdk8s-shared-pid/no-host-pid': 'we know' }))]).code).toBe(1);
});

test('a warning fails only when that is asked, and not when it is acknowledged', () => {
  const path = file('secret.json', secret());
  expect(run(['check', path]).code).toBe(0);
  const { stdout, code } = run(['check', path, '--fail-on', 'warning']);
  expect(code).toBe(1);
  expect(stdout).toContain('Pod shop/web (');
  expect(stdout).toContain('warning no-secret-in-environment:');
  const accepted = file('accepted.json', secret({ 'acknowledge.cdk8s-shared-pid/no-secret-in-environment': 'the same team' }));
  expect(run(['check', accepted, '--fail-on', 'warning'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Acknowledged: the same team') });
});

test('an acknowledgement that has ended counts for nothing', () => {
  const value = '{"side": {"reason": "for now", "until": "2020-01-31"}}';
  const ended = file('ended.json', secret({ 'acknowledge.cdk8s-shared-pid/no-secret-in-environment': value }));
  expect(run(['check', ended, '--fail-on', 'warning'])).toMatchObject({ code: 1, stdout: expect.stringContaining('ended on 2020-01-31') });
});

test('JSON names the file and says nothing of values', () => {
  const path = file('json.json', secret());
  const { stdout } = run(['check', path, '--format', 'json']);
  const { version, documents } = JSON.parse(stdout);
  expect(version).toBe(1);
  expect(documents).toEqual([{ file: path, title: 'Pod shop/web', findings: expect.any(Array) }]);
  expect(Object.keys(documents[0].findings[0])).toEqual(['rule', 'severity', 'message', 'fix', 'container', 'path', 'acknowledged']);
  for (const format of ['json', 'text', 'markdown']) expect(run(['check', path, '--format', format]).stdout).not.toContain('canary-value');
});

test('explain tells the findings as well', () => {
  const path = file('explained.json', secret());
  const [pod] = JSON.parse(run(['explain', path, '--format', 'json']).stdout).pods;
  expect(pod.findings).toContainEqual(expect.objectContaining({ rule: 'no-secret-in-environment', severity: 'warning', acknowledged: false }));
  expect(run(['explain', path]).stdout).toContain('Safeguards:\n  - warning no-secret-in-environment:');
});

test.each(readdirSync(fixtures))('%s: its failing manifests are found, its passing ones are not', rule => {
  for (const [kind, expected] of [['fail', true], ['pass', false]] as const) {
    for (const name of readdirSync(join(fixtures, rule, kind))) {
      const { stdout } = run(['check', join(fixtures, rule, kind, name), '--format', 'json']);
      if (rule === 'no-debug-sidecar-in-production') continue; // a stated environment is not on the command line
      const found: { readonly rule: string }[] = JSON.parse(stdout).documents.flatMap(({ findings }: { readonly findings: object[] }) => findings);
      expect([name, found.some(finding => finding.rule === rule)]).toEqual([name, expected]);
    }
  }
});

test('a document that is no object is found, not passed', () => {
  expect(run(['check', file('list.yaml', '- a\n- b\n'), '--fail-on', 'warning']).code).toBe(1);
  expect(run(['check', file('nothing.yaml', '# nothing\n')])).toMatchObject({ code: 2 });
});

test('rules lists every rule, prints the page of one, and names the nearest', () => {
  const { stdout } = run(['rules']);
  for (const { id } of SAFEGUARDS) expect(stdout).toContain(id);
  expect(run(['rules', 'no-host-pid']).stdout).toMatch(/^# no-host-pid\n[^]*## What to do/);
  expect(run(['rules', 'no-host-pi'])).toEqual({ stdout: '', stderr: "cdk8s-shared-pid: There is no rule 'no-host-pi'. Did you mean 'no-host-pid'?\n", code: 2 });
});

test('wrong arguments', () => {
  expect(run(['check']).stderr).toContain('check takes one file, folder or -, and 0 were given');
  expect(run(['check', 'a', '--fail-on', 'info']).stderr).toContain("--fail-on is 'info', and there are error, warning");
  expect(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')).toContain('tsx src/cli/main.ts check');
});
