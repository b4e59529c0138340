import { JsonObject } from '../../src/manifest/pod-spec';

// Pods that differ from a restricted one in one thing: each control passing and failing, in each kind of container, by one
// and by several offenders. test/data/pod-security.json holds what the real policy code says to each of them.

/** A pod and what it is about. */
export interface PodCase {
  readonly title: string;
  readonly pod: JsonObject;
}

/** Something to lay over a container (or the pod's spec). */
interface Variant {
  readonly title: string;
  readonly json: JsonObject;
  /** Is also tried in each kind of container, in several of them, with hostUsers false and on Windows. */
  readonly everywhere?: boolean;
}

const context = (title: string, securityContext: JsonObject, everywhere = false): Variant => ({ title, json: { securityContext }, everywhere });
const profiles = (field: string, types: readonly unknown[]): Variant[] => types.map(type => (
  context(`${field} ${type}`, { [field]: type === undefined ? {} : { type } }, type === 'Unconfined')
));
const seLinux = (seLinuxOptions: unknown, everywhere = false): Variant => context(`seLinuxOptions ${JSON.stringify(seLinuxOptions)}`, { seLinuxOptions }, everywhere);

/** What the pod's and a container's security context have in common. */
const SHARED: readonly Variant[] = [
  ...profiles('appArmorProfile', ['RuntimeDefault', 'Localhost', 'Unconfined', 'runtimeDefault', '', undefined]),
  ...profiles('seccompProfile', ['RuntimeDefault', 'Localhost', 'Unconfined', 'localhost', '', undefined, null]),
  ...['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t', 'container_u', 'Container_t'].map(type => seLinux({ type })),
  seLinux({}),
  seLinux({ user: '', role: '', level: 's0:c1' }),
  seLinux({ user: 'system_u' }),
  seLinux({ role: 'object_r' }),
  seLinux({ user: 'a', role: 'b', type: 'spc_t' }, true),
  context('runAsNonRoot true', { runAsNonRoot: true }),
  context('runAsNonRoot false', { runAsNonRoot: false }, true),
  context('runAsNonRoot null', { runAsNonRoot: null }),
  context('runAsUser 0', { runAsUser: 0 }, true),
  context('runAsUser 1000', { runAsUser: 1000 }),
  context('runAsUser -1', { runAsUser: -1 }),
  context('hostProcess true', { windowsOptions: { hostProcess: true } }, true),
  context('hostProcess false', { windowsOptions: { hostProcess: false } }),
];

const DEFAULT_CAPABILITIES = ['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID',
  'SETPCAP', 'SETUID', 'SYS_CHROOT'];
const host = (field: string, action: string, value: unknown, everywhere = false): Variant => ({
  title: `${field} ${action} host ${value}`,
  json: ['postStart', 'preStop'].includes(field) ? { lifecycle: { [field]: { [action]: { host: value, port: 80 } } } } : { [field]: { [action]: { host: value, port: 80 } } },
  everywhere,
});

