import { readFileSync, readdirSync, statSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ALL, Bench, count, everywhere, until } from './handler';
import { SHELLS, describeShells, has } from './shells';

const PUNCH = { rotate: 'punch' } as const;
const dash = SHELLS.find(shell => shell.name === 'dash')!;
const shell = { ...dash, missing: dash.missing ?? (has('fallocate') ? undefined : 'there is no fallocate of util-linux') };

describe(`rotate by punching holes${shell.missing ? ` (${shell.missing})` : ''}`, () => {
  for (const append of ['yes', 'no'] as const) {
    everywhere(`loses nothing of a program that never reopens its file, O_APPEND: ${append}`, shell, async bench => {
      const handler = bench.handler(PUNCH, { ROTATE_SIZE: '100000', ROTATE_KEEP: '1000' });
      const writer = await bench.writer('app.log', 10_000, 'never', append, 999);
      await until('it is rotated', () => bench.rotated('app.log').filter(name => name.endsWith('.gz')).length >= 4);
      const lines = await writer.stop();
      await until('what is rotated takes no room', () => statSync(bench.path('app.log')).blocks * 512 < 150_000);
      expect(await handler.terminate()).toBe(0);
      expect(count(bench.content('app.log'), lines)).toEqual(ALL);
      expect(statSync(bench.path('app.log')).size).toBe(lines * 100);
      expect(handler.stderr).toBe('');
    });
  }

  everywhere('with stream: all is written out, no copy is made, what is not streamed yet stays', shell, async bench => {
    const handler = bench.handler({ ...PUNCH, stream: true }, { LOG_FILES: 'app.log', ROTATE_SIZE: '100000', ROTATE_KEEP: '0' });
    const writer = await bench.writer('app.log', 10_000, 'never', 'no');
    await until('it is punched', () => {
      const { size, blocks } = statSync(bench.path('app.log'));
      return size > 1_000_000 && blocks * 512 < size / 2;
    });
    const lines = await writer.stop();
    expect(await handler.terminate()).toBe(0);
    expect(count(handler.text, lines)).toEqual(ALL);
    expect(readdirSync(bench.logs)).toEqual(['app.log']);
  });

  everywhere('with stream: the copies are not streamed again', shell, async bench => {
    const handler = bench.handler({ ...PUNCH, stream: true }, { ROTATE_SIZE: '100000', ROTATE_KEEP: '1000', ROTATE_COMPRESS: '0' });
    const writer = await bench.writer('app.log', 10_000, 'never');
    await until('it is rotated', () => bench.rotated('app.log').length >= 3);
    const lines = await writer.stop();
    expect(await handler.terminate()).toBe(0);
    expect(count(handler.text, lines)).toEqual(ALL);
    expect(count(bench.content('app.log'), lines)).toEqual(ALL);
  });

  everywhere('starts anew with a file that was truncated', shell, async bench => {
    const handler = bench.handler(PUNCH, { ROTATE_SIZE: '100', ROTATE_COMPRESS: '0', ROTATE_KEEP: '100' });
    const texts = [100, 50, 200, 60, 150].map((times, i) => `${i}${i}${i}\n`.repeat(times));
    for (const [i, text] of texts.entries()) {
      writeFileSync(bench.path('app.log'), '');
      writeFileSync(bench.path('app.log'), text, { flag: 'a' });
      await until('it is rotated', () => bench.rotated('app.log').length === i + 1 && readFileSync(bench.path('app.log')).every(byte => byte === 0));
      await until('that is noted', () => readFileSync(join(bench.state, `rotate.${statSync(bench.path('app.log')).ino}`), 'utf8').startsWith(`${text.length} `));
    }
    await handler.terminate();
    expect(bench.content('app.log')).toBe(texts.join(''));
  });

  /** A folder as KILL leaves it after the copy: `now` is what the file holds. */
  async function killed(bench: Bench, copy: string, now: string): Promise<string> {
    writeFileSync(bench.path('app.log.00000001'), copy);
    writeFileSync(bench.path('app.log'), now);
    writeFileSync(join(bench.state, `rotate.${statSync(bench.path('app.log')).ino}`), `0 ${copy.length} 00000001\n`);
    const handler = bench.handler(PUNCH, { ROTATE_SIZE: '10', ROTATE_COMPRESS: '0', ROTATE_KEEP: '100' });
    await until('the next part is rotated', () => bench.rotated('app.log').length === 2);
    await handler.terminate();
    return readFileSync(bench.path('app.log.00000002'), 'latin1');
  }

  everywhere('was killed before the hole was there: makes it, copies the next part', shell, async bench => {
    expect(await killed(bench, 'one\n'.repeat(500), 'one\n'.repeat(500) + 'two\n'.repeat(10))).toBe('two\n'.repeat(10));
    expect(readFileSync(bench.path('app.log')).every(byte => byte === 0)).toBe(true);
  });

  everywhere('was killed before it noted the hole: notes it, copies the next part', shell, async bench => {
    expect(await killed(bench, 'one\n'.repeat(500), '\0'.repeat(2000) + 'two\n'.repeat(10))).toBe('two\n'.repeat(10));
  });

  everywhere('was killed, and the file was truncated and filled again: makes no hole where the new text is', shell, async bench => {
    expect(await killed(bench, 'one\n'.repeat(500), 'new\n'.repeat(600))).toBe('new\n'.repeat(600));
  });
});

describeShells('rotate by punching holes where it cannot be done', other => {
  const without = { ...other, missing: other.missing ?? (other.name === 'dash' ? 'dash has the fallocate of util-linux' : undefined) };
  everywhere('says so and ends', without, async bench => {
    writeFileSync(bench.path('app.log'), 'one\n'.repeat(100));
    const handler = bench.handler(PUNCH, { ROTATE_SIZE: '100' });
    expect(await handler.ended).toBe(1);
    expect(handler.stderr).toContain('it takes LOG_STATE, fallocate of util-linux and a file system that can');
    expect(readFileSync(bench.path('app.log'), 'utf8')).toBe('one\n'.repeat(100));
  });
});
