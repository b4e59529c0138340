// Every DebugProfile: the pod starts, and the kernel gives the container what was meant.
import assert from 'node:assert/strict';
import { startsAs } from './pods.mjs';

const DEFAULT = '00000000a80425fb'; // containerd's default set
const NONE = '0000000000000000';

/** Manifest: CapEff, UID, GID, NoNewPrivs, Seccomp (0 none, 2 filter). */
export const EXPECTED = {
  'profile-general-bare': ['00000000a80c25fb', '0', '0', '0', '0'],
  'profile-general-plus': ['00000000a80c25fb', '0', '0', '0', '0'],
  'profile-general-other-user': ['00000000a80c25fb', '0', '0', '0', '0'],
  'profile-baseline-bare': [DEFAULT, '0', '0', '0', '0'],
  'profile-baseline-plus': [DEFAULT, '0', '0', '0', '0'],
  'profile-restricted-bare': [NONE, '52525', '52525', '1', '2'],
  'profile-restricted-plus': [NONE, '1000', '1000', '1', '2'],
  'profile-netadmin-bare': ['00000000a80435fb', '0', '0', '0', '0'],
  'profile-netadmin-plus': ['00000000a80435fb', '0', '0', '0', '0'],
  'profile-sysadmin-bare': [undefined, '0', '0', '0', '0'],
  'profile-sysadmin-plus': [undefined, '0', '0', '0', '0'],
  'profile-custom-plus': ['0000000000000020', '0', '0', '1', '2'],
};

export async function* checks({ cluster, apply, folder }) {
  const namespaces = {};
  for (const name of Object.keys(EXPECTED)) namespaces[name] = await apply(name);
  for (const [name, [capabilities, ...rest]] of Object.entries(EXPECTED)) {
    yield [`${name} starts as ${rest[0]}:${rest[1]} with CapEff ${capabilities ?? 'all'}`, () => startsAs(cluster, namespaces[name], [capabilities, ...rest])];
  }

  const restricted = await apply(undefined, { 'pod-security.kubernetes.io/enforce': 'restricted' });
  yield ['a namespace that enforces restricted admits RESTRICTED', async () => {
    await cluster.kubectl(restricted, 'apply', '-f', `${folder}/profile-restricted-bare.yaml`);
    await cluster.kubectl(restricted, 'wait', 'pod/pod', '--for=condition=Ready', '--timeout=60s');
    await cluster.kubectl(restricted, 'delete', 'pod', 'pod', '--grace-period=1');
  }];
  yield ['it refuses GENERAL, in the words of the server', async () => {
    const { code, output } = await cluster.run('kubectl', ['-n', restricted, 'apply', '-f', `${folder}/profile-general-bare.yaml`]);
    assert.notEqual(code, 0);
    assert.match(output, /violates PodSecurity "restricted:latest".*container "debug" must not include "SYS_PTRACE" in securityContext.capabilities.add/s);
  }];
}
