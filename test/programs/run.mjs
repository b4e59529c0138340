// `npm run test:programs [PROGRAM ...]`: runs every program of the catalog on this machine (as root, on Debian; what is missing is
// installed, from Debian and PyPI) and checks what the catalog says of it. Each run has a folder and ports of its own.
// Last line: `N passed, N failed[, N skipped]`.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checksOf } from './checks.mjs';
import { install } from './install.mjs';
import { processesIn } from './process-table.mjs';
import { Folder } from './tools.mjs';

const here = new URL('.', import.meta.url).pathname;
const root = join(here, '..', '..');
const AT_ONCE = 3;
const count = { passed: 0, failed: 0, skipped: 0 };
const say = (title, problem) => {
  count[problem ? 'failed' : 'passed']++;
  console.log(`${problem ? 'FAILED' : 'ok'}: ${title}${problem ? `\n  ${problem}` : ''}`);
};

const printed = spawnSync(join(root, 'node_modules', '.bin', 'tsx'), [join(here, 'catalog.ts')], { encoding: 'utf8' });
if (printed.status !== 0) throw new Error(printed.stderr);
const catalog = JSON.parse(printed.stdout);
const fileOf = constant => constant.toLowerCase().replaceAll('_', '-');
const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !Object.keys(catalog).map(fileOf).includes(name));
if (unknown.length) {
  console.error(`no such program: ${unknown.join(', ')}; there are ${Object.keys(catalog).map(fileOf).join(', ')}`);
  process.exit(1);
}

const work = mkdtempSync(join(tmpdir(), 'cdk8s-shared-pid-programs-'));
chmodSync(work, 0o755); // the programs run as other users
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const { pid } of processesIn(work)) process.kill(pid, 'SIGKILL');
    rmSync(work, { recursive: true, force: true });
    process.exit(1);
  });
}

async function runProgram(name, facts) {
  if (!existsSync(join(here, 'scenarios', `${name}.mjs`))) {
    say(`${name}: there is a scenario`, 'it is in the catalog and nothing runs it');
    return;
  }
  const module = await import(`./scenarios/${name}.mjs`);
  const context = install(name, module, work);
  if (context.missing) {
    console.log(`${name}: skipped: it needs ${context.missing}`);
    count.skipped++;
    return;
  }
  const begun = Date.now();
  let prepared;
  try {
    prepared = await module.prepare?.({ folder: new Folder(join(work, `${name}-prepared`)) });
    for (const [title, check] of checksOf(facts, module, work, { ...context, prepared })) {
      say(`${name}: ${title}`, await check().catch(error => error.stack));
    }
  } catch (error) {
    say(`${name}: it can be prepared`, error.stack);
  } finally {
    await prepared?.end?.();
  }
  console.log(`${name}: ${((Date.now() - begun) / 1000).toFixed(0)} s`);
}

try {
  const queue = Object.entries(catalog).map(([constant, facts]) => [fileOf(constant), facts]).filter(([name]) => !wanted.length || wanted.includes(name));
  // most of the time is waiting
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await runProgram(...next);
  }));
} finally {
  const left = processesIn(work);
  say('nothing is left running', left.length ? left.map(({ pid, command }) => `${pid} ${command}`).join('\n  ') : undefined);
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = count.failed ? 1 : 0;
console.log(`\n${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}`);
