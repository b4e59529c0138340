// The printed commands, pasted into a terminal as they are.
import assert from 'node:assert/strict';
import { onlyOne, restartCounts } from './pods.mjs';

export async function* checks({ cluster, apply, commands }) {
  const namespace = await apply('profile-restricted-plus');
  const pod = async () => JSON.parse(await cluster.kubectl(namespace, 'get', 'pod', 'pod', '-o', 'json'));
  const ready = status => status.conditions.find(({ type }) => type === 'Ready').status;
  await cluster.kubectl(namespace, 'wait', 'pod/pod', '--for=condition=Ready', '--timeout=60s');

  yield ['exec: leaving the shell leaves the pod Ready and restarts nothing', async () => {
    const shown = await cluster.terminal(namespace, commands['profile-restricted-plus'].exec, ['id', 'ps ax', 'exit']);
    assert.match(shown, /uid=1000 gid=1000/);
    assert.match(shown, /1 .*\/pause/);
    assert.equal(ready((await pod()).status), 'True');
    assert.deepEqual(await restartCounts(cluster, namespace, 'pod'), { app: 0, debug: 0 });
  }];
  yield ['the QoS class is Burstable, as its requests say', async () => assert.equal((await pod()).status.qosClass, 'Burstable')];
  yield ['attach', async () => {
    assert.match(await cluster.terminal(namespace, commands['profile-restricted-plus'].attach, ['', 'echo attached-$((40+2))', 'exit']), /attached-42/);
  }];
  yield ['kubectl debug, from the sidecar', async () => {
    assert.match(await cluster.terminal(namespace, commands['profile-restricted-plus'].ephemeral, ['', 'id', 'ps ax', 'exit'], 2500), /uid=1000 gid=1000/);
  }];

  const general = await apply('profile-general-plus');
  yield ['kubectl debug with GENERAL in a pod that says runAsNonRoot', async () => {
    await cluster.kubectl(general, 'wait', 'pod/pod', '--for=condition=Ready', '--timeout=60s');
    const shown = await cluster.terminal(general, commands['profile-general-plus'].ephemeral, ['', 'grep CapEff /proc/self/status', 'exit'], 2500);
    assert.match(shown, /00000000a80c25fb/);
  }];
  const alone = await apply('ephemeral');
  yield ['ephemeralCommand: sees its target in a pod that shares nothing', async () => {
    await cluster.kubectl(alone, 'wait', 'pod/pod', '--for=condition=Ready', '--timeout=60s');
    const shown = await cluster.terminal(alone, commands.ephemeral.ephemeral, ['', 'id', 'ps ax', 'exit'], 2500);
    assert.match(shown, /uid=1000 gid=1000/);
    assert.match(shown, /1 .*trap "exit 0" TERM/);
    const { spec } = JSON.parse(await cluster.kubectl(alone, 'get', 'pod', 'pod', '-o', 'json'));
    assert.equal(spec.shareProcessNamespace, undefined);
  }];
  const deployment = await apply('ephemeral-deployment');
  yield ['ephemeralCommand of a Deployment finds a pod by its labels', async () => {
    await cluster.kubectl(deployment, 'rollout', 'status', await onlyOne(cluster, deployment, 'deployment'), '--timeout=90s');
    const shown = await cluster.terminal(deployment, commands['ephemeral-deployment'].ephemeral, ['', 'ps ax', 'exit'], 2500);
    assert.match(shown, /1 .*trap "exit 0" TERM/);
  }];
}
