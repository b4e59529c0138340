/**
 * How much a finding says.
 */
export enum Severity {
  /**
   * The API server, the kubelet or the kernel certainly refuses it, or it certainly cannot work. Cannot be acknowledged, only
   * fixed; fails synth on objects that constructs of this library touched.
   */
  ERROR = 'error',
  /** An exposure, a guess from names or texts, or a policy. Never fails synth by default. */
  WARNING = 'warning',
  /** What the manifest leaves open, and what is as it is meant to be but should be known. */
  INFO = 'info',
}

const ORDER: readonly Severity[] = [Severity.ERROR, Severity.WARNING, Severity.INFO];

/** Orders the heaviest first. */
export function compareSeverities(a: Severity, b: Severity): number {
  return ORDER.indexOf(a) - ORDER.indexOf(b);
}
