import { JsonObject } from '../../src/manifest/pod-spec';
import { Random } from '../random';

/** Right for some field and wrong for others. */
const VALUES: readonly unknown[] = ['', 'x', 'true', '0', '1000', 0, 1, -1, 0.5, 2147483648, 1e20, 1e300, true, false, null, [], {}, ['x'], [0], [null], [{}], [[]]];

/** Fields that no control reads, and the spec itself. */
const LEFT_ALONE: ReadonlySet<string> = new Set(['spec', 'containerPort', 'port', 'value', 'level']);

/** A copy of a pod in which some values are replaced by others, of any type. */
export function withWrongTypes(random: Random, pod: JsonObject): JsonObject {
  const copy: JsonObject = structuredClone(pod);
  for (const [parent, key] of random.list(3, () => random.pick(placesIn(copy)))) parent[key] = structuredClone(random.pick(VALUES));
  return copy;
}

/** Every field and list item that a control reads. */
export function placesIn(value: unknown): [JsonObject, string][] {
  if (value === null || typeof value !== 'object') return [];
  const parent = value as JsonObject;
  return Object.keys(parent).flatMap(child => [
    ...LEFT_ALONE.has(child) ? [] : [[parent, child] as [JsonObject, string]],
    ...placesIn(parent[child]),
  ]);
}
