import { JsonObject } from './pod-spec';

/**
 * A copy of a document in which the object that a pointer names is replaced; what lies beside the way is shared, and the
 * document that was given is left as it is.
 *
 * @param pointer RFC 6901; every step of it must exist
 */
export function replaceAt(document: JsonObject, pointer: string, replacement: JsonObject): JsonObject {
  const tokens = pointer.slice(1).split('/').map(token => token.replace(/~1/g, '/').replace(/~0/g, '~'));
  const root = { ...document };
  let parent: JsonObject = root;
  for (const token of tokens.slice(0, -1)) {
    const child = parent[token];
    const copy = (Array.isArray(child) ? [...child] : { ...(child as JsonObject) }) as JsonObject;
    parent[token] = copy;
    parent = copy;
  }
  parent[tokens[tokens.length - 1]] = replacement;
  return root;
}

/** A copy of an object with one field set. A new field takes its alphabetical place where the others are sorted. */
export function withField(object: JsonObject, key: string, value: unknown): JsonObject {
  const keys = Object.keys(object);
  if (key in object || !isSorted(keys)) return { ...object, [key]: value };
  const result: JsonObject = {};
  let placed = false;
  for (const other of keys) {
    if (!placed && key < other) {
      result[key] = value;
      placed = true;
    }
    result[other] = object[other];
  }
  if (!placed) result[key] = value;
  return result;
}

function isSorted(keys: readonly string[]): boolean {
  return keys.every((key, i) => i === 0 || keys[i - 1] < key);
}
