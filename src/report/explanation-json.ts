import { PodExplanation } from './pod-explanation';
import { accessPaths } from '../access/access-paths';
import { nodeReach } from '../access/node-reach';
import { Finding } from '../safeguards/finding';

/** Of the form below. A field may be added without a new version; none is renamed or taken away. */
const VERSION = 1;

/**
 * What is said about pods as JSON: the contract for other tools.
 *
 * `{version, pods: [{kind, name, namespace, containers, notice, problems, access: [{observer, target, process, access, answer,
 * nodeMayDeny, assumes, rule, settle, via}], node: [{observer, container, kind, volume, readOnly, answer, nodeMayDeny, via}],
 * podSecurity: {level, violations: [{control, reason, detail}]}, findings: [{rule, severity, message, container, path,
 * acknowledged}]}]}`
 *
 * `observer` and `target` are names of containers, `pause` for the pod's own process; `process` is the name of a known
 * program's process, or null. What is possible by way of other processes only has them in `via`: `[{container, process, access}]`.
 */
export function explanationJson(explanations: readonly PodExplanation[]): string {
  return `${JSON.stringify({ version: VERSION, pods: explanations.map(podJson) }, undefined, 1)}\n`;
}

function podJson({ kind, name, namespace, matrix, podSecurity, findings }: PodExplanation): object {
  return {
    kind,
    name,
    namespace,
    containers: matrix.pod.containers.map(container => container.name),
    notice: matrix.notice ?? null,
    problems: matrix.problems,
    access: [...matrix.rows, ...accessPaths(matrix)].map(({ observer, target, process, access, answer, nodeMayDeny, assumes, rule, settle, via }) => (
      { observer, target, process, access, answer, nodeMayDeny, assumes, rule, settle, via }
    )),
    node: nodeReach(matrix).map(({ observer, container, volume, readOnly, answer, nodeMayDeny, via, ...reach }) => (
      { observer, container, kind: reach.kind, volume: volume ?? null, readOnly, answer, nodeMayDeny, via }
    )),
    podSecurity: {
      level: podSecurity.level,
      violations: podSecurity.violations.map(({ control, reason, detail }) => ({ control, reason, detail })),
    },
    ...findings ? { findings: findings.map(findingJson) } : {},
  };
}

/** A finding in JSON: the container is null where it is about the pod. */
export function findingJson({ rule, severity, message, fix, container, path, acknowledged }: Finding): object {
  return { rule, severity, message, fix, container: container ?? null, path, acknowledged };
}
