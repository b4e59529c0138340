import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ALL, count, everywhere, pause, scenario, until } from './handler';
import { describeShells } from './shells';

const STREAM = { stream: true };
const SHARED = { stream: true, sharesProcesses: true };

/** Names that a careless script would split, expand or run. */
const ODD_NAMES = [
  'with blank.log', ' leading.log', 'two\nlines.log', '-rf.log', '--help.log', '*.log', '[a].log', '?.log', "it's.log", '"quoted".log', '$(touch pwned).log',
  '`touch pwned`.log', '$HOME.log', 'back\\slash.log', 'a;touch pwned.log', 'a&b.log', 'a|b.log', 'pro%s.log', '\u00fcml\u00e4ut.log', '~.log', '#.log',
];

describeShells('stream', shell => {
  everywhere('writes out what is there and what comes, a line at a time', shell, async bench => {
    writeFileSync(bench.path('app.log'), 'one\ntwo\nhal');
    const handler = bench.handler(STREAM, { LOG_FILES: 'app.log' });
    await until('the first lines are there', () => handler.text === 'one\ntwo\n');
    appendFileSync(bench.path('app.log'), 'f\nlast');
    await until('the line is whole', () => handler.text === 'one\ntwo\nhalf\n');
    expect(await handler.terminate()).toBe(0);
    expect(handler.text).toBe('one\ntwo\nhalf\nlast\n');
    expect(handler.stderr).toBe('');
  });

  everywhere('passes every byte on but NUL', shell, async bench => {
    const bytes = Array.from({ length: 255 }, (_, i) => i + 1).filter(byte => byte !== 10);
    const line = Buffer.concat([Buffer.from('  \t'), Buffer.from(bytes), Buffer.from(' \\n \\ %s \t  \n')]);
    const handler = bench.handler(STREAM, { LOG_FILES: 'app.log' });
    // one by one, which the shell reads itself, then many at once, which dd does
    for (let i = 0; i < 3; i++) {
      appendFileSync(bench.path('app.log'), line);
      await until('the line is there', () => handler.stdout.length === (i + 1) * line.length);
    }
    appendFileSync(bench.path('app.log'), Buffer.concat(Array(1000).fill(line)));
    await until('all lines are there', () => handler.stdout.length >= 1003 * line.length);
    expect(handler.stdout.equals(Buffer.concat(Array(1003).fill(line)))).toBe(true);
  });

  scenario('waits for a directory that is not there yet, and takes a long line whole', shell, async bench => {
    const directory = join(bench.folder, 'later');
    const handler = bench.handler(STREAM, { LOG_DIRECTORY: directory, LOG_FILES: 'app.log' });
    await pause(0.3);
    mkdirSync(directory);
    writeFileSync(join(directory, 'app.log'), `${'x'.repeat(200_000)}\nshort\n`);
    await until('both are there', () => handler.text.length === 200_007);
    expect(handler.text).toBe(`${'x'.repeat(200_000)}\nshort\n`);
  });

  everywhere('loses nothing when a file is renamed and its writer reopens it 300 ms later', shell, async bench => {
    const handler = bench.handler(SHARED, { LOG_FILES: 'app.log' });
    const writer = await bench.writer('app.log', 10_000, 'late');
    for (let i = 1; i <= 3; i++) {
      await pause(0.3);
      renameSync(bench.path('app.log'), bench.path(`app.log.${i}`));
      if (i === 2) writeFileSync(bench.path('app.log'), ''); // as logrotate with `create`
      await writer.reopen();
    }
    const lines = await writer.stop();
    expect(await handler.terminate()).toBe(0);
    expect(count(handler.text, lines)).toEqual(ALL);
  });

  everywhere('loses nothing when a file is renamed twice between two looks', shell, async bench => {
    const handler = bench.handler(SHARED, { LOG_FILES: 'app.log', STREAM_POLL: '0.5' });
    const writer = await bench.writer('app.log', 10_000, 'prompt');
    for (let i = 1; i <= 6; i++) {
      if (i % 2) await pause(0.3);
      renameSync(bench.path('app.log'), bench.path(`app.log.${i}`));
      await writer.reopen();
    }
    const lines = await writer.stop();
    expect(await handler.terminate()).toBe(0);
    expect(count(handler.text, lines)).toMatchObject({ lost: 0, doubled: 0, broken: 0 });
  });

  scenario('loses nothing when a renamed file is removed while it is written', shell, async bench => {
    const handler = bench.handler(SHARED, { LOG_FILES: 'app.log' });
    const writer = await bench.writer('app.log', 10_000, 'late');
    await until('it is streamed', () => handler.text !== '');
    renameSync(bench.path('app.log'), bench.path('app.log.1'));
    unlinkSync(bench.path('app.log.1'));
    await writer.reopen();
    const lines = await writer.stop();
    expect(await handler.terminate()).toBe(0);
    expect(count(handler.text, lines)).toEqual(ALL);
  });

  scenario('goes by silence where the process namespace is not shared', shell, async bench => {
    const handler = bench.handler(STREAM, { LOG_FILES: 'app.log' });
    const writer = await bench.writer('app.log', 10_000, 'late');
    await until('it is streamed', () => handler.text !== '');
    renameSync(bench.path('app.log'), bench.path('app.log.1'));
    await writer.reopen();
    const lines = await writer.stop();
    expect(await handler.terminate()).toBe(0);
    expect(count(handler.text, lines)).toEqual(ALL);
  });

  everywhere('keeps the lines of several files apart, whatever the files are called', shell, async bench => {
    const handler = bench.handler(STREAM, { STREAM_PREFIX: 'name' });
    const expected = new Set<string>();
    for (const name of ODD_NAMES) {
      writeFileSync(bench.path(name), Array.from({ length: 8 }, (_, i) => `line ${i}\n`).join(''));
      for (let i = 0; i < 8; i++) expected.add(`${Buffer.from(name).toString('latin1').replaceAll('\n', '?')}: line ${i}`);
    }
    await until('all lines are there', () => handler.text.split('\n').length > expected.size);
    expect(await handler.terminate()).toBe(0);
    expect(handler.text.trimEnd().split('\n').sort()).toEqual([...expected].sort());
    expect(handler.stderr).toBe('');
    expect(existsSync(join(bench.folder, 'pwned')) || existsSync(bench.path('pwned'))).toBe(false);
  });

  scenario('does not mix the lines of files that are written at the same time, in blocks that end anywhere', shell, async bench => {
    const handler = bench.handler(STREAM, { LOG_FILES: '[ab].log' });
    const writers = [await bench.writer('a.log', 8000, 'never', 'yes', 4096), await bench.writer('b.log', 8000, 'never', 'yes', 1000)];
    await until('both have written a lot', () => handler.text.length > 500_000);
    const lines = await Promise.all(writers.map(writer => writer.stop()));
    expect(await handler.terminate()).toBe(0);
    expect(count(handler.text, Math.max(...lines))).toMatchObject({ lost: 0, doubled: Math.min(...lines), broken: 0 });
  });

  scenario('streams what its patterns say, no links, no rotated files, nothing twice', shell, async bench => {
    writeFileSync(bench.path('app.log'), 'app\n');
    writeFileSync(bench.path('skip.log'), 'skip\n');
    writeFileSync(bench.path('access-1'), 'access\n');
    writeFileSync(bench.path('other.txt'), 'other\n');
    writeFileSync(bench.path('.hidden.log'), 'hidden\n');
    writeFileSync(bench.path('old.log.00000007'), 'rotated\n');
    symlinkSync('/dev/stdout', bench.path('stdout.log'));
    symlinkSync('/etc/passwd', bench.path('link.log'));
    const handler = bench.handler(STREAM, { LOG_FILES: '*.log\naccess-[0-9]\n*.log.00000007', LOG_EXCLUDE: 'sk?p*' });
    await until('both are there', () => handler.text.length === 11);
    // a new name that fits, for a file that is streamed: logback and the like do that
    renameSync(bench.path('app.log'), bench.path('app-2026.log'));
    writeFileSync(bench.path('app.log'), 'new\n');
    await until('the new one is there', () => handler.text.includes('new'));
    await pause(0.5);
    expect(await handler.terminate()).toBe(0);
    expect(handler.text.split('\n').sort()).toEqual(['', 'access', 'app', 'new']);
  });

  everywhere('a restart after TERM neither loses nor doubles a line, also when the file was renamed meanwhile', shell, async bench => {
    const writer = await bench.writer('app.log', 10_000, 'prompt');
    const first = bench.handler(SHARED, { LOG_FILES: 'app.log', STREAM_DRAIN: '0' });
    await until('it is streamed', () => first.text !== '');
    expect(await first.terminate()).toBe(0);
    await pause(0.1);
    renameSync(bench.path('app.log'), bench.path('app.log.1'));
    await writer.reopen();
    const second = bench.handler(SHARED, { LOG_FILES: 'app.log' });
    await until('it is streamed', () => second.text !== '');
    const lines = await writer.stop();
    expect(await second.terminate()).toBe(0);
    expect(count(first.text, lines).lost).toBeGreaterThan(0);
    expect(count(first.text + second.text, lines)).toEqual(ALL);
  });

  scenario('a restart after KILL loses nothing and doubles what was not noted yet', shell, async bench => {
    const writer = await bench.writer('app.log', 5000, 'never');
    const noted = () => readdirSync(bench.state).reduce((sum, file) => sum + parseInt(readFileSync(join(bench.state, file), 'latin1')), 0);
    let [text, start, twice] = ['', 0, 0];
    for (let i = 0; i < 2; i++) {
      const handler = bench.handler(SHARED, { LOG_FILES: 'app.log' });
      await until('it is streamed', () => noted() > start + 100_000);
      await handler.kill();
      text += handler.text;
      twice += start + handler.text.length - noted();
      start = noted();
    }
    const last = bench.handler(SHARED, { LOG_FILES: 'app.log' });
    await until('it is streamed', () => last.text !== '');
    const lines = await writer.stop();
    expect(await last.terminate()).toBe(0);
    expect(count(text + last.text, lines)).toMatchObject({ lost: 0, doubled: twice / 100, broken: 0 });
  });

  scenario('a file that got the inode number of one that is gone is read from its start', shell, async bench => {
    writeFileSync(bench.path('app.log'), 'old\n'.repeat(10));
    const first = bench.handler(STREAM, { LOG_FILES: 'app.log' });
    await until('it is streamed', () => first.text.length === 40);
    await first.terminate();
    // the same inode, other content, longer than what was read
    writeFileSync(bench.path('app.log'), 'new\n'.repeat(20));
    const second = bench.handler(STREAM, { LOG_FILES: 'app.log' });
    await until('it is streamed', () => second.text.length >= 80);
    expect(second.text).toBe('new\n'.repeat(20));
  });

  scenario('a file that was truncated is read from its start, and it says so', shell, async bench => {
    writeFileSync(bench.path('app.log'), 'one\n'.repeat(10));
    const handler = bench.handler(STREAM, { LOG_FILES: 'app.log' });
    await until('it is streamed', () => handler.text.length === 40);
    truncateSync(bench.path('app.log'));
    await until('it is seen', () => handler.stderr.includes('app.log was truncated'));
    appendFileSync(bench.path('app.log'), 'two\n');
    await until('it goes on', () => handler.text.endsWith('one\ntwo\n'));
  });

  scenario('drains after TERM until its bound, or until nobody writes any more', shell, async bench => {
    const writer = await bench.writer('app.log', 5000, 'never');
    const bounded = bench.handler(SHARED, { LOG_FILES: 'app.log', STREAM_DRAIN: '1' });
    await until('it is streamed', () => bounded.text !== '');
    let start = Date.now();
    expect(await bounded.terminate()).toBe(0);
    expect(Date.now() - start).toBeLessThan(8000);
    expect(bounded.stderr).toContain('app.log is still open for writing 1 s after TERM');
    const handler = bench.handler(SHARED, { LOG_FILES: 'app.log', STREAM_DRAIN: '60' });
    await until('it is streamed', () => handler.text !== '');
    handler.signal('SIGTERM');
    await pause(0.5);
    await writer.stop();
    start = Date.now();
    expect(await handler.ended).toBe(0);
    expect(Date.now() - start).toBeLessThan(8000);
    expect(bounded.text + handler.text === readFileSync(bench.path('app.log'), 'latin1')).toBe(true);
  });
});
