import { spawnSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';
import { compilePackage } from '../compiled-package';

// A lint of our own public API, read from the assembly that jsii makes of it.
const root = join(__dirname, '..', '..');

/** Names that are keywords of a language and so are renamed in it, or do not compile. Sources: the languages' own references. */
const RESERVED: { readonly [language: string]: readonly string[] } = {
  Python: ['and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def', 'del', 'elif', 'else', 'except', 'finally', 'for', 'from', 'global',
    'if', 'import', 'in', 'is', 'lambda', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with', 'yield', 'self'],
  Java: ['abstract', 'assert', 'boolean', 'break', 'byte', 'case', 'catch', 'char', 'class', 'const', 'continue', 'default', 'do', 'double', 'else', 'enum',
    'extends', 'final', 'finally', 'float', 'for', 'goto', 'if', 'implements', 'import', 'instanceof', 'int', 'interface', 'long', 'native', 'new', 'package',
    'private', 'protected', 'public', 'return', 'short', 'static', 'strictfp', 'super', 'switch', 'synchronized', 'this', 'throw', 'throws', 'transient', 'try',
    'void', 'volatile', 'while', 'notify', 'notifyAll', 'wait', 'getClass', 'hashCode', 'equals', 'clone', 'finalize'],
  Go: ['break', 'case', 'chan', 'const', 'continue', 'default', 'defer', 'else', 'fallthrough', 'for', 'func', 'go', 'goto', 'if', 'import', 'interface', 'map',
    'package', 'range', 'return', 'select', 'struct', 'switch', 'type', 'var'],
  CSharp: ['abstract', 'as', 'base', 'bool', 'checked', 'decimal', 'delegate', 'event', 'explicit', 'extern', 'false', 'fixed', 'foreach', 'implicit', 'internal',
    'is', 'lock', 'namespace', 'null', 'object', 'operator', 'out', 'override', 'params', 'readonly', 'ref', 'sbyte', 'sealed', 'sizeof', 'stackalloc', 'string',
    'struct', 'true', 'typeof', 'uint', 'ulong', 'unchecked', 'unsafe', 'ushort', 'using', 'virtual'],
};

interface Docs { readonly summary?: string; readonly default?: string }
interface Member {
  readonly name: string;
  readonly docs?: Docs;
  readonly optional?: boolean;
  readonly type?: unknown;
  readonly protected?: boolean;
  readonly parameters?: Member[];
  readonly returns?: { readonly type: unknown };
}
interface Type {
  readonly name: string;
  readonly kind: string;
  readonly datatype?: boolean;
  readonly docs?: Docs;
  readonly members?: Member[];
  readonly properties?: Member[];
  readonly methods?: Member[];
  readonly initializer?: Member;
}

let types: Type[] = [];
beforeAll(() => {
  compilePackage();
  types = Object.values(JSON.parse(readFileSync(join(root, '.jsii'), 'utf8')).types);
}, 120_000);

const members = (type: Type) => [...type.members ?? [], ...type.properties ?? [], ...type.methods ?? []];
const named = (found: (type: Type) => string[]) => types.flatMap(type => found(type).map(name => `${type.name}.${name}`));

test('the assembly holds our types', () => {
  expect(types.map(({ name }) => name)).toEqual(expect.arrayContaining(['SharedPidPod', 'DebugSidecar', 'SharedPid']));
});

test('API.md is that of this assembly: it names every type and member', () => {
  // in CI it is made again and compared; this finds what was forgotten
  const text = readFileSync(join(root, 'API.md'), 'utf8');
  expect(types.filter(({ name }) => !text.includes(`cdk8s-shared-pid.${name}`)).map(({ name }) => name)).toEqual([]);
  expect(named(type => members(type).filter(({ name }) => !new RegExp(`cdk8s-shared-pid\\.${type.name}(\\.\\w+)?\\.${name}\\b`).test(text))
    .map(({ name }) => name))).toEqual([]);
});

test('every public type, member and parameter of a method has a summary', () => {
  expect(types.filter(type => !type.docs?.summary).map(({ name }) => name)).toEqual([]);
  expect(named(type => members(type).filter(member => !member.docs?.summary).map(({ name }) => name))).toEqual([]);
  expect(named(type => [...type.methods ?? [], ...type.initializer ? [{ ...type.initializer, name: 'constructor' }] : []]
    .flatMap(method => (method.parameters ?? []).filter(parameter => !parameter.docs?.summary).map(parameter => `${method.name}(${parameter.name})`)))).toEqual([]);
});

test('every optional property of a struct says its default', () => {
  // of cdk8s-plus: they are documented there
  const optional = (type: Type) => type.datatype ? (type.properties ?? []).filter(property => property.optional) : [];
  expect(types.flatMap(optional).length).toBeGreaterThan(20);
  expect(named(type => optional(type).filter(property => !property.docs?.default).map(({ name }) => name))).toEqual([]);
});

test('optional booleans default to false', () => {
  expect(named(type => (type.properties ?? []).filter(property => type.datatype && property.optional
    && JSON.stringify(property.type) === '{"primitive":"boolean"}' && !property.docs?.default?.startsWith('false')).map(({ name }) => name))).toEqual([]);
});

test('there is no union and no any', () => {
  expect(named(type => [...members(type), ...type.initializer?.parameters ?? [], ...(type.methods ?? []).flatMap(method => method.parameters ?? [])]
    .filter(member => /"union"|"primitive":"any"/.test(JSON.stringify([member.type, member.returns?.type]))).map(({ name }) => name))).toEqual([]);
});

test('no name is reserved in one of the languages', () => {
  const reserved = new Set(Object.values(RESERVED).flat());
  expect(reserved.has('native')).toBe(true);
  expect(named(type => [...members(type), ...[...type.methods ?? [], type.initializer].flatMap(method => method?.parameters ?? [])]
    .filter(({ name }) => reserved.has(name)).map(({ name }) => name))).toEqual([]);
});

test('structs are not named like behavioural interfaces', () => {
  expect(types.filter(type => type.datatype && /^I[A-Z]/.test(type.name))).toEqual([]);
});

test('what only an analysis needs is loaded when it is asked for: every app pays for the rest at its start', () => {
  const script = `const lib = require(${JSON.stringify(root)}); console.log(JSON.stringify([Object.keys(lib), Object.keys(require.cache)]))`;
  const [names, loaded]: string[][] = JSON.parse(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout);
  expect(names).toEqual(expect.arrayContaining(['SharedPid', 'DebugSidecar']));
  const files = loaded.filter(file => file.startsWith(join(root, 'lib')));
  expect(files.filter(file => /\/lib\/(admission\/controls|access\/access-matrix|programs|report|safeguards\/rules)\b/.test(file))).toEqual([]);
});
