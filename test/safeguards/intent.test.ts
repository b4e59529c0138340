import { formatIntent, Intent, intentsOf, parseIntent } from '../../src/safeguards/intent';

test.each<[string, Intent]>([
  ['read-files,signal', { access: ['read-files', 'signal'] }],
  [' read-files , signal,', { access: ['read-files', 'signal'] }],
  ['profile:general', { access: [], profile: 'general' }],
  ['', { access: [] }],
  ['{"access":["signal"],"targets":["app"],"sidecar":"log-handler","signal":"HUP"}', { access: ['signal'], targets: ['app'], sidecar: 'log-handler', signal: 'HUP' }],
  ['{"access":["signal",7],"targets":"app","profile":1}', { access: ['signal'] }],
  ['{"access":', { access: [] }],
])('%j is read', (value, intent) => {
  expect(parseIntent(value)).toEqual(intent);
});

test.each([[undefined], [null], [7], [{}], ['x'.repeat(5000)]])('%j is nothing that we wrote', value => {
  expect(parseIntent(value)).toEqual({ access: [] });
});

test.each<[Intent]>([
  [{ access: ['read-files', 'signal'] }], [{ access: [], profile: 'general' }], [{ access: ['signal'], targets: ['a', 'b'], sidecar: 'debug' }],
  [{ access: [], sidecar: 'log-handler' }], [{ access: ['signal'], targets: ['a'], signal: 'USR1' }],
])('%j is read as it was written', intent => {
  expect(parseIntent(formatIntent(intent))).toEqual(intent);
});

test('annotations tell them by container', () => {
  expect([...intentsOf({ 'intent.cdk8s-shared-pid/debug': 'signal', 'other/debug': 'x' })]).toEqual([['debug', { access: ['signal'] }]]);
});
