// Every golden pod with a debug sidecar becomes Ready on a real node, byte for byte as it is kept.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

/** They ask for a core each, and the machine may have two: they come one after the other. */
const LARGE = /guaranteed|pod-level-resources/;
const MANIFESTS = new URL('../../manifests/', import.meta.url).pathname;

export async function* checks({ cluster, applyFile }) {
  const files = readdirSync(MANIFESTS).filter(file => file.startsWith('debug-sidecar-'));
  const pods = [];
  for (const file of files.sort()) {
    const kind = /^kind: (\w+)/m.exec(readFileSync(MANIFESTS + file, 'utf8'))[1];
    if (kind === 'Pod' || kind === 'Deployment') pods.push([file, kind, LARGE.test(file) ? undefined : await applyFile(MANIFESTS + file)]);
  }
  for (const [file, kind, applied] of pods) {
    yield [`${file} becomes Ready`, async () => {
      const namespace = applied ?? await applyFile(MANIFESTS + file);
      if (kind === 'Pod') await cluster.kubectl(namespace, 'wait', 'pod', '--all', '--for=condition=Ready', '--timeout=60s');
      else await cluster.kubectl(namespace, 'wait', 'deployment', '--all', '--for=condition=Available', '--timeout=90s');
      if (file.includes('guaranteed')) {
        const classes = await cluster.kubectl(namespace, 'get', 'pods', '-o', 'jsonpath={.items[*].status.qosClass}');
        assert.match(classes, /^Guaranteed( Guaranteed)*$/); // as without the sidecar
      }
      await cluster.kubectl(namespace, 'delete', kind.toLowerCase(), '--all', '--grace-period=0', '--force', '--wait=false');
    }];
  }
}
