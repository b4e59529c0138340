import { createHash } from 'crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync, rmSync } from 'fs';
import { join } from 'path';
import { App, Chart, Testing, Yaml } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { cases as debugSidecar } from './golden-cases/debug-sidecar';
import { GoldenCase } from './golden-cases/golden-case';
import { cases as sharedPid } from './golden-cases/shared-pid';

// Golden files: one small manifest a case, as a reviewer and kubectl read it. `npm run test:update` writes them again.
const CASES: readonly GoldenCase[] = [...sharedPid, ...debugSidecar];
const folder = join(__dirname, 'manifests');
const update = process.env.UPDATE_GOLDEN === '1';

function written(golden: GoldenCase): string {
  const chart = new Chart(new App(), 'test', { disableResourceNameHashes: true });
  golden.build(chart);
  const first = Testing.synth(chart);
  expect(Testing.synth(chart)).toEqual(first); // a second synth writes the same
  return `# ${golden.title}\n${golden.oracle ? `# oracle: ${golden.oracle}\n` : ''}${Yaml.stringify(...first)}`;
}

test.each(CASES.map(golden => [golden.name, golden] as const))('%s', (name, golden) => {
  const file = join(folder, `${name}.yaml`);
  const text = written(golden);
  if (update) writeFileSync(file, text);
  expect(existsSync(file) ? readFileSync(file, 'utf8') : 'no golden file: run npm run test:update').toBe(text);
});

test('there is no golden file without a case', () => {
  const stale = readdirSync(folder).filter(file => !CASES.some(({ name }) => `${name}.yaml` === file));
  if (update) stale.forEach(file => rmSync(join(folder, file)));
  expect(update ? [] : stale).toEqual([]);
});

test('no two cases have one name', () => {
  expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
});

// A changed pod template restarts the pods of everybody who upgrades, so the change log must say so.
describe('pod templates of the last release', () => {
  const released = join(__dirname, 'api-baseline', 'pod-templates.json');

  test('a change of one is announced as "rolls pods"', () => {
    const now = Object.fromEntries(CASES.map(golden => [golden.name, podTemplateHash(readFileSync(join(folder, `${golden.name}.yaml`), 'utf8'))]));
    if (process.env.UPDATE_RELEASED === '1') writeFileSync(released, `${JSON.stringify(now, undefined, 1)}\n`);
    const before: { [name: string]: string } = JSON.parse(readFileSync(released, 'utf8'));
    const changed = Object.keys(before).filter(name => now[name] !== undefined && now[name] !== before[name]);
    const unreleased = /## Unreleased\n([\s\S]*?)(\n## |$)/.exec(readFileSync(join(__dirname, '..', 'CHANGELOG.md'), 'utf8'))?.[1] ?? '';
    expect(changed.length === 0 || unreleased.includes('rolls pods') ? [] : changed).toEqual([]);
  });
});

function podTemplateHash(yaml: string): string {
  const specs = parseAllDocuments(yaml).map(document => {
    const object = document.toJS();
    return object?.kind === 'Pod' ? object.spec : object?.spec?.jobTemplate?.spec?.template ?? object?.spec?.template;
  });
  return createHash('sha256').update(JSON.stringify(specs)).digest('hex').slice(0, 16);
}