const CONTAINER: readonly Variant[] = [
  ...SHARED,
  context('nothing', null as unknown as JsonObject, true),
  context('allowPrivilegeEscalation true', { allowPrivilegeEscalation: true }, true),
  context('allowPrivilegeEscalation null', { allowPrivilegeEscalation: null }),
  context('capabilities null', { capabilities: null }),
  context('drop nothing', { capabilities: { drop: [] } }),
  context('drop all, lower case', { capabilities: { drop: ['all'] } }),
  context('drop ALL among others', { capabilities: { drop: ['NET_RAW', 'ALL'] } }),
  ...DEFAULT_CAPABILITIES.map(name => context(`add ${name}`, { capabilities: { drop: ['ALL'], add: [name] } })),
  context('add NET_RAW', { capabilities: { drop: ['ALL'], add: ['NET_RAW'] } }),
  context('add kill', { capabilities: { drop: ['ALL'], add: ['kill'] } }),
  context('add CAP_KILL', { capabilities: { drop: ['ALL'], add: ['CAP_KILL'] } }),
  context('add an empty name', { capabilities: { drop: ['ALL'], add: [''] } }),
  context('add several, one twice', { capabilities: { drop: ['ALL'], add: ['SYS_PTRACE', 'KILL', 'ALL', 'SYS_PTRACE'] } }),
  context('add and keep', { capabilities: { add: ['SYS_PTRACE'] } }, true),
  context('privileged true', { privileged: true, allowPrivilegeEscalation: true }, true),
  context('privileged false', { privileged: false }),
  context('procMount Default', { procMount: 'Default' }),
  context('procMount Unmasked', { procMount: 'Unmasked' }, true),
  context('procMount default', { procMount: 'default' }),
  context('procMount empty', { procMount: '' }),
  { title: 'ports', json: { ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 0 }, { containerPort: 82, hostPort: null }] } },
  { title: 'hostPort', json: { ports: [{ containerPort: 80, hostPort: 80 }] }, everywhere: true },
  { title: 'hostPorts in the order of texts, each once', json: { ports: [9, 10, 80, 9, -1, 65536].map(hostPort => ({ containerPort: 80, hostPort })) } },
  ...['livenessProbe', 'readinessProbe', 'startupProbe', 'postStart', 'preStop'].flatMap(field => ['httpGet', 'tcpSocket'].map(action => (
    host(field, action, `${action}.example.com`, field === 'preStop' && action === 'httpGet')
  ))),
  host('livenessProbe', 'httpGet', ''),
  host('postStart', 'tcpSocket', null),
  { title: 'several hosts', json: { livenessProbe: { httpGet: { host: 'b', port: 1 }, tcpSocket: { host: 'a', port: 1 } }, startupProbe: { httpGet: { host: 'b', port: 1 } } } },
];

const annotation = 'container.apparmor.security.beta.kubernetes.io';
const ANNOTATIONS: readonly JsonObject[] = [
  ...['', 'runtime/default', 'localhost/', 'localhost/web', 'unconfined', 'Localhost/web', 'docker/default', '"quoted" \\ \t\u0000\u007f\u0085é\u200b😀\u{f0000}']
    .map(value => ({ [`${annotation}/app`]: value })),
  { [`${annotation}/b`]: 'unconfined', [`${annotation}/a`]: 'x', [`${annotation}/`]: 'y' },
  { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined', [annotation]: 'unconfined' },
];

const sysctls = (...names: readonly string[]): Variant => context(`sysctls ${names}`, { sysctls: names.map(name => ({ name, value: '1' })) });
const volumes = (...all: readonly JsonObject[]): Variant => ({ title: `volumes ${all.map(volume => Object.keys(volume).slice(1).join('+') || 'without source')}`, json: { volumes: all } });
const ALLOWED_VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'];
const RESTRICTED_VOLUMES = ['hostPath', 'gcePersistentDisk', 'awsElasticBlockStore', 'gitRepo', 'nfs', 'iscsi', 'glusterfs', 'rbd', 'flexVolume', 'cinder',
  'cephfs', 'flocker', 'fc', 'azureFile', 'vsphereVolume', 'quobyte', 'azureDisk', 'photonPersistentDisk', 'portworxVolume', 'scaleIO', 'storageos'];

/** Every kind of volume. */
export const VOLUME_SOURCES: readonly string[] = [...ALLOWED_VOLUMES, ...RESTRICTED_VOLUMES];

const SPEC: readonly Variant[] = [
  ...SHARED,
  ...['hostNetwork', 'hostPID', 'hostIPC'].flatMap(field => [true, false].map((value): Variant => ({ title: `${field} ${value}`, json: { [field]: value } }))),
  { title: 'all host namespaces', json: { hostNetwork: true, hostPID: true, hostIPC: true } },
  ...[true, false, null].map((hostUsers): Variant => ({ title: `hostUsers ${hostUsers}`, json: { hostUsers } })),
  ...['windows', 'linux', 'Windows', ''].map((name): Variant => ({ title: `os ${name}`, json: { os: { name } } })),
  sysctls('kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.ip_unprivileged_port_start',
    'net.ipv4.ping_group_range', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes',
    'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_notsent_lowat', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_syncookies',
    'net.ipv4.tcp_wmem'),
  sysctls('kernel.msgmax'),
  sysctls('vm.swappiness', 'net.ipv4.tcp_rmem', 'net/ipv4/tcp_rmem', 'vm.swappiness', ''),
  volumes({ name: 'a' }),
  ...VOLUME_SOURCES.map(source => volumes({ name: 'a', [source]: {} })),
  volumes({ name: 'a', hostPath: null }),
  volumes({ name: 'a', secret: {}, hostPath: {} }),
  volumes({ name: 'a', nfs: {}, hostPath: {} }),
  volumes({ name: 'b', hostPath: {} }, { name: 'a', emptyDir: {} }, { name: 'a', nfs: {} }, { name: 'c', hostPath: {} }),
];

/** The four kinds of containers, by their names. */
const KINDS = ['init', 'sidecar', 'app', 'debug'];

/** A restricted pod, with what is laid over some of its containers, its spec and its metadata. */
function pod(containers: { readonly [name: string]: JsonObject }, spec: JsonObject = {}, metadata: JsonObject = {}, kinds: readonly string[] = ['app']): JsonObject {
  const container = (name: string, more: JsonObject = {}): JsonObject => (
    merge(merge({ name, securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }, more), containers[name] ?? {})
  );
  const list = (field: string, ...all: readonly JsonObject[]): JsonObject => {
    const wanted = all.filter(({ name }) => kinds.includes(name as string));
    return wanted.length > 0 ? { [field]: wanted } : {};
  };
  return {
    metadata,
    spec: merge({
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      ...list('initContainers', container('init'), container('sidecar', { restartPolicy: 'Always' })),
      ...list('containers', container('app')),
      ...list('ephemeralContainers', container('debug')),
    }, spec),
  };
}

/** Objects are merged, everything else is replaced. */
function merge(below: JsonObject, above: JsonObject): JsonObject {
  const isObject = (value: unknown): value is JsonObject => value !== null && typeof value === 'object' && !Array.isArray(value);
  const result: JsonObject = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const old = result[key];
    result[key] = isObject(old) && isObject(value) && Object.keys(value).length > 0 ? merge(old, value) : value;
  }
  return result;
}

