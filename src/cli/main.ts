import { parseArgs } from 'util';
import { explain, Format, FORMATS, Output } from './explain';
import { InputError } from './read-input';
import { printable } from '../report/document';

const USAGE = `usage: cdk8s-shared-pid explain FILE|FOLDER|- [--format text|markdown|json]

  explain   who can see, read, signal or trace whom in the pods of a manifest; - is standard input, such as
            kubectl get pod NAME -o yaml | cdk8s-shared-pid explain -

Exit code: 0, or 2 when the arguments or the input cannot be read.
`;

/** Says what is wrong with the arguments. */
class UsageError extends Error {}

/**
 * Runs a command line.
 *
 * @param args the words after the command's name
 * @returns the exit code
 */
export async function main(args: readonly string[]): Promise<number> {
  const { stdout, stderr, code } = run(args);
  if (stderr) process.stderr.write(stderr);
  if (stdout) await written(stdout);
  return code;
}

/** What a command line prints; never throws. */
export function run(args: readonly string[]): Output {
  try {
    return command(args);
  } catch (error) {
    if (error instanceof UsageError) return { stdout: '', stderr: `cdk8s-shared-pid: ${printable(error.message)}\n\n${USAGE}`, code: 2 };
    if (error instanceof InputError) return { stdout: '', stderr: `cdk8s-shared-pid: ${printable(error.message)}\n`, code: 2 };
    throw error;
  }
}

function command(args: readonly string[]): Output {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return { stdout: USAGE, stderr: '', code: name === undefined ? 2 : 0 };
  if (name !== 'explain') throw new UsageError(`there is no command '${name}'`);
  const { values, positionals } = parsed(rest);
  if (positionals.length !== 1) throw new UsageError(`explain takes one file, folder or -, and ${positionals.length} were given`);
  return explain(positionals[0], formatOf(values.format));
}

function parsed(args: string[]): { values: { format?: string }; positionals: string[] } {
  try {
    return parseArgs({ args, options: { format: { type: 'string' } }, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function formatOf(given: string | undefined): Format {
  const format = FORMATS.find(known => known === (given ?? 'text'));
  if (!format) throw new UsageError(`--format is '${given}', and there are ${FORMATS.join(', ')}`);
  return format;
}

/** A reader that has seen enough (`| head`) closes the pipe: that is no error. */
function written(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => error.code === 'EPIPE' ? resolve() : reject(error));
    process.stdout.write(text, () => resolve());
  });
}

if (require.main === module) void main(process.argv.slice(2)).then(code => { process.exitCode = code; });
