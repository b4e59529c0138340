import { pause, count, scenario, until } from '../sidecars/scripts/handler';
import { describeShells, has } from '../sidecars/scripts/shells';

describeShells('killed at any moment', shell => {
  scenario('a handler that streams and rotates loses nothing, forty times', shell, async bench => {
    const env = { LOG_FILES: 'app.log', ROTATE_SIZE: '30000', ROTATE_KEEP: '100000', ROTATE_INTERVAL: '0.05' };
    const writer = await bench.writer('app.log', 10_000, 'late');
    let text = '';
    for (let i = 0; i < 40; i++) {
      const handler = bench.handler({ stream: true, rotate: 'reopen' }, env);
      await pause(0.1 + Math.random() * 0.6);
      await handler.kill();
      text += handler.text;
    }
    const last = bench.handler({ stream: true, rotate: 'reopen' }, { ...env, ROTATE_SIZE: '1000000' });
    await pause(1);
    const lines = await writer.stop();
    expect(await last.terminate()).toBe(0);
    expect(count(bench.content('app.log'), lines)).toMatchObject({ lost: 0, doubled: 0, broken: 0, disordered: 0 });
    // a line that KILL cut is written out again as a whole
    expect(count(text + last.text, lines).lost).toBe(0);
  });

  const punching = { ...shell, missing: shell.missing ?? (shell.name === 'dash' && has('fallocate') ? undefined : 'it takes fallocate of util-linux') };
  scenario('a handler that punches holes loses nothing, forty times', punching, async bench => {
    const env = { LOG_FILES: 'app.log', ROTATE_SIZE: '30000', ROTATE_KEEP: '100000', ROTATE_INTERVAL: '0.05' };
    const writer = await bench.writer('app.log', 10_000, 'never', 'no');
    for (let i = 0; i < 40; i++) {
      const handler = bench.handler({ rotate: 'punch' }, env);
      await pause(0.1 + Math.random() * 0.6);
      await handler.kill();
    }
    const last = bench.handler({ rotate: 'punch' }, env);
    const before = bench.rotated('app.log').length;
    await until('it goes on', () => bench.rotated('app.log').length > before);
    const lines = await writer.stop();
    expect(await last.terminate()).toBe(0);
    expect(count(bench.content('app.log'), lines)).toEqual({ lost: 0, doubled: 0, broken: 0, disordered: 0 });
  });
});
