import { arrayOf, JsonObject, objectOf } from '../manifest/pod-spec';

/** How deep a List may lie in a List; Kubernetes knows no such thing, and anchors can make a List hold itself. */
const MAX_DEPTH = 2;

/** The objects of an output, those of Lists included, that are of a kind of the core group. */
export function documentsOfKind(documents: readonly unknown[] | undefined, kind: string): JsonObject[] {
  const found: JsonObject[] = [];
  const visit = (document: unknown, depth: number): void => {
    const object = objectOf(document);
    if (object.apiVersion !== 'v1') return;
    if (object.kind === kind) found.push(object);
    if (depth < MAX_DEPTH && typeof object.kind === 'string' && object.kind.endsWith('List')) arrayOf(object.items).forEach(item => visit(item, depth + 1));
  };
  arrayOf(documents).forEach(document => visit(document, 0));
  return found;
}

/** The namespace that an object names, if any. */
export function namespaceOf(object: JsonObject): string | undefined {
  const { namespace } = objectOf(object.metadata);
  return typeof namespace === 'string' && namespace !== '' ? namespace : undefined;
}
