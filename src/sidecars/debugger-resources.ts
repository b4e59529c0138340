import { arrayOf, JsonObject, objectOf } from '../manifest/pod-spec';
import { areGuaranteed } from '../manifest/qos-class';

/**
 * The resources of a debugger when none are given. Where every other container makes the pod's QoS class `Guaranteed`,
 * requests are the limits, so that it stays that.
 *
 * @param spec the pod without the sidecar
 */
export function debuggerResources(spec: JsonObject): JsonObject {
  const others = [...arrayOf(spec.initContainers), ...arrayOf(spec.containers)].map(objectOf);
  if (spec.resources === undefined && areGuaranteed(others)) {
    return { limits: { cpu: '100m', memory: '256Mi' }, requests: { cpu: '100m', memory: '256Mi' } };
  }
  return { limits: { memory: '256Mi' }, requests: { cpu: '10m', memory: '32Mi' } };
}
