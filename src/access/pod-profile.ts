import { AccessOptions } from './access-options';
import { confinementOf } from './confinement';
import { containerProfile, ProfileContext, RunningContainer } from './container-profile';
import { arrayField, booleanField, Field, fieldOf, idField, MALFORMED, Malformed, objectField, stringField } from './field';
import { nodeSettings, NodeSettings } from './node-settings';
import { Id } from './open-id';
import { ContainerProfile } from './process-profile';
import { JsonObject, objectOf } from '../manifest/pod-spec';

/** Containers that run beside each other in one pod: more than anybody has, few enough for a table of all pairs. */
export const MAX_CONTAINERS = 100;

/** What the sandbox's process is called. */
export const PAUSE = 'pause';

/** A pod as far as its manifest tells who can reach whom. */
export interface PodProfile {
  /** Why there is nothing to say about this pod; undefined for a pod that can be judged. */
  readonly notApplicable?: string;
  /** Fields of the manifest that Kubernetes refuses, and what was made of them. */
  readonly problems: readonly string[];
  /** `shareProcessNamespace`; undefined when it cannot be told. */
  readonly sharing: boolean | undefined;
  readonly containers: readonly ContainerProfile[];
  readonly pause: ContainerProfile;
  readonly node: NodeSettings;
  /** The processes are in the node's own user namespace. */
  readonly hostUsers: boolean;
  /** `hostUsers: false`, on nodes whose version of Kubernetes is not stated. */
  readonly mayHaveUserNamespace: boolean;
  readonly runtimeClass?: string;
  /** What would settle malformed fields of the pod that can only take an access away. */
  readonly doubts: readonly string[];
}

/**
 * Reads a pod spec.
 *
 * @param spec the pod spec, of any type
 * @throws when a node fact is none
 */
export function podProfile(spec: unknown, options: AccessOptions = {}): PodProfile {
  const node = nodeSettings(options.node);
  const json = objectOf(spec);
  const pod = objectField(json.securityContext);
  const context = profileContext(json, node, options);
  const problems: string[] = [];
  const running = runningContainers(json, problems);
  const notApplicable = reasonNotApplicable(spec, json, running.length);
  const doubts: string[] = [];
  const hostUsers = booleanField(json.hostUsers);
  if (hostUsers === MALFORMED) doubts.push('make hostUsers true or false');
  const runtimeClass = stringField(json.runtimeClassName);
  if (runtimeClass === MALFORMED) doubts.push('make runtimeClassName a name');
  const os = stringField(fieldOf(objectField(json.os), 'name'));
  if (os === MALFORMED) doubts.push('make os.name linux or windows');
  return {
    notApplicable,
    problems,
    sharing: sharingOf(json),
    containers: notApplicable === undefined ? running.map(container => containerProfile(container, context)) : [],
    pause: pauseProfile(pod, node),
    node,
    hostUsers: hostUsers !== false || node.honoursHostUsers !== true,
    mayHaveUserNamespace: hostUsers === false && node.honoursHostUsers === undefined,
    runtimeClass: typeof runtimeClass === 'string' && runtimeClass !== '' ? runtimeClass : undefined,
    doubts,
  };
}

/** What the containers of a pod are read with. */
export function profileContext(spec: JsonObject, node: NodeSettings, options: AccessOptions): ProfileContext {
  return {
    spec,
    pod: objectField(spec.securityContext),
    node,
    platformUsers: options.platformUsers === true,
    facts: options.containers,
    annotations: objectOf(options.annotations),
  };
}

function reasonNotApplicable(spec: unknown, json: JsonObject, count: number): string | undefined {
  if (spec === null || typeof spec !== 'object' || Array.isArray(spec)) return 'spec is not an object: there is no pod to judge';
  if (json.hostPID === true) return 'hostPID is true: the containers see every process of the node, and the pod has no process namespace of its own';
  if (objectOf(json.os).name === 'windows') return 'os.name is windows, which has no process namespaces';
  if (count > MAX_CONTAINERS) return `spec.containers: ${count} containers run beside each other; at most ${MAX_CONTAINERS} are judged`;
  return undefined;
}

