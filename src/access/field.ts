import { JsonObject } from '../manifest/pod-spec';

/** A field whose value has a type that Kubernetes refuses: anything may be meant. */
export const MALFORMED = Symbol('malformed');
export type Malformed = typeof MALFORMED;

/** The value of a field; undefined when it is not set (null is not set either). */
export type Field<T> = T | undefined | Malformed;

const EMPTY: JsonObject = {};

/** The value when it is a JSON object, an empty one when it is not set. */
export function objectField(value: unknown): JsonObject | Malformed {
  if (value === undefined || value === null) return EMPTY;
  return typeof value === 'object' && !Array.isArray(value) ? value as JsonObject : MALFORMED;
}

/** A field of an object that may be malformed itself. */
export function fieldOf(object: JsonObject | Malformed, name: string): Field<unknown> {
  return object === MALFORMED ? MALFORMED : object[name] ?? undefined;
}

export function booleanField(value: unknown): Field<boolean> {
  return value === undefined || value === null || typeof value === 'boolean' ? value ?? undefined : MALFORMED;
}

export function stringField(value: unknown): Field<string> {
  return value === undefined || value === null || typeof value === 'string' ? value ?? undefined : MALFORMED;
}

export function arrayField(value: unknown): Field<unknown[]> {
  return value === undefined || value === null || Array.isArray(value) ? value ?? undefined : MALFORMED;
}

/** Highest UID and GID that Kubernetes takes. */
const MAX_ID = 2147483647;

export function idField(value: unknown): Field<number> {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_ID ? value : MALFORMED;
}
