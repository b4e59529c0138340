import { spawnSync } from 'child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';

// Every example, as `npm run example NAME` runs it: through the cdk8s CLI, as a user's pipeline does. What it writes is kept beside it
// as expected.k8s.yaml; `npm run test:update` writes that again.
const examples = join(__dirname, '..', 'examples');
const names = readdirSync(examples, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name);
const update = process.env.UPDATE_GOLDEN === '1';

test.each(names)('%s', name => {
  const folder = join(examples, name);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(examples, 'run.mjs'), name], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  const files = readdirSync(join(folder, 'dist')).filter(file => file.endsWith('.yaml')).sort();
  const written = files.map(file => readFileSync(join(folder, 'dist', file), 'utf8')).join('---\n');
  const expected = join(folder, 'expected.k8s.yaml');
  if (update) writeFileSync(expected, written);
  expect(existsSync(expected) ? readFileSync(expected, 'utf8') : 'no expected.k8s.yaml: run npm run test:update').toBe(written);

  const printed = stdout.split('\n');
  const manifests = files.flatMap(file => [...readFileSync(join(folder, 'dist', file), 'utf8').trimEnd().split('\n'), '', `# examples/${name}/dist/${file}`]);
  expect(printed.slice(0, manifests.length)).toEqual(manifests);
  const steps = existsSync(join(folder, 'steps.txt')) ? readFileSync(join(folder, 'steps.txt'), 'utf8') : '';
  expect(printed.slice(manifests.length).join('\n').trim()).toBe(steps.trim());
  for (const [, file] of steps.matchAll(/-f (\S+)/g)) expect(existsSync(join(examples, '..', file))).toBe(true);
}, 60_000);

test('the steps of the Kubernetes page, in its order', () => {
  const steps = readFileSync(join(examples, 'share-process-namespace', 'steps.txt'), 'utf8');
  const page = ['kubectl apply -f ', 'kubectl attach -it nginx -c shell ', 'press enter', 'ps ax ', 'kill -HUP <master>', 'without SYS_PTRACE too', 'head /proc/<master>/root/etc/nginx/nginx.conf'];
  expect(page.map(step => steps.indexOf(step)).every((place, i, places) => place > (places[i - 1] ?? 0))).toBe(true);
});

test.each(names)('%s is an app that can be copied, and says how it is run', name => {
  expect(readdirSync(join(examples, name))).toEqual(expect.arrayContaining(['README.md', 'cdk8s.yaml', 'main.ts']));
});

test("the page's example is there in every language", () => {
  expect(readdirSync(join(examples, 'share-process-namespace'))).toEqual(expect.arrayContaining(['Main.java', 'main.go', 'main.py', 'main.ts']));
});

test('a name that is none', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(examples, 'run.mjs'), 'nope'], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, `There is no example 'nope'. There are: ${names.join(', ')}\n`]);
});
