import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { constructError, quoted } from './construct-error';
import { checkConstruct } from './given-value';
import { podSpecPath, WORKLOAD_KINDS } from '../manifest/pod-spec-path';

/** An API object and where its pod spec lies. */
export interface WorkloadObject {
  readonly api: ApiObject;
  /** JSON pointer of the pod spec in the written manifest. */
  readonly path: string;
  /** The path was given by the user: the kind is not one that Kubernetes itself knows. */
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
  const paths = found.slice(0, 5).map(workload => workload.api.node.path).join(', ');
  throw constructError(scope.node.path, `${found.length} workloads are below this construct (${paths}${found.length > 5 ? ', ...' : ''})`,
    'Give the one that is meant');
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
    const workload = asWorkload(own, path);
    if (workload) return [workload];
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
  return ApiObject.isApiObject(construct) && podSpecPath(construct.apiVersion, construct.kind) !== undefined;
}

function asWorkload(api: ApiObject, path?: string): WorkloadObject | undefined {
  const known = podSpecPath(api.apiVersion, api.kind);
  if (path !== undefined) return { api, path, customPath: path !== known };
  return known === undefined ? undefined : { api, path: known, customPath: false };
}

function below(scope: IConstruct): WorkloadObject[] {
  return scope.node.findAll().filter(isWorkloadObject).map(api => asWorkload(api)!);
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
