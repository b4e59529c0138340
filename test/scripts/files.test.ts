import { spawnSync } from 'child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Bench, count, pause, scenario, until } from '../sidecars/scripts/handler';
import { Shell, describeShells } from '../sidecars/scripts/shells';

describeShells('a hundred files', shell => {
  scenario('are streamed with their names and rotated', shell, async bench => {
    const names = Array.from({ length: 100 }, (_, i) => `app ${i}.log`);
    for (const name of names) writeFileSync(bench.path(name), '');
    const env = { STREAM_PREFIX: 'name', STREAM_POLL: '0.5', ROTATE_SIZE: '2000', ROTATE_SIGNAL: '', ROTATE_KEEP: '1000', ROTATE_INTERVAL: '1' };
    const handler = bench.handler({ stream: true, rotate: 'reopen' }, env);
    const expected: string[] = [];
    for (let round = 0; round < 10; round++) {
      for (const name of names) {
        const lines = Array.from({ length: 10 }, (_, i) => `${round}.${i} ${'x'.repeat(40)}\n`);
        appendFileSync(bench.path(name), lines.join('')); // opens the file for each write
        expected.push(...lines.map(line => `${name}: ${line.trimEnd()}`));
      }
      await pause(0.4);
    }
    await until('all lines are there', () => handler.text.split('\n').length > expected.length, 60);
    await until('all are rotated', () => names.every(name => bench.rotated(name).length > 0), 60);
    expect(await handler.terminate()).toBe(0);
    expect(handler.text.trimEnd().split('\n').sort()).toEqual(expected.sort());
    for (const name of names) expect(bench.content(name).match(/\n/g)).toHaveLength(100);
    expect(handler.stderr).toBe('');
  });

  scenario('more files than STREAM_MAX: those are streamed, the first one beyond is told', shell, async bench => {
    for (let i = 0; i < 5; i++) writeFileSync(bench.path(`${i}.log`), `${i}\n`);
    const handler = bench.handler({ stream: true }, { STREAM_MAX: '3' });
    await until('three are streamed', () => handler.text.length === 6 && handler.stderr !== '');
    await pause(1);
    expect(await handler.terminate()).toBe(0);
    expect(handler.text.split('\n').sort()).toEqual(['', '0', '1', '2']);
    expect(handler.stderr).toBe('log-handler: more than 3 files: 3.log is not streamed\n');
  });
});

describeShells('a full disk', given => {
  const shell: Shell = { ...given, missing: given.missing ?? (process.getuid!() === 0 ? undefined : 'it takes root to mount one') };

  /** Mounts a file system of `mebibytes` in the place of the log folder. */
  async function small(bench: Bench, mebibytes: number, body: () => Promise<void>): Promise<void> {
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', bench.logs]).status).toBe(0);
    mkdirSync(bench.path('.state'));
    try {
      await body();
    } finally {
      spawnSync('umount', ['--lazy', bench.logs]);
    }
  }

  scenario('rotation goes on, a half compressed file goes, the rest stays as it is', shell, bench => small(bench, 1, async () => {
    const handler = bench.handler({ rotate: 'reopen' }, { ROTATE_SIZE: '300000', ROTATE_SIGNAL: '', ROTATE_KEEP: '100' });
    // what gzip makes no smaller
    writeFileSync(bench.path('app.log'), spawnSync('head', ['-c', '600000', '/dev/urandom']).stdout);
    await until('it says that it cannot compress', () => handler.stderr.includes('cannot compress app.log.00000001'));
    expect(statSync(bench.path('app.log.00000001')).size).toBe(600_000);
    expect(existsSync(bench.path('app.log.00000001.gz'))).toBe(false);
    writeFileSync(bench.path('app.log'), 'x'.repeat(300_000));
    await until('it rotates all the same', () => existsSync(bench.path('app.log.00000002')));
    expect(await handler.terminate()).toBe(0);
  }));

  scenario('the bound of bytes keeps the volume from being full', shell, bench => small(bench, 3, async () => {
    const handler = bench.handler({ rotate: 'reopen' }, { ROTATE_SIZE: '200000', ROTATE_KEEP: '100', ROTATE_TOTAL: '1000000', ROTATE_COMPRESS: '0' });
    const writer = await bench.writer('app.log', 20_000, 'prompt');
    let most = 0;
    const end = Date.now() + 4000;
    while (Date.now() < end) {
      most = Math.max(most, Number(/(\d+)\s/.exec(spawnSync('du', ['-sk', bench.logs], { encoding: 'utf8' }).stdout)?.[1]));
      await pause(0.05);
    }
    await writer.stop(); // it would have died of ENOSPC
    await handler.terminate();
    expect(most).toBeLessThan(2500);
    expect(handler.stderr).toMatch(/bytes: app\.log\.\d{8} is removed/);
  }));

  scenario('offsets are kept on the full disk: a restart doubles nothing', shell, bench => small(bench, 1, async () => {
    const env = { LOG_STATE: bench.path('.state'), LOG_FILES: 'app.log' };
    writeFileSync(bench.path('app.log'), 'one\n');
    const first = bench.handler({ stream: true }, env);
    await until('it is streamed', () => first.text === 'one\n');
    spawnSync('dd', ['if=/dev/zero', `of=${bench.path('filler')}`, 'bs=4k']);
    expect(() => writeFileSync(bench.path('more'), 'x'.repeat(10_000))).toThrow('ENOSPC');
    appendFileSync(bench.path('app.log'), 'two\n'); // fits in the block that it has
    await until('it is streamed', () => first.text === 'one\ntwo\n');
    await first.kill();
    const second = bench.handler({ stream: true }, env);
    await pause(0.5);
    unlinkSync(bench.path('filler'));
    appendFileSync(bench.path('app.log'), 'three\n');
    await until('it is streamed', () => second.text !== '');
    expect(await second.terminate()).toBe(0);
    expect(second.text).toBe('three\n');
  }));
});

describeShells('the writer in the way', shell => {
  scenario('a file that is removed and made again at once is followed', shell, async bench => {
    const handler = bench.handler({ stream: true, sharesProcesses: true }, { LOG_FILES: 'app.log' });
    let expected = '';
    for (let i = 0; i < 5; i++) {
      if (i % 2) renameSync(bench.path('app.log'), join(bench.folder, `away${i}`)); else if (i) unlinkSync(bench.path('app.log'));
      writeFileSync(bench.path('app.log'), `${i}\n`.repeat(1000 - i));
      expected += `${i}\n`.repeat(1000 - i);
      await until('it is streamed', () => handler.text.length >= expected.length);
    }
    expect(await handler.terminate()).toBe(0);
    expect(handler.text === expected).toBe(true);
    expect(count('', 0).lost + readFileSync(bench.path('app.log')).length).toBe(2 * 996);
  });
});
