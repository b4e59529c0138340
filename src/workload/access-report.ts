import { analysis } from './analysis';
import { PodExplanation } from '../report/pod-explanation';

/**
 * Who can do what to whom in one pod: for each container, what it may do to the processes and files of the others.
 *
 * Each access is ALLOWED, DENIED or UNKNOWN, which is one that hangs on what the manifest leaves open, with what would settle
 * it. It holds for the manifest as it is written, before admission.
 *
 * @see docs/explanation/signals-and-sys-ptrace.md for what was measured
 */
export class AccessReport {
  /** @internal */
  public static _of(explanation: PodExplanation): AccessReport {
    return new AccessReport(explanation);
  }

  private constructor(private readonly explanation: PodExplanation) {}

  /** As Markdown that can be pasted into a security review: who, whom, what, by which rule, on which assumptions. */
  public toMarkdown(): string {
    return analysis.toMarkdown(analysis.accessDocument(this.explanation));
  }

  /** As text for a terminal. */
  public toText(): string {
    return analysis.toText(analysis.accessDocument(this.explanation));
  }

  /**
   * As JSON, in the form that `cdk8s-shared-pid explain --format json` prints:
   * `{version, pods: [{kind, name, namespace, containers, access: [{observer, target, process, access, answer, ...}], podSecurity}]}`.
   */
  public toJson(): string {
    return analysis.explanationJson([this.explanation]);
  }
}
