import { customSecurityContext } from './custom-security-context';
import { DebugProfileOptions } from './debug-profile-options';
import { freeUser, knownNonRootUser } from './sidecar-user';
import { integerOf, JsonObject, objectOf, PodContainer } from '../manifest/pod-spec';
import { withoutNulls } from '../workload/given-value';

/**
 * What a debug container may do: its `securityContext`.
 *
 * The named profiles are those of `kubectl debug`, field for field, so that what you know of them holds here. In two cases
 * they add what a container needs to start at all:
 *
 * - RESTRICTED says `runAsNonRoot: true`, and an image that runs as root would never start: it gets a numeric `runAsUser`
 *   and `runAsGroup`: the target's when the manifest tells its user (a group that is not told gets the user's number), else a
 *   number that nobody in the pod uses.
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
  public static readonly RESTRICTED = new DebugProfile('restricted', false, (spec, targets, others) => {
    const { user, group } = knownNonRootUser(spec, targets) ?? freeUser(spec, others);
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
    const given = withoutNulls(options ?? {});
    customSecurityContext(given); // refused at the call
    return new DebugProfile('custom', false, () => customSecurityContext(given));
  }

  /**
   * Whether a value is one: of this copy of the package or of another.
   *
   * @internal
   */
  public static _isProfile(value: unknown): value is DebugProfile {
    return typeof (value as DebugProfile | undefined)?._securityContext === 'function';
  }

  private constructor(
    /** `kubectl debug`'s name of the profile, or `custom`. */
    public readonly name: string,
    private readonly meansRoot: boolean,
    private readonly context: (spec: JsonObject, targets: readonly PodContainer[], others: readonly JsonObject[]) => JsonObject,
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
   * @param others containers of ours that are not in the spec
   * @internal
   */
  public _securityContext(spec: JsonObject, targets: readonly PodContainer[], others: readonly JsonObject[]): JsonObject {
    return { ...this.context(spec, targets, others), ...this.adaptation(spec) };
  }

  /**
   * What of the `securityContext` goes beyond what `kubectl debug --profile` writes itself; all of it for a custom profile.
   *
   * @internal
   */
  public _beyondKubectl(spec: JsonObject, targets: readonly PodContainer[]): JsonObject {
    if (this.name === 'custom') return this.context(spec, targets, []);
    if (this.name !== 'restricted') return this.adaptation(spec);
    const { runAsGroup, runAsUser } = this.context(spec, targets, []);
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
