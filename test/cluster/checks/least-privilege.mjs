// What a worked-out sidecar promises, it really can: the kernel is asked from within it.
import assert from 'node:assert/strict';

export async function* checks({ cluster, apply, folder, promises }) {
  const namespaces = {};
  for (const name of Object.keys(promises)) namespaces[name] = await apply(name);
  for (const [name, { accesses, targets }] of Object.entries(promises)) {
    const namespace = namespaces[name];
    yield [`${name}: ${accesses.join(', ')}`, async () => {
      await cluster.kubectl(namespace, 'wait', 'pod/pod', '--for=condition=Ready', '--timeout=90s');
      const who = await cluster.kubectl(namespace, 'exec', 'pod', '-c', 'debug', '--', '/probe', 'who');
      for (const target of targets) {
        const pid = new RegExp(`^(\\d+) \\S+ /probe hold ${target}$`, 'm').exec(who)?.[1];
        assert.ok(pid, who);
        const results = JSON.parse(await cluster.kubectl(namespace, 'exec', 'pod', '-c', 'debug', '--', '/probe', 'try', pid))[pid];
        assert.deepEqual(accesses.filter(access => results[access] !== 'allowed').map(access => `${access}: ${results[access]}`), []);
      }
      await cluster.kubectl(namespace, 'delete', 'pod', 'pod', '--grace-period=0', '--force', '--wait=false');
    }];
  }
  const restricted = await apply(undefined, { 'pod-security.kubernetes.io/enforce': 'restricted' });
  yield ['a namespace that enforces restricted admits the default sidecar of a restricted pod', async () => {
    await cluster.kubectl(restricted, 'apply', '-f', `${folder}/promise-user.yaml`);
    await cluster.kubectl(restricted, 'wait', 'pod/pod', '--for=condition=Ready', '--timeout=60s');
    await cluster.kubectl(restricted, 'delete', 'pod', 'pod', '--grace-period=1');
  }];
}
