import { ProgramCall } from './shell-words';

/** Programs of which each call names processes by number. */
export const KILL: ReadonlySet<string> = new Set(['kill']);

/** What `kill` sends, and to whom. */
export interface KillCommand {
  /** `HUP`, `9` ...; undefined is TERM. */
  readonly signal?: string;
  /** The words that name processes. */
  readonly targets: readonly string[];
}

/** Reads the words behind `kill`: `-HUP 1`, `-s HUP 1`, `-9 -- -1`. */
export function readKill({ args }: ProgramCall): KillCommand {
  let signal: string | undefined;
  let i = 0;
  for (; i < args.length; i++) {
    const word = args[i];
    if (word === '--') {
      i++;
      break;
    }
    if (word === '-l' || word === '-L' || word === '--list') return { targets: [] };
    if (word === '-s' || word === '-n' || word === '--signal') {
      signal = args[++i];
    } else if (signal === undefined && /^-[A-Za-z0-9+]+$/.test(word)) {
      signal = word.slice(1);
    } else {
      break;
    }
  }
  return { ...(signal === undefined ? {} : { signal: signal.toUpperCase().replace(/^SIG/, '') }), targets: args.slice(i) };
}
