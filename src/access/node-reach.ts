import { AccessAnswer } from './access-answer';
import { AccessMatrix } from './access-matrix';
import { PathStep } from './access-row';
import { MALFORMED } from './field';
import { PodProfile } from './pod-profile';
import { Actor, ContainerProfile } from './process-profile';
import { Reached, Takeovers } from './takeover';

/** How a container reaches the node itself. */
export interface NodeReach {
  readonly observer: string;
  /** The container whose field opens the node: the observer itself, or one that it may take over. */
  readonly container: string;
  /** `privileged`: all devices and capabilities; `host-path`: a directory of the node. */
  readonly kind: 'privileged' | 'host-path';
  /** The volume of a `host-path`. */
  readonly volume?: string;
  /** A `host-path` that is mounted read-only. */
  readonly readOnly: boolean;
  /** ALLOWED or UNKNOWN. */
  readonly answer: AccessAnswer;
  readonly nodeMayDeny: readonly string[];
  /** The processes that are taken over on the way. */
  readonly via: readonly PathStep[];
}

/**
 * Who reaches the node by a privileged container or by a directory of the node (`hostPath`), their own or that of a container
 * which they may take over: "debug -> agent (trace) -> node (privileged)".
 *
 * A user that is not root counts as well: it may become root by a set-uid program of its image, and the directory may be its own.
 * In a user namespace of its own, a privileged container is not the node's root.
 */
export function nodeReach({ pod }: AccessMatrix): NodeReach[] {
  const result: NodeReach[] = [];
  if (pod.containers.every(container => openings(container, pod).length === 0)) return result;
  const takeovers = new Takeovers(pod);
  for (const container of pod.containers) {
    const tool: Actor = { container, process: container.tool };
    const ways = [takeovers.startAt(tool), ...takeovers.reachedBy(tool)];
    const seen = new Set<ContainerProfile>();
    for (const way of ways) {
      if (seen.has(way.actor.container)) continue; // ways come shortest and surest first
      seen.add(way.actor.container);
      for (const opening of openings(way.actor.container, pod)) result.push(reach(pod, container, way, opening));
    }
  }
  return result;
}

type Opening = Pick<NodeReach, 'kind' | 'volume' | 'readOnly'> & { readonly isCertain: boolean };

function openings(container: ContainerProfile, pod: PodProfile): Opening[] {
  const result: Opening[] = [];
  const { privileged } = container.capabilities;
  if (pod.hostUsers && (privileged === true || privileged === MALFORMED)) {
    result.push({ kind: 'privileged', readOnly: false, isCertain: privileged === true });
  }
  for (const { volume, readOnly, isCertain } of container.hostPaths) result.push({ kind: 'host-path', volume, readOnly, isCertain });
  return result;
}

function reach(pod: PodProfile, observer: ContainerProfile, way: Reached, { isCertain, ...opening }: Opening): NodeReach {
  const ofNode = opening.kind === 'privileged' && pod.mayHaveUserNamespace ? ['user-namespace'] : [];
  return {
    observer: observer.name,
    container: way.actor.container.name,
    ...opening,
    answer: isCertain ? way.answer : AccessAnswer.UNKNOWN,
    nodeMayDeny: [...new Set([...way.steps.flatMap(({ nodeMayDeny }) => nodeMayDeny), ...ofNode])],
    via: way.via,
  };
}
