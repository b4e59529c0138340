import { JsonObject, objectOf } from '../manifest/pod-spec';
import { podMetadataPath, podSpecPath, valueAt } from '../manifest/pod-spec-path';
import { constructError } from '../workload/construct-error';
import { WorkloadObject } from '../workload/workload-object';

/** How kubectl is told which pod: flags for the namespace, and the argument that names the pod. */
export interface KubectlAddress {
  /** ` -n web`, or nothing. */
  readonly namespace: string;
  /** For `exec` and `attach`, which take a workload too: `nginx`, `deployment/api`. */
  readonly workload: string;
  /** For `debug`, which takes a pod only. */
  readonly pod: string;
}

/** Kinds of Kubernetes itself whose pods `kubectl exec` and `kubectl attach` find by themselves (not CronJob). */
const ADDRESSABLE: ReadonlyMap<unknown, string> = new Map([
  ['Deployment', 'deployment'],
  ['StatefulSet', 'statefulset'],
  ['DaemonSet', 'daemonset'],
  ['ReplicaSet', 'replicaset'],
  ['ReplicationController', 'replicationcontroller'],
  ['Job', 'job'],
]);

/** How to address the pods of a workload, for the manifest as it is now. */
export function kubectlAddress({ api, root, path }: WorkloadObject, constructPath: string): KubectlAddress {
  return addressOf(objectOf(valueAt(api.toJson(), root)), path.slice(root.length), constructPath);
}

/**
 * How to address the pods of an object. A name that the API server will make (`generateName`) is not known: then its pods are
 * found by their labels.
 *
 * @param manifest the object
 * @param path where its pod spec is
 * @param constructPath for the error
 */
function addressOf(manifest: JsonObject, path: string, constructPath: string): KubectlAddress {
  const metadata = objectOf(manifest.metadata);
  // a custom resource may have the kind of one that Kubernetes knows
  const kind = podSpecPath(manifest.apiVersion, manifest.kind) === path ? manifest.kind : undefined;
  const name = typeof metadata.name === 'string' && metadata.name ? metadata.name : undefined;
  const namespace = typeof metadata.namespace === 'string' && metadata.namespace ? ` -n ${shellWord(metadata.namespace)}` : '';
  if (kind === 'Pod' && name !== undefined) return { namespace, workload: shellWord(name), pod: shellWord(name) };

  const lookup = podLookup(kind, name, podLabels(manifest, path));
  if (lookup === undefined) {
    const shown = name ?? metadata.generateName;
    throw constructError(constructPath, `the pods of ${String(manifest.kind)} ${String(shown)} have no label by which kubectl could find them`,
      kind === 'Pod' ? 'Add a label to it, or give it a name' : 'Add a label to the pod template');
  }
  const pod = `"$(kubectl get pods${namespace} --field-selector=status.phase=Running -o name${lookup} | head -n 1)"`;
  const type = ADDRESSABLE.get(kind);
  return { namespace, workload: type !== undefined && name !== undefined ? `${type}/${shellWord(name)}` : pod, pod };
}

/** A word as a POSIX shell reads it: as it is where that is safe, else in single quotes. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;
}

/** What picks the pods of an object out of all: `kubectl debug` takes a pod by name only. Undefined when nothing does. */
function podLookup(kind: unknown, name: string | undefined, labels: JsonObject): string | undefined {
  const own = kind === 'Job' && name !== undefined ? { 'job-name': name } : labels;
  const selector = Object.entries(own).filter(([, value]) => typeof value === 'string').map(([key, value]) => `${key}=${value}`).join(',');
  if (selector) return ` -l ${shellWord(selector)}`;
  if (kind !== 'CronJob' || name === undefined) return undefined;
  // the name of a CronJob's pod goes on with the minute for which it was scheduled
  return ` | grep ${shellWord(`^pod/${name.replace(/[.[\]*^$\\]/g, '\\$&')}-[0-9]\\{8,\\}-`)}`;
}

function podLabels(manifest: JsonObject, path: string): JsonObject {
  const metadataPath = podMetadataPath(path);
  return metadataPath === undefined ? {} : objectOf(objectOf(valueAt(manifest, metadataPath)).labels);
}
