/**
 * A signal, by the name that `kill` takes. KILL and STOP are not here: nothing handles them.
 *
 * @see https://man7.org/linux/man-pages/man7/signal.7.html
 */
export enum Signal {
  /** Hangup: many daemons read their configuration again, others end. */
  HUP = 'HUP',
  /** Interrupt: ends most programs. */
  INT = 'INT',
  /** Quit: ends most programs, some after the requests that they have. */
  QUIT = 'QUIT',
  /** The first one without a meaning of its own. */
  USR1 = 'USR1',
  /** The second one without a meaning of its own. */
  USR2 = 'USR2',
  /** Terminate: what the kubelet sends first. */
  TERM = 'TERM',
  /** The window has another size: ignored, unless a program gives it a meaning. */
  WINCH = 'WINCH',
  /** Stop from a terminal, which a program can handle. */
  TSTP = 'TSTP',
  /** Read from a terminal in the background; some daemons start one worker more. */
  TTIN = 'TTIN',
  /** Write to a terminal in the background; some daemons end one worker. */
  TTOU = 'TTOU',
}
