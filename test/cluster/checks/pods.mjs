// Reading what `ps`, the kernel and the API say of a pod.
import assert from 'node:assert/strict';

/** The PID of nginx's master in the output of `ps`. */
export function masterOf(ps) {
  return Number(/^\s*(\d+).*nginx: master process/m.exec(ps)?.[1] ?? NaN);
}

/** The PIDs of nginx's workers. */
export function workersOf(ps) {
  return [...ps.matchAll(/^\s*(\d+).*nginx: worker process(?! is shutting)/gm)].map(match => Number(match[1]));
}

/** Restart count by container, init containers included. */
export async function restartCounts(cluster, namespace, pod) {
  const { status } = JSON.parse(await cluster.kubectl(namespace, 'get', 'pod', pod, '-o', 'json'));
  return Object.fromEntries([...status.initContainerStatuses ?? [], ...status.containerStatuses].map(({ name, restartCount }) => [name, restartCount]));
}

/** The lines of /proc/self/status in a container, as {CapEff: '...', Uid: '...'}; numbers that repeat are given once. */
export async function statusOf(cluster, namespace, pod, container) {
  const text = await cluster.exec(namespace, pod, container, 'cat /proc/self/status');
  return Object.fromEntries([...text.matchAll(/^(\w+):\s*(.*)$/gm)].map(([, key, value]) => [key, value.split(/\s+/)[0]]));
}

/**
 * Fails unless the pod `pod` becomes Ready and the kernel gives its container `debug` what was meant.
 *
 * @param expected CapEff (undefined: all that the node has), UID, GID, NoNewPrivs, Seccomp (0 none, 2 filter)
 */
export async function startsAs(cluster, namespace, [capabilities, ...rest], seconds = 60) {
  await cluster.kubectl(namespace, 'wait', 'pod/pod', '--for=condition=Ready', `--timeout=${seconds}s`);
  const status = await statusOf(cluster, namespace, 'pod', 'debug');
  assert.deepEqual([status.Uid, status.Gid, status.NoNewPrivs, status.Seccomp], rest, 'UID, GID, NoNewPrivs, Seccomp');
  if (capabilities) assert.equal(status.CapEff, capabilities, 'CapEff');
  else assert.equal(status.CapEff, await allOfTheNode(cluster), 'CapEff');
}

/** What a process of root's has on the node itself. */
async function allOfTheNode(cluster) {
  const { output } = await cluster.run('grep', ['CapEff', '/proc/self/status']);
  return output.split(/\s+/)[1];
}

/** The only object of a kind in a namespace, as `deployment/web`. */
export async function onlyOne(cluster, namespace, kind) {
  const { items } = JSON.parse(await cluster.kubectl(namespace, 'get', kind, '-o', 'json'));
  assert.equal(items.length, 1, `objects of kind ${kind}`);
  return `${kind}/${items[0].metadata.name}`;
}
