import { appendFileSync, existsSync, linkSync, readdirSync, readFileSync, renameSync, statSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ALL, count, everywhere, pause, scenario, until } from './handler';
import { describeShells } from './shells';

const ROTATE = { rotate: 'reopen' } as const;
const BOTH = { rotate: 'reopen', stream: true } as const;

describeShells('rotate', shell => {
  scenario('loses nothing of a program that reopens at once, and compresses', shell, async bench => {
    const handler = bench.handler(ROTATE, { ROTATE_SIZE: '100000', ROTATE_KEEP: '1000' });
    const writer = await bench.writer('app.log', 10_000, 'prompt');
    await until('it is rotated', () => bench.rotated('app.log').filter(name => name.endsWith('.gz')).length >= 3);
    const lines = await writer.stop();
    expect(await handler.terminate()).toBe(0);
    expect(count(bench.content('app.log'), lines)).toEqual(ALL);
    expect(bench.rotated('app.log')[0]).toMatch(/^app\.log\.00000001/);
    expect(handler.stderr).toBe('');
    expect(readdirSync(bench.logs).filter(name => name.startsWith('.'))).toEqual([]);
  });

  everywhere('waits for a program that reopens 300 ms later before it compresses', shell, async bench => {
    const handler = bench.handler(ROTATE, { ROTATE_SIZE: '100000', ROTATE_KEEP: '1000' });
    const writer = await bench.writer('app.log', 10_000, 'late');
    await until('it is rotated', () => bench.rotated('app.log').filter(name => name.endsWith('.gz')).length >= 2);
    const lines = await writer.stop();
    await handler.terminate();
    expect(count(bench.content('app.log'), lines)).toEqual(ALL);
    expect(handler.stderr).toBe('');
  });

  everywhere('gives the file back to a program that does not reopen it, and says so', shell, async bench => {
    const handler = bench.handler(ROTATE, { ROTATE_SIZE: '100000', ROTATE_TIMEOUT: '1' });
    const writer = await bench.writer('app.log', 10_000, 'never');
    await until('it is given back', () => handler.stderr.includes('gets its name back'));
    await pause(0.5);
    const lines = await writer.stop();
    await handler.terminate();
    expect(count(readFileSync(bench.path('app.log'), 'latin1'), lines)).toEqual(ALL);
    expect(handler.stderr).toBe(`log-handler: process ${writer.pid} did not let go of app.log.00000001: it gets its name back\n`);
    expect(readdirSync(bench.logs)).toEqual(['app.log']);
  });

  scenario('rotates all files that are due with one signal, and waits for all of several writers', shell, async bench => {
    const handler = bench.handler(ROTATE, { ROTATE_SIZE: '50000', ROTATE_KEEP: '1000', TARGET_PICK: 'all' });
    const writers = [await bench.writer('a.log', 5000, 'prompt'), await bench.writer('b.log', 5000, 'late')];
    await until('both are rotated', () => ['a.log', 'b.log'].every(name => bench.rotated(name).some(file => file.endsWith('.gz'))));
    const lines = await Promise.all(writers.map(writer => writer.stop()));
    await handler.terminate();
    expect(count(bench.content('a.log'), lines[0])).toEqual(ALL);
    expect(count(bench.content('b.log'), lines[1])).toEqual(ALL);
  });

  scenario('rotates by age, does not rotate an empty file, and keeps so many', shell, async bench => {
    writeFileSync(bench.path('empty.log'), '');
    const handler = bench.handler(ROTATE, { ROTATE_AGE: '1', ROTATE_KEEP: '2', ROTATE_COMPRESS: '0' });
    for (let i = 1; i <= 4; i++) {
      writeFileSync(bench.path('app.log'), `${i}\n`);
      await until('it is rotated', () => !existsSync(bench.path('app.log')));
    }
    await until('the older ones are gone', () => bench.rotated('app.log').length === 2);
    expect(bench.rotated('app.log')).toEqual(['app.log.00000003', 'app.log.00000004']);
    expect(bench.content('app.log')).toBe('3\n4\n');
    expect(existsSync(bench.path('empty.log'))).toBe(true);
    await handler.terminate();
  });

  scenario('keeps to its bound of bytes: the oldest rotated file of all goes first', shell, async bench => {
    const names = ['b.log.00000007', 'a.log.00000001', 'a.log.00000002', 'b.log.00000008.gz'];
    names.forEach((name, i) => {
      writeFileSync(bench.path(name), 'x'.repeat(40_000));
      utimesSync(bench.path(name), 1000 + i, 1000 + i);
    });
    writeFileSync(bench.path('a.log'), 'x'.repeat(40_000));
    writeFileSync(bench.path('notes.txt'), 'x'.repeat(400_000));
    const handler = bench.handler(ROTATE, { ROTATE_TOTAL: '130000', ROTATE_COMPRESS: '0' });
    await until('some are gone', () => handler.stderr.split('\n').length > 2);
    await pause(0.3);
    await handler.terminate();
    expect(readdirSync(bench.logs).sort()).toEqual(['a.log', 'a.log.00000002', 'b.log.00000008.gz', 'notes.txt']);
    expect(handler.stderr).toMatch(/bytes: b\.log\.00000007 is removed\n.*bytes: a\.log\.00000001 is removed\n$/);
  });

  scenario('does not rotate what nobody can be signalled for while it is written, but what nobody writes', shell, async bench => {
    const handler = bench.handler(ROTATE, { ROTATE_SIZE: '10', TARGET_NAME: 'nobody-here' });
    const holder = await bench.holder('held.log');
    writeFileSync(bench.path('free.log'), 'some text\n');
    appendFileSync(bench.path('held.log'), 'some text\n');
    await until('the free one is rotated', () => bench.rotated('free.log').includes('free.log.00000001.gz'));
    await until('it says why not the other', () => handler.stderr.includes('held.log is due, but no process is found to signal'));
    expect(bench.rotated('held.log')).toEqual([]);
    await holder.kill();
    await handler.terminate();
    const next = bench.handler(ROTATE, { ROTATE_SIZE: '10', TARGET_NAME: 'nobody-here' });
    await until('the other one is rotated too', () => bench.rotated('held.log').includes('held.log.00000001.gz'));
    await next.terminate();
  });

  scenario('does not signal a process that does not handle the signal: it would end', shell, async bench => {
    const handler = bench.handler(ROTATE, { ROTATE_SIZE: '10', TARGET_NAME: `${bench.target}x`, TARGET_WAIT: '1' });
    const holder = await bench.holder('app.log');
    appendFileSync(bench.path('app.log'), 'some text\n');
    await until('it says so', () => handler.stderr.includes(`process ${holder.pid} does not handle SIGUSR1`));
    await handler.terminate();
    expect(readdirSync(bench.logs).filter(name => !name.startsWith('.'))).toEqual(['app.log']);
    expect(readFileSync(`/proc/${holder.pid}/comm`, 'utf8')).toBe(`${bench.target}x\n`);
  });

  scenario('goes on with a new process when its target was restarted', shell, async bench => {
    const handler = bench.handler(ROTATE, { ROTATE_SIZE: '50000', ROTATE_KEEP: '1000' });
    let lines = 0;
    for (let i = 0; i < 2; i++) {
      const before = bench.rotated('app.log').length;
      const writer = await bench.writer('app.log', 10_000, 'prompt');
      await until('it is rotated', () => bench.rotated('app.log').length > before + 1);
      lines += await writer.stop();
    }
    await handler.terminate();
    expect(bench.content('app.log').match(/^line \d{10} x{83}$/gm)).toHaveLength(lines);
    expect(handler.stderr).toBe('');
  });

  everywhere('takes up a rotation that was killed after the renaming', shell, async bench => {
    const writer = await bench.writer('app.log', 10_000, 'prompt');
    await until('it writes', () => statSync(bench.path('app.log')).size > 0);
    renameSync(bench.path('app.log'), bench.path('app.log.00000009'));
    await pause(0.1);
    const handler = bench.handler(ROTATE);
    await until('the writer has reopened it', () => writer.text.includes('reopened'));
    await until('it is compressed', () => bench.rotated('app.log').includes('app.log.00000009.gz'));
    const lines = await writer.stop();
    await handler.terminate();
    expect(count(bench.content('app.log'), lines)).toEqual(ALL);
    expect(handler.stderr).toBe('log-handler: going on with a rotation that was broken off\n');
  });

  scenario('takes up a rotation that was killed while it compressed, or gave a file back', shell, async bench => {
    writeFileSync(bench.path('app.log.00000003'), 'whole\n');
    writeFileSync(bench.path('app.log.00000003.gz'), 'half a gzip');
    writeFileSync(bench.path('back.log'), 'back\n');
    linkSync(bench.path('back.log'), bench.path('back.log.00000001'));
    const handler = bench.handler(ROTATE);
    await until('all is well', () => readdirSync(bench.logs).filter(name => !name.startsWith('.')).sort().join() === 'app.log.00000003.gz,back.log');
    await handler.terminate();
    expect(bench.content('app.log')).toBe('whole\n');
  });

  scenario('is killed and started again and again without losing a line', shell, async bench => {
    const writer = await bench.writer('app.log', 10_000, 'prompt');
    for (let i = 0; i < 8; i++) {
      const handler = bench.handler(ROTATE, { ROTATE_SIZE: '30000', ROTATE_KEEP: '1000', ROTATE_INTERVAL: '0.02' });
      await pause(0.15 + 0.03 * i);
      await handler.kill();
    }
    const handler = bench.handler(ROTATE, { ROTATE_SIZE: '30000', ROTATE_KEEP: '1000' });
    await until('it is rotated', () => bench.rotated('app.log').filter(name => name.endsWith('.gz')).length >= 3);
    const lines = await writer.stop();
    await pause(0.3);
    await handler.terminate();
    expect(count(bench.content('app.log'), lines)).toEqual(ALL);
  });

  scenario('waits while another rotator works in the directory, and takes over when that one was killed', shell, async bench => {
    const first = bench.handler(ROTATE);
    await until('the first one works', () => readdirSync(bench.logs).includes('.rotate.lock'));
    const second = bench.handler(ROTATE, { ROTATE_SIZE: '10' });
    await until('the second one waits', () => second.stderr.includes(`another rotator, process ${first.pid}, works in`));
    writeFileSync(bench.path('app.log'), 'some text\n');
    await pause(0.5);
    expect(bench.rotated('app.log')).toEqual([]);
    expect(second.stderr.split('\n')).toHaveLength(2);
    await first.kill();
    await until('the second one works', () => bench.rotated('app.log').includes('app.log.00000001.gz'));
    expect(await second.terminate()).toBe(0);
    expect(readdirSync(bench.logs)).toEqual(['app.log.00000001.gz']);
  });

  scenario('leaves a file alone that something else rotates', shell, async bench => {
    const handler = bench.handler(ROTATE, { ROTATE_SIZE: '100' });
    writeFileSync(bench.path('app.log'), 'one\n');
    writeFileSync(bench.path('due.log'), 'x'.repeat(100));
    await until('both were seen', () => bench.rotated('due.log').length === 1);
    renameSync(bench.path('app.log'), bench.path('app.log.1'));
    writeFileSync(bench.path('app.log'), 'x'.repeat(200));
    await until('it says so', () => handler.stderr.includes('something else rotated app.log'));
    await pause(0.5);
    expect(bench.rotated('app.log')).toEqual([]);
    await handler.terminate();
  });

  everywhere('rotates files whatever they are called, no links, and runs nothing that a name says', shell, async bench => {
    const names = ['with blank.log', 'two\nlines.log', '-rf.log', '*.log', '[a].log', "it's.log", '$(touch pwned).log', '`id`.log', 'a&b.log', 'back\\slash.log', 'pro%s.log'];
    for (const name of names) writeFileSync(bench.path(name), `${name}\n`.repeat(20));
    writeFileSync(join(bench.folder, 'outside'), 'x'.repeat(1000));
    symlinkSync(join(bench.folder, 'outside'), bench.path('link.log'));
    const handler = bench.handler(ROTATE, { ROTATE_SIZE: '100', ROTATE_SIGNAL: '' });
    await until('all are compressed', () => names.every(name => existsSync(bench.path(`${name}.00000001.gz`))));
    for (const name of names) expect(bench.content(name)).toBe(Buffer.from(`${name}\n`.repeat(20)).toString('latin1'));
    await pause(0.3);
    await handler.terminate();
    expect(readdirSync(bench.logs).sort()).toEqual([...names.map(name => `${name}.00000001.gz`), 'link.log'].sort());
    expect(readdirSync(bench.folder)).not.toContain('pwned');
    expect(handler.stderr).toBe('');
  });

  everywhere('streams and rotates: every line is written out and kept, in order', shell, async bench => {
    const handler = bench.handler(BOTH, { LOG_FILES: 'app.log', ROTATE_SIZE: '100000', ROTATE_KEEP: '1000', ROTATE_INTERVAL: '0.3' });
    const writer = await bench.writer('app.log', 10_000, 'late');
    await until('it is rotated', () => bench.rotated('app.log').filter(name => name.endsWith('.gz')).length >= 2);
    const lines = await writer.stop();
    expect(await handler.terminate()).toBe(0);
    expect(count(handler.text, lines)).toEqual(ALL);
    expect(count(bench.content('app.log'), lines)).toEqual(ALL);
  });

  scenario('streams and keeps no rotated file', shell, async bench => {
    const handler = bench.handler(BOTH, { LOG_FILES: 'app.log', ROTATE_SIZE: '100000', ROTATE_KEEP: '0', ROTATE_INTERVAL: '0.3' });
    const writer = await bench.writer('app.log', 10_000, 'prompt');
    await until('it was rotated and removed', () => handler.text.length > 500_000 && bench.rotated('app.log').length === 0);
    const lines = await writer.stop();
    expect(await handler.terminate()).toBe(0);
    expect(count(handler.text, lines)).toEqual(ALL);
    if (existsSync(bench.path('app.log'))) unlinkSync(bench.path('app.log'));
  });
});
