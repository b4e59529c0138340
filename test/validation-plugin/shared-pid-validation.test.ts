import { spawnSync } from 'child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { SharedPidValidation } from '../../src/validation-plugin/shared-pid-validation';
import { compilePackage } from '../compiled-package';

const root = join(__dirname, '..', '..');
let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'validation-'));
  symlinkSync(join(root, 'node_modules'), join(work, 'node_modules'));
  compilePackage(); // what the CLI loads
}, 120_000);
afterAll(() => rmSync(work, { recursive: true }));

/** Runs `cdk8s synth` in a copy of an app; the report as the CLI writes it. */
function synth(app: string, properties: object = {}) {
  const folder = join(work, `${app}-${Math.random().toString(36).slice(2)}`);
  cpSync(join(__dirname, app), folder, { recursive: true });
  const validation = { package: root, version: '0.0.0', class: 'SharedPidValidation', properties };
  writeFileSync(join(folder, 'cdk8s.yaml'), JSON.stringify({ language: 'typescript', app: 'node main.js', validations: [validation] }));
  const report = join(folder, 'report.json');
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules', '.bin', 'cdk8s'),
    ['synth', '--no-check-upgrade', '--validation-reports-output-file', report], { cwd: folder, encoding: 'utf8' });
  const text = readFileSync(report, 'utf8');
  return { status, output: stdout + stderr, text, reports: JSON.parse(text).reports };
}

test('a valid app: its warning is printed and does not fail', () => {
  const { status, reports } = synth('valid-app');
  expect(status).toBe(0);
  expect(reports[0].summary.status).toBe('success');
  expect(reports[0].violations).toContainEqual(expect.objectContaining({
    ruleName: 'no-secret-in-environment',
    recommendation: expect.stringContaining('warning: `side` can read the environment of `app`'),
    violatingConstructs: [expect.objectContaining({ resourceName: 'web', locations: ['Pod in shop: /spec/containers/1'], constructPath: expect.stringContaining('web') })],
  }));
}, 60_000);

test('nothing of a secret is in the report', () => {
  expect(synth('valid-app').text).not.toContain('canary-value');
}, 60_000);

test('an invalid app: an error fails', () => {
  const { status, reports } = synth('invalid-app');
  expect(status).toBe(2);
  expect(reports[0].violations).toContainEqual(expect.objectContaining({ ruleName: 'no-unknown-capability', recommendation: expect.stringContaining('error: ') }));
}, 60_000);

test('properties choose what fails, and which rules there are', () => {
  expect(synth('valid-app', { failOn: 'warning' }).status).toBe(2);
  expect(synth('valid-app', { failOn: 'warning', severities: { 'no-secret-in-environment': 'info' } }).status).toBe(0);
  expect(synth('invalid-app', { severities: { 'no-unknown-capability': 'off' } }).status).toBe(0);
}, 120_000);

test('wrong properties are refused with the choices', () => {
  expect(() => new SharedPidValidation({ failOn: 'info' })).toThrow("SharedPidValidation: failOn is 'info', and there are error, warning.");
  expect(() => new SharedPidValidation({ severities: { 'no-host-pid': 'loud' } })).toThrow("severities.no-host-pid is 'loud', and there are info, warning, error, off.");
  expect(() => new SharedPidValidation({ severities: { 'no-host-pit': 'off' } })).toThrow("Did you mean 'no-host-pid'?");
});

test('documents of any shape are judged, none crashes it', async () => {
  const violations: unknown[] = [];
  const submitted: string[] = [];
  await new SharedPidValidation().validate({
    manifests: ['a.yaml'],
    parseManifest: () => [null, undefined, 'text', 7, [], { kind: 'Pod' }, { apiVersion: 'v1', kind: 'Pod', spec: 'x' }, { apiVersion: 'v1', kind: 'List', items: [null] }],
    report: { addViolation: violation => violations.push(violation), submit: status => submitted.push(status) },
  });
  expect(submitted).toHaveLength(1);
  expect(violations.length).toBeGreaterThan(3);
});
