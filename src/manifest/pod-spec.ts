/**
 * A pod spec as plain JSON, of any origin: nothing in it can be trusted to have the type that Kubernetes asks for.
 */
export type JsonObject = { [key: string]: unknown };

/** A container of a pod and the part that it plays in the pod's life. */
export interface PodContainer {
  /** The container's JSON. */
  readonly json: JsonObject;
  /** Its name, or the empty string. */
  readonly name: string;
  /** `sidecar` is an init container with `restartPolicy: Always`: it runs beside the app. */
  readonly role: 'container' | 'init' | 'sidecar';
}

/** Whether the value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The value when it is a JSON object, else an empty one. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The value when it is an array, else an empty one. */
export function arrayOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value when it is an integer (a UID, a port), else undefined. */
export function integerOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

/** All containers of a pod spec but the ephemeral ones, init containers first. */
export function containersOf(spec: JsonObject): PodContainer[] {
  const init = arrayOf(spec.initContainers).map(objectOf).map((json): PodContainer => (
    { json, name: nameOf(json), role: json.restartPolicy === 'Always' ? 'sidecar' : 'init' }
  ));
  const main = arrayOf(spec.containers).map(objectOf).map((json): PodContainer => ({ json, name: nameOf(json), role: 'container' }));
  return [...init, ...main];
}

/** The UID that the manifest gives a container: its own, else the pod's; undefined leaves it to the image. */
export function runAsUserOf(spec: JsonObject, container: JsonObject): number | undefined {
  return integerOf(objectOf(container.securityContext).runAsUser) ?? integerOf(objectOf(spec.securityContext).runAsUser);
}

/** The GID that the manifest gives a container: its own, else the pod's; undefined leaves it to the image. */
export function runAsGroupOf(spec: JsonObject, container: JsonObject): number | undefined {
  return integerOf(objectOf(container.securityContext).runAsGroup) ?? integerOf(objectOf(spec.securityContext).runAsGroup);
}

function nameOf(json: JsonObject): string {
  return typeof json.name === 'string' ? json.name : '';
}
