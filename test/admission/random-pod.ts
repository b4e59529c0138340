import { VOLUME_SOURCES } from './pod-cases';
import { JsonObject } from '../../src/manifest/pod-spec';
import { Random } from '../random';

/** Texts that a sentence or an order could get wrong. `\uff5e` comes after the smiley in UTF-16, before it in UTF-8. */
const ODD = ['', ' ', 'a"b', 'a\\b', 'line\nbreak', '\u0000', '\u007f', 'é', '\u00a0', '\u00ad', '\u0085', '\u200b', '\u2028', '\u0378', '\ue000', '\uff5e', '\ufffd', '😀',
  '\u{e0001}', '\u{f0000}', '%s', '<&>', 'null', '__proto__', 'constructor'];
const NAMES = ['app', 'web', 'shell', 'a', 'B', 'z-9', 'app', ...ODD];
const CAPABILITIES = ['ALL', 'NET_BIND_SERVICE', 'KILL', 'CHOWN', 'SYS_CHROOT', 'SETUID', 'NET_RAW', 'SYS_PTRACE', 'SYS_ADMIN', 'CAP_KILL', 'all', ...ODD];
const PROFILES = ['RuntimeDefault', 'Localhost', 'Unconfined', 'runtimeDefault', 'localhost', ...ODD];
const SELINUX = ['', '', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t', 'spc_t', ...ODD];
const SYSCTLS = ['kernel.shm_rmid_forced', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_notsent_lowat', 'net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range', 'kernel.msgmax', 'vm.swappiness', 'net.ipv4.tcp_mem', ...ODD];
const HOSTS = ['', '', 'localhost', '127.0.0.1', 'example.com', '::1', ...ODD];
const USERS = [0, 0, 1, 1000, 65534, -1, 2147483648, 9007199254740991];
const PORTS = [0, 0, 80, 8080, 443, 9, 10, 65535, -1, 2147483647];
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const ANNOTATIONS = ['', 'runtime/default', 'localhost/', 'localhost/a', 'unconfined', 'docker/default', 'runtime/default ', 'a"b', 'a\\b\t', 'a\nb', 'é\u00a0\u00ad\u0085\u200b\u2028',
  '\u0000\u0007\b\v\f\r\u001b\u007f', '\u0378\ue000\uff5e\ufffd', '😀\u{e0001}\u{f0000}'];

/**
 * A pod of valid types whose every field that a control reads may have any value, many of them wild; null stands here and
 * there for what is absent.
 */
export function randomPod(random: Random): JsonObject {
  // from tame pods, where one offender shows, to wild ones, where all do
  const wildness = random.pick([0.02, 0.08, 0.2, 0.5]);
  const hardened = random.chance(0.6);
  const maybe = (fields: { readonly [key: string]: () => unknown }): JsonObject => {
    const chosen = Object.entries(fields).filter(() => random.chance(wildness));
    return Object.fromEntries(chosen.map(([key, make]) => [key, random.chance(0.03) ? null : make()]));
  };
  const boolean = () => random.chance(0.5);
  const profile = () => maybeType(() => random.pick(PROFILES));
  const maybeType = (type: () => string): JsonObject => random.chance(0.05) ? {} : { type: random.pick([type(), 'RuntimeDefault']) };
  const seLinuxOptions = () => maybe({ type: () => random.pick(SELINUX), user: () => random.pick(ODD), role: () => random.pick(ODD), level: () => 's0' });
  const shared = {
    appArmorProfile: profile,
    seccompProfile: profile,
    seLinuxOptions: () => ({ type: random.pick(SELINUX), ...seLinuxOptions() }),
    runAsNonRoot: boolean,
    runAsUser: () => random.pick(USERS),
    windowsOptions: () => maybe({ hostProcess: boolean }),
  };
  const nullable = <T>(make: () => T) => () => random.chance(0.01) ? null : make();
  const capabilities = () => ({
    ...random.chance(0.7) ? { drop: random.chance(0.5) ? ['ALL'] : random.list(3, nullable(() => random.pick(CAPABILITIES))) } : {},
    ...random.chance(0.5) ? { add: random.list(4, nullable(() => random.pick(CAPABILITIES))) } : {},
  });
  const securityContext = () => ({
    ...hardened ? { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } : {},
    ...maybe({ ...shared, allowPrivilegeEscalation: boolean, capabilities, privileged: boolean, procMount: () => random.pick(['Default', 'Unmasked', ...ODD]) }),
  });
  const action = () => ({ host: random.pick(HOSTS), port: 80 });
  const handler = () => ({ ...maybe({ httpGet: action, tcpSocket: action }), ...random.chance(0.3) ? { tcpSocket: { port: 80 } } : {} });
  const container = nullable(() => ({
    ...random.chance(0.99) ? { name: random.pick(NAMES) } : {},
    ...random.chance(0.98) ? { securityContext: securityContext() } : {},
    ...maybe({
      ports: () => random.list(4, nullable(() => ({ containerPort: 80, ...maybe({ hostPort: () => random.pick(PORTS) }) }))),
      livenessProbe: handler,
      readinessProbe: handler,
      startupProbe: handler,
      lifecycle: () => maybe({ postStart: handler, preStop: handler }),
    }),
  }));
  const source = (): [string, unknown] => [random.pick(['hostPath', 'hostPath', ...VOLUME_SOURCES]), random.chance(0.05) ? null : {}];
  const volume = nullable(() => ({ name: random.pick(NAMES), ...Object.fromEntries(random.list(random.chance(0.9) ? 1 : 3, source)) }));
  const os = () => random.chance(0.05) ? {} : { name: random.pick(['windows', 'windows', 'linux', 'Windows', ...ODD]) };
  const annotation = (): [string, unknown] => [random.pick([APP_ARMOR, APP_ARMOR, APP_ARMOR.slice(0, -1), 'seccomp/']) + random.pick(NAMES),
    random.chance(0.03) ? null : random.pick(ANNOTATIONS)];
  const annotations = () => Object.fromEntries(random.list(4, annotation));
  return {
    metadata: maybe({ annotations }),
    spec: {
      ...random.chance(0.5) ? { initContainers: random.list(3, container) } : {},
      ...random.chance(0.97) ? { containers: random.list(3, container) } : {},
      ...random.chance(0.3) ? { ephemeralContainers: random.list(2, container) } : {},
      ...random.chance(0.3) ? { volumes: random.list(4, volume) } : {},
      ...hardened ? { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, ...maybe(shared) } } : {},
      ...maybe({
        securityContext: () => maybe({ ...shared, sysctls: () => random.list(4, nullable(() => ({ name: random.pick(SYSCTLS), value: '1' }))) }),
        hostNetwork: boolean,
        hostPID: boolean,
        hostIPC: boolean,
        hostUsers: boolean,
        os,
      }),
    },
  };
}
