import { freeUser, knownNonRootUser } from './debug-target';
import { SeccompProfileType } from './seccomp-profile-type';
import { unknownCapabilityReason } from '../kernel/capability';
import { integerOf, JsonObject, objectOf, PodContainer } from '../manifest/pod-spec';

/**
 * The security context of `DebugProfile.custom`.
 */
export interface DebugProfileOptions {
  /**
   * Capabilities to add, without `CAP_`: `capabilities.add`. They have an effect in a container that runs as root.
   *
   * @default - none
   */
  readonly addCapabilities?: string[];

  /**
   * Capabilities to drop, without `CAP_`: `capabilities.drop`.
   *
   * @default ['ALL'] - what is needed is added by name; with `privileged` nothing is dropped
   */
  readonly dropCapabilities?: string[];

  /**
   * The UID: `runAsUser`.
   *
   * @default - the pod's, else the image's
   */
  readonly runAsUser?: number;

  /**
   * The GID: `runAsGroup`.
   *
   * @default - the pod's, else the image's
   */
  readonly runAsGroup?: number;

  /**
   * Let the kubelet refuse to start it as root: `runAsNonRoot: true`.
   *
   * @default false - and then the field is left out, so that the pod's value holds; with `runAsUser: 0` it says false
   */
  readonly runAsNonRoot?: boolean;

  /**
   * All capabilities, all devices, no filter: `privileged: true`. Whoever may exec into such a container has the node.
   *
   * @default false
   */
  readonly privileged?: boolean;

  /**
   * Let programs gain privileges by set-uid bits and file capabilities: `allowPrivilegeEscalation`.
   *
   * @default false - written as such, but beside `privileged`, where the API server refuses it
   */
  readonly allowPrivilegeEscalation?: boolean;

  /**
   * Nothing in the container's own file system can be written: `readOnlyRootFilesystem`.
   *
   * @default false - and then the field is left out
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * The system call filter: `seccompProfile.type`.
   *
   * @default SeccompProfileType.RUNTIME_DEFAULT - beside `privileged` it is left out, for it would have no effect
   */
  readonly seccompProfile?: SeccompProfileType;
}

/** Highest UID and GID that Kubernetes takes. */
const MAX_ID = 2147483647;

/**
 * What a debug container may do: its `securityContext`.
 *
 * The named profiles are those of `kubectl debug`, field for field, so that what you know of them holds here. In two cases
 * they add what a container needs to start at all:
 *
 * - RESTRICTED says `runAsNonRoot: true`, and an image that runs as root would never start: it gets a numeric `runAsUser`
 *   and `runAsGroup`, the target's when the manifest tells them, else a number that nobody uses.
 * - Where the pod says `runAsNonRoot: true` (cdk8s-plus always does) and the profile means root, the container says
 *   `runAsNonRoot: false`, and `runAsUser: 0` if the pod sets another user.
 *
 * @see https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/#debugging-profiles
 */
export class DebugProfile {
  /** For most debugging: adds SYS_PTRACE, for `strace` and other containers' files. Pod Security: privileged. */
  public static readonly GENERAL = new DebugProfile('general', true, () => ({ capabilities: { add: ['SYS_PTRACE'] } }));

  /** No security context: the user of the pod or the image, the runtime's default capabilities. Pod Security: baseline. */
  public static readonly BASELINE = new DebugProfile('baseline', false, () => ({}));

  /** Not root, no capabilities, the runtime's system call filter. Pod Security: restricted. */
  public static readonly RESTRICTED = new DebugProfile('restricted', false, (spec, targets) => {
    const { user, group } = knownNonRootUser(spec, targets) ?? freeUser(spec);
    return {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      runAsGroup: group,
      runAsNonRoot: true,
      runAsUser: user,
      seccompProfile: { type: 'RuntimeDefault' },
    };
  });

