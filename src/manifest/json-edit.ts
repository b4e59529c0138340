import { JsonObject } from './pod-spec';

/**
 * A copy of a document in which the object that a pointer names is replaced; what lies beside the way is shared, and the
 * document that was given is left as it is.
 *
 * @param pointer RFC 6901; every step of it must exist
 */
export function replaceAt(document: JsonObject, pointer: string, replacement: JsonObject): JsonObject {
  const tokens = pointer.slice(1).split('/').map(token => token.replace(/~1/g, '/').replace(/~0/g, '~'));
  return replaceBelow(document, tokens, replacement) as JsonObject;
}

function replaceBelow(value: unknown, tokens: readonly string[], replacement: JsonObject): unknown {
  if (tokens.length === 0) return replacement;
  const [token, ...rest] = tokens;
  if (Array.isArray(value)) return value.map((item, i) => String(i) === token ? replaceBelow(item, rest, replacement) : item);
  return { ...value as JsonObject, [token]: replaceBelow((value as JsonObject)[token], rest, replacement) };
}

/** A copy of an object with one field set. A new field takes its alphabetical place where the others are sorted. */
export function withField(object: JsonObject, key: string, value: unknown): JsonObject {
  const keys = Object.keys(object);
  if (keys.includes(key) || !isSorted(keys)) return { ...object, [key]: value };
  const entries = Object.entries(object);
  const place = keys.findIndex(other => key < other);
  // not by assignment, which would lose a field named __proto__
  return Object.fromEntries(place < 0 ? [...entries, [key, value]] : [...entries.slice(0, place), [key, value], ...entries.slice(place)]);
}

function isSorted(keys: readonly string[]): boolean {
  return keys.every((key, i) => i === 0 || keys[i - 1] < key);
}
