import { JsonObject, objectOf } from './pod-spec';
import { quantityOf } from './quantity';

/**
 * Whether the containers make the pod's QoS class `Guaranteed`: each has a CPU and a memory limit, and requests that are
 * equal to them (a request that is left out is the limit).
 *
 * @param containers init containers included, as the kubelet counts them
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/
 */
export function areGuaranteed(containers: readonly JsonObject[]): boolean {
  return containers.length > 0 && containers.every(container => {
    const resources = objectOf(container.resources);
    return ['cpu', 'memory'].every(name => {
      const limit = quantityOf(objectOf(resources.limits)[name]);
      const request = objectOf(resources.requests)[name];
      return limit !== undefined && limit > 0 && (request === undefined || quantityOf(request) === limit);
    });
  });
}

