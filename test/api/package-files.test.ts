import { spawnSync } from 'child_process';
import { join } from 'path';

const root = join(__dirname, '..', '..');

test('the npm package holds what a user needs and nothing else', () => {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8' });
  const files: string[] = JSON.parse(stdout)[0].files.map((file: { path: string }) => file.path);
  const top = new Set(files.map(file => file.split('/')[0]));
  const allowed = ['.jsii', 'API.md', 'CHANGELOG.md', 'LICENSE', 'README.md', 'bin', 'lib', 'node_modules', 'package.json', 'tsconfig.tsbuildinfo'];
  expect([...top].filter(name => !allowed.includes(name))).toEqual([]);
  expect(files).toEqual(expect.arrayContaining(['API.md', 'CHANGELOG.md', 'LICENSE', 'README.md', 'bin/cdk8s-shared-pid', 'package.json']));
  // what is bundled
  expect([...new Set(files.filter(file => file.startsWith('node_modules/')).map(file => file.split('/')[1]))]).toEqual(['yaml']);
});
