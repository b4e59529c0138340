import { Cron, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { GoldenCase } from './golden-case';
import { app, bare, PLUS_33_WORKLOADS, PLUS_WORKLOADS } from './workloads';
import { Access, DebugProfile, DebugSidecar, PodSecurityLevel, SharedPidPod, SidecarPlacement, SidecarResources } from '../../src';

const PROFILES = [DebugProfile.GENERAL, DebugProfile.BASELINE, DebugProfile.RESTRICTED, DebugProfile.NETADMIN, DebugProfile.SYSADMIN];

const profiles: GoldenCase[] = PROFILES.flatMap((profile): GoldenCase[] => [
  {
    name: `debug-sidecar-${profile.name}-bare-pod`,
    title: `The profile ${profile.name} of kubectl debug in a plain pod.`,
    build: chart => new DebugSidecar(bare(chart), 'debug', { profile }),
  },
  {
    name: `debug-sidecar-${profile.name}-plus-pod`,
    title: `The profile ${profile.name} in a pod of cdk8s-plus, which says runAsNonRoot: true.`,
    build: chart => new DebugSidecar(new SharedPidPod(chart, 'web', { containers: [app] }), 'debug', { profile }),
  },
]);

/** What a target of Pod Security level restricted says. */
const RESTRICTED_1000 = {
  allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsGroup: 1000, runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' },
};
const target = (securityContext: object) => ({ containers: [{ name: 'app', image: 'registry.example.com/app:1', securityContext }] });

const leastPrivilege: GoldenCase[] = [
  {
    name: 'debug-sidecar-least-privilege-user',
    title: 'Worked out: the user and group of its target, drop ALL. The pod stays restricted.',
    build: chart => new DebugSidecar(bare(chart, 'Deployment', target(RESTRICTED_1000)), 'debug'),
  },
  {
    name: 'debug-sidecar-least-privilege-root',
    title: 'Worked out for a root target with the default capabilities: root with the same, and no SYS_PTRACE.',
    build: chart => new DebugSidecar(bare(chart, 'Deployment', target({ runAsGroup: 0, runAsUser: 0 })), 'debug'),
  },
  {
    name: 'debug-sidecar-least-privilege-root-files',
    title: 'Root files of a target that is not root: SYS_PTRACE, since maxLevel allows it.',
    build: chart => new DebugSidecar(bare(chart, 'Deployment', target(RESTRICTED_1000)), 'debug', {
      profile: DebugProfile.leastPrivilege(Access.READ_ROOT_FILES), maxLevel: PodSecurityLevel.PRIVILEGED,
    }),
  },
  {
    name: 'debug-sidecar-least-privilege-cronjob',
    title: 'Worked out in a CronJob: a native sidecar. The intent is an annotation of the CronJob, not of its pods.',
    build: chart => new DebugSidecar(new kplus.CronJob(chart, 'web', {
      containers: [{ ...app, securityContext: { user: 1000, group: 1000 } }], schedule: Cron.daily(),
    }), 'debug', { profile: DebugProfile.leastPrivilege(Access.TRACE) }),
  },
];

const kinds: GoldenCase[] = Object.entries(PLUS_WORKLOADS).filter(([kind]) => kind !== 'Pod').map(([kind, create]) => ({
  name: `debug-sidecar-plus-28-${kind.toLowerCase()}`,
  title: `A restricted debug sidecar in a ${kind}${kind.endsWith('Job') ? ': native, so that the pod can complete' : ''}.`,
  build: chart => new DebugSidecar(create(chart), 'debug', { profile: DebugProfile.RESTRICTED }),
}));

export const cases: GoldenCase[] = [
  {
    name: 'debug-sidecar-page',
    title: 'The pod of the Kubernetes page, to the letter.',
    build: chart => new DebugSidecar(bare(chart, 'Pod', { containers: [{ name: 'nginx', image: 'nginx' }] }), 'shell', {
      profile: DebugProfile.GENERAL, image: 'busybox:1.28', resources: SidecarResources.NONE,
    }),
  },
  ...profiles,
  ...leastPrivilege,
  ...kinds,
  {
    name: 'debug-sidecar-plus-33-deployment',
    title: 'A debug sidecar in a Deployment of cdk8s-plus-33.',
    build: chart => new DebugSidecar(PLUS_33_WORKLOADS.Deployment(chart), 'debug', { profile: DebugProfile.RESTRICTED }),
  },
  {
    name: 'debug-sidecar-pod-of-another-user',
    title: 'The pod says user 1000: a profile that means root says runAsUser: 0.',
    build: chart => new DebugSidecar(
      bare(chart, 'Pod', { securityContext: { runAsNonRoot: true, runAsUser: 1000 }, containers: [{ name: 'app', image: 'registry.example.com/app:1' }] }),
      'debug', { profile: DebugProfile.GENERAL },
    ),
  },
  {
    name: 'debug-sidecar-target-user',
    title: 'RESTRICTED takes the user and group of its target.',
    build: chart => new DebugSidecar(new kplus.Deployment(chart, 'web', {
      containers: [{ ...app, securityContext: { user: 1000, group: 3000 } }, { ...app, name: 'proxy', portNumber: 9901, securityContext: { user: 101, group: 101 } }],
    }), 'debug', { profile: DebugProfile.RESTRICTED, target: 'app' }),
  },
  {
    name: 'debug-sidecar-custom',
    title: 'A custom profile: no terminal, an idle command that ends at TERM, all props.',
    build: chart => {
      const spec = {
        containers: [{
          name: 'app',
          image: 'registry.example.com/app:1',
          volumeMounts: [{ name: 'data', mountPath: '/data' }, { name: 'data', mountPath: '/etc/app.conf', subPath: 'app.conf' }],
        }],
        volumes: [{ name: 'data', emptyDir: {} }, { name: 'tools', emptyDir: {} }],
      };
      new DebugSidecar(bare(chart, 'Deployment', spec), 'signal', {
        profile: DebugProfile.custom({ addCapabilities: ['KILL'], runAsUser: 0, runAsGroup: 0, readOnlyRootFilesystem: true }),
        name: 'debug',
        image: 'registry.example.com/tools:2',
        env: { TERM: 'xterm', GREETING: 'a "quoted" $(value)' },
        volumeMounts: [{ volume: 'tools', mountPath: '/tools', readOnly: true }],
        mirrorTargetMounts: true,
        target: 'app',
        workingDir: '/data',
        resources: SidecarResources.custom({ cpuRequestMillis: 50, memoryLimit: Size.mebibytes(64) }),
      });
    },
  },
  {
    name: 'debug-sidecar-native',
    title: 'A native sidecar: an init container with restartPolicy: Always, after those that are there.',
    build: chart => new DebugSidecar(bare(chart, 'Deployment', {
      initContainers: [{ name: 'prepare', image: 'registry.example.com/prepare:1' }],
      containers: [{ name: 'app', image: 'registry.example.com/app:1' }],
    }), 'debug', { profile: DebugProfile.BASELINE, placement: SidecarPlacement.NATIVE }),
  },
  {
    name: 'debug-sidecar-guaranteed',
    title: 'A pod of QoS class Guaranteed stays Guaranteed.',
    build: chart => new DebugSidecar(bare(chart, 'Deployment', {
      containers: [{
        name: 'app',
        image: 'registry.example.com/app:1',
        resources: { limits: { cpu: '1', memory: '512Mi' }, requests: { cpu: '1000m', memory: '0.5Gi' } },
      }],
    }), 'debug', { profile: DebugProfile.BASELINE }),
  },
  {
    name: 'debug-sidecar-pod-level-resources',
    title: 'The pod states CPU and memory as a whole: ours, added to the app, would exceed that.',
    build: chart => new DebugSidecar(bare(chart, 'Deployment', {
      resources: { limits: { cpu: '1', memory: '64Mi' } },
      containers: [{ name: 'app', image: 'registry.example.com/app:1', resources: { limits: { cpu: '1', memory: '64Mi' } } }],
    }), 'debug', { profile: DebugProfile.BASELINE }),
  },
  {
    name: 'debug-sidecar-mirrored-mounts',
    title: 'Mirrored mounts: without subPath, and without passing mounts on as the privileged app may.',
    build: chart => new DebugSidecar(bare(chart, 'DaemonSet', {
      containers: [{
        name: 'app',
        image: 'registry.example.com/app:1',
        securityContext: { privileged: true },
        volumeMounts: [{ name: 'data', mountPath: '/data', mountPropagation: 'Bidirectional' }, { name: 'data', mountPath: '/etc/app', subPath: 'etc' }],
      }],
      volumes: [{ name: 'data', hostPath: { path: '/data' } }],
    }), 'debug', { profile: DebugProfile.BASELINE, mirrorTargetMounts: true }),
  },
];
