import { JsonReader } from '../manifest/json-reader';

/** What a security context says that pods and containers both have. */
export interface PolicySecurityContext {
  /** `appArmorProfile.type`; empty where there is a profile without one. */
  readonly appArmorProfile?: string;
  /** `seccompProfile.type`; empty where there is a profile without one. */
  readonly seccompProfile?: string;
  /** `seLinuxOptions`. */
  readonly seLinux?: { readonly type: string; readonly user: string; readonly role: string };
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  /** `windowsOptions.hostProcess`. */
  readonly hostProcess?: boolean;
}

/** A container of any kind: init containers (sidecars are among them), containers, ephemeral containers. */
export interface PolicyContainer extends PolicySecurityContext {
  readonly name: string;
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly procMount?: string;
  /** `capabilities.add` */
  readonly added: readonly string[];
  /** `capabilities.drop` */
  readonly dropped: readonly string[];
  /** `ports[*].hostPort`, 0 where there is none. */
  readonly hostPorts: readonly number[];
  /** `host` of all HTTP and TCP probes and lifecycle handlers. */
  readonly handlerHosts: readonly string[];
}

/** A volume, and the names of the fields beside its name: what it is a volume of. */
export interface PolicyVolume {
  readonly name: string;
  readonly sources: readonly string[];
}

/** What the controls read of a pod. */
export interface PolicyPod extends PolicySecurityContext {
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  /** `hostUsers: false`: root in the pod is nobody on the node. */
  readonly userNamespace: boolean;
  /** `os.name: windows` */
  readonly windows: boolean;
  /** `securityContext.sysctls[*].name` */
  readonly sysctls: readonly string[];
  readonly volumes: readonly PolicyVolume[];
  /** Init containers, containers, ephemeral containers: the order of the server's sentences. */
  readonly containers: readonly PolicyContainer[];
  readonly annotations: readonly (readonly [string, string])[];
  /** What the server cannot decode, so that it refuses the object: `spec.hostUsers is no boolean`. */
  readonly errors: readonly string[];
}

/**
 * Decodes what the controls read of a pod. Of other fields nothing is known, nor whether the server accepts them.
 *
 * @param spec the pod's spec, of any origin
 * @param metadata the pod's metadata, or that of the pod template
 */
export function decodePod(spec: unknown, metadata: unknown): PolicyPod {
  const errors: string[] = [];
  if (spec === undefined || spec === null) errors.push('spec is missing'); // the policy would admit it, as it does each pod without a container
  const pod = JsonReader.of(spec, 'spec', errors);
  const context = pod.object('securityContext');
  return {
    hostNetwork: pod.boolean('hostNetwork'),
    hostPID: pod.boolean('hostPID'),
    hostIPC: pod.boolean('hostIPC'),
    userNamespace: pod.boolean('hostUsers') === false,
    windows: pod.object('os')?.string('name') === 'windows',
    appArmorProfile: context && typeIn(context, 'appArmorProfile'),
    seccompProfile: context && typeIn(context, 'seccompProfile'),
    seLinux: context && seLinuxIn(context),
    runAsNonRoot: context?.boolean('runAsNonRoot'),
    runAsUser: context?.integer('runAsUser', 64),
    hostProcess: context?.object('windowsOptions')?.boolean('hostProcess'),
    sysctls: context ? context.objects('sysctls').map(sysctl => sysctl.string('name') ?? '') : NONE,
    volumes: pod.objects('volumes').map(decodeVolume),
    containers: [...pod.objects('initContainers'), ...pod.objects('containers'), ...pod.objects('ephemeralContainers')].map(decodeContainer),
    annotations: JsonReader.of(metadata, 'metadata', errors).stringMap('annotations'),
    errors,
  };
}

function decodeContainer(container: JsonReader): PolicyContainer {
  const context = container.object('securityContext');
  const capabilities = context?.object('capabilities');
  return {
    name: container.string('name') ?? '',
    privileged: context?.boolean('privileged'),
    allowPrivilegeEscalation: context?.boolean('allowPrivilegeEscalation'),
    procMount: context?.string('procMount'),
    added: capabilities ? capabilities.strings('add') : NONE,
    dropped: capabilities ? capabilities.strings('drop') : NONE,
    appArmorProfile: context && typeIn(context, 'appArmorProfile'),
    seccompProfile: context && typeIn(context, 'seccompProfile'),
    seLinux: context && seLinuxIn(context),
    runAsNonRoot: context?.boolean('runAsNonRoot'),
    runAsUser: context?.integer('runAsUser', 64),
    hostProcess: context?.object('windowsOptions')?.boolean('hostProcess'),
    hostPorts: container.objects('ports').map(port => port.integer('hostPort', 32) ?? 0),
    handlerHosts: handlerHosts(container),
  };
}

const NONE: readonly string[] = [];

function typeIn(context: JsonReader, profile: string): string | undefined {
  const found = context.object(profile);
  return found && (found.string('type') ?? '');
}

function seLinuxIn(context: JsonReader): PolicySecurityContext['seLinux'] {
  const found = context.object('seLinuxOptions');
  return found && { type: found.string('type') ?? '', user: found.string('user') ?? '', role: found.string('role') ?? '' };
}

function handlerHosts(container: JsonReader): string[] {
  const hosts: string[] = [];
  const add = (handler: JsonReader | undefined): void => {
    if (!handler) return;
    for (const action of ['httpGet', 'tcpSocket']) {
      const host = handler.object(action)?.string('host');
      if (host) hosts.push(host);
    }
  };
  add(container.object('livenessProbe'));
  add(container.object('readinessProbe'));
  add(container.object('startupProbe'));
  const lifecycle = container.object('lifecycle');
  add(lifecycle?.object('postStart'));
  add(lifecycle?.object('preStop'));
  return hosts;
}

function decodeVolume(volume: JsonReader): PolicyVolume {
  const sources = volume.keys.filter(key => key !== 'name');
  for (const source of sources) volume.object(source); // what is in it does not matter, that it is an object does
  return { name: volume.string('name') ?? '', sources };
}
