import { readFileSync } from 'fs';
import { join } from 'path';

/**
 * What a log handler does; at least one of `stream` and `rotate`.
 */
export interface LogHandlerScriptOptions {
  /** The files go to standard output. */
  readonly stream?: boolean;

  /** The files are rotated: `reopen` for a program that reopens them, `punch` for one that never does. */
  readonly rotate?: 'reopen' | 'punch';

  /** The pod shares its process namespace. Rotation always takes it; without it `stream` goes by silence instead of open files. */
  readonly sharesProcesses?: boolean;
}

const SCRIPTS = join(__dirname, 'scripts');

/**
 * The constant shell text of a log handler, for `sh -c TEXT` or a file: files of `scripts/`, each before those that need it. What it does
 * is told by environment variables alone, which the head of each file documents. It holds no `$$`, and no `$(NAME)` that Kubernetes
 * could take for a variable, so it may stand in `command` or `args` as it is.
 */
export function logHandlerScript(options: LogHandlerScriptOptions): string {
  return logHandlerScriptFiles(options).map(file => readFileSync(join(SCRIPTS, file), 'utf8')).join('\n');
}

/**
 * The files in `scripts/` that make up a log handler, in order.
 *
 * @throws when there is nothing to do
 */
export function logHandlerScriptFiles(options: LogHandlerScriptOptions): string[] {
  const { stream, rotate, sharesProcesses } = options;
  if (!stream && !rotate) throw new Error('A log handler streams, rotates or both: it was asked for neither.');
  return [
    'log-files.sh',
    ...sharesProcesses || rotate ? ['process.sh', 'writers.sh'] : [],
    ...stream ? ['copy.sh', 'generations.sh', 'stream.sh', 'stream-files.sh'] : [],
    ...rotate ? ['rotated.sh', 'rotate.sh', `${rotate}.sh`] : [],
    'log-handler.sh',
  ];
}
