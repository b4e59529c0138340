// The access matrix against the kernel: a probe in every container of every pod tries every access on every process of the
// others. What the engine says is allowed or denied must be so, without exception.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Pods that run at the same time. */
const BATCH = 12;
/** Of all answers, at most this part may be UNKNOWN where users, groups and node are stated. */
const MOST_UNKNOWN = 0.1;

export async function* checks({ cluster, apply, folder, generated }) {
  const facts = await nodeFacts(cluster);
  const count = { ALLOWED: 0, DENIED: 0, UNKNOWN: 0 };
  const limited = [];
  for (let first = 0; first < generated.length; first += BATCH) {
    const names = generated.slice(first, first + BATCH);
    const expected = expectedRows(facts, names.map(name => join(folder, `${name}.yaml`)));
    const namespaces = [];
    for (const name of names) namespaces.push(await apply(name));
    for (const [i, name] of names.entries()) {
      yield [`${name}: every access is as the matrix says`, async () => {
        await cluster.kubectl(namespaces[i], 'wait', 'pod/pod', '--for=condition=Ready', '--timeout=90s');
        const { rows, notice, problems } = expected[i];
        assert.deepEqual([notice, problems], [undefined, []]);
        for (const row of rows) {
          count[row.answer]++;
          if (row.nodeMayDeny.length) limited.push(`${name} ${row.observer} ${row.target} ${row.access}: ${row.nodeMayDeny}`);
        }
        assert.deepEqual(differences(rows, await tryAll(cluster, namespaces[i], 'pod')), []);
      }];
    }
    for (const namespace of namespaces) await cluster.kubectl(namespace, 'delete', 'pod', '--all', '--grace-period=0', '--force', '--wait=false');
  }
  const all = count.ALLOWED + count.DENIED + count.UNKNOWN;
  yield [`of ${all} answers ${count.UNKNOWN} are UNKNOWN, at most ${MOST_UNKNOWN * 100} %`, () => assert.ok(all > 5000 && count.UNKNOWN <= all * MOST_UNKNOWN)];
  yield ['with the node stated nothing is left that it may deny', () => assert.deepEqual(limited.slice(0, 5), [])];
}

/** What is stated about the node: read from itself. */
export async function nodeFacts(cluster) {
  const read = async path => (await cluster.run('cat', [path])).output;
  const version = JSON.parse(await cluster.kubectl(undefined, 'version', '-o', 'json')).serverVersion;
  const yama = Number(await read('/proc/sys/kernel/yama/ptrace_scope'));
  const modules = (await read('/sys/kernel/security/lsm')).split(',').filter(name => /^\w+$/.test(name));
  return {
    kernelVersion: await read('/proc/sys/kernel/osrelease'),
    kubernetesVersion: `${version.major}.${version.minor}`,
    yamaPtraceScope: Number.isNaN(yama) ? 0 : yama,
    securityModules: modules,
    containerRuntime: 'containerd',
  };
}

export function expectedRows(facts, files) {
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin/tsx'), [join(ROOT, 'test/cluster/expected-access.ts'), JSON.stringify(facts), ...files],
    { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim().split('\n').map(line => JSON.parse(line));
}

/** Observer -> target -> access -> `allowed` or the kernel's word, of all containers that hold and of the pause process. */
async function tryAll(cluster, namespace, pod) {
  const { spec } = JSON.parse(await cluster.kubectl(namespace, 'get', 'pod', pod, '-o', 'json'));
  const containers = [...spec.initContainers ?? [], ...spec.containers].map(({ name }) => name);
  const who = await cluster.kubectl(namespace, 'exec', pod, '-c', containers[0], '--', '/probe', 'who');
  const pids = Object.fromEntries([...who.matchAll(/^(\d+) \S+ \/probe hold (\S+)$/gm)].map(([, pid, name]) => [pid, name]));
  assert.deepEqual(Object.values(pids).sort(), [...containers].sort(), who);
  const targets = { ...pids, 1: 'pause' };
  const results = {};
  for (const observer of containers) { // one after the other: a process has one tracer at a time
    const output = await cluster.kubectl(namespace, 'exec', pod, '-c', observer, '--', '/probe', 'try', ...Object.keys(targets));
    results[observer] = Object.fromEntries(Object.entries(JSON.parse(output)).map(([pid, accesses]) => [targets[pid], accesses]));
  }
  return results;
}

/** Rows that the kernel contradicts. */
function differences(rows, results) {
  return rows.flatMap(({ observer, target, access, answer, rule }) => {
    const said = results[observer]?.[target]?.[access];
    const really = said === 'allowed' ? 'ALLOWED' : 'DENIED';
    return said !== undefined && (answer === 'UNKNOWN' || answer === really) ? [] : [`${observer} -> ${target} ${access}: ${answer} (${rule}), really ${said}`];
  });
}
