import { constructError, quoted } from '../workload/construct-error';

/** Highest UID and GID that Kubernetes takes. */
const MAX_ID = 2147483647;

/**
 * Who a sidecar runs as, where its rights are worked out: `runAsUser` and `runAsGroup` of its container.
 */
export class SidecarUser {
  /**
   * The user and group of its target, where that is enough; else root. The target's must be known: from the manifest, from
   * what is known of its image, or from `SharedPidSettings.useImageUser`.
   */
  public static readonly AS_TARGET = new SidecarUser('as-target');

  /**
   * Neither is written: the platform gives all containers without a user the same UID, and GID 0, as OpenShift's
   * `restricted-v2` does. Elsewhere the container would run as the user of its image.
   *
   * @see https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/authentication_and_authorization/managing-pod-security-policies
   */
  public static readonly ASSIGNED_BY_PLATFORM = new SidecarUser('assigned-by-platform');

  /**
   * This user and group, whatever the target's.
   *
   * @param user the UID
   * @param group the primary GID
   * @throws when one of them is no whole number from 0 to 2147483647
   */
  public static ids(user: number, group: number): SidecarUser {
    for (const [name, id] of [['user', user], ['group', group]] as const) {
      if (Number.isInteger(id) && id >= 0 && id <= MAX_ID) continue;
      throw constructError('SidecarUser.ids', `${name} is ${quoted(id)}`, `Give a whole number from 0 to ${MAX_ID}`);
    }
    return new SidecarUser('ids', user, group);
  }

  /**
   * Whether a value is one: of this copy of the package or of another.
   *
   * @internal
   */
  public static _isUser(value: unknown): value is SidecarUser {
    return typeof (value as SidecarUser | undefined)?.origin === 'string';
  }

  private constructor(
    /** `as-target`, `assigned-by-platform` or `ids`. */
    public readonly origin: string,
    /** @internal */
    public readonly _user?: number,
    /** @internal */
    public readonly _group?: number,
  ) {}
}
