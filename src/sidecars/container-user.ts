import { arrayOf, containersOf, integerOf, JsonObject, objectOf, PodContainer, runAsGroupOf, runAsUserOf } from '../manifest/pod-spec';
import { constructError } from '../workload/construct-error';

/** A user and group by number. */
export interface NumericUser {
  readonly user: number;
  readonly group: number;
}

/**
 * The user that all targets run as, by number, when the manifest says so and it is not root; the group is theirs where it
 * is known, else the user's number.
 */
export function knownNonRootUser(spec: JsonObject, targets: readonly PodContainer[]): NumericUser | undefined {
  const users = new Set(targets.map(target => runAsUserOf(spec, target.json)));
  const groups = new Set(targets.map(target => runAsGroupOf(spec, target.json)));
  const [user] = users;
  const [group] = groups;
  if (users.size !== 1 || user === undefined || user === 0) return undefined;
  return { user, group: groups.size === 1 && group !== undefined ? group : user };
}

/** Where the numbers start that we give to a container whose user nothing tells: used by no distribution or common image. */
const FREE_USER = 52525;

/**
 * A UID that nobody has: not in this pod, our other sidecars included, and none of the numbers that systems use (65532 distroless, 65534 nobody, 65535
 * the sandbox, 1337 Istio's and 2102 Linkerd's proxies, all far away).
 *
 * @param others containers of ours that are not in the spec
 */
export function freeUser(spec: JsonObject, others: readonly JsonObject[]): NumericUser {
  const taken = new Set<number>();
  for (const { securityContext } of [spec, ...containersOf(spec).map(({ json }) => json), ...others]) {
    const context = objectOf(securityContext);
    for (const value of [context.runAsUser, context.runAsGroup, context.fsGroup, ...arrayOf(context.supplementalGroups)]) {
      const id = integerOf(value);
      if (id !== undefined) taken.add(id);
    }
  }
  let id = FREE_USER;
  while (taken.has(id)) id++;
  return { user: id, group: id };
}

/** `runAsNonRoot: true` with UID 0, or with an image of root's and no UID, is valid for the API server; the kubelet never starts it. */
export function refuseRootThatNeverStarts(path: string, spec: JsonObject, context: JsonObject, isOurImage: boolean): void {
  const pod = objectOf(spec.securityContext);
  const nonRoot = context.runAsNonRoot ?? pod.runAsNonRoot;
  const user = context.runAsUser ?? pod.runAsUser;
  if (nonRoot !== true || !(user === 0 || user === undefined && isOurImage)) return;
  throw constructError(path, 'the container would run as root while runAsNonRoot is true, so the kubelet would never start it',
    'Give runAsUser in the profile, or one of kubectl debug that means root, such as DebugProfile.GENERAL');
}
