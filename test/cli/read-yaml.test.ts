import { readFileSync } from 'fs';
import { join } from 'path';
import { readYaml, UnreadableYaml } from '../../src/cli/read-yaml';

// What kubectl's own parser makes of a line: [text, JSON], null where it refuses. Recorded by oracle/yaml-reading.
const recorded: [string, unknown][] = readFileSync(join(__dirname, '..', 'data', 'yaml-reading.json'), 'utf8').trim().split('\n')
  .map(line => JSON.parse(line));

function read(text: string): unknown {
  try {
    return readYaml(`${text}\n`)[0]?.value ?? null;
  } catch (error) {
    if (error instanceof UnreadableYaml) return null;
    throw error;
  }
}

/** Read otherwise, and no field of a pod can tell: a tag on a value, a number beyond all that Kubernetes takes. */
const OTHERWISE = ['v: 1e400', 'v: !!float 3', 'v: !!binary aGVsbG8=', 'v: {null: a}', 'v: .', 'v: !!null x', 'v: !!int x'];

test.each(recorded.filter(([text]) => !OTHERWISE.includes(text)))('reads %s as kubectl does', (text, json) => {
  expect(JSON.stringify(read(text))).toBe(JSON.stringify(json));
});

test('what is read otherwise is known', () => {
  expect(recorded.filter(([text, json]) => JSON.stringify(read(text)) !== JSON.stringify(json)).map(([text]) => text)).toEqual(OTHERWISE);
});

test('reads a stream, without the empty documents', () => {
  expect(readYaml('---\n---\na: 1\n...\n---\nb: 1\n---\n# nothing\n')).toEqual([{ index: 0, value: { a: 1 } }, { index: 1, value: { b: 1 } }]);
  expect(readYaml('')).toEqual([]);
});

test('reads JSON', () => {
  expect(readYaml(' {"kind": "Pod", "yes": true}')).toEqual([{ index: 0, value: { kind: 'Pod', yes: true } }]);
});

const aliases = (depth: number) => ['a0: &a0 [x,x,x,x,x,x,x,x,x]', ...Array.from({ length: depth }, (_, i) =>
  `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join()}]`)].join('\n');

test.each([
  ['an alias bomb', aliases(9), /alias/],
  ['an alias inside its own anchor', 'a: &a [*a, *a]', /anchor/],
  ['the same in a map', 'a: &a {b: *a}', /anchor/],
  ['a key twice', 'spec:\n  a: 1\n  a: 2\n', /unique at line 3/],
  ['deep flow YAML', '['.repeat(100_000), /at line 1/],
  ['deep JSON', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, /nested|stack/],
  ['binary', '\u0000\u0001\u0002', /control character \(code 0\) at offset 0/],
  ['a terminal escape', 'a: "\u001b[31m"', /control character/],
  ['more than can be read', `a: "${'x'.repeat(33 * 1024 * 1024)}"`, /at most 32 MiB/],
  ['not YAML', 'a: [', /at line 1/],
  ['another version of YAML', '%YAML 1.2\n---\na: yes\n', /%YAML 1\.2/],
])('refuses %s', (_, text, said) => {
  expect(() => readYaml(text)).toThrow(said);
  expect(() => readYaml(text)).toThrow(UnreadableYaml);
});
