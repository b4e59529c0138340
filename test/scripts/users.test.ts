import { spawnSync } from 'child_process';
import { appendFileSync, chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { Bench, count, pause, scenario, until } from '../sidecars/scripts/handler';
import { Shell, describeShells, has } from '../sidecars/scripts/shells';

const root = process.getuid!() === 0;
const needsRoot = (shell: Shell): Shell => ({ ...shell, missing: shell.missing ?? (root && has('setpriv') ? undefined : 'it takes root and setpriv') });
const AS_OTHER = ['/usr/bin/setpriv', '--reuid=54321', '--regid=54321', '--clear-groups', '--no-new-privs'];

/** The folders of a test, for the other user to work in. */
function giveAway(bench: Bench): void {
  for (const folder of [bench.logs, bench.state]) chownSync(folder, 54321, 54321);
}

describeShells('another user than the target', given => {
  const shell = needsRoot(given);

  scenario('a signal is denied: the reason is told, the file gets its name back', shell, async bench => {
    giveAway(bench);
    const writer = await bench.writer('app.log', 5000, 'prompt');
    const handler = bench.handler({ rotate: 'reopen' }, { ROTATE_SIZE: '10000' }, AS_OTHER);
    await until('it was tried', () => handler.stderr.includes('gets its name back'));
    const lines = await writer.stop();
    await handler.terminate();
    expect(handler.stderr).toMatch(new RegExp(`SIGUSR1 to process ${writer.pid} \\(${bench.target}\\) was denied: our UIDs \\(real, effective, saved, file\\) `
      + '54321 54321 54321 54321 and CapEff 0{16}, its UIDs 0 0 0 0 and CapEff [0-9a-f]{16}, Yama ptrace_scope (absent|[0-3])\\. A signal takes the same UID or KILL'));
    expect(bench.rotated('app.log')).toEqual([]);
    expect(count(readFileSync(bench.path('app.log'), 'latin1'), lines).lost).toBe(0);
  });

  scenario('the right to signal without seeing open files: rotated when a new file comes, never compressed', shell, async bench => {
    giveAway(bench);
    chmodSync(bench.folder, 0o755);
    const kill = ['/usr/bin/setpriv', '--reuid=54321', '--regid=54321', '--clear-groups', '--inh-caps=+kill', '--ambient-caps=+kill'];
    const handler = bench.handler({ rotate: 'reopen' }, { ROTATE_SIZE: '50000', ROTATE_KEEP: '1000' }, kill);
    const writer = await bench.writer('app.log', 5000, 'late');
    await until('it is rotated', () => bench.rotated('app.log').length >= 2);
    const lines = await writer.stop();
    await pause(0.5);
    await handler.terminate();
    expect(count(bench.content('app.log'), lines)).toMatchObject({ lost: 0, doubled: 0, broken: 0 });
    expect(bench.rotated('app.log').filter(name => name.endsWith('.gz'))).toEqual([]);
  });

  scenario('streams what it may read, and says what it may not', shell, async bench => {
    giveAway(bench);
    appendFileSync(bench.path('open.log'), 'open\n');
    appendFileSync(bench.path('shut.log'), 'shut\n');
    chmodSync(bench.path('shut.log'), 0o600);
    const handler = bench.handler({ stream: true }, {}, AS_OTHER);
    await until('both were tried', () => handler.text === 'open\n' && handler.stderr !== '');
    await pause(0.5);
    expect(await handler.terminate()).toBe(0);
    expect(handler.stderr).toBe(`log-handler: cannot read ${bench.path('shut.log')}\n`);
  });
});

describeShells('a file system of the target', given => {
  const shell = needsRoot(given);

  /** Starts a program in a root of its own that writes `/logs/app.log` there. */
  async function inRoot(bench: Bench, name: string, text: string) {
    const folder = join(bench.folder, name);
    for (const part of ['logs', 'bin', 'lib', 'lib64']) mkdirSync(join(folder, part), { recursive: true });
    const started = bench.start('unshare', ['--mount', 'sh', '-c',
      `for part in bin lib lib64; do mount --bind /$part "${folder}/$part"; done; cp /bin/sh "${folder}/logs/${bench.target}"; exec chroot "${folder}" /logs/${bench.target} -c '${text}'`],
    { PATH: process.env.PATH! });
    await until('it writes', () => existsSync(join(folder, 'logs', 'app.log')) && statSync(join(folder, 'logs', 'app.log')).size > 0);
    return started;
  }

  scenario('is read and rotated in through /proc/PID/root, also that of its next process', shell, async bench => {
    const handler = bench.handler({ stream: true, rotate: 'reopen' }, {
      LOG_IN_TARGET: '1', LOG_DIRECTORY: '/logs', LOG_FILES: 'app.log', ROTATE_SIZE: '30', ROTATE_COMPRESS: '0',
    });
    const text = (word: string) => `trap "exec 3>>/logs/app.log" USR1; exec 3>>/logs/app.log; i=0; while :; do i=$((i + 1)); echo ${word} $i >&3; /bin/sleep 0.1; done`;
    const first = await inRoot(bench, 'one', text('first'));
    await until('it is streamed', () => handler.text.includes('first 5\n'));
    await until('it is rotated', () => existsSync(join(bench.folder, 'one', 'logs', 'app.log.00000001')));
    await first.kill();
    const second = await inRoot(bench, 'two', text('second'));
    await until('the next one is streamed', () => handler.text.includes('second 5\n'));
    await second.kill();
    expect(await handler.terminate()).toBe(0);
    expect(handler.text).toMatch(/^(first \d+\n)+(second \d+\n)+$/);
  });

  scenario('a link in there is not followed into our own', shell, async bench => {
    const started = await inRoot(bench, 'one', 'ln -s /etc /logs/etc; echo x >/logs/app.log; while :; do /bin/sleep 1; done');
    const handler = bench.handler({ stream: true, sharesProcesses: true }, { LOG_IN_TARGET: '1', LOG_DIRECTORY: '/logs/etc', LOG_FILES: 'passwd' });
    await until('it says so', () => handler.stderr.includes('/logs/etc is a link'));
    await started.kill();
    expect(handler.text).toBe('');
  });
});

test('the tools of this file are there', () => {
  expect(['setpriv', 'unshare', 'chroot'].map(tool => spawnSync(tool, ['--version']).status)).toEqual([0, 0, 0]);
});
