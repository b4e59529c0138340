import { JsonReader } from '../../src/manifest/json-reader';

function reader(value: unknown): { readonly json: JsonReader; readonly errors: string[] } {
  const errors: string[] = [];
  return { json: JsonReader.of(value, 'spec', errors), errors };
}

test('fields of the right type are read, null and absent ones are undefined', () => {
  const { json, errors } = reader({ text: 'a', yes: true, no: false, one: 1, object: { text: 'b' }, list: [{ text: 'c' }, null], texts: ['d', null], map: { e: 'f', g: null }, null: null });
  expect([json.string('text'), json.boolean('yes'), json.boolean('no'), json.integer('one', 32)]).toEqual(['a', true, false, 1]);
  expect(json.object('object')?.string('text')).toBe('b');
  expect(json.objects('list').map(item => item.string('text'))).toEqual(['c', undefined]);
  expect(json.strings('texts')).toEqual(['d', '']);
  expect(json.stringMap('map')).toEqual([['e', 'f'], ['g', '']]);
  for (const key of ['null', 'absent']) {
    expect([json.string(key), json.boolean(key), json.integer(key, 64), json.object(key)]).toEqual([undefined, undefined, undefined, undefined]);
    expect([json.objects(key), json.strings(key), json.stringMap(key)]).toEqual([[], [], []]);
  }
  expect(json.keys).toEqual(['text', 'yes', 'no', 'one', 'object', 'list', 'texts', 'map']);
  expect(errors).toEqual([]);
});

test('a wrong type is an error with its place, and counts as absent', () => {
  const { json, errors } = reader({ a: { b: [{ c: 1 }, 'text'] }, d: [1], e: 'text', f: [], g: {} });
  const [first] = json.object('a')!.objects('b');
  expect([first.string('c'), first.boolean('c')]).toEqual([undefined, undefined]);
  expect([json.strings('d'), json.strings('e'), json.objects('e'), json.stringMap('f'), json.integer('g', 32)]).toEqual([[''], [], [], [], undefined]);
  expect(errors).toEqual(['spec.a.b[1] is no object', 'spec.a.b[0].c is no string', 'spec.a.b[0].c is no boolean', 'spec.d[0] is no string', 'spec.e is no list',
    'spec.e is no list', 'spec.f is no object', 'spec.g is no int32']);
});

test.each([
  [32, [-2147483648, 2147483647], [-2147483649, 2147483648, 0.5, '1', NaN]],
  [64, [-9223372036854775808, 2 ** 62], [2 ** 63, 1e300, -1e19]], // a double cannot tell 2^63 - 1 from 2^63
] as const)('integers of %i bits', (bits, inside, outside) => {
  for (const value of inside) expect(reader({ value }).json.integer('value', bits)).toBe(value);
  for (const value of outside) {
    const { json, errors } = reader({ value });
    expect(json.integer('value', bits)).toBeUndefined();
    expect(errors).toEqual([`spec.value is no int${bits}`]);
  }
});

test.each([[undefined, 0], [null, 0], ['text', 1], [[], 1], [5, 1]])('what is no object has no fields: %p', (value, count) => {
  const { json, errors } = reader(value);
  expect([json.keys, json.string('length'), errors.length]).toEqual([[], undefined, count]);
});

test('only own fields are seen', () => {
  const { json, errors } = reader(Object.create({ text: 'inherited' }));
  expect([json.string('text'), json.object('constructor'), json.object('__proto__'), errors]).toEqual([undefined, undefined, undefined, []]);
});
