import { Access } from './access';
import { AccessAnswer } from './access-answer';

/** One step of a path: a process that is taken over, and by what access. */
export interface PathStep {
  /** The container whose process it is; `pause` for the pod's own. */
  readonly container: string;
  /** The process's name when the container runs a program that is known, else null. */
  readonly process: string | null;
  /** TRACE, WRITE_MEMORY or BECOME_USER. */
  readonly access: Access;
}

/** Whether one container may do one thing to a process of another. */
export interface AccessRow {
  /** The container that does it. */
  readonly observer: string;
  /** The container that it is done to; `pause` for the pod's own process. */
  readonly target: string;
  /** The target's process when it runs a program that is known, else null. */
  readonly process: string | null;
  readonly access: Access;
  readonly answer: AccessAnswer;
  /** What of the node could still refuse it: keys of `NODE_LIMITS`. */
  readonly nodeMayDeny: readonly string[];
  /** What the answer takes for granted: keys of `ASSUMPTIONS`. */
  readonly assumes: readonly string[];
  /** Why: a key of `ACCESS_RULES`. */
  readonly rule: string;
  /** What would settle an UNKNOWN: "set runAsGroup on `api`". Each may be needed; empty otherwise. */
  readonly settle: readonly string[];
  /** The processes that are taken over on the way; empty when the container does it itself. */
  readonly via: readonly PathStep[];
}
