import { arrayOf, JsonObject, objectOf } from '../manifest/pod-spec';
import { areGuaranteed } from '../manifest/qos-class';

const SMALL = { limits: { memory: '256Mi' }, requests: { cpu: '10m', memory: '32Mi' } };
const GUARANTEED = { limits: { cpu: '100m', memory: '256Mi' }, requests: { cpu: '100m', memory: '256Mi' } };

/**
 * The resources of a debugger when none are given. Where every other container makes the pod's QoS class `Guaranteed`,
 * requests are the limits, so that it stays that.
 *
 * What the pod states as a whole (`spec.resources`) is for all of its containers, decides the QoS class and is what an
 * autoscaler looks at; the API server refuses a pod whose containers' requests add up to more, or one of whose limits is
 * higher. So the container states nothing of that resource.
 *
 * @param spec the pod without the sidecar
 * @returns undefined when there is nothing to state
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/assign-pod-level-resources/
 */
export function debuggerResources(spec: JsonObject): JsonObject | undefined {
  const pod = objectOf(spec.resources);
  const stated = [...Object.keys(objectOf(pod.requests)), ...Object.keys(objectOf(pod.limits))];
  const others = [...arrayOf(spec.initContainers), ...arrayOf(spec.containers)].map(objectOf);
  const { limits, requests } = stated.length === 0 && areGuaranteed(others) ? GUARANTEED : SMALL;
  if (stated.length === 0) return { limits: { ...limits }, requests: { ...requests } };
  const without = (amounts: { readonly [resource: string]: string }) => Object.entries(amounts).filter(([resource]) => !stated.includes(resource));
  const lists = Object.entries({ limits: without(limits), requests: without(requests) }).filter(([, amounts]) => amounts.length > 0);
  return lists.length === 0 ? undefined : Object.fromEntries(lists.map(([list, amounts]) => [list, Object.fromEntries(amounts)]));
}
