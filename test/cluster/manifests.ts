// Writes what the checks apply: `manifests.ts FOLDER` leaves a file <name>.yaml for each pod and commands.json with the
// commands that the constructs print. The manifests are what the constructs synthesize, byte for byte.
import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, App, Chart, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { generatedPod } from './generated-pods';
import { Access, DebugCommands, DebugProfile, DebugSidecar, DebugSidecarProps, PodSecurityLevel, SharedPidPod } from '../../src';
import { PLUS_WORKLOADS } from '../golden-cases/workloads';

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const commands: { [name: string]: DebugCommands } = {};

function write(name: string, build: (chart: Chart) => DebugSidecar | string | void): void {
  const chart = new Chart(new App(), 'web', { disableResourceNameHashes: true });
  const built = build(chart);
  writeFileSync(join(folder, `${name}.yaml`), Yaml.stringify(...Testing.synth(chart)));
  if (typeof built === 'string') commands[name] = { exec: '', ephemeral: built };
  else if (built) commands[name] = built.commands;
}

const restrictedContext = {
  allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' },
};
const bare = (chart: Chart, spec: object) => new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod' }, spec });
const plus = (chart: Chart, securityContext?: kplus.ContainerSecurityContextProps) =>
  new SharedPidPod(chart, 'pod', { metadata: { name: 'pod' }, containers: [{ name: 'app', image: 'registry.example.com/app:1', resources: {}, securityContext }] });
const nginx = (chart: Chart) => new SharedPidPod(chart, 'nginx', {
  metadata: { name: 'nginx' },
  containers: [{ name: 'nginx', image: 'nginx:1.27', resources: {}, securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false } }],
});

// the page, and the same shell without SYS_PTRACE
write('page', chart => new DebugSidecar(nginx(chart), 'shell', { profile: DebugProfile.GENERAL }));
write('page-without-ptrace', chart => new DebugSidecar(nginx(chart), 'shell', { profile: DebugProfile.BASELINE }));
write('page-bare', chart => new DebugSidecar(
  new ApiObject(chart, 'nginx', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'nginx' }, spec: { containers: [{ name: 'nginx', image: 'nginx' }] } }),
  'shell', { profile: DebugProfile.GENERAL, image: 'busybox:1.28' },
));

// every profile, on a plain pod and on one of cdk8s-plus
for (const profile of [DebugProfile.GENERAL, DebugProfile.BASELINE, DebugProfile.RESTRICTED, DebugProfile.NETADMIN, DebugProfile.SYSADMIN]) {
  const app = { name: 'app', image: 'registry.example.com/app:1', securityContext: restrictedContext };
  write(`profile-${profile.name}-bare`, chart => new DebugSidecar(bare(chart, { containers: [app] }), 'debug', { profile }));
  write(`profile-${profile.name}-plus`, chart => new DebugSidecar(plus(chart, { user: 1000, group: 1000 }), 'debug', { profile }));
}
write('profile-custom-plus', chart => new DebugSidecar(plus(chart), 'debug', { profile: DebugProfile.custom({ addCapabilities: ['KILL'], runAsUser: 0 }) }));
write('profile-general-other-user', chart => new DebugSidecar(
  bare(chart, { securityContext: { runAsNonRoot: true, runAsUser: 1000 }, containers: [{ name: 'app', image: 'registry.example.com/app:1' }] }),
  'debug', { profile: DebugProfile.GENERAL },
));

// who reads the secrets of the app, which runs as 1000:1000
write('warnings', chart => {
  const pod = bare(chart, {
    containers: [{
      name: 'app',
      image: 'registry.example.com/app:1',
      command: ['sh', '-c', 'while :; do sleep 1; done', '--password=in-an-argument'],
      env: [{ name: 'PASSWORD', value: 'in-the-environment' }],
      securityContext: { ...restrictedContext, runAsUser: 1000, runAsGroup: 1000 },
    }],
  });
  new DebugSidecar(pod, 'same-user', { profile: DebugProfile.RESTRICTED, target: 'app' });
  new DebugSidecar(pod, 'other-user', { profile: DebugProfile.custom({ runAsUser: 2000, runAsGroup: 2000 }) });
  new DebugSidecar(pod, 'root-drop-all', { profile: DebugProfile.custom({ runAsUser: 0, runAsGroup: 0 }) });
  new DebugSidecar(pod, 'general', { profile: DebugProfile.GENERAL });
});

