import { Severity } from './severity';

/**
 * What a rule says about a pod.
 *
 * It names rules, containers, volumes, Secrets and fields; it never holds the value of an environment variable, the text of
 * an argument, or what is in a file.
 */
export interface Finding {
  /** Id of the rule: `no-host-pid`. */
  readonly rule: string;

  /** How much it says. */
  readonly severity: Severity;

  /** What is wrong, with the names of what is concerned. */
  readonly message: string;

  /** What to write instead. Ends with a full stop. */
  readonly fix: string;

  /**
   * The container that it is about.
   *
   * @default - it is about the pod as a whole, or about several containers that the message names
   */
  readonly container?: string;

  /** Where in the manifest, as a JSON pointer: `/spec/containers/1/securityContext/capabilities/add/0`. */
  readonly path: string;

  /** Whether an annotation of the object acknowledges it. */
  readonly acknowledged: boolean;

  /**
   * The reason of the acknowledgement.
   *
   * @default - it is not acknowledged
   */
  readonly reason?: string;

  /** Whether `synth` fails by it: an error that is not acknowledged, on an object that constructs of this library touched. */
  readonly failsSynth: boolean;
}
