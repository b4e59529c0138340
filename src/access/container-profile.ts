import { CapabilityRange, capabilityRange } from './capability-range';
import { confinementOf } from './confinement';
import { ContainerFacts, NamedProcessFacts } from './container-facts';
import { ContainerUser, containerUser } from './container-user';
import { booleanField, fieldOf, MALFORMED, Malformed, objectField, stringField } from './field';
import { hostPathMounts } from './host-path-mounts';
import { NodeSettings } from './node-settings';
import { Id } from './open-id';
import { ContainerProfile, ProcessProfile } from './process-profile';
import { writableFiles } from './writable-files';
import { CapabilitySet } from '../kernel/capability-set';
import { arrayOf, JsonObject, objectOf } from '../manifest/pod-spec';
import { KnownProgram } from '../programs/known-program';
import { programOfImage, runsByDefault } from '../programs/recognize-program';

/** What a container is read with. */
export interface ProfileContext {
  readonly spec: JsonObject;
  /** The pod's `securityContext`. */
  readonly pod: JsonObject | Malformed;
  readonly node: NodeSettings;
  readonly platformUsers: boolean;
  readonly facts?: { readonly [container: string]: ContainerFacts };
  /** The pod's annotations. */
  readonly annotations: JsonObject;
}

/** A container as the list it stands in tells it. */
export interface RunningContainer {
  readonly json: JsonObject;
  readonly name: string;
  readonly role: ContainerProfile['role'];
  readonly doubts: readonly string[];
}

const APP_ARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

/** Reads what the manifest tells of a container. */
export function containerProfile(running: RunningContainer, context: ProfileContext): ContainerProfile {
  const { json, name, role } = running;
  const own = objectField(json.securityContext);
  const image = typeof json.image === 'string' && json.image !== '' ? json.image : undefined;
  const facts = context.facts && Object.prototype.hasOwnProperty.call(context.facts, name) ? context.facts[name] : undefined;
  const program = programOfImage(image);
  const user = containerUser({ name, image, own, pod: context.pod, facts, program, platformUsers: context.platformUsers });
  const capabilities = capabilityRange(name, own, context.node);
  const escalation = booleanField(fieldOf(own, 'allowPrivilegeEscalation'));
  const confinement = confinementOf(name, own, context.pod, context.annotations[APP_ARMOR_ANNOTATION + name]);
  return {
    name,
    role,
    user,
    capabilities,
    noNewPrivileges: escalation === MALFORMED ? undefined : escalation === false,
    settleEscalation: own === MALFORMED ? `make securityContext of \`${name}\` an object` : `make allowPrivilegeEscalation of \`${name}\` true or false`,
    files: writableFiles(name, own, json, context.spec),
    confinement,
    hostPaths: hostPathMounts(json, context.spec),
    joins: role === 'ephemeral' && typeof json.targetContainerName === 'string' ? json.targetContainerName : undefined,
    doubts: confinement.settle.length ? [...running.doubts, ...confinement.settle] : running.doubts,
    processes: statedProcesses(facts) ?? programProcesses(running, program, user, capabilities) ?? PLAIN_PROCESSES,
    tool: facts?.tool ? statedProcess(facts.tool) : PLAIN_TOOL,
  };
}

const PLAIN_PROCESSES: readonly ProcessProfile[] = [{ name: null, assumes: 'plain-target' }];
const PLAIN_TOOL: ProcessProfile = { name: null, assumes: 'plain-observer' };

function statedProcesses(facts: ContainerFacts | undefined): ProcessProfile[] | undefined {
  return facts?.processes?.length ? facts.processes.map(statedProcess) : undefined;
}

function statedProcess(facts: NamedProcessFacts): ProcessProfile {
  const { becomes } = facts;
  return { name: facts.name ?? null, facts, changes: becomes && { uid: becomes.uid, gid: becomes.gid, dumpable: becomes.dumpable === true } };
}

/** The processes of a known program, as it runs for this user; undefined when it cannot be told that it does. */
function programProcesses(
  { json, name: container }: RunningContainer, program: KnownProgram | undefined, user: ContainerUser, capabilities: CapabilityRange,
): ProcessProfile[] | undefined {
  if (!program?.processes.length || typeof user.uid !== 'number' || !runsByDefault(program, json.command, json.args)) return undefined;
  const isRoot = user.uid === 0;
  if (isRoot && !capabilities.least.contains(CapabilitySet.of(program.rootNeeds))) return undefined;
  const custom = isRoot && isCovered(json, program);
  return program.processes.map(({ name, becomes }): ProcessProfile => {
    if (!isRoot || !becomes) return { name, assumes: 'known-program' };
    const dumpable = becomes.dumpable === true;
    return { name, assumes: 'known-program', changes: custom ? { ...configuredUser(container), dumpable } : { uid: becomes.uid, gid: becomes.gid, dumpable } };
  });
}

/** Whether a volume lies over a file that decides about the program's users. */
function isCovered(json: JsonObject, program: KnownProgram): boolean {
  const mounts = json.volumeMounts;
  if (mounts !== undefined && mounts !== null && !Array.isArray(mounts)) return true;
  return arrayOf(mounts).some(entry => {
    const path = stringField(objectOf(entry).mountPath);
    return typeof path !== 'string' || program.configuration.some(file => isAt(path, file));
  });
}

/** Whether a mount at this path hides the file: it is the file, or a directory above it. */
function isAt(path: string, file: string): boolean {
  const mount = `/${path.split('/').filter(part => part !== '' && part !== '.').join('/')}`;
  return mount === '/' || mount === file || file.startsWith(`${mount}/`) || path.includes('..');
}

/** The user that a configuration of the pod's own makes the processes change to. */
function configuredUser(container: string): { readonly uid: Id; readonly gid: Id } {
  const id: Id = { nonRoot: false, settle: `set runAsUser on \`${container}\` to another user than root`, malformed: false };
  return { uid: id, gid: id };
}
