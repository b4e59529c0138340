// `npm test`: type check and lint (one test each), then jest. Prints one closing line, last: "N passed, N failed".
// Arguments go to jest: `npm test -- test/kernel -t 'unknown'`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = name => join(root, 'node_modules', '.bin', name);
const work = mkdtempSync(join(tmpdir(), 'cdk8s-shared-pid-test-'));
const count = { passed: 0, failed: 0, skipped: 0 };

function run(title, command, args, env = {}) {
  console.log(`> ${title}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  return status === 0;
}

/** One test, of one or more commands. */
function check(title, ...commands) {
  const ok = commands.map(([command, args, env]) => run(title, command, args, env)).every(Boolean);
  console.log(`${ok ? 'ok' : 'FAILED'}: ${title}`);
  count[ok ? 'passed' : 'failed']++;
}

check('type check', ...['test', 'examples', 'projenrc'].map(folder => [bin('tsc'), ['--noEmit', '-p', `${folder}/tsconfig.json`]]));
check('lint', [bin('eslint'), ['--ext', '.ts', '--no-error-on-unmatched-pattern', 'src', 'test', 'examples', 'bench', 'projenrc', '.projenrc.ts'],
  { ESLINT_USE_FLAT_CONFIG: 'false', NODE_NO_WARNINGS: '1' }]);

const report = join(work, 'jest.json');
const jestOk = run('jest', bin('jest'), ['--ci', '--json', `--outputFile=${report}`, ...process.argv.slice(2)]);
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  count.passed += result.numPassedTests;
  // a suite that does not even load has failed, though no test of it ran
  count.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  count.skipped += result.numPendingTests + result.numTodoTests;
  // the title of the group says why
  const skipped = result.testResults.flatMap(file => file.assertionResults).filter(({ status }) => status === 'pending');
  for (const group of new Set(skipped.map(({ ancestorTitles }) => ancestorTitles.join(', ')))) {
    console.log(`skipped: ${skipped.filter(({ ancestorTitles }) => ancestorTitles.join(', ') === group).length} of ${group}`);
  }
} catch {
  count.failed++; // jest left no report
}
if (!jestOk && count.failed === 0) count.failed++;
rmSync(work, { recursive: true, force: true });

process.exitCode = count.failed ? 1 : 0;
console.log(`\n${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}`);
