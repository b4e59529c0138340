import { arrayOf, JsonObject, objectOf } from '../manifest/pod-spec';

/** How deep a List may lie in a List; Kubernetes knows no such thing, and anchors can make a List hold itself. */
const MAX_DEPTH = 2;

/** The kinds of the core group that tell something about a pod beside them. */
const KINDS: ReadonlySet<unknown> = new Set(['ConfigMap', 'Namespace']);

type Index = ReadonlyMap<string, JsonObject>;

/** An output is read once, however many pods of it are judged. */
const INDEXES = new WeakMap<readonly unknown[], Index>();

/**
 * The ConfigMap or Namespace of a name in an output, those in Lists included; undefined when there is none.
 *
 * @param documents all documents of the output, which are not changed while its pods are judged
 * @param namespace undefined for a Namespace, and for what names none
 */
export function findDocument(
  documents: readonly unknown[] | undefined, kind: 'ConfigMap' | 'Namespace', namespace: string | undefined, name: string,
): JsonObject | undefined {
  if (!Array.isArray(documents)) return undefined;
  let index = INDEXES.get(documents);
  if (index === undefined) INDEXES.set(documents, index = indexOf(documents));
  return index.get(keyOf(kind, namespace, name));
}

/** The namespace that an object names, if any. */
export function namespaceOf(object: JsonObject): string | undefined {
  const { namespace } = objectOf(object.metadata);
  return typeof namespace === 'string' && namespace !== '' ? namespace : undefined;
}

function indexOf(documents: readonly unknown[]): Index {
  const index = new Map<string, JsonObject>();
  const visit = (document: unknown, depth: number): void => {
    const object = objectOf(document);
    if (object.apiVersion !== 'v1') return;
    const { name } = objectOf(object.metadata);
    if (KINDS.has(object.kind) && typeof name === 'string') index.set(keyOf(object.kind as string, namespaceOf(object), name), object);
    if (depth < MAX_DEPTH && typeof object.kind === 'string' && object.kind.endsWith('List')) arrayOf(object.items).forEach(item => visit(item, depth + 1));
  };
  documents.forEach(document => visit(document, 0));
  return index;
}

function keyOf(kind: string, namespace: string | undefined, name: string): string {
  return JSON.stringify([kind, kind === 'Namespace' ? null : namespace, name]);
}