// every kind of workload
for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet']) {
  write(`workload-${kind.toLowerCase()}`, chart => new DebugSidecar(PLUS_WORKLOADS[kind](chart), 'debug', { profile: DebugProfile.RESTRICTED }));
}
for (const kind of ['Job', 'CronJob']) {
  write(`workload-${kind.toLowerCase()}`, chart => {
    // a shell ignores TERM, so the sidecar takes the whole grace period when the app has ended
    const template = { spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 2, containers: [{ name: 'app', image: 'busybox:1.37.0', command: ['sleep', '15'] }] } };
    const job = { spec: { template: { metadata: { labels: { app: 'job' } }, ...template } } };
    const workload = new ApiObject(chart, 'job', {
      apiVersion: 'batch/v1', kind, metadata: { name: 'job' }, ...kind === 'Job' ? job : { spec: { schedule: '* * * * *', jobTemplate: job } },
    });
    return new DebugSidecar(workload, 'debug', { profile: DebugProfile.BASELINE });
  });
}
// without a sidecar: the ephemeral container
write('ephemeral', chart => DebugSidecar.ephemeralCommand(new kplus.Pod(chart, 'pod', {
  metadata: { name: 'pod' }, containers: [{ name: 'app', image: 'registry.example.com/app:1', resources: {}, securityContext: { user: 1000, group: 1000 } }],
}), { profile: DebugProfile.RESTRICTED }));
write('ephemeral-deployment', chart => DebugSidecar.ephemeralCommand(PLUS_WORKLOADS.Deployment(chart), { profile: DebugProfile.GENERAL }));

// least privilege: the target holds what the sidecar shall reach
const holder = (name: string, securityContext: object) => ({ name, image: 'registry.example.com/app:1', command: ['/probe', 'hold', name], securityContext });
const asUser = (id: number, rest: object = {}) => ({ ...restrictedContext, runAsUser: id, runAsGroup: id, ...rest });
const asRoot = (rest: object = {}) => ({ runAsUser: 0, runAsGroup: 0, ...rest });
const PRIVILEGED = { maxLevel: PodSecurityLevel.PRIVILEGED };
const promises: { [name: string]: { readonly accesses: readonly Access[]; readonly targets: readonly string[] } } = {};
function writePromise(name: string, containers: object[], accesses: Access[], props: DebugSidecarProps = {}): void {
  write(`promise-${name}`, chart => new DebugSidecar(bare(chart, { containers }), 'debug', { profile: DebugProfile.leastPrivilege(...accesses), ...props }));
  promises[`promise-${name}`] = { accesses: accesses.length ? accesses : USUAL, targets: containers.map(container => (container as { name: string }).name) };
}
const USUAL = [Access.LIST_PROCESSES, Access.READ_ARGUMENTS, Access.READ_ENVIRONMENT, Access.READ_FILES, Access.SIGNAL];
writePromise('user', [holder('app', asUser(1000))], []);
writePromise('user-trace', [holder('app', asUser(1000))], [Access.TRACE, Access.READ_MEMORY, Access.WRITE_MEMORY]);
writePromise('user-signal', [holder('app', asUser(1000))], [Access.SIGNAL]);
writePromise('user-list', [holder('app', asUser(1000))], [Access.LIST_PROCESSES, Access.READ_ARGUMENTS]);
writePromise('user-files', [holder('app', asUser(1000))], [Access.WRITE_FILES, Access.OPEN_DESCRIPTORS, Access.CONNECT_SOCKETS, Access.LIST_FILES]);
writePromise('root', [holder('app', asRoot())], []);
writePromise('root-drop-all', [holder('app', asRoot({ capabilities: { drop: ['ALL'] } }))], []);
writePromise('root-net-admin', [holder('app', asRoot({ capabilities: { add: ['NET_ADMIN'] } }))], []);
writePromise('root-files-of-a-user', [holder('app', asUser(1000))], [Access.READ_ROOT_FILES], PRIVILEGED);
writePromise('two-users', [holder('app', asUser(1000)), holder('proxy', asUser(101))], [], PRIVILEGED);
writePromise('two-users-signal', [holder('app', asUser(1000)), holder('proxy', asRoot())], [Access.SIGNAL], PRIVILEGED);
writePromise('two-users-memory', [holder('app', asUser(1000)), holder('proxy', asUser(101))], [Access.WRITE_MEMORY], PRIVILEGED);
writePromise('become', [holder('app', asUser(1000))], [Access.BECOME_USER], { maxLevel: PodSecurityLevel.BASELINE });
writePromise('end-pod', [holder('app', asUser(1000))], [Access.END_POD], { maxLevel: PodSecurityLevel.BASELINE });
writeFileSync(join(folder, 'promises.json'), JSON.stringify(promises));

// what the access engine is compared with the kernel on; fewer are quicker while one works on the checks
const GENERATED = Number(process.env.GENERATED_PODS ?? 48);
const generated = Array.from({ length: GENERATED }, (_, i) => `generated-${i + 1}`);
generated.forEach((name, i) => writeFileSync(join(folder, `${name}.yaml`), Yaml.stringify(generatedPod(i + 1))));
writeFileSync(join(folder, 'generated.json'), JSON.stringify(generated));

writeFileSync(join(folder, 'commands.json'), JSON.stringify(commands, undefined, 1));
