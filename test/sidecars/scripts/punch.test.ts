import { readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'fs';
import { ALL, count, scenario, until } from './handler';
import { SHELLS, describeShells, has } from './shells';

const PUNCH = { rotate: 'punch' } as const;
const dash = SHELLS.find(shell => shell.name === 'dash')!;
const shell = { ...dash, missing: dash.missing ?? (has('fallocate') ? undefined : 'there is no fallocate of util-linux') };

describe(`rotate by punching holes${shell.missing ? ` (${shell.missing})` : ''}`, () => {
  for (const append of ['yes', 'no'] as const) {
    scenario(`loses nothing of a program that never reopens its file, O_APPEND: ${append}`, shell, async bench => {
      const handler = bench.handler(PUNCH, { ROTATE_SIZE: '100000', ROTATE_KEEP: '1000' });
      const writer = await bench.writer('app.log', 10_000, 'never', append, 999);
      await until('it is rotated', () => bench.rotated('app.log').filter(name => name.endsWith('.gz')).length >= 4);
      const lines = await writer.stop();
      expect(await handler.terminate()).toBe(0);
      expect(count(bench.content('app.log'), lines)).toEqual(ALL);
      const { size, blocks } = statSync(bench.path('app.log'));
      expect(size).toBe(lines * 100);
      expect(blocks * 512).toBeLessThan(size / 2);
      expect(handler.stderr).toBe('');
    });
  }

  scenario('with stream: all is written out, no copy is made, what is not streamed yet stays', shell, async bench => {
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

  scenario('with stream: the copies are not streamed again', shell, async bench => {
    const handler = bench.handler({ ...PUNCH, stream: true }, { ROTATE_SIZE: '100000', ROTATE_KEEP: '1000', ROTATE_COMPRESS: '0' });
    const writer = await bench.writer('app.log', 10_000, 'never');
    await until('it is rotated', () => bench.rotated('app.log').length >= 3);
    const lines = await writer.stop();
    expect(await handler.terminate()).toBe(0);
    expect(count(handler.text, lines)).toEqual(ALL);
    expect(count(bench.content('app.log'), lines)).toEqual(ALL);
  });

  scenario('starts anew with a file that was truncated', shell, async bench => {
    const handler = bench.handler(PUNCH, { ROTATE_SIZE: '100', ROTATE_COMPRESS: '0' });
    writeFileSync(bench.path('app.log'), 'one\n'.repeat(100));
    await until('it is rotated', () => bench.rotated('app.log').length === 1);
    truncateSync(bench.path('app.log'));
    writeFileSync(bench.path('app.log'), 'two\n'.repeat(50), { flag: 'a' });
    await until('it is rotated again', () => bench.rotated('app.log').length === 2);
    await handler.terminate();
    expect(bench.content('app.log')).toBe('one\n'.repeat(100) + 'two\n'.repeat(50));
  });
});

describeShells('rotate by punching holes where it cannot be done', other => {
  const without = { ...other, missing: other.missing ?? (other.name === 'dash' ? 'dash has the fallocate of util-linux' : undefined) };
  scenario('says so and ends', without, async bench => {
    writeFileSync(bench.path('app.log'), 'one\n'.repeat(100));
    const handler = bench.handler(PUNCH, { ROTATE_SIZE: '100' });
    expect(await handler.ended).toBe(1);
    expect(handler.stderr).toContain('it takes LOG_STATE, fallocate of util-linux and a file system that can');
    expect(readFileSync(bench.path('app.log'), 'utf8')).toBe('one\n'.repeat(100));
  });
});
