// `npm run test:scripts`: the shell scripts of the sidecars in every shell, with real programs, other users, containers of a pod, a
// full disk, and a hundred files. As root it installs what it takes. What cannot be had is said and its tests are skipped. Last line:
// `N passed, N failed, N skipped`. Arguments go to jest.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBusybox, BUSYBOX } from './busybox.mjs';

const root = new URL('../..', import.meta.url).pathname;
const work = mkdtempSync(join(tmpdir(), 'cdk8s-shared-pid-scripts-run-'));

const PACKAGES = { 'shellcheck': 'shellcheck', 'busybox': 'busybox-static', 'nginx': 'nginx-light', 'setpriv': 'util-linux', 'gcc': 'build-essential', 'bzip2': 'bzip2' };
const missing = Object.entries(PACKAGES).filter(([command]) => spawnSync('sh', ['-c', `command -v ${command}`], { env: { PATH: `${process.env.PATH}:/usr/sbin:/sbin` } }).status !== 0);
if (missing.length && process.getuid() === 0) {
  spawnSync('apt-get', ['-qq', 'update'], { stdio: 'ignore' });
  for (const [, name] of missing) {
    const { status } = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    if (status !== 0) console.log(`could not install ${name}`);
  }
}
try {
  if (!existsSync(BUSYBOX)) console.log('building busybox with inotifyd, once');
  buildBusybox();
} catch (error) {
  console.log(`could not build busybox: ${error.message}`);
}

const report = join(work, 'jest.json');
const { status } = spawnSync(join(root, 'node_modules', '.bin', 'jest'), [
  '--ci', '--json', `--outputFile=${report}`, '--testPathIgnorePatterns', '/node_modules/', '--testPathPatterns', 'test/(sidecars/)?scripts/', ...process.argv.slice(2),
], { cwd: root, stdio: 'inherit', env: { ...process.env, ALL_SHELLS: '1' } });
const count = { passed: 0, failed: 0, skipped: 0 };
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  count.passed = result.numPassedTests;
  count.failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  count.skipped = result.numPendingTests;
} catch {
  count.failed = 1; // jest left no report
}
if (status !== 0 && count.failed === 0) count.failed = 1;
rmSync(work, { recursive: true, force: true });
process.exitCode = count.failed ? 1 : 0;
console.log(`\n${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}`);
