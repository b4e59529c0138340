import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { isObject, JsonObject } from '../manifest/pod-spec';
import { valueAt } from '../manifest/pod-spec-path';

/** What a workload of any cdk8s-plus version lets us read without rendering it. */
interface PlusWorkload {
  readonly apiObject?: unknown;
  readonly containers?: unknown;
  readonly initContainers?: unknown;
  readonly volumes?: unknown;
  readonly securityContext?: PlusSecurityContext;
}

interface PlusSecurityContext {
  readonly ensureNonRoot?: boolean;
  readonly user?: number;
  readonly group?: number;
  readonly fsGroup?: number;
  readonly privileged?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly seccompProfile?: { readonly type: string; readonly localhostProfile?: string };
}

interface PlusContainer {
  readonly name: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly restartPolicy?: string;
  readonly securityContext?: PlusSecurityContext;
  readonly mounts?: readonly PlusMount[];
}

interface PlusMount {
  readonly path: string;
  readonly subPath?: string;
  readonly subPathExpr?: string;
  readonly volume: { readonly name: string };
}

/**
 * The pod spec as far as it is known now, for refusals at the call; undefined when nothing is known yet, such as a Lazy that
 * cannot be had. The written manifest is judged again when it is made.
 *
 * Rendering a cdk8s-plus workload costs about as much as synthesizing it, so it is read through its public getters, unless
 * JSON patches of the user may have changed it.
 *
 * @param toJson renders the object without our part
 * @param ownPatches how many of the object's JSON patches are ours
 */
export function draftPodSpec(api: ApiObject, path: string, toJson: () => unknown, ownPatches: number): JsonObject | undefined {
  const plus = plusWorkload(api);
  if (plus && patchCount(api) === ownPatches) return sketch(plus);
  try {
    const spec = valueAt(toJson(), path);
    return isObject(spec) ? spec : undefined;
  } catch {
    // cannot be rendered yet, such as a cdk8s-plus pod that has no container so far
    return plus && sketch(plus);
  }
}

/** How many JSON patches an object has. The list is private in cdk8s; where it cannot be seen, -1. */
export function patchCount(api: ApiObject): number {
  const patches = (api as unknown as { patches?: unknown }).patches;
  return Array.isArray(patches) ? patches.length : -1;
}

function plusWorkload(api: ApiObject): PlusWorkload | undefined {
  const owner = api.node.scope as IConstruct & PlusWorkload | undefined;
  return owner && owner.apiObject === api && Array.isArray(owner.containers) && Array.isArray(owner.initContainers) ? owner : undefined;
}

function sketch(workload: PlusWorkload): JsonObject {
  const containers = (workload.containers as PlusContainer[]).map(sketchContainer);
  const initContainers = (workload.initContainers as PlusContainer[]).map(sketchContainer);
  const volumes = new Map<string, JsonObject>();
  for (const volume of (workload.volumes ?? []) as { readonly name: string }[]) volumes.set(volume.name, { name: volume.name });
  for (const container of [...workload.containers as PlusContainer[], ...workload.initContainers as PlusContainer[]]) {
    for (const mount of container.mounts ?? []) volumes.set(mount.volume.name, { name: mount.volume.name });
  }
  return { containers, initContainers, volumes: [...volumes.values()], securityContext: sketchSecurityContext(workload.securityContext) };
}

function sketchContainer(container: PlusContainer): JsonObject {
  return {
    name: container.name,
    image: container.image,
    command: container.command,
    args: container.args,
    restartPolicy: typeof container.restartPolicy === 'string' && container.restartPolicy.toLowerCase() === 'always' ? 'Always' : undefined,
    securityContext: sketchSecurityContext(container.securityContext),
    volumeMounts: (container.mounts ?? []).map(({ path, volume, ...mount }) => (
      { name: volume.name, mountPath: path, subPath: mount.subPath, subPathExpr: mount.subPathExpr }
    )),
  };
}

/** Of a container or of the pod: each has some of the fields. */
function sketchSecurityContext(context: PlusSecurityContext = {}): JsonObject {
  const { capabilities, seccompProfile } = context;
  return {
    runAsNonRoot: context.ensureNonRoot,
    runAsUser: context.user,
    runAsGroup: context.group,
    fsGroup: context.fsGroup,
    privileged: context.privileged,
    readOnlyRootFilesystem: context.readOnlyRootFilesystem,
    allowPrivilegeEscalation: context.allowPrivilegeEscalation,
    capabilities: capabilities && { add: capabilities.add, drop: capabilities.drop },
    seccompProfile: seccompProfile && { type: seccompProfile.type, localhostProfile: seccompProfile.localhostProfile },
  };
}
