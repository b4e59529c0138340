import { ContainerRuntime } from './container-runtime';
import { NodeFacts } from './node-facts';
import { unknownCapabilityReason } from '../kernel/capability';
import { CapabilitySet } from '../kernel/capability-set';
import { CONTAINERD_DEFAULT_CAPABILITIES, CRIO_DEFAULT_CAPABILITIES } from '../kernel/container-capabilities';

/** Node facts as the engine uses them: checked, with the stated defaults. */
export interface NodeSettings {
  readonly runtime?: ContainerRuntime;
  readonly defaultCapabilities: CapabilitySet;
  /** Another default set that the nodes may have; undefined when the set is stated. */
  readonly otherDefaultCapabilities?: CapabilitySet;
  readonly perfmonReadsMemory: boolean;
  readonly isKernelStated: boolean;
  /** `hostUsers: false` is honoured; undefined when the version of Kubernetes is not stated. */
  readonly honoursHostUsers?: boolean;
  readonly yama?: number;
  readonly modules?: ReadonlySet<string>;
  readonly sameKernelRuntimeClasses: ReadonlySet<string>;
  readonly permissiveSeccompProfiles: ReadonlySet<string>;
}

/** Linux since which PERFMON reads what belongs to another process's memory: `may_access_mm` in kernel/fork.c. */
const PERFMON_SINCE: readonly [number, number] = [6, 15];

/** Kubernetes since which user namespaces are on by default. */
const USER_NAMESPACES_SINCE: readonly [number, number] = [1, 33];

const NOTHING_STATED = read({});

/**
 * The facts as the engine uses them.
 *
 * @throws when a fact is none: a version that cannot be read, a scope that Yama does not have, a name that is no capability
 */
export function nodeSettings(facts?: NodeFacts): NodeSettings {
  return facts === undefined ? NOTHING_STATED : read(facts);
}

function read(facts: NodeFacts): NodeSettings {
  const kernel = version('kernelVersion', facts.kernelVersion);
  const kubernetes = version('kubernetesVersion', facts.kubernetesVersion);
  const scope = facts.yamaPtraceScope;
  if (scope !== undefined && ![0, 1, 2, 3].includes(scope)) refuse('yamaPtraceScope', scope, 'a number from 0 to 3');
  const runtime = facts.containerRuntime;
  if (runtime !== undefined && !Object.values(ContainerRuntime).includes(runtime)) refuse('containerRuntime', runtime, 'containerd or cri-o');
  const modules = names('securityModules', facts.securityModules);
  const stated = names('defaultCapabilities', facts.defaultCapabilities);
  const wrong = stated?.find(name => name === 'ALL' || unknownCapabilityReason(name) !== undefined);
  if (wrong !== undefined) refuse('defaultCapabilities', wrong, 'names of capabilities, such as KILL');
  const ofRuntime = runtime === ContainerRuntime.CRI_O ? CRIO_DEFAULT_CAPABILITIES : CONTAINERD_DEFAULT_CAPABILITIES;
  return {
    runtime,
    defaultCapabilities: stated ? CapabilitySet.of(stated) : ofRuntime,
    otherDefaultCapabilities: stated || runtime ? undefined : CRIO_DEFAULT_CAPABILITIES,
    perfmonReadsMemory: kernel === undefined || isAtLeast(kernel, PERFMON_SINCE),
    isKernelStated: kernel !== undefined,
    honoursHostUsers: kubernetes && isAtLeast(kubernetes, USER_NAMESPACES_SINCE),
    // a node that does not run it has no scope
    yama: scope ?? (modules && !modules.includes('yama') ? 0 : undefined),
    modules: modules && new Set(modules),
    sameKernelRuntimeClasses: new Set(names('sameKernelRuntimeClasses', facts.sameKernelRuntimeClasses)),
    permissiveSeccompProfiles: new Set(names('permissiveSeccompProfiles', facts.permissiveSeccompProfiles)),
  };
}

function version(fact: string, text: unknown): readonly [number, number] | undefined {
  if (text === undefined || text === null) return undefined;
  const match = typeof text === 'string' ? /^v?(\d{1,4})\.(\d{1,4})(?:[.+-].*)?$/.exec(text) : null;
  return match ? [Number(match[1]), Number(match[2])] : refuse(fact, text, "a version, such as '6.1'");
}

function isAtLeast(have: readonly [number, number], want: readonly [number, number]): boolean {
  return have[0] > want[0] || (have[0] === want[0] && have[1] >= want[1]);
}

function names(fact: string, value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.some(name => typeof name !== 'string')) return refuse(fact, value, 'a list of names');
  return value;
}

function refuse(fact: string, value: unknown, wanted: string): never {
  throw new Error(`NodeFacts.${fact} is ${JSON.stringify(value)}. Give ${wanted}.`);
}
