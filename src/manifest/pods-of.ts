import { arrayOf, JsonObject, objectOf } from './pod-spec';
import { podMetadataPath, podSpecPath, valueAt } from './pod-spec-path';

/** A pod, or the pod that a workload makes, in a manifest of any origin. */
export interface ManifestPod {
  /** `Pod`, `Deployment` ...: the kind of the object that holds it. */
  readonly kind: string;
  readonly name: string;
  /** The empty string where the manifest names none. */
  readonly namespace: string;
  /** The whole object. */
  readonly object: JsonObject;
  /** JSON pointer of the pod spec in the object. */
  readonly specPath: string;
  readonly spec: JsonObject;
  /** Metadata of the pod, or of its template. */
  readonly metadata: JsonObject;
}

/**
 * The pods of a document: the object itself, or the items of a List, which may be nested.
 *
 * @param document parsed JSON of any shape
 */
export function podsOf(document: unknown): ManifestPod[] {
  return objectsOf(document).flatMap(object => podOf(object) ?? []);
}

/** The objects of a document: itself, or the items of a List. */
export function objectsOf(document: unknown): JsonObject[] {
  const object = objectOf(document);
  if (typeof object.kind === 'string' && object.kind.endsWith('List') && Array.isArray(object.items)) {
    // what `kubectl get -o yaml` and `PodList` of a client write: the items may come without their kind
    const kind = object.kind.slice(0, -'List'.length);
    return object.items.flatMap(item => {
      const child = objectOf(item);
      return objectsOf(kind !== '' && child.kind === undefined ? { apiVersion: object.apiVersion, kind, ...child } : child);
    });
  }
  return Object.keys(object).length ? [object] : [];
}

/** The pod of one object, or undefined where its kind has none. */
export function podOf(object: JsonObject): ManifestPod | undefined {
  const specPath = podSpecPath(object.apiVersion, object.kind);
  if (specPath === undefined) return undefined;
  const metadata = objectOf(object.metadata);
  return {
    kind: String(object.kind),
    name: textOf(metadata.name) || textOf(metadata.generateName),
    namespace: textOf(metadata.namespace),
    object,
    specPath,
    spec: objectOf(valueAt(object, specPath)),
    metadata: objectOf(valueAt(object, podMetadataPath(specPath) ?? '')),
  };
}

/** Kinds that we do not know and that hold containers where pod templates usually do: their pods are not read. */
export function unreadTemplatesOf(document: unknown): string[] {
  return objectsOf(document)
    .filter(object => podSpecPath(object.apiVersion, object.kind) === undefined && arrayOf(valueAt(object, '/spec/template/spec/containers')).length > 0)
    .map(object => `${textOf(object.kind)} ${textOf(objectOf(object.metadata).name)}`);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
