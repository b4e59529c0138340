/**
 * Options of `SharedPid.acknowledge`.
 */
export interface AcknowledgeOptions {
  /** Why this is accepted. It stands in the manifest. */
  readonly reason: string;

  /**
   * The container that it covers.
   *
   * @default - the whole pod
   */
  readonly container?: string;

  /**
   * The last day on which it holds, such as `2027-01-31`. It is judged on the command line, not at synth: the same input gives
   * the same manifest on every day.
   *
   * @default - it does not end
   */
  readonly until?: string;
}
