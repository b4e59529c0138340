/** A word of a command line or of a script, and the field that it stands in. */
export interface ShellWord {
  readonly text: string;
  /** JSON pointer. */
  readonly path: string;
}

/** A field's text, as a piece of one command line. */
export interface TextPiece {
  readonly text: string;
  /** JSON pointer. */
  readonly path: string;
}

/** How far behind a program's name its arguments are read. Keeps the work linear whatever the text. */
export const MAX_ARGUMENTS = 16;

// What ends a simple command, and what stands between words. Quotes are left out: `'kill 1'` is read as a command too.
const SEPARATORS = new Set([';', '|', '&', '\n', '(', ')', '`']);
const BLANKS = new Set([' ', '\t', '\r', '\'', '"', '\\']);

/**
 * The simple commands in the pieces of a command line: `['sh', '-c', 'a; b 1']` holds `sh -c a` and `b 1`.
 *
 * A rough reading that errs towards seeing a command; comments are skipped. Linear in the length of the text.
 */
export function commandsIn(pieces: readonly TextPiece[]): ShellWord[][] {
  const commands: ShellWord[][] = [[]];
  for (const { text, path } of pieces) {
    let start = -1;
    const end = (i: number): void => {
      if (start >= 0) commands[commands.length - 1].push({ text: text.slice(start, i), path });
      start = -1;
    };
    for (let i = 0; i < text.length; i++) {
      const char = text[i];
      if (SEPARATORS.has(char)) {
        end(i);
        if (commands[commands.length - 1].length > 0) commands.push([]);
      } else if (BLANKS.has(char)) {
        end(i);
      } else if (char === '#' && start < 0 && text.length > 1) {
        const newline = text.indexOf('\n', i);
        i = (newline < 0 ? text.length : newline) - 1;
      } else if (start < 0) {
        start = i;
      }
    }
    end(text.length);
  }
  return commands.filter(command => command.length > 0);
}

/** Words before a program's name that make it no command: `which pkill`, `command -v pkill`, `apk add killall`. */
const NOT_A_COMMAND = new Set(['which', 'type', 'hash', 'install', 'add', '-v', '-V', 'echo', 'man']);

/** A program that a command runs, and the words behind it. */
export interface ProgramCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly path: string;
}

/** Every place in the commands where one of these programs seems to be run, whatever stands before it (`sudo`, `exec`, `then`). */
export function callsOf(programs: ReadonlySet<string>, commands: readonly ShellWord[][]): ProgramCall[] {
  const calls: ProgramCall[] = [];
  for (const command of commands) {
    for (let i = 0; i < command.length; i++) {
      const { text, path } = command[i];
      const program = baseName(text);
      if (!programs.has(program) || (i > 0 && NOT_A_COMMAND.has(command[i - 1].text))) continue;
      calls.push({ program, args: command.slice(i + 1, i + 1 + MAX_ARGUMENTS).map(word => word.text), path });
    }
  }
  return calls;
}

/** `/usr/bin/kill` is `kill`. */
export function baseName(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? path : path.slice(slash + 1);
}
