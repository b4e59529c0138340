/**
 * What is known of a program beside the manifest. A plain process has none of it: an ordinary binary, started by the runtime,
 * that stays the user it was started as.
 */
export interface ProcessFacts {
  /**
   * Capabilities that the binary's file carries in its permitted and effective sets (`setcap cap_net_raw+ep`), without `CAP_`.
   *
   * @default - none
   */
  readonly fileCapabilities?: readonly string[];

  /**
   * The binary belongs to root and has the set-uid bit.
   *
   * @default false
   */
  readonly setuidRoot?: boolean;

  /**
   * Users may execute the binary but not read it (mode 0111, owned by root).
   *
   * @default false
   */
  readonly unreadable?: boolean;

  /**
   * A shell in the container starts the binary, not the runtime itself.
   *
   * @default false
   */
  readonly startedByShell?: boolean;

  /**
   * It turns its dumpable flag off: `prctl(PR_SET_DUMPABLE, 0)`.
   *
   * @default false
   */
  readonly notDumpable?: boolean;

  /**
   * It becomes this user without executing anything afterwards, as daemons that start as root do.
   *
   * @default - it stays the user it was started as
   */
  readonly becomes?: BecomesUser;
}

/** The user that a process changes to. */
export interface BecomesUser {
  readonly uid: number;
  readonly gid: number;

  /**
   * It turns its dumpable flag on again: `prctl(PR_SET_DUMPABLE, 1)`, as nginx does.
   *
   * @default false
   */
  readonly dumpable?: boolean;
}
