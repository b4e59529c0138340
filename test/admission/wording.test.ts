import { byteOrder, containersNamed, distinct, plural, quoted, settersNamed } from '../../src/admission/wording';

test('texts are in the order of their UTF-8 bytes', () => {
  const texts = ['', '\u0000', 'A', 'B', 'a', 'a\u0000', 'aa', 'b', '\u00e9', '\ud7ff', '\ue000', '\uff5e', '\uffff', '\u{10000}', '😀', '😁', '\u{10ffff}'];
  const bytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect(bytes).toEqual(texts);
  expect([...texts].reverse().sort(byteOrder)).toEqual(texts);
  for (const text of texts) expect(byteOrder(text, text)).toBe(0);
});

test('each item counts once', () => {
  expect(distinct(['b', '10', 'b', '9', 'a'])).toEqual(['10', '9', 'a', 'b']);
});

test('one and many', () => {
  expect([0, 1, 2].map(count => plural(count, 'uses', 'use'))).toEqual(['use', 'uses', 'use']);
  expect(quoted(['a"', 'b'])).toBe('"a"", "b"');
  expect(containersNamed(['a'])).toBe('container "a"');
  expect(settersNamed(true, ['a', 'b'])).toBe('pod and containers "a", "b"');
  expect(settersNamed(false, ['a'])).toBe('container "a"');
  expect(settersNamed(true, [])).toBe('pod');
});
