import { freeUser, knownNonRootUser } from './container-user';
import { customSecurityContext } from './custom-security-context';
import { DebugProfileOptions } from './debug-profile-options';
import { Access, ACCESSES } from '../access/access';
import { integerOf, JsonObject, objectOf, PodContainer } from '../manifest/pod-spec';
import { constructError, quoted } from '../workload/construct-error';
import { withoutNulls } from '../workload/given-value';

/** What a debugger is mostly for. To trace is asked for by name: it can change the app. */
const USUAL: readonly Access[] = [Access.LIST_PROCESSES, Access.READ_ARGUMENTS, Access.READ_ENVIRONMENT, Access.READ_FILES, Access.SIGNAL];

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
 *   `runAsNonRoot: false`, and `runAsUser: 0` if the pod sets another user. BASELINE says `runAsNonRoot: false` too where
 *   nothing but the image tells its user.
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
   * The least privilege that is enough, worked out from the pod: first by Pod Security level, then by the number of
   * capabilities, not root before root. It never lowers the pod's own level unless `maxLevel` allows it, and never takes more
   * than is asked where less is enough; what cannot be had, or hangs on what the manifest leaves open, is an error that lists
   * what else would do.
   *
   * Writes `runAsUser`, `runAsGroup`, `runAsNonRoot`, `capabilities`, `allowPrivilegeEscalation: false`,
   * `readOnlyRootFilesystem: true` and `seccompProfile` of the container. It is worked out when the sidecar is created, and
   * checked on the manifest that is written: a later change that breaks it is an error.
   *
   * The container gets no terminal: it idles, and you use `exec`.
   *
   * @param accesses what the container shall be able to do; without any: list processes, read arguments, environment and
   * the targets' own files, and send signals
   * @throws when one of them is no Access
   * @see https://man7.org/linux/man-pages/man2/ptrace.2.html
   */
  public static leastPrivilege(...accesses: Access[]): DebugProfile {
    const wrong = accesses.findIndex(access => !ACCESSES.includes(access));
    if (wrong >= 0) {
      throw constructError('DebugProfile.leastPrivilege', `argument ${wrong + 1} is ${quoted(accesses[wrong])}`, `Give members of Access: ${ACCESSES.join(', ')}`);
    }
    const asked = accesses.length ? accesses : USUAL;
    return new DebugProfile('least-privilege', false, () => ({}), ACCESSES.filter(access => asked.includes(access)));
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
    /**
     * What is asked of a profile that is worked out; undefined for the others.
     *
     * @internal
     */
    public readonly _accesses?: readonly Access[],
  ) {}

  /**
   * Whether `kubectl debug --profile` knows it.
   *
   * @internal
   */
  public get _isKubectlProfile(): boolean {
    return this.name !== 'custom' && this._accesses === undefined;
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
