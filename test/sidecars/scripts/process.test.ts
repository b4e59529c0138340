import { readFileSync, symlinkSync } from 'fs';
import { join } from 'path';
import { Bench, everywhere, pause, Process, scenario, until } from './handler';
import { describeShells } from './shells';

const SCRIPTS = join(__dirname, '../../../src/sidecars/scripts');
const LIBRARY = ['log-files.sh', 'process.sh', 'writers.sh'].map(file => readFileSync(join(SCRIPTS, file), 'utf8')).join('\n');

/** Runs commands after the library; resolves to what they print. */
async function ask(bench: Bench, commands: string, env: Record<string, string>): Promise<string> {
  const asked = bench.sh(`${LIBRARY}\nopen_pipe "$LOG_DIRECTORY/.pipe$SELF"\n${commands}`, { LOG_DIRECTORY: bench.logs, LOG_FILES: '*', ...env });
  await asked.ended;
  return `${asked.text}${asked.stderr}`.trim();
}

/** The PIDs that the selection finds, in order. */
async function find(bench: Bench, env: Record<string, string>): Promise<string> {
  return ask(bench, 'find_target; for one in $TARGETS; do echo "${one%:*}"; done', env);
}

/** Starts a process with a name and arguments of its own, which does what `text` says and then sleeps. */
async function named(bench: Bench, name: string, args: string[] = [], text = ''): Promise<Process> {
  const command = join(bench.state, name);
  symlinkSync('/bin/sh', command);
  const started = bench.start(command, ['-c', `${text}\necho ready; while :; do sleep 0.1; done`, ...args], { PATH: process.env.PATH!, SELF: command });
  await until('it runs', () => started.text.endsWith('ready\n'));
  return started;
}

describeShells('process selection', shell => {
  everywhere('by name, of which the kernel keeps 15 bytes', shell, async bench => {
    const name = `${bench.target}-and-more`;
    const target = await named(bench, name);
    expect(await find(bench, { TARGET_NAME: name })).toBe(`${target.pid}`);
    expect(await find(bench, { TARGET_NAME: name.slice(0, 15) })).toBe(`${target.pid}`);
    expect(await find(bench, { TARGET_NAME: name.slice(0, 14) })).toBe('');
    expect(await find(bench, { TARGET_NAME: `${name.slice(0, 14)}*` })).toBe('');
  });

  scenario('by name, when it is made to mislead who reads /proc/PID/stat', shell, async bench => {
    const target = await named(bench, ') S 0 1 (');
    expect(await find(bench, { TARGET_NAME: ') S 0 1 (' })).toBe(`${target.pid}`);
  });

  scenario('by a part of its command line', shell, async bench => {
    const target = await named(bench, bench.target, ['-jar', 'my app.jar', '$(touch pwned)']);
    const env = { TARGET_NAME: bench.target };
    expect(await find(bench, { ...env, TARGET_ARGUMENT: '-jar my app.jar' })).toBe(`${target.pid}`);
    expect(await find(bench, { ...env, TARGET_ARGUMENT: 'other.jar' })).toBe('');
    expect(await find(bench, { ...env, TARGET_ARGUMENT: 'my*jar' })).toBe('');
  });

  everywhere('the one whose parent does not match, the oldest, or all', shell, async bench => {
    const first = await named(bench, bench.target, [], '"$SELF" -c "sleep 60; :" & echo $!');
    await pause(0.05);
    const other = bench.start(join(bench.state, bench.target), ['-c', 'while :; do sleep 0.1; done'], { PATH: process.env.PATH! });
    const child = first.text.split('\n')[0];
    await until('the child has its name', () => readFileSync(`/proc/${child}/comm`, 'utf8').trim() === bench.target);
    const env = { TARGET_NAME: bench.target };
    expect(await find(bench, env)).toBe(`${first.pid}`);
    expect((await find(bench, { ...env, TARGET_PICK: 'all' })).split('\n').sort()).toEqual([`${first.pid}`, child, `${other.pid}`].sort());
    await first.kill();
    await until('the first one is gone', () => readFileSync(`/proc/${other.pid}/comm`, 'utf8').trim() === bench.target);
    expect(await find(bench, env)).toBe(`${other.pid}`);
    expect(await find(bench, { ...env, TARGET_PICK: 'oldest' })).toBe(`${other.pid}`);
  });

  everywhere('never itself, nor what it started', shell, async bench => {
    const text = `${LIBRARY}\n( sleep 5 & : ${bench.target} )\nread -r TARGET_COMM </proc/self/comm; find_target && echo "found$TARGETS"; echo end`;
    const asked = bench.sh(text, { LOG_DIRECTORY: '/', LOG_FILES: '*', TARGET_ARGUMENT: bench.target });
    await until('it has looked', () => asked.text.endsWith('end\n'));
    expect(asked.text).toBe('end\n');
    expect(asked.stderr).toBe('');
  });

  scenario('a signal goes to the process that was found, not to another that has its PID', shell, async bench => {
    const target = await named(bench, bench.target, [], 'trap "echo caught" USR1');
    const env = { TARGET_NAME: bench.target };
    expect(await ask(bench, 'await_target USR1; TARGETS="${TARGETS%:*}:1"; signal_target USR1; echo $?', env)).toBe('1');
    expect(await ask(bench, 'await_target USR1; signal_target USR1; echo $?', env)).toBe('0');
    await until('it was caught', () => target.text.includes('caught'));
    expect(target.text.match(/caught/g)).toHaveLength(1);
  });

  scenario('a process that does not handle the signal yet is waited for', shell, async bench => {
    const target = await named(bench, bench.target, [], 'echo ready; sleep 1; trap "echo caught" USR1');
    expect(await ask(bench, 'await_target USR1; signal_target USR1; echo $?', { TARGET_NAME: bench.target })).toBe('0');
    await until('it was caught', () => target.text.includes('caught'));
  });

  everywhere('a process that never does is not sent it', shell, async bench => {
    const target = await named(bench, bench.target);
    const env = { TARGET_NAME: bench.target, TARGET_WAIT: '0' };
    for (const signal of ['HUP', 'USR1', 'USR2']) {
      expect(await ask(bench, `await_target ${signal}; echo $?`, env)).toBe(`2\nlog-handler: process ${target.pid} does not handle SIG${signal} and would end: not sent`);
    }
    expect(await ask(bench, 'await_target TERM; echo $?', env)).toBe('2\nlog-handler: SIGTERM is no signal to reopen log files with');
    expect(readFileSync(`/proc/${target.pid}/comm`, 'utf8').trim()).toBe(bench.target);
  });

  scenario('a process that ignores the signal may be sent it', shell, async bench => {
    await named(bench, bench.target, [], 'trap "" HUP');
    expect(await ask(bench, 'await_target HUP; echo $?', { TARGET_NAME: bench.target })).toBe('0');
  });

  scenario('sees who holds a file open for writing, whatever it is called now', shell, async bench => {
    const holder = await bench.holder('app.log');
    const reader = bench.start('/bin/sh', ['-c', 'exec 3<"$1"; echo ready; while :; do sleep 0.1; done', 'reader', bench.path('app.log')], { PATH: process.env.PATH! });
    await until('it is open', () => reader.text !== '');
    const question = `writers "${bench.path('app.log')}"; echo "$? :$WRITERS:$BLIND:"`;
    expect(await ask(bench, question, {})).toBe(`0 : ${holder.pid}::`);
    await holder.kill();
    expect(await ask(bench, question, {})).toBe('1 :::');
  });
});
