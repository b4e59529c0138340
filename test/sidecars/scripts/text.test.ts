import { spawnSync } from 'child_process';
import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { SHELLS, has } from './shells';
import { LogHandlerScriptOptions, logHandlerScript, logHandlerScriptFiles } from '../../../src/sidecars/log-handler-script';

const SCRIPTS = join(__dirname, '../../../src/sidecars/scripts');
const files = readdirSync(SCRIPTS).sort();
const text = (file: string) => readFileSync(join(SCRIPTS, file), 'utf8');

const HANDLERS: LogHandlerScriptOptions[] = [
  { stream: true },
  { stream: true, sharesProcesses: true },
  ...(['reopen', 'punch'] as const).flatMap(rotate => [{ rotate }, { rotate, stream: true }]),
];
const functions = (script: string) => [...script.matchAll(/^(\w+)\(\) [{(]/gm)].map(match => match[1]);

/** The environment variables that a text reads. */
const variables = (script: string) => [...new Set([...script.replace(/^ *#.*$/gm, '').matchAll(/\$\{?((?:LOG|STREAM|ROTATE|TARGET)_[A-Z_]+)/g)].map(match => match[1]))];
/** The environment variables that its head tells of. */
const documented = (script: string) => [...script.matchAll(/^#   ([A-Z]+_[A-Z_]+) {2,}\S/gm)].map(match => match[1]);

test('every file is part of a handler, and short enough to be read in a manifest', () => {
  expect([...new Set(HANDLERS.flatMap(handler => logHandlerScriptFiles(handler)))].sort()).toEqual(files);
  expect(files.filter(file => text(file).split('\n').length > 151)).toEqual([]);
  expect(files.filter(file => text(file).split('\n').some(line => line.length > 150))).toEqual([]);
});

test('a handler that is to do nothing is refused', () => {
  expect(() => logHandlerScript({})).toThrow('A log handler streams, rotates or both: it was asked for neither.');
});

describe.each(HANDLERS.map(handler => [logHandlerScriptFiles(handler).join(' '), handler] as const))('%s', (_, handler) => {
  const script = logHandlerScript(handler);

  test('defines nothing twice, and uses all that it defines but what another part needs', () => {
    const names = functions(script);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    const elsewhere = new Set(HANDLERS.flatMap(other => functions(logHandlerScript(other)).filter(name => uses(logHandlerScript(other), name))));
    expect(names.filter(name => !elsewhere.has(name))).toEqual([]);
  });

  test('reads no environment variable that is not documented, and documents none that is not read', () => {
    const internal = ['TARGET_COMM'];
    expect(variables(script).filter(name => !internal.includes(name)).sort()).toEqual(documented(script).sort());
  });

  test('may stand in `command` as it is: Kubernetes replaces `$(NAME)` and `$$`', () => {
    expect(script).not.toContain('$$');
    expect(script.match(/\$\([A-Za-z_][\w.-]*\)/g)).toBeNull();
  });

  test('has no user text in `eval`: only names of variables, with numbers in them', () => {
    const evals = script.match(/eval "(?:[^"\\]|\\.)*"/g)!;
    // what the shell puts in before eval reads the text: numbers
    const inserted = evals.flatMap(code => [...code.matchAll(/(?<!\\)\$(?:\(\([^)]*\)+|\([^()]*\)|\{?(\w+))/g)].map(match => match[1] ?? match[0]));
    expect([...new Set(inserted)].filter(name => !/^(\d|i|fd|inode|NOW|start|since|hold)$/.test(name) && !/^\$\(\(|^\$\(stat -c %i/.test(name))).toEqual([]);
  });

  for (const shell of SHELLS) {
    (shell.missing ? test.skip : test)(`is read by ${shell.name}`, () => {
      const { status, stderr } = spawnSync(shell.command, ['-n', '-c', script], { encoding: 'utf8', env: { PATH: shell.path } });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    });
  }

  // all files are in these two
  if (handler.rotate === 'punch' ? handler.stream : !handler.stream || !handler.rotate) return;
  (has('shellcheck') ? test : test.skip)('is what shellcheck has no remarks on', () => {
    const options = ['--shell=dash', '--exclude=SC2231', '-'];
    expect(spawnSync('shellcheck', options, { encoding: 'utf8', input: script }).stdout).toBe('');
  });
});

function uses(script: string, name: string): boolean {
  return script.replace(new RegExp(`^${name}\\(\\).*$`, 'gm'), '').replace(/^ *#.*$/gm, '').search(new RegExp(`(?<![\\w$-])${name}(?![\\w=-])`)) >= 0;
}
