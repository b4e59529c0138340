import { arrayOf, integerOf, JsonObject, objectOf } from '../manifest/pod-spec';

/** Where the numbers start that belong to nobody: used by no distribution or common image. */
const FREE_FROM = 52525;

/**
 * A number that no container of the pod has as UID, GID or supplementary group, and that systems do not use (65532 distroless,
 * 65534 nobody, 65535 the sandbox, 1337 Istio's and 2102 Linkerd's proxies are all far away).
 */
export function freeUser(spec: JsonObject): number {
  const taken = new Set<number>();
  const containers = [spec.initContainers, spec.containers, spec.ephemeralContainers].flatMap(arrayOf).map(objectOf);
  for (const context of [spec, ...containers].map(({ securityContext }) => objectOf(securityContext))) {
    for (const value of [context.runAsUser, context.runAsGroup, context.fsGroup, ...arrayOf(context.supplementalGroups)]) {
      const id = integerOf(value);
      if (id !== undefined) taken.add(id);
    }
  }
  let id = FREE_FROM;
  while (taken.has(id)) id++;
  return id;
}
