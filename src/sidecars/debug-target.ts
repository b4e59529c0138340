import { containersOf, integerOf, JsonObject, objectOf, PodContainer, runAsGroupOf, runAsUserOf, arrayOf } from '../manifest/pod-spec';

/** A user and group by number. */
export interface NumericUser {
  readonly user: number;
  readonly group: number;
}

/** The containers that a debugger looks at: the named one, else all that run beside it. */
export function targetsOf(spec: JsonObject, target?: string): PodContainer[] {
  const running = containersOf(spec).filter(container => container.role !== 'init');
  return target === undefined ? running : running.filter(container => container.name === target);
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
 * A UID that nobody has: not in this pod, and none of the numbers that systems use (65532 distroless, 65534 nobody, 65535
 * the sandbox, 1337 Istio's and 2102 Linkerd's proxies, all far away).
 */
export function freeUser(spec: JsonObject): NumericUser {
  const taken = new Set<number>();
  for (const context of [objectOf(spec.securityContext), ...containersOf(spec).map(container => objectOf(container.json.securityContext))]) {
    for (const value of [context.runAsUser, context.runAsGroup, context.fsGroup, ...arrayOf(context.supplementalGroups)]) {
      const id = integerOf(value);
      if (id !== undefined) taken.add(id);
    }
  }
  let id = FREE_USER;
  while (taken.has(id)) id++;
  return { user: id, group: id };
}
