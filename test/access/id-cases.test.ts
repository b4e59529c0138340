import { idCases } from '../../src/access/id-cases';
import { OpenId } from '../../src/access/open-id';

const open = (origin?: string, nonRoot = false): OpenId => ({ origin, nonRoot, settle: '', malformed: false });
const always = () => true;

test('known numbers are one case', () => {
  expect(idCases([0, 1000], 0, always)).toEqual([[0, 1000]]);
});

test('an open one is 0, a known one, or another', () => {
  expect(idCases([open(), 1000], 0, always)).toEqual([[0, 1000], [1000, 1000], [-1, 1000]]);
  expect(idCases([1000, open('a', true)], 0, always)).toEqual([[1000, 1000], [1000, -1]]);
  expect(idCases([open('a'), 0], undefined, always)).toEqual([[0, 0], [-1, 0]]);
});

test('two open ones are equal or not', () => {
  expect(idCases([open('a'), open('b')], undefined, always)).toEqual([[-1, -1], [-1, -2]]);
  expect(idCases([open(), open()], 0, always)).toEqual([[0, 0], [0, -1], [-1, 0], [-1, -1], [-1, -2]]);
});

test('of one origin they are equal, where that holds', () => {
  expect(idCases([open('a'), open('a')], 0, always)).toEqual([[0, 0], [-1, -1]]);
  expect(idCases([open('a'), open('a', true)], 0, always)).toEqual([[-1, -1]]);
  expect(idCases([open('a'), open('a')], undefined, () => false)).toEqual([[-1, -1], [-1, -2]]);
});

test('three: every way to be equal', () => {
  expect(idCases([open('a'), open('b'), open('c')], undefined, always)).toHaveLength(5);
  expect(idCases([open('a'), open('b'), open('c')], 0, always)).toHaveLength(15);
});
