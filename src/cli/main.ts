import { parseArgs } from 'util';
import { check, FAIL_ON } from './check';
import { diff } from './diff';
import { explain, Format, FORMATS, Output } from './explain';
import { InputError } from './read-input';
import { rules } from './rules';
import { printable } from '../report/document';

const USAGE = `usage: cdk8s-shared-pid explain FILE|FOLDER|- [--format text|markdown|json]
       cdk8s-shared-pid diff OLD NEW [--format text|markdown]
       cdk8s-shared-pid check FILE|FOLDER|- [--fail-on error|warning] [--format text|markdown|json]
       cdk8s-shared-pid rules [ID]

  explain   who can see, read, signal or trace whom in the pods of a manifest; - is standard input, such as
            kubectl get pod NAME -o yaml | cdk8s-shared-pid explain -
  diff      who gained and who lost what between two files or folders; exit code 1 when somebody gained
  check     what the safeguards say; exit code 1 on an error, or with --fail-on warning on a warning, that nobody acknowledged
  rules     the safeguards, or one of them

Exit code 2: the arguments or the input cannot be read.
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
  const { values, positionals } = parsed(rest);
  switch (name) {
    case 'explain':
      if (positionals.length !== 1) throw new UsageError(`explain takes one file, folder or -, and ${positionals.length} were given`);
      return explain(positionals[0], formatOf(values.format, FORMATS));
    case 'diff':
      if (positionals.length !== 2) throw new UsageError(`diff takes two files or folders, and ${positionals.length} were given`);
      return diff(positionals[0], positionals[1], formatOf(values.format, ['text', 'markdown'] as const));
    case 'check':
      if (positionals.length !== 1) throw new UsageError(`check takes one file, folder or -, and ${positionals.length} were given`);
      return check(positionals[0], chosen('--fail-on', values['fail-on'] ?? 'error', FAIL_ON), formatOf(values.format, FORMATS));
    case 'rules':
      if (positionals.length > 1) throw new UsageError(`rules takes one id at most, and ${positionals.length} were given`);
      return rules(positionals[0]);
    default:
      throw new UsageError(`there is no command '${name}'`);
  }
}

function parsed(args: string[]): { values: { 'format'?: string; 'fail-on'?: string }; positionals: string[] } {
  try {
    return parseArgs({ args, options: { 'format': { type: 'string' }, 'fail-on': { type: 'string' } }, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function formatOf<T extends Format>(given: string | undefined, formats: readonly T[]): T {
  return chosen('--format', given ?? 'text', formats);
}

function chosen<T extends string>(option: string, given: string, choices: readonly T[]): T {
  const found = choices.find(choice => choice === given);
  if (!found) throw new UsageError(`${option} is '${given}', and there are ${choices.join(', ')}`);
  return found;
}

/** A reader that has seen enough (`| head`) closes the pipe: that is no error. */
function written(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => error.code === 'EPIPE' ? resolve() : reject(error));
    process.stdout.write(text, () => resolve());
  });
}

if (require.main === module) void main(process.argv.slice(2)).then(code => { process.exitCode = code; });