/** Undefined for a field of the wrong type; with a malformed hostPID only where the pod does not say that it shares. */
function sharingOf(json: JsonObject): boolean | undefined {
  const share = booleanField(json.shareProcessNamespace);
  if (share === MALFORMED) return undefined;
  if (share === true) return true;
  return booleanField(json.hostPID) === MALFORMED ? undefined : false;
}

/** Everything that runs at the same time: no init container that ends. */
function runningContainers(spec: JsonObject, problems: string[]): RunningContainer[] {
  const result: RunningContainer[] = [];
  const names = new Set<string>();
  for (const [list, role] of [['initContainers', 'sidecar'], ['containers', 'container'], ['ephemeralContainers', 'ephemeral']] as const) {
    const entries = arrayField(spec[list]);
    if (entries === MALFORMED) problems.push(`spec.${list} is not a list: nothing is said about its containers`);
    if (entries === undefined || entries === MALFORMED) continue;
    for (let i = 0; i < entries.length; i++) {
      const container = runningContainer(entries[i], `${list}[${i}]`, role, problems);
      if (!container) continue;
      if (names.has(container.name)) problems.push(`spec.${list}[${i}]: another container is named \`${container.name}\` too`);
      names.add(container.name);
      result.push(container);
    }
  }
  return result;
}

function runningContainer(entry: unknown, place: string, role: RunningContainer['role'], problems: string[]): RunningContainer | undefined {
  const json = objectField(entry ?? MALFORMED);
  if (json === MALFORMED) problems.push(`spec.${place} is not an object: anything may be meant`);
  const restartPolicy: Field<string> = json === MALFORMED ? MALFORMED : stringField(json.restartPolicy);
  if (role === 'sidecar' && restartPolicy !== 'Always' && restartPolicy !== MALFORMED) return undefined;
  const named = json !== MALFORMED && typeof json.name === 'string' && json.name !== '';
  const name = named ? json.name as string : place;
  if (json !== MALFORMED && !named) problems.push(`spec.${place} has no name`);
  if (name === PAUSE) problems.push(`spec.${place} is named \`${PAUSE}\`, as the process of the pod itself is in this table`);
  const doubts = role === 'sidecar' && restartPolicy === MALFORMED ? [`make restartPolicy of \`${name}\` a name`] : NO_DOUBTS;
  return { json: json === MALFORMED ? { securityContext: 'malformed' } : json, name, role, doubts };
}

const NO_DOUBTS: readonly string[] = [];

/**
 * The sandbox's process, PID 1 of a pod that shares: the pause image's user, unless the pod's own `runAsUser` gives it another.
 */
function pauseProfile(pod: JsonObject | Malformed, node: NodeSettings): ContainerProfile {
  const user = idField(fieldOf(pod, 'runAsUser'));
  const group = idField(fieldOf(pod, 'runAsGroup'));
  const open = (field: string): Id => ({
    nonRoot: false, malformed: true, settle: pod === MALFORMED ? 'make spec.securityContext an object' : `make spec.securityContext.${field} a whole number`,
  });
  const imageGroup: Id = { nonRoot: false, malformed: false, settle: 'set spec.securityContext.runAsUser, or leave runAsGroup out' };
  const { defaultCapabilities } = node;
  return {
    name: PAUSE,
    role: 'pause',
    user: {
      uid: user === MALFORMED ? open('runAsUser') : user ?? 65535,
      // the image has no /etc/passwd, so a user without a group has group 0; a group without a user is refused by some runtimes
      gid: group === MALFORMED || user === MALFORMED ? open('runAsGroup') : user !== undefined ? group ?? 0 : group === undefined ? 65535 : imageGroup,
      neverStarts: false,
      assumes: UPSTREAM_PAUSE,
    },
    capabilities: {
      least: defaultCapabilities,
      most: defaultCapabilities,
      settle: [],
      malformed: false,
      underOtherDefault: node.otherDefaultCapabilities,
      privileged: false,
    },
    noNewPrivileges: true,
    settleEscalation: '',
    files: { writable: false, settle: '' },
    // the runtimes give the sandbox no AppArmor profile
    confinement: { ...confinementOf(PAUSE, {}, {}), appArmor: 'unconfined' },
    hostPaths: [],
    doubts: NO_DOUBTS,
    processes: [{ name: null }],
    tool: { name: null },
  };
}

const UPSTREAM_PAUSE: readonly string[] = ['upstream-pause'];
