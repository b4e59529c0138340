// Pods of random security contexts, the same for the same seed: what the access engine says of them is tried on the node.

import { Random } from '../random';

const IMAGE = 'busybox:1.37.0';
const VOLUME_MOUNTS = [{ name: 'tools', mountPath: '/tools' }, { name: 'data', mountPath: '/data' }];
const CAPABILITIES = ['SYS_PTRACE', 'DAC_READ_SEARCH', 'DAC_OVERRIDE', 'KILL', 'SETUID', 'SETGID', 'NET_BIND_SERVICE', 'PERFMON', 'SYS_ADMIN', 'CHOWN', 'NET_RAW'];
const USERS = [0, 0, 1000, 1000, 1001, 101];

/** Waits until the probe is put into the volume, and becomes it. */
const HOLD = 'until [ -x /tools/probe ]; do sleep 0.2; done; exec /tools/probe hold "$0"';

/** Makes the files of root's that others try to read. */
const PREPARE = 'echo x >/data/root0644; echo x >/data/root0600; chmod 0644 /data/root0644; chmod 0600 /data/root0600';

/**
 * A Pod named `pod` whose containers `one`, `two` ... hold what others try to reach, once the probe is in their volume. It
 * needs nothing but busybox, so it runs on any cluster.
 */
export function generatedPod(seed: number): object {
  const random = new Random(seed);
  const chance = (probability: number) => random.chance(probability);
  const pick = <T>(values: readonly T[]): T => random.pick(values);

  const capabilities = () => {
    const add = chance(0.5) ? CAPABILITIES.filter(() => chance(0.25)) : chance(0.1) ? ['ALL'] : [];
    const drop = chance(0.6) ? ['ALL'] : chance(0.3) ? CAPABILITIES.filter(name => !add.includes(name) && chance(0.3)) : [];
    return { ...add.length ? { add } : {}, ...drop.length ? { drop } : {} };
  };
  const container = (name: string) => {
    const user = pick(USERS);
    const privileged = chance(0.08);
    const securityContext = {
      runAsUser: user,
      runAsGroup: chance(0.85) ? user : pick(USERS),
      ...chance(0.7) ? { capabilities: capabilities() } : {},
      ...privileged ? { privileged } : chance(0.5) ? { allowPrivilegeEscalation: false } : {},
      ...chance(0.3) ? { readOnlyRootFilesystem: true } : {},
      ...chance(0.4) ? { seccompProfile: { type: pick(['RuntimeDefault', 'Unconfined']) } } : {},
    };
    return { name, image: IMAGE, command: ['sh', '-c', HOLD, name], securityContext, volumeMounts: VOLUME_MOUNTS, resources: { requests: { cpu: '1m' } } };
  };

  const names = ['one', 'two', 'three', 'four'].slice(0, 2 + Math.floor(random.fraction() * 3));
  const containers = names.map(container);
  // a container may leave its user to the pod
  const podContext: { [field: string]: unknown } = {};
  if (chance(0.4)) {
    podContext.runAsUser = pick(USERS);
    podContext.runAsGroup = chance(0.8) ? podContext.runAsUser : pick(USERS);
    for (const { securityContext } of containers) {
      if (chance(0.4)) for (const field of ['runAsUser', 'runAsGroup']) delete (securityContext as { [field: string]: unknown })[field];
    }
  }
  if (chance(0.3)) podContext.supplementalGroups = [pick([0, 1000, 2000])];
  if (chance(0.2)) podContext.fsGroup = pick([1000, 2000]);
  const native = chance(0.3) ? [{ ...containers.pop()!, restartPolicy: 'Always' }] : [];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'pod' },
    spec: {
      shareProcessNamespace: true,
      terminationGracePeriodSeconds: 1,
      ...Object.keys(podContext).length ? { securityContext: podContext } : {},
      initContainers: [
        {
          name: 'prepare',
          image: IMAGE,
          command: ['sh', '-c', PREPARE],
          securityContext: { runAsUser: 0, runAsGroup: 0 },
          volumeMounts: VOLUME_MOUNTS,
          resources: { requests: { cpu: '1m' } },
        },
        ...native,
      ],
      containers,
      volumes: [{ name: 'tools', emptyDir: {} }, { name: 'data', emptyDir: {} }],
    },
  };
}
