import { appendFileSync, readFileSync, readdirSync, writeFileSync } from 'fs';
import { Agent, get } from 'http';
import { join } from 'path';
import { ALL, Bench, Process, count, scenario, until } from '../sidecars/scripts/handler';
import { Shell, describeShells, has } from '../sidecars/scripts/shells';

const needsNginx = (shell: Shell): Shell => ({ ...shell, missing: shell.missing ?? (has('nginx') ? undefined : 'there is no nginx') });

/** Starts nginx with four workers; each request of `/?n=NUMBER` writes a line that `count` knows. */
async function nginx(bench: Bench): Promise<Process> {
  const conf = join(bench.folder, 'nginx.conf');
  writeFileSync(conf, `daemon off; worker_processes 4; pid ${bench.folder}/nginx.pid; error_log ${bench.logs}/error.log notice;
    events { worker_connections 256; }
    http { log_format line 'line $arg_n ${'x'.repeat(83)}'; access_log ${bench.logs}/access.log line;
      server { listen unix:${bench.folder}/nginx.sock; location / { return 204; } } }`);
  const started = bench.start('/usr/sbin/nginx', ['-c', conf, '-e', join(bench.logs, 'error.log')], { PATH: process.env.PATH! });
  await until('nginx runs', () => readdirSync(bench.folder).includes('nginx.sock') && readFileSync(bench.path('error.log'), 'utf8').includes('start worker process'));
  return started;
}

/** Sends numbered requests on twenty connections until it is told to stop; resolves to how many were answered. */
function requests(bench: Bench): { stop: () => Promise<number> } {
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  let [sent, stopped] = [0, false];
  const one = () => new Promise<void>((done, fail) => {
    get({ socketPath: join(bench.folder, 'nginx.sock'), path: `/?n=${String(sent++).padStart(10, '0')}`, agent }, response => {
      response.resume();
      response.on('end', done);
    }).on('error', fail);
  });
  const loops = Array.from({ length: 20 }, async () => { while (!stopped) await one(); });
  return {
    stop: async () => {
      stopped = true;
      await Promise.all(loops);
      agent.destroy();
      return sent;
    },
  };
}

describeShells('nginx under load', given => {
  const shell = needsNginx(given);

  scenario('loses no line of its access log to twenty rotations, and all of them are streamed', shell, async bench => {
    const server = await nginx(bench);
    const handler = bench.handler({ stream: true, rotate: 'reopen' }, {
      LOG_FILES: 'access.log', ROTATE_SIZE: '20000', ROTATE_KEEP: '1000', TARGET_NAME: 'nginx', TARGET_ARGUMENT: `nginx: master process /usr/sbin/nginx -c ${bench.folder}`,
    });
    const load = requests(bench);
    await until('it was rotated twenty times', () => bench.rotated('access.log').filter(name => name.endsWith('.gz')).length >= 20, 120);
    const lines = await load.stop();
    await server.terminate();
    expect(await handler.terminate()).toBe(0);
    expect(count(bench.content('access.log'), lines)).toMatchObject({ lost: 0, doubled: 0, broken: 0 });
    expect(count(handler.text, lines)).toMatchObject({ lost: 0, doubled: 0, broken: 0 });
    expect(handler.stderr).toBe('');
    expect(readFileSync(bench.path('error.log'), 'utf8')).not.toMatch(/\[(error|crit|alert|emerg)\]/);
  });

  scenario('is restarted, killed and started while its logs are rotated', shell, async bench => {
    const env = { LOG_FILES: 'access.log', ROTATE_SIZE: '5000', ROTATE_KEEP: '1000', TARGET_NAME: 'nginx', TARGET_ARGUMENT: `nginx: master process /usr/sbin/nginx -c ${bench.folder}` };
    const handler = bench.handler({ rotate: 'reopen' }, env);
    let answered = 0;
    for (let i = 0; i < 3; i++) {
      const server = await nginx(bench);
      const before = bench.rotated('access.log').length;
      const load = requests(bench);
      await until('it is rotated', () => bench.rotated('access.log').length >= before + 2, 60);
      answered += await load.stop();
      await server.terminate();
      await server.kill();
      appendFileSync(bench.path('error.log'), '');
    }
    expect(await handler.terminate()).toBe(0);
    expect(bench.content('access.log').match(/^line \d{10} x{83}$/gm)).toHaveLength(answered);
  });
});

test('a complete count is a complete count', () => {
  expect(count(`line 0000000000 ${'x'.repeat(83)}\n`, 1)).toEqual(ALL);
  expect(count(`line 0000000000 ${'x'.repeat(83)}\nline 0000\n`, 3)).toEqual({ lost: 2, doubled: 0, broken: 1, disordered: 0 });
});
