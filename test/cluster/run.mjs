// `npm run test:cluster [TOPIC ...]`: what our constructs write, on one real node that is brought up for it, or on the cluster
// that KUBECONFIG names (in namespaces of its own, which it removes). Last line: `N passed, N failed[, N skipped]`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install } from './install.mjs';

const here = new URL('.', import.meta.url).pathname;
const root = join(here, '..', '..');
const TOPICS = readdirSync(join(here, 'checks')).map(file => file.replace('.mjs', '')).filter(topic => topic !== 'pods').sort();
const wanted = process.argv.slice(2);
const topics = wanted.length ? wanted : TOPICS;
const count = { passed: 0, failed: 0, skipped: 0 };
const given = process.env.KUBECONFIG !== undefined && process.env.KUBECONFIG !== '';

function finish() {
  process.exitCode = count.failed ? 1 : 0;
  console.log(`\n${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}`);
}

const unknown = topics.filter(topic => !TOPICS.includes(topic));
if (unknown.length) {
  console.error(`no such topic: ${unknown.join(', ')}; there are ${TOPICS.join(', ')}`);
  process.exit(1);
}
const missing = given ? undefined : install();
if (missing) {
  console.log(`test:cluster: skipped: it needs ${missing}`);
  count.skipped = topics.length;
  finish();
  process.exit();
}

const { GivenCluster, TestNode } = await import('./cluster.mjs');
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-shared-pid-manifests-'));
const namespaces = [];
const run = `shared-pid-${process.pid}`;
let cluster;

async function newNamespace(labels = {}) {
  const namespace = `${run}-${namespaces.length}`;
  namespaces.push(namespace);
  const manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } };
  const { code, output } = await cluster.run('kubectl', ['create', '-f', '-'], { input: JSON.stringify(manifest) });
  if (code !== 0) throw new Error(output);
  // a pod cannot be made before the controller has made this
  await cluster.until('the service account', () => cluster.kubectl(namespace, 'get', 'serviceaccount', 'default'));
  return namespace;
}

/** Applies a file in a namespace of its own, as it stands; returns the namespace. */
async function applyFile(file, labels) {
  const namespace = await newNamespace(labels);
  if (file) await cluster.kubectl(namespace, 'apply', '-f', file);
  return namespace;
}

let cleaned = false;
async function clean() {
  if (cleaned) return;
  cleaned = true;
  if (given && namespaces.length) await cluster.run('kubectl', ['delete', 'namespace', '--wait=false', ...namespaces]);
  const left = cluster?.down() ?? [];
  rmSync(folder, { recursive: true, force: true });
  if (!cluster || given) return;
  count[left.length ? 'failed' : 'passed']++;
  console.log(left.length ? `FAILED: the node left behind\n${left.join('\n')}` : 'ok: the node left nothing behind');
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void clean().finally(() => process.exit(1)));

try {
  cluster = given ? new GivenCluster() : new TestNode();
  const tsx = spawnSync(join(root, 'node_modules', '.bin', 'tsx'), [join(here, 'manifests.ts'), folder], { encoding: 'utf8' });
  if (tsx.status !== 0) throw new Error(tsx.stderr);
  const [commands, generated, promises] = ['commands', 'generated', 'promises'].map(name => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')));
  console.log(`the cluster is there after ${((await cluster.up()) / 1000).toFixed(1)} s`);

  for (const topic of topics) {
    const { checks, needs } = await import(`./checks/${topic}.mjs`);
    if (given && needs !== 'public images') {
      console.log(`${topic}: skipped: its images are on our own node only`);
      count.skipped++;
      continue;
    }
    const context = { cluster, commands, generated, promises, folder, given, applyFile, apply: (name, labels) => applyFile(name && join(folder, `${name}.yaml`), labels) };
    try {
      for await (const [title, check] of checks(context)) {
        const start = Date.now();
        try {
          await check();
          count.passed++;
          console.log(`ok: ${topic}: ${title} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
        } catch (error) {
          count.failed++;
          console.log(`FAILED: ${topic}: ${title}\n${error.message}`);
        }
      }
    } catch (error) { // between two checks
      count.failed++;
      console.log(`FAILED: ${topic}\n${error.message}`);
    }
  }
} catch (error) {
  count.failed++;
  console.log(`FAILED: the cluster\n${error.stack}`);
} finally {
  await clean();
}
finish();
