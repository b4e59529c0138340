// Every kind of workload with a debug sidecar; in a Job and a CronJob it is native, so that they complete.
import assert from 'node:assert/strict';
import { onlyOne } from './pods.mjs';

export async function* checks({ cluster, apply, commands }) {
  for (const kind of ['deployment', 'statefulset', 'daemonset']) {
    const namespace = await apply(`workload-${kind}`);
    yield [`a ${kind} rolls out, and its printed exec command sees the app`, async () => {
      await cluster.kubectl(namespace, 'rollout', 'status', await onlyOne(cluster, namespace, kind), '--timeout=90s');
      const command = commands[`workload-${kind}`].exec.replace(/-it /, '').replace(/sh$/, 'ps ax');
      assert.match(await cluster.kubectl(namespace, ...command.split(' ').slice(1)), /1 .*\/pause[^]*trap "exit 0" TERM/);
    }];
  }
  for (const kind of ['job', 'cronjob']) {
    const namespace = await apply(`workload-${kind}`);
    yield [`a ${kind} runs with its sidecar, and completes although it has one`, async () => {
      if (kind === 'cronjob') await cluster.kubectl(namespace, 'create', 'job', 'job-1', '--from=cronjob/job');
      const job = kind === 'job' ? 'job' : 'job-1';
      const pod = await cluster.until('a running pod', async () =>
        (await cluster.kubectl(namespace, 'get', 'pods', '-l', `job-name=${job}`, '--field-selector=status.phase=Running', '-o', 'name')).split('\n')[0]);
      assert.match(await cluster.until('ps', () => cluster.kubectl(namespace, 'exec', pod, '-c', 'debug', '--', 'ps', 'ax')), /sleep 15/);
      await cluster.kubectl(namespace, 'wait', `job/${job}`, '--for=condition=Complete', '--timeout=60s');
    }];
  }
}
