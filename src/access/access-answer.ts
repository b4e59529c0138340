/** Whether a manifest allows an access. */
export enum AccessAnswer {
  /** It does, whatever the manifest leaves open. */
  ALLOWED = 'ALLOWED',

  /** It does not, whatever the manifest leaves open. */
  DENIED = 'DENIED',

  /** It depends on what the manifest leaves open. */
  UNKNOWN = 'UNKNOWN',
}