  /** For networks: adds NET_ADMIN and NET_RAW. Pod Security: privileged. */
  public static readonly NETADMIN = new DebugProfile('netadmin', true, () => ({ capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } }));

  /** `privileged: true`: whoever may exec into the container has the node. Pod Security: privileged. */
  public static readonly SYSADMIN = new DebugProfile('sysadmin', true, () => ({ privileged: true }));

  /**
   * A security context of your own. What is left out is as tight as it can be.
   *
   * The container gets no terminal: it idles, and you use `exec`.
   *
   * @param options the fields
   * @throws when a capability's name is none that Kubernetes knows (it would silently be missing), is both added and dropped,
   * a UID or GID is out of range, or fields contradict each other
   */
  public static custom(options: DebugProfileOptions): DebugProfile {
    customContext(options); // refused at the call
    return new DebugProfile('custom', false, () => customContext(options));
  }

  private constructor(
    /** `kubectl debug`'s name of the profile, or `custom`. */
    public readonly name: string,
    private readonly meansRoot: boolean,
    private readonly context: (spec: JsonObject, targets: readonly PodContainer[]) => JsonObject,
  ) {}

  /**
   * Whether `kubectl debug --profile` knows it.
   *
   * @internal
   */
  public get _isKubectlProfile(): boolean {
    return this.name !== 'custom';
  }

  /**
   * The container's `securityContext` in this pod; empty when it needs none.
   *
   * @internal
   */
  public _securityContext(spec: JsonObject, targets: readonly PodContainer[]): JsonObject {
    return { ...this.context(spec, targets), ...this.adaptation(spec) };
  }

  /**
   * What of the `securityContext` goes beyond what `kubectl debug --profile` writes itself; all of it for a custom profile.
   *
   * @internal
   */
  public _beyondKubectl(spec: JsonObject, targets: readonly PodContainer[]): JsonObject {
    if (this.name === 'custom') return this.context(spec, targets);
    if (this.name !== 'restricted') return this.adaptation(spec);
    const { runAsGroup, runAsUser } = this.context(spec, targets);
    return { runAsGroup, runAsUser };
  }

  /** What the container needs beside the profile's own fields so that it starts in this pod. */
  private adaptation(spec: JsonObject): JsonObject {
    const pod = objectOf(spec.securityContext);
    const podUser = integerOf(pod.runAsUser);
    if (pod.runAsNonRoot !== true || this.name === 'restricted' || this.name === 'custom') return {};
    const isOtherUser = podUser !== undefined && podUser !== 0;
    if (this.meansRoot) return isOtherUser ? { runAsNonRoot: false, runAsUser: 0 } : { runAsNonRoot: false };
    // BASELINE runs as the pod's user where there is one; else as the image's, which for most debug images is root
    return isOtherUser ? {} : { runAsNonRoot: false };
  }
}

function customContext(options: DebugProfileOptions): JsonObject {
  const refuse = (problem: string, fix: string): never => {
    throw new Error(`DebugProfile.custom: ${problem}. ${fix}.`);
  };
  const add = options.addCapabilities ?? [];
  const drop = options.dropCapabilities ?? (options.privileged ? [] : ['ALL']);
  for (const [field, names] of [['addCapabilities', add], ['dropCapabilities', drop]] as const) {
    for (const name of names) {
      const reason = unknownCapabilityReason(name);
      if (reason) refuse(`${field} has '${name}'`, `${reason[0].toUpperCase()}${reason.slice(1)}`);
    }
  }
  const both = add.find(name => name !== 'ALL' && drop.includes(name));
  if (both) refuse(`'${both}' is both added and dropped, and the drop would win`, 'Take it out of one of the two');
  for (const [field, id] of [['runAsUser', options.runAsUser], ['runAsGroup', options.runAsGroup]] as const) {
    if (id !== undefined && !(Number.isInteger(id) && id >= 0 && id <= MAX_ID)) refuse(`${field} is ${id}`, `Give a whole number from 0 to ${MAX_ID}`);
  }
  if (options.runAsNonRoot && options.runAsUser === 0) refuse('runAsNonRoot with runAsUser 0 never starts', 'Leave one of them out');
  if (options.privileged && options.allowPrivilegeEscalation === false) {
    refuse('allowPrivilegeEscalation: false beside privileged: true is refused by the API server', 'Leave allowPrivilegeEscalation out');
  }
  const capabilities = { ...add.length ? { add: [...add] } : {}, ...drop.length ? { drop: [...drop] } : {} };
  const seccomp = options.seccompProfile ?? (options.privileged ? undefined : SeccompProfileType.RUNTIME_DEFAULT);
  return {
    ...options.privileged ? {} : { allowPrivilegeEscalation: options.allowPrivilegeEscalation ?? false },
    ...Object.keys(capabilities).length ? { capabilities } : {},
    ...options.privileged ? { privileged: true } : {},
    ...options.readOnlyRootFilesystem ? { readOnlyRootFilesystem: true } : {},
    ...options.runAsGroup === undefined ? {} : { runAsGroup: options.runAsGroup },
    ...options.runAsNonRoot ? { runAsNonRoot: true } : options.runAsUser === 0 ? { runAsNonRoot: false } : {},
    ...options.runAsUser === undefined ? {} : { runAsUser: options.runAsUser },
    ...seccomp ? { seccompProfile: { type: seccomp } } : {},
  };
}
