import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { constructError, quoted } from './construct-error';
import { checkConstruct } from './given-value';
import { arrayOf, JsonObject, objectOf } from '../manifest/pod-spec';
import { podSpecPath, WORKLOAD_KINDS } from '../manifest/pod-spec-path';

/** An API object and where its pod spec lies. */
export interface WorkloadObject {
  readonly api: ApiObject;
  /** JSON pointer of the workload in what is written: the empty string, or for one in a List `/items/0`. */
  readonly root: string;
  /** The workload's kind. */
  readonly kind: string;
  /** JSON pointer of the pod spec in the written manifest. */
  readonly path: string;
  /** The kind is not one whose pod spec Kubernetes itself has there: a custom resource, or a List. */
  readonly customPath: boolean;
}

/**
 * The one workload that a construct stands for: itself, its default child (what cdk8s-plus does), or the only one below.
 *
 * @param path JSON pointer of the pod spec, for kinds that Kubernetes does not know
 */
export function findWorkload(scope: IConstruct, path?: string): WorkloadObject {
  const found = findWorkloads(scope, path);
  if (found.length === 1) return found[0];
  const paths = found.slice(0, 5).map(({ api, root }) => api.node.path + root).join(', ');
  throw constructError(scope.node.path, `${found.length} workloads are below this construct (${paths}${found.length > 5 ? ', ...' : ''})`,
    "Give the one that is meant, or for one of a List its podSpecPath: '/items/0/spec/template/spec'");
}

/** As `findWorkload`, but all workloads below a chart, an Include or any other tree. There is at least one. */
export function findWorkloads(scope: IConstruct, givenPath?: string | null): WorkloadObject[] {
  checkConstruct(scope);
  const path = givenPath ?? undefined;
  if (path !== undefined && !/^(\/[^/]+)+$/.test(path)) {
    throw constructError(scope.node.path, `podSpecPath ${quoted(path)} is no JSON pointer`, "Write it like '/spec/template/spec'");
  }
  const own = ownObject(scope);
  if (own) {
    const workloads = workloadsOf(own);
    if (path !== undefined) return [workloads.find(known => known.path === path) ?? { api: own, root: '', kind: own.kind, path, customPath: true }];
    if (workloads.length > 0) return workloads;
    // an object that is named itself, or stands for its construct, must be a workload
    if (own === scope || below(scope).length === 0) throw unsupported(scope, own);
  }
  if (path !== undefined) {
    throw constructError(scope.node.path, `podSpecPath ${quoted(path)} is given, but this construct is no API object and stands for none`,
      'Give the object that is meant, or leave podSpecPath out');
  }
  const workloads = below(scope);
  if (workloads.length === 0) throw noWorkload(scope);
  return workloads;
}

/** Whether a construct is an API object of a kind that holds a pod spec which we find. */
export function isWorkloadObject(construct: IConstruct): construct is ApiObject {
  return ApiObject.isApiObject(construct) && workloadsOf(construct).length > 0;
}

/** The workload that an object is, those that a List holds, or none. */
function workloadsOf(api: ApiObject): WorkloadObject[] {
  const known = podSpecPath(api.apiVersion, api.kind);
  if (known !== undefined) return [{ api, root: '', kind: api.kind, path: known, customPath: false }];
  if (api.apiVersion !== 'v1' || api.kind !== 'List') return [];
  return arrayOf((api.toJson() as JsonObject).items).map(objectOf).flatMap((item, i) => {
    const path = podSpecPath(item.apiVersion, item.kind);
    return path === undefined ? [] : [{ api, root: `/items/${i}`, kind: item.kind as string, path: `/items/${i}${path}`, customPath: true }];
  });
}

function below(scope: IConstruct): WorkloadObject[] {
  return scope.node.findAll().filter(ApiObject.isApiObject).flatMap(workloadsOf);
}

/** The object that a construct is or stands for. A chart stands for none: all that is below it is meant. */
function ownObject(scope: IConstruct): ApiObject | undefined {
  if (ApiObject.isApiObject(scope)) return scope;
  if (Chart.isChart(scope)) return undefined;
  const child = defaultChildOf(scope);
  return child && ownObject(child);
}

/** `node.defaultChild` throws when a construct has both a `Resource` and a `Default`. */
export function defaultChildOf(scope: IConstruct): IConstruct | undefined {
  try {
    return scope.node.defaultChild;
  } catch {
    return undefined;
  }
}

function unsupported(scope: IConstruct, api: ApiObject): Error {
  return constructError(scope.node.path, `kind ${quoted(api.kind)} (${api.apiVersion}) has no pod spec that we know`,
    `Give a ${WORKLOAD_KINDS.join(', ')}, or for a custom resource the place of its pod spec: podSpecPath: '/spec/template/spec'`);
}

function noWorkload(scope: IConstruct): Error {
  return constructError(scope.node.path, 'there is no workload at or below this construct',
    `Create the ${WORKLOAD_KINDS.join(', ')} first, or give podSpecPath together with a custom resource`);
}
