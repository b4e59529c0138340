import { Severity } from './severity';
import { AccessMatrix } from '../access/access-matrix';
import { AccessOptions } from '../access/access-options';

/** What is known beside the manifest itself. */
export interface EvaluateOptions {
  /** Other severities for rules, by id; `off` leaves a rule out. */
  readonly severities?: { readonly [ruleId: string]: Severity | 'off' };
  /** Constructs of ours touched the object: its errors fail synth. */
  readonly touched?: boolean;
  /** Names of containers that constructs of ours made, beside those that an annotation tells. */
  readonly ours?: readonly string[];
  /** What the output is for, as SharedPidSettings states it. Production is `production` or `prod`. */
  readonly environment?: string;
  /** The widest Pod Security level that is allowed: `baseline` ... */
  readonly maxLevel?: string;
  /** The other documents of the same output: Namespaces tell what they enforce, ConfigMaps the scripts that are mounted. */
  readonly documents?: readonly unknown[];
  /** JSON pointer of the pod spec, for kinds that Kubernetes does not know. */
  readonly podSpecPath?: string;
  /** The day on which acknowledgements that expire are judged, as `2027-01-31`. They never expire where it is left out. */
  readonly today?: string;
  /** What is known of nodes and images, for the access matrix. */
  readonly access?: AccessOptions;
  /** The pod's access matrix, where it is there already: of the one document that is judged, not of a List. */
  readonly accessMatrix?: AccessMatrix;
  /** Signals that constructs of ours send, where the manifest alone does not tell. */
  readonly signals?: readonly SentSignal[];
}

/** A signal that a container sends to the main program of another one. */
export interface SentSignal {
  readonly from: string;
  readonly to: string;
  /** `HUP`, `USR1` ... */
  readonly signal: string;
}
