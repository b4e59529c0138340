import { JsonObject } from '../../manifest/pod-spec';
import { podSpecPath, valueAt } from '../../manifest/pod-spec-path';
import { JudgedPod } from '../judged-pod';
import { Problem, Safeguard } from '../safeguard';
import { Severity } from '../severity';

/** How many wrong fields of a pod are told. */
const MAX_PROBLEMS = 5;

const isObject = (value: unknown) => value !== null && typeof value === 'object' && !Array.isArray(value);
const isObjects = (value: unknown) => Array.isArray(value) && value.every(item => item === null || isObject(item));
const isStrings = (value: unknown) => Array.isArray(value) && value.every(item => item === null || typeof item === 'string');
const isBoolean = (value: unknown) => typeof value === 'boolean';
const isString = (value: unknown) => typeof value === 'string';
const isInteger = (value: unknown) => Number.isInteger(value);

type Fields = readonly (readonly [string, (value: unknown) => boolean, string])[];

// The fields that other rules read. Null is as good as absent.
const POD: Fields = [
  ['shareProcessNamespace', isBoolean, 'boolean'], ['hostPID', isBoolean, 'boolean'], ['os', isObject, 'object'], ['nodeSelector', isObject, 'object'],
  ['securityContext', isObject, 'object'], ['volumes', isObjects, 'list of objects'], ['containers', isObjects, 'list of objects'],
  ['initContainers', isObjects, 'list of objects'], ['ephemeralContainers', isObjects, 'list of objects'],
];
const CONTAINER: Fields = [
  ['name', isString, 'string'], ['image', isString, 'string'], ['command', isStrings, 'list of strings'], ['args', isStrings, 'list of strings'],
  ['env', isObjects, 'list of objects'], ['envFrom', isObjects, 'list of objects'], ['volumeMounts', isObjects, 'list of objects'],
  ['securityContext', isObject, 'object'], ['resources', isObject, 'object'], ['lifecycle', isObject, 'object'], ['livenessProbe', isObject, 'object'],
  ['readinessProbe', isObject, 'object'], ['startupProbe', isObject, 'object'], ['stdin', isBoolean, 'boolean'], ['tty', isBoolean, 'boolean'],
  ['restartPolicy', isString, 'string'],
];
const SECURITY_CONTEXT: Fields = [
  ['runAsUser', isInteger, 'integer'], ['runAsGroup', isInteger, 'integer'], ['runAsNonRoot', isBoolean, 'boolean'], ['privileged', isBoolean, 'boolean'],
  ['allowPrivilegeEscalation', isBoolean, 'boolean'], ['capabilities', isObject, 'object'],
];
const CAPABILITIES: Fields = [['add', isStrings, 'list of strings'], ['drop', isStrings, 'list of strings']];

/** A pod that the API server cannot read is judged by nobody, so it must not look as if it had no findings. */
export const unreadable: Safeguard = {
  id: 'no-unreadable-pod',
  title: 'Every field has the type that Kubernetes asks for',
  severity: Severity.ERROR,
  severities: 'error; warning for a document that is no Kubernetes object at all, and for kinds that Kubernetes itself does not know',
  why: 'The API server refuses an object in which a field has a value of the wrong type (`shareProcessNamespace: "true"`), so it never '
    + 'runs. Nor can a rule judge what cannot be read: without this finding the pod would look as if nothing were wrong with it. Only '
    + 'the fields that these rules read are looked at; `kubectl apply --dry-run=server` judges all.',
  remediation: 'Give the field a value of the type that Kubernetes asks for.',
  links: ['https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/'],
  everyPod: true,
  *check(pod) {
    let count = 0;
    // another kind may have its own ideas of a pod spec: Knative gives containers their names
    const isKnown = podSpecPath(pod.manifest.apiVersion, pod.manifest.kind) === pod.specPath;
    for (const problem of problems(pod)) {
      yield isKnown ? problem : { ...problem, severity: Severity.WARNING };
      if (++count === MAX_PROBLEMS) return;
    }
  },
};

function* problems(pod: JudgedPod): Iterable<Problem> {
  const { manifest, specPath } = pod;
  if (!isObject(valueAt(manifest, specPath))) {
    yield { severity: Severity.ERROR, message: 'there is no pod spec', fix: 'Write the pod spec, or correct podSpecPath.', path: specPath };
    return;
  }
  yield* wrongFields(pod.spec, POD, specPath);
  yield* wrongSecurityContext(pod.spec, specPath);
  for (const { json, name, path } of pod.containers) {
    if (json.name === undefined || json.name === null || json.name === '') {
      yield { severity: Severity.ERROR, message: 'a container has no name', fix: 'Give it a name.', path };
    }
    for (const problem of [...wrongFields(json, CONTAINER, path), ...wrongSecurityContext(json, path)]) yield { ...problem, container: name };
  }
}

function* wrongSecurityContext(json: JsonObject, path: string): Iterable<Problem> {
  const { securityContext } = json;
  if (!isObject(securityContext)) return;
  yield* wrongFields(securityContext as JsonObject, SECURITY_CONTEXT, `${path}/securityContext`);
  const { capabilities } = securityContext as JsonObject;
  if (isObject(capabilities)) yield* wrongFields(capabilities as JsonObject, CAPABILITIES, `${path}/securityContext/capabilities`);
}

function* wrongFields(json: JsonObject, fields: Fields, path: string): Iterable<Problem> {
  for (const [field, isRight, type] of fields) {
    const value = json[field];
    if (value === undefined || value === null || isRight(value)) continue;
    yield { severity: Severity.ERROR, message: `${field} is no ${type}`, path: `${path}/${field}` };
  }
}
