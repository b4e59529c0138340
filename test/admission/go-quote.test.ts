import { goQuote } from '../../src/admission/go-quote';

// The right column is what Go's strconv.Quote makes of the left one; the conformance test asks the real one.
test.each([
  ['', '""'],
  ['plain text, é ü 漢 😀', '"plain text, é ü 漢 😀"'],
  ['"\\', '"\\"\\\\"'],
  ['\u0007\b\f\n\r\t\v', '"\\a\\b\\f\\n\\r\\t\\v"'],
  ['\u0000\u001b\u007f', '"\\x00\\x1b\\x7f"'],
  ['\u0085\u00a0\u00ad\u200b\u2028\ue000', '"\\u0085\\u00a0\\u00ad\\u200b\\u2028\\ue000"'],
  ['\u{e0001}\u{f0000}', '"\\U000e0001\\U000f0000"'],
])('%j', (text, quoted) => {
  expect(goQuote(text)).toBe(quoted);
});
