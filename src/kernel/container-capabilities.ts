import { ALL_CAPABILITIES } from './capability';
import { CapabilitySet } from './capability-set';

/**
 * What containerd gives a container that asks for nothing (measured with 1.6.20 and 2.1.5).
 *
 * @see https://github.com/containerd/containerd/blob/main/pkg/oci/spec.go
 */
export const CONTAINERD_DEFAULT_CAPABILITIES = CapabilitySet.of([
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'NET_RAW', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID',
  'SYS_CHROOT',
]);

/**
 * What CRI-O gives a container that asks for nothing: containerd's without AUDIT_WRITE, MKNOD, NET_RAW, SETFCAP and SYS_CHROOT.
 *
 * @see https://github.com/cri-o/cri-o/blob/main/docs/crio.conf.5.md
 */
export const CRIO_DEFAULT_CAPABILITIES = CapabilitySet.of([
  'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'NET_BIND_SERVICE', 'SETGID', 'SETPCAP', 'SETUID',
]);

/** `privileged` and `capabilities` of a container's securityContext. */
export interface CapabilityRequest {
  readonly privileged: boolean;
  readonly add: readonly string[];
  readonly drop: readonly string[];
}

/**
 * The bounding set of a container: `ALL` first, then what is added, then what is dropped; names in any case, unknown ones
 * without effect. `privileged` gives all, whatever else is asked.
 *
 * @param defaults what the runtime gives a container that asks for nothing
 * @param node the node's own bounding set; it is the most that anybody gets
 */
export function containerCapabilities(request: CapabilityRequest, defaults: CapabilitySet, node: CapabilitySet = CapabilitySet.ALL): CapabilitySet {
  if (request.privileged) return node;
  const { add, drop } = request;
  if (add.length === 0 && drop.length === 0) return defaults.intersection(node);
  let base = defaults;
  if (namesAll(add)) base = CapabilitySet.ALL;
  if (namesAll(drop)) base = CapabilitySet.NONE;
  return base.union(named(add)).without(named(drop)).intersection(node);
}

function namesAll(names: readonly string[]): boolean {
  return names.some(name => name.toUpperCase() === ALL_CAPABILITIES);
}

function named(names: readonly string[]): CapabilitySet {
  return CapabilitySet.of(names.map(name => name.toUpperCase()));
}
