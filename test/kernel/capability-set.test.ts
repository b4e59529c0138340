import { CapabilitySet } from '../../src/kernel/capability-set';

const of = (...names: string[]) => CapabilitySet.of(names);

test('takes known names only', () => {
  expect(of('KILL', 'CHOWN', 'NOPE', 'kill', 'ALL', 'constructor').names).toEqual(['CHOWN', 'KILL']);
  expect(CapabilitySet.ALL.size).toBe(41);
  expect(CapabilitySet.NONE.names).toEqual([]);
});

test('is a set', () => {
  expect(of('KILL', 'CHOWN').contains(of('KILL'))).toBe(true);
  expect(of('KILL').contains(of('KILL', 'CHOWN'))).toBe(false);
  expect(of('KILL', 'FOWNER').contains(of('KILL', 'CHOWN'))).toBe(false);
  expect(of('KILL').contains(CapabilitySet.NONE)).toBe(true);
  expect(of('KILL').equals(of('KILL'))).toBe(true);
  expect(of('KILL').equals(of('KILL', 'CHOWN'))).toBe(false);
  expect(of('KILL').union(of('CHOWN')).names).toEqual(['CHOWN', 'KILL']);
  expect(of('KILL').union(of('KILL', 'CHOWN')).names).toEqual(['CHOWN', 'KILL']);
  expect(of('KILL', 'CHOWN').without(of('KILL')).names).toEqual(['CHOWN']);
  expect(of('KILL', 'CHOWN').intersection(of('KILL', 'MKNOD')).names).toEqual(['KILL']);
});
