import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * A program that is not in the catalog.
 */
export interface ProgramOptions {
  /**
   * The name of the main process, as `cat /proc/PID/comm` prints it: at most 15 bytes, the kernel cuts longer ones. Where its
   * workers have the same name, the process whose parent has another one is taken.
   */
  readonly comm: string;

  /**
   * A text in the arguments of the main process that others of that name do not have. Arguments are joined by blanks.
   *
   * @default - the name is enough
   */
  readonly argument?: string;

  /**
   * The signal that makes it read its configuration again.
   *
   * @default - it has none
   */
  readonly reload?: Signal;

  /**
   * The signal that makes it open its log files again by their names.
   *
   * @default - it has none
   */
  readonly reopen?: Signal;

  /**
   * The program opens its log file for each line, so that a renamed file is left alone without any signal.
   *
   * @default false
   */
  readonly opensLogForEachLine?: boolean;

  /**
   * The name for messages.
   *
   * @default - `comm`
   */
  readonly name?: string;
}

/** The kernel's TASK_COMM_LEN without the closing NUL. */
export const MAX_COMM_BYTES = 15;
const SIGNALS: readonly string[] = Object.values(Signal);

/**
 * The facts of a program that the user describes.
 *
 * @throws when they cannot be
 */
export function customFacts(options: ProgramOptions): ProgramFacts {
  const refuse = (problem: string, fix: string): never => {
    throw new Error(`Program.custom: ${problem}. ${fix}.`);
  };
  const { comm, argument, reload, reopen, name } = options;
  if (typeof comm !== 'string' || comm === '') refuse('comm is empty', 'Give what `cat /proc/PID/comm` prints for the main process');
  if (Buffer.byteLength(comm) > MAX_COMM_BYTES) {
    refuse(`comm '${printable(comm)}' has more than ${MAX_COMM_BYTES} bytes, and no process has such a name`, `The kernel cuts it: give '${cut(comm)}'`);
  }
  if (hasControl(comm) || comm.includes('/')) refuse(`comm '${printable(comm)}' holds a slash or a control character`, 'Give the name of the process without its folder');
  if (argument !== undefined && (typeof argument !== 'string' || argument.trim() === '' || hasControl(argument))) {
    refuse(`argument '${printable(String(argument))}' is blank or holds a control character`, 'Give a text of one line, or leave it out');
  }
  if (name !== undefined && (typeof name !== 'string' || name.trim() === '' || hasControl(name))) {
    refuse(`name '${printable(String(name))}' is blank or holds a control character`, 'Give a text of one line, or leave it out');
  }
  for (const [field, signal] of [['reload', reload], ['reopen', reopen]] as const) {
    if (signal !== undefined && !SIGNALS.includes(signal)) refuse(`${field} is '${printable(String(signal))}'`, `Give one of ${SIGNALS.join(', ')}`);
  }
  const signals = [...new Set([reload, reopen])].filter(signal => signal !== undefined).map(signal => ({
    signal, effects: [...signal === reload ? ['reload' as const] : [], ...signal === reopen ? ['reopen' as const] : []],
  }));
  return {
    name: name ?? comm,
    comm: [comm],
    argument,
    signals,
    reload,
    reopen,
    opensLogForEachLine: options.opensLogForEachLine,
    images: [],
    sources: [],
    noReload: 'Give `reload` to Program.custom, if it has one',
    noReopen: 'Give `reopen` to Program.custom, if it has one',
  };
}

/** What the kernel leaves of a name, without a broken character at the end. */
function cut(comm: string): string {
  return printable(Buffer.from(comm).subarray(0, MAX_COMM_BYTES).toString('utf8').replace(/\ufffd+$/, ''));
}

function hasControl(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text);
}

function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?');
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}
