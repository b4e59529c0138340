// `npm run check:api`: compares the public API with that of the last release, which lies in test/api-baseline/.
// `npm run check:api -- --release` makes the API of today the new baseline.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const baseline = join(root, 'test', 'api-baseline');
const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
const run = (name, ...args) => spawnSync(join(root, 'node_modules', '.bin', name), args, { cwd: root, stdio: 'inherit', env }).status ?? 1;

if (run('jsii', '--fail-on-warnings') !== 0) process.exit(1);
if (process.argv.includes('--release')) {
  // what jsii-diff reads: no README, no docs of dependencies, no hash
  const { readme: _, fingerprint: __, ...assembly } = JSON.parse(readFileSync(join(root, '.jsii'), 'utf8'));
  writeFileSync(join(baseline, 'jsii.json'), `${JSON.stringify({ ...assembly, fingerprint: '' }, undefined, 1)}\n`);
  const { name, version, jsii, main, types, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(baseline, 'package.json'), `${JSON.stringify({ name, version, main, types, peerDependencies, jsii: { outdir: jsii.outdir, targets: jsii.targets } }, undefined, 1)}\n`);
}
// Below the project, for jsii-diff finds the dependencies upwards from it; and only for a moment, for jsii-docgen takes the first
// file named .jsii that it finds below the project for the project's own.
mkdirSync(join(root, '.cache'), { recursive: true });
const old = mkdtempSync(join(root, '.cache', 'api-baseline-'));
try {
  cpSync(join(baseline, 'package.json'), join(old, 'package.json'));
  cpSync(join(baseline, 'jsii.json'), join(old, '.jsii'));
  process.exitCode = run('jsii-diff', relative(root, old), '.', '-k');
} finally {
  rmSync(old, { recursive: true });
}
