import { JudgedPod } from './judged-pod';
import { Severity } from './severity';

/** What a rule found, before severities are chosen and acknowledgements looked up. */
export interface Problem {
  readonly severity: Severity;
  readonly message: string;
  /** @default - the rule's remediation */
  readonly fix?: string;
  /** Name of the container that an acknowledgement has to name. */
  readonly container?: string;
  /** JSON pointer in the manifest. */
  readonly path: string;
}

/** A rule: its texts, and the check on the written manifest. One a file, named after its id. */
export interface Safeguard {
  /** `no-host-pid`: the file, the fixtures, the page and the annotation have this name. At most 40 characters. */
  readonly id: string;
  /** One line. */
  readonly title: string;
  /** The severity that most of its findings have. */
  readonly severity: Severity;
  /** When it has which severity. */
  readonly severities: string;
  /** What happens, and how that is known. Ends with a full stop. */
  readonly why: string;
  /** What to do. Ends with a full stop. */
  readonly remediation: string;
  readonly links: readonly string[];
  /** Several problems of one severity are told as one finding of the pod. */
  readonly folded?: boolean;
  /** Judges each pod; else those only that share their process namespace or that constructs of ours touched. */
  readonly everyPod?: boolean;
  check(pod: JudgedPod): Iterable<Problem>;
}
