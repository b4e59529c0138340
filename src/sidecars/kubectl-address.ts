import { JsonObject, objectOf } from '../manifest/pod-spec';
import { valueAt } from '../manifest/pod-spec-path';
import { constructError } from '../workload/construct-error';

/** How kubectl is told which pod: flags for the namespace, and the argument that names the pod. */
export interface KubectlAddress {
  /** ` -n web`, or nothing. */
  readonly namespace: string;
  /** For `exec` and `attach`, which take a workload too: `nginx`, `deployment/api`. */
  readonly workload: string;
  /** For `debug`, which takes a pod only. */
  readonly pod: string;
}

/** Kinds whose pods `kubectl exec` and `kubectl attach` find by themselves (not CronJob). */
const ADDRESSABLE: { readonly [kind: string]: string } = {
  Deployment: 'deployment',
  StatefulSet: 'statefulset',
  DaemonSet: 'daemonset',
  ReplicaSet: 'replicaset',
  ReplicationController: 'replicationcontroller',
  Job: 'job',
};

/**
 * How to address the pods of an object.
 *
 * @param manifest the object
 * @param podSpecPath where its pod spec is
 * @param constructPath for the error
 */
export function kubectlAddress(manifest: JsonObject, podSpecPath: string, constructPath: string): KubectlAddress {
  const metadata = objectOf(manifest.metadata);
  const kind = String(manifest.kind);
  const name = String(metadata.name);
  const namespace = metadata.namespace === undefined ? '' : ` -n ${shellWord(String(metadata.namespace))}`;
  if (kind === 'Pod') return { namespace, workload: shellWord(name), pod: shellWord(name) };

  const pod = firstRunningPod(manifest, podSpecPath, constructPath, namespace, name);
  const type = ADDRESSABLE[kind];
  return { namespace, workload: type ? `${type}/${shellWord(name)}` : pod, pod };
}

/** A word as a POSIX shell reads it: as it is where that is safe, else in single quotes. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;
}

/** `kubectl debug` takes a pod by name only, so one that runs is looked up by its labels. */
function firstRunningPod(manifest: JsonObject, podSpecPath: string, constructPath: string, namespace: string, name: string): string {
  const running = `kubectl get pods${namespace} --field-selector=status.phase=Running -o name`;
  const labels = manifest.kind === 'Job' ? { 'job-name': name } : podLabels(manifest, podSpecPath);
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`).join(',');
  if (selector) return `"$(${running} -l ${shellWord(selector)} | head -n 1)"`;
  if (manifest.kind === 'CronJob') return `"$(${running} | grep ${shellWord(`^pod/${name}-[0-9]`)} | head -n 1)"`;
  throw constructError(constructPath, `the pods of ${String(manifest.kind)} ${name} have no label by which kubectl could find them`,
    'Add a label to the pod template');
}

function podLabels(manifest: JsonObject, podSpecPath: string): JsonObject {
  const template = valueAt(manifest, podSpecPath.slice(0, podSpecPath.lastIndexOf('/')));
  return objectOf(objectOf(objectOf(template).metadata).labels);
}
