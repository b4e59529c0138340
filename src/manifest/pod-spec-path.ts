/**
 * Where the pod spec lies in an object of each kind that Kubernetes itself knows, as a JSON pointer (RFC 6901).
 */
const POD_SPEC_PATHS: { readonly [apiGroup: string]: { readonly [kind: string]: string } } = {
  '': {
    Pod: '/spec',
    PodTemplate: '/template/spec',
    ReplicationController: '/spec/template/spec',
  },
  'apps': {
    Deployment: '/spec/template/spec',
    StatefulSet: '/spec/template/spec',
    DaemonSet: '/spec/template/spec',
    ReplicaSet: '/spec/template/spec',
  },
  'batch': {
    Job: '/spec/template/spec',
    CronJob: '/spec/jobTemplate/spec/template/spec',
  },
};

/** Kinds whose pod specs we find without being told where. */
export const WORKLOAD_KINDS: readonly string[] = Object.values(POD_SPEC_PATHS).flatMap(kinds => Object.keys(kinds));

/**
 * The JSON pointer of the pod spec in an object of this kind, or undefined for a kind that Kubernetes does not know.
 *
 * @param apiVersion `v1`, `apps/v1`, `batch/v1` ...
 * @param kind `Pod`, `Deployment` ...
 */
export function podSpecPath(apiVersion: unknown, kind: unknown): string | undefined {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const slash = apiVersion.indexOf('/');
  const kinds = ownValue(POD_SPEC_PATHS, slash < 0 ? '' : apiVersion.slice(0, slash));
  return kinds && ownValue(kinds, kind);
}

/**
 * The JSON pointer of the metadata that belongs to a pod spec, beside it: `/metadata` of a Pod, `/spec/template/metadata`
 * of a template. Undefined where the pod spec is not the `spec` of something.
 *
 * @param specPath JSON pointer of the pod spec
 */
export function podMetadataPath(specPath: string): string | undefined {
  return specPath.endsWith('/spec') ? `${specPath.slice(0, -'/spec'.length)}/metadata` : undefined;
}

/**
 * The value that a JSON pointer names in a document, or undefined when there is none.
 *
 * @param document parsed JSON
 * @param pointer RFC 6901: `/spec/template/spec`; the empty string is the document itself
 */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  if (pointer === '') return value;
  for (const token of pointer.slice(1).split('/')) {
    if (value === null || typeof value !== 'object') return undefined;
    value = ownValue(value as { [key: string]: unknown }, token.replace(/~1/g, '/').replace(/~0/g, '~'));
  }
  return value;
}

function ownValue<T>(object: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.prototype.hasOwnProperty.call(object, key) ? object[key] : undefined;
}
