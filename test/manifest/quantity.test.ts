import { quantityOf } from '../../src/manifest/quantity';

test('two ways to write one amount are one number', () => {
  const differ = Array.from({ length: 4000 }, (_, i) => i + 1).flatMap(i => [
    [`${i}m`, `${i / 1000}`], [`${i}u`, `${i}e-6`], [`${i}000n`, `${i}u`], [`${i}k`, `${i}e3`], [`${i}Mi`, `${i / 1024}Gi`], [`${i}E`, `${i}000P`],
  ]).filter(([a, b]) => quantityOf(a) !== quantityOf(b));
  expect(differ).toEqual([]);
});

test.each([
  ['500m', 0.5], ['1.5Gi', 1610612736], ['1E', 1e18], ['1E3', 1000], ['+.5', 0.5], ['5.', 5], ['-1', -1], [2, 2],
  ['1 ', undefined], ['1K', undefined], ['1ki', undefined], ['', undefined], ['m', undefined], ['0x10', undefined], ['1e', undefined], [NaN, undefined],
  [null, undefined], [{}, undefined], ['9'.repeat(65), undefined],
])('%j is %p', (text, number) => expect(quantityOf(text)).toBe(number));
