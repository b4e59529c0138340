// The Kubernetes page "Share Process Namespace between Containers in a Pod", step by step.
import assert from 'node:assert/strict';
import { masterOf, restartCounts, workersOf } from './pods.mjs';

export const needs = 'public images';

export async function* checks({ cluster, apply, commands }) {
  const namespace = await apply('page');
  const ps = () => cluster.exec(namespace, 'nginx', 'shell', 'ps ax');
  const exec = script => cluster.exec(namespace, 'nginx', 'shell', script);

  yield ['the pod is Ready', () => cluster.kubectl(namespace, 'wait', 'pod/nginx', '--for=condition=Ready', '--timeout=60s')];
  yield ['ps ax shows /pause as PID 1, the master and the workers of nginx', async () => {
    const processes = await ps();
    assert.match(processes, /^\s*1 .*\/pause/m);
    assert.ok(masterOf(processes) > 1);
    assert.ok(workersOf(processes).length >= 1);
  }];
  yield ['kill -HUP <master>: new workers, the same master', async () => {
    const before = await ps();
    await exec(`kill -HUP ${masterOf(before)}`);
    await cluster.until('new workers', async () => {
      const now = await ps();
      return workersOf(now).length > 0 && workersOf(now).every(worker => !workersOf(before).includes(worker));
    });
    assert.equal(masterOf(await ps()), masterOf(before));
  }];
  yield ['head /proc/<master>/root/etc/nginx/nginx.conf prints the file', async () => {
    assert.match(await exec(`head /proc/${masterOf(await ps())}/root/etc/nginx/nginx.conf`), /worker_processes/);
  }];
  yield ['kubectl attach on a terminal: press enter, type ps ax, leave', async () => {
    assert.equal(commands.page.attach, 'kubectl attach -it nginx -c shell');
    const shown = await cluster.terminal(namespace, commands.page.attach, ['', 'ps ax', 'echo attached-$((40+2))', 'exit']);
    assert.match(shown, /\/ #/);
    assert.match(shown, /1 .*\/pause/);
    assert.match(shown, /attached-42/);
  }];
  yield ['leaving the shell restarts that container only', async () => {
    assert.deepEqual(await cluster.until('a restart', async () => {
      const counts = await restartCounts(cluster, namespace, 'nginx');
      return counts.shell > 0 && counts;
    }), { nginx: 0, shell: 1 });
  }];

  const without = await apply('page-without-ptrace');
  yield ['the same HUP works without SYS_PTRACE', async () => {
    await cluster.kubectl(without, 'wait', 'pod/nginx', '--for=condition=Ready', '--timeout=60s');
    const script = script_ => cluster.exec(without, 'nginx', 'shell', script_);
    assert.match(await script('grep CapEff /proc/self/status'), /00000000a80425fb/); // the default set: no SYS_PTRACE
    const before = await script('ps ax');
    await script(`kill -HUP ${masterOf(before)}`);
    await cluster.until('new workers', async () => workersOf(await script('ps ax')).every(worker => !workersOf(before).includes(worker)));
  }];
  yield ['kill -HUP 1 does not reach nginx', async () => {
    const script = script_ => cluster.exec(without, 'nginx', 'shell', script_);
    const before = await script('ps ax');
    await script('kill -HUP 1; sleep 2');
    const after = await script('ps ax');
    assert.deepEqual([masterOf(after), workersOf(after)], [masterOf(before), workersOf(before)]);
  }];
  const bare = await apply('page-bare');
  yield ['the manifest of the page to the letter runs as well', async () => {
    await cluster.kubectl(bare, 'wait', 'pod/nginx', '--for=condition=Ready', '--timeout=60s');
    assert.match(await cluster.exec(bare, 'nginx', 'shell', 'ps ax; grep CapEff /proc/self/status'), /1 .*\/pause[^]*00000000a80c25fb/);
  }];
}
