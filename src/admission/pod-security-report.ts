import { PodSecurityLevel } from './pod-security-level';

/**
 * A control of the Pod Security Standards that a pod does not meet, in the API server's own words.
 *
 * A server that enforces the level says: `violates PodSecurity "restricted:latest": <reason> (<detail>), ...`.
 */
export interface PodSecurityViolation {
  /**
   * The control's id in Kubernetes: `capabilities_baseline`, `runAsNonRoot` ...
   *
   * One id is ours: `decoding`, for a manifest that the API server cannot read, since a field has a value of the wrong type.
   */
  readonly control: string;

  /** The level that the control belongs to. */
  readonly level: PodSecurityLevel;

  /** The server's short reason: `non-default capabilities`. */
  readonly reason: string;

  /** The server's detail: `container "shell" must not include "SYS_PTRACE" in securityContext.capabilities.add`. */
  readonly detail: string;

  /** Names of the containers that the detail names; empty where it is about the pod itself. */
  readonly containers: string[];
}

/**
 * Which level of the Pod Security Standards a pod meets, and what keeps it from the others.
 *
 * Holds for the manifest as it is written, before any admission changes it.
 */
export interface PodSecurityReport {
  /** The tightest level that admits the pod. */
  readonly level: PodSecurityLevel;

  /** What keeps the pod from the next tighter level; empty at RESTRICTED. */
  readonly violations: PodSecurityViolation[];

  /** All that BASELINE forbids. */
  readonly baselineViolations: PodSecurityViolation[];

  /** All that RESTRICTED forbids: most of what BASELINE does, and more. */
  readonly restrictedViolations: PodSecurityViolation[];
}
