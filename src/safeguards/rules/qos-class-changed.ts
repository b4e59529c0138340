import { JsonObject, objectOf } from '../../manifest/pod-spec';
import { areGuaranteed } from '../../manifest/qos-class';
import { JudgedContainer } from '../judged-pod';
import { namedList } from '../printable-name';
import { Safeguard } from '../safeguard';
import { Severity } from '../severity';

/** Sidecars of ours must not change which pods the node sacrifices first. */
export const qosClassChanged: Safeguard = {
  id: 'qos-class-changed',
  title: 'A sidecar leaves the QoS class as it was',
  severity: Severity.WARNING,
  severities: 'warning where the pod was `Guaranteed`; info where it was `BestEffort`',
  why: 'A pod is `Guaranteed` only while every container has limits for CPU and memory and requests that equal them. One sidecar without them '
    + 'makes it `Burstable`: it is evicted earlier, killed earlier when memory is short, and loses its exclusive CPUs. A `BestEffort` '
    + 'pod becomes `Burstable` by any request, which is rather better for it.',
  remediation: 'Give the sidecar limits for CPU and memory, and requests that equal them.',
  links: ['https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/'],
  *check({ spec, specPath, containers, ours }) {
    if (ours.length === 0 || hasAmounts(objectOf(spec.resources))) return; // with resources of the pod itself those decide
    const counted = containers.filter(({ role }) => role !== 'ephemeral');
    const theirs = counted.filter(container => !container.ours);
    if (theirs.length === 0) return;
    const before = classOf(theirs);
    const after = classOf(counted);
    if (before === after) return;
    yield {
      severity: before === 'Guaranteed' ? Severity.WARNING : Severity.INFO,
      message: `the QoS class is ${after} and would be ${before} without ${namedList(ours.map(({ name }) => name))}`,
      path: ours.length === 1 ? ours[0].path : specPath,
      ...(ours.length === 1 ? { container: ours[0].name } : {}),
    };
  },
};

function classOf(containers: readonly JudgedContainer[]): string {
  const specs = containers.map(({ json }) => json);
  if (areGuaranteed(specs)) return 'Guaranteed';
  return specs.some(json => hasAmounts(objectOf(json.resources))) ? 'Burstable' : 'BestEffort';
}

/** Only CPU and memory count. */
function hasAmounts(resources: JsonObject): boolean {
  return [resources.requests, resources.limits].map(objectOf).some(amounts => amounts.cpu !== undefined || amounts.memory !== undefined);
}
