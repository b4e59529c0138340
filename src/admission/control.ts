import { PodSecurityLevel } from './pod-security-level';
import { PolicyPod } from './policy-pod';

/** One control of the Pod Security Standards, in its newest version. */
export interface Control {
  /** The id of the check in Kubernetes. */
  readonly id: string;
  /** The level that it belongs to. */
  readonly level: PodSecurityLevel;
  /** The control of baseline in whose place restricted asks this one. */
  readonly replaces?: string;
  /** What is forbidden, or undefined when nothing is. */
  check(pod: PolicyPod): Forbidden | undefined;
}

/** Why a control forbids a pod, word for word as the server says it. */
export interface Forbidden {
  readonly reason: string;
  readonly detail: string;
  /** The containers that the detail names, in its order. */
  readonly containers: readonly string[];
}
