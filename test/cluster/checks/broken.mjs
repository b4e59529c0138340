// Manifests that were broken on purpose: each check of the other topics must turn red for its own reason.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { startsAs } from './pods.mjs';
import { EXPECTED } from './profiles.mjs';

/** What is broken, in which manifest, how, and what must be said of it: by the server, or by the check of the profile. */
const BROKEN = [
  ['a misspelt field', 'profile-general-bare', text => text.replace('shareProcessNamespace:', 'shareProcesNamespace:'), /unknown field "spec.shareProcesNamespace"/],
  ['a wrong type', 'profile-general-bare', text => text.replace('shareProcessNamespace: true', 'shareProcessNamespace: "yes"'), /cannot unmarshal string into Go struct field .*shareProcessNamespace/],
  ['hostPID beside sharing', 'profile-general-bare', text => text.replace('shareProcessNamespace: true', 'shareProcessNamespace: true\n  hostPID: true'), /ShareProcessNamespace and HostPID cannot both be enabled/],
  // the server accepts both; in the running container the capability is missing
  ['CAP_ before the name of a capability', 'profile-general-bare', text => text.replace('- SYS_PTRACE', '- CAP_SYS_PTRACE'), /CapEff/],
  ['a capability for a user that is not root', 'profile-general-bare', text => text.replace('capabilities:\n          add:', 'runAsUser: 1000\n        capabilities:\n          add:'), /UID, GID|CapEff/],
  // the server accepts it and the kubelet never starts it
  ['runAsNonRoot with an image of root', 'profile-general-bare', text => text.replace('capabilities:\n          add:', 'runAsNonRoot: true\n        capabilities:\n          add:'), /timed out waiting for the condition/],
];

export async function* checks({ cluster, applyFile, folder }) {
  for (const [title, name, damage, said] of BROKEN) {
    yield [`${title} turns the check red`, async () => {
      const sound = readFileSync(`${folder}/${name}.yaml`, 'utf8');
      const broken = damage(sound);
      assert.notEqual(broken, sound, 'nothing was broken');
      const file = `${folder}/broken.yaml`;
      writeFileSync(file, broken);
      await assert.rejects(async () => startsAs(cluster, await applyFile(file), EXPECTED[name], 10), error => {
        assert.match(error.message, said);
        return true;
      });
    }];
  }
}
