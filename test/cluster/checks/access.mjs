// The access matrix against the kernel: a probe in every container of every pod tries every access on every process of the
// others. What the engine says is allowed or denied must be so, without exception.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const needs = 'public images';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Pods that run at the same time. */
const BATCH = 12;
/** Of all answers, at most this part may be UNKNOWN where users, groups and node are stated. */
const MOST_UNKNOWN = 0.1;

export async function* checks({ cluster, apply, applyFile, folder, generated, given }) {
  const count = { ALLOWED: 0, DENIED: 0, UNKNOWN: 0 };
  const limited = [];
  let facts;
  for (let first = 0; first < generated.length; first += BATCH) {
    const names = generated.slice(first, first + BATCH);
    const namespaces = [];
    for (const name of names) namespaces.push(await apply(name));
    facts ??= await nodeFacts(cluster, given && namespaces[0]);
    const expected = expectedRows(facts, names.map(name => join(folder, `${name}.yaml`)));
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
  if (!given) for await (const check of examples({ cluster, applyFile, facts })) yield check;
  const all = count.ALLOWED + count.DENIED + count.UNKNOWN;
  yield [`of ${all} answers ${count.UNKNOWN} are UNKNOWN, at most ${MOST_UNKNOWN * 100} %`, () => assert.ok(all > 40 * generated.length && count.UNKNOWN <= all * MOST_UNKNOWN)];
  console.log(`what was read of the node: ${JSON.stringify(facts)}; it may deny ${limited.length} of the answers`);
  if (!given) yield ['with the node stated nothing is left that it may deny', () => assert.deepEqual(limited.slice(0, 5), [])];
}

/** Things that only a process which holds keeps ready. */
const HELD = ['read-files', 'open-descriptors', 'connect-sockets'];

/** Every example, with the programs that it really runs; our images have the probe in them. */
async function* examples({ cluster, applyFile, facts }) {
  for (const example of readdirSync(join(ROOT, 'examples')).filter(name => existsSync(join(ROOT, 'examples', name, 'expected.k8s.yaml')))) {
    const file = join(ROOT, 'examples', example, 'expected.k8s.yaml');
    yield [`example ${example}: every access is as the matrix says`, async () => {
      const namespace = await applyFile(file);
      await cluster.kubectl(namespace, 'wait', 'pod', '--all', '--for=condition=Ready', '--timeout=90s');
      const [pod] = JSON.parse(await cluster.kubectl(namespace, 'get', 'pods', '-o', 'json')).items;
      const processes = await processesOf(cluster, namespace, pod);
      const rows = expectedRows(facts, [file])[0].rows.filter(({ access }) => !HELD.includes(access));
      const found = [];
      for (const { name } of pod.spec.containers) {
        const pids = processes.filter(({ container }) => container !== name).map(({ pid }) => pid);
        const output = JSON.parse(await cluster.kubectl(namespace, 'exec', pod.metadata.name, '-c', name, '--', '/probe', 'try', ...pids));
        for (const { pid, container, process } of processes.filter(other => other.container !== name)) {
          const ofProcess = rows.filter(row => row.observer === name && row.target === container && row.process === process);
          assert.ok(ofProcess.length > 0, `${name} -> ${container} ${process}`);
          found.push(...differences(ofProcess, { [name]: { [container]: output[pid] } }));
        }
      }
      assert.deepEqual(found, []);
      await cluster.kubectl(namespace, 'delete', '-f', file, '--grace-period=0', '--force'); // it asks for a core
    }];
  }
}

/** The processes of a pod, by the container that they run in and the name that reports give them. */
async function processesOf(cluster, namespace, { metadata, status }) {
  const containers = Object.fromEntries(status.containerStatuses.map(({ name, containerID }) => [containerID.replace(/^.*\//, ''), name]));
  const who = await cluster.kubectl(namespace, 'exec', metadata.name, '-c', status.containerStatuses[0].name, '--', '/probe', 'who');
  return [...who.matchAll(/^(\d+) (\S+) (.*)$/gm)].filter(([, , , command]) => !command.includes('/probe')).map(([, pid, id, command]) => ({
    pid, container: pid === '1' ? 'pause' : containers[id], process: /^nginx: (master|worker) process/.exec(command)?.[1] ?? null,
  }));
}

/**
 * What can be read of the node: on our own one all of it, on another what a pod in this namespace sees, which is not the list
 * of security modules.
 */
async function nodeFacts(cluster, namespace) {
  if (namespace) await cluster.kubectl(namespace, 'wait', 'pod/pod', '--for=condition=Ready', '--timeout=90s');
  const read = async path => (namespace
    ? await cluster.run('kubectl', ['-n', namespace, 'exec', 'pod', '--', 'cat', path])
    : await cluster.run('cat', [path]));
  const release = (await read('/proc/sys/kernel/osrelease')).output;
  const yama = await read('/proc/sys/kernel/yama/ptrace_scope');
  const modules = await read('/sys/kernel/security/lsm');
  const version = JSON.parse(await cluster.kubectl(undefined, 'version', '-o', 'json')).serverVersion;
  const runtime = await cluster.kubectl(undefined, 'get', 'nodes', '-o', 'jsonpath={.items[0].status.nodeInfo.containerRuntimeVersion}');
  return {
    kernelVersion: release.split('\n').pop(),
    kubernetesVersion: `${version.major}.${version.minor}`,
    yamaPtraceScope: yama.code === 0 ? Number(yama.output.slice(-1)) : 0,
    ...modules.code === 0 || !namespace ? { securityModules: modules.output.split(',').filter(name => /^\w+$/.test(name)) } : {},
    containerRuntime: runtime.split(':')[0],
  };
}

export function expectedRows(facts, files) {
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin/tsx'), [join(ROOT, 'test/cluster/expected-access.ts'), JSON.stringify(facts), ...files],
    { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim().split('\n').map(line => JSON.parse(line));
}

/** Puts the probe into the volume that the containers share; they become it. */
async function insertProbe(cluster, namespace, pod, container) {
  const script = 'cat >/tools/new && chmod 755 /tools/new && mv /tools/new /tools/probe';
  const { code, output } = await cluster.run('kubectl', ['-n', namespace, 'exec', '-i', pod, '-c', container, '--', 'sh', '-c', script], { input: readFileSync(cluster.probe) });
  assert.equal(code, 0, output);
}

/** Observer -> target -> access -> `allowed` or the kernel's word, of all containers that hold and of the pause process. */
async function tryAll(cluster, namespace, pod) {
  const { spec } = JSON.parse(await cluster.kubectl(namespace, 'get', 'pod', pod, '-o', 'json'));
  const native = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const containers = [...native, ...spec.containers].map(({ name }) => name);
  await insertProbe(cluster, namespace, pod, containers[0]);
  const pids = await cluster.until('every container holds', async () => {
    const who = await cluster.kubectl(namespace, 'exec', pod, '-c', containers[0], '--', '/tools/probe', 'who');
    const found = Object.fromEntries([...who.matchAll(/^(\d+) \S+ \/tools\/probe hold (\S+)$/gm)].map(([, pid, name]) => [pid, name]));
    return Object.keys(found).length === containers.length && found;
  });
  assert.deepEqual(Object.values(pids).sort(), [...containers].sort());
  const targets = { ...pids, 1: 'pause' };
  const results = {};
  for (const observer of containers) { // one after the other: a process has one tracer at a time
    const output = await cluster.kubectl(namespace, 'exec', pod, '-c', observer, '--', '/tools/probe', 'try', ...Object.keys(targets));
    results[observer] = Object.fromEntries(Object.entries(JSON.parse(output)).map(([pid, accesses]) => [targets[pid], accesses]));
  }
  return results;
}

/** Rows that the kernel contradicts; what the node may deny is no contradiction. */
function differences(rows, results) {
  return rows.flatMap(({ observer, target, access, answer, rule, nodeMayDeny }) => {
    const said = results[observer]?.[target]?.[access];
    const really = said === 'allowed' ? 'ALLOWED' : 'DENIED';
    const mayBe = answer === 'UNKNOWN' || answer === really || (answer === 'ALLOWED' && nodeMayDeny.length > 0);
    return said !== undefined && mayBe ? [] : [`${observer} -> ${target} ${access}: ${answer} (${rule}), really ${said}`];
  });
}