/** The pods, each with one thing that is different. */
export const POD_CASES: readonly PodCase[] = [
  { title: 'restricted', pod: pod({}, {}, {}, KINDS) },
  { title: 'no container', pod: pod({}, {}, {}, []) },
  { title: 'nothing in the pod\'s security context', pod: pod({}, { securityContext: null }, {}, KINDS) },
  ...CONTAINER.map(({ title, json }) => ({ title, pod: pod({ app: json }) })),
  ...CONTAINER.filter(({ everywhere }) => everywhere).flatMap(({ title, json }) => [
    ...KINDS.filter(kind => kind !== 'app').map(kind => ({ title: `${title}: ${kind}`, pod: pod({ [kind]: json }, {}, {}, ['app', kind]) })),
    { title: `${title}: several`, pod: pod({ debug: json, app: json, init: json }, {}, {}, KINDS) },
    { title: `${title}: several and the pod`, pod: pod({ debug: json, app: json }, SHARED.some(shared => shared.title === title) ? json : {}, {}, KINDS) },
    { title: `${title}: hostUsers false`, pod: pod({ app: json }, { hostUsers: false }) },
    { title: `${title}: windows`, pod: pod({ app: json }, { os: { name: 'windows' } }) },
  ]),
  ...SPEC.map(({ title, json }) => ({ title: `pod: ${title}`, pod: pod({}, json) })),
  ...ANNOTATIONS.map(annotations => ({ title: 'annotations', pod: pod({}, {}, { annotations }) })),
  {
    title: 'annotations and fields',
    pod: pod({ app: { securityContext: { appArmorProfile: { type: 'Unconfined' } } } }, { securityContext: { appArmorProfile: { type: 'x' } } },
      { annotations: { [`${annotation}/app`]: 'unconfined' } }),
  },
  { title: 'one name twice', pod: merge(pod({ app: host('readinessProbe', 'httpGet', 'a').json }), { spec: { initContainers: [{ name: 'app', ...host('startupProbe', 'httpGet', 'a').json }] } }) },
];
