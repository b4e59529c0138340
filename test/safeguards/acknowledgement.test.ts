import { formatAcknowledgements } from '../../src/safeguards/acknowledgement';
import { evaluate } from '../../src/safeguards/evaluate';
import { EvaluateOptions } from '../../src/safeguards/evaluate-options';
import { Severity } from '../../src/safeguards/severity';

const command = ['sh', '-c', 'killall -HUP nginx'];
const pod = (acknowledgements: { [rule: string]: unknown }, names = ['app', 'other']) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { annotations: Object.fromEntries(Object.entries(acknowledgements).map(([rule, value]) => [`acknowledge.cdk8s-shared-pid/${rule}`, value])) },
  spec: { shareProcessNamespace: true, containers: names.map(name => ({ name, image: 'nginx:1.27', command, securityContext: { runAsUser: 101, runAsGroup: 101 } })) },
});
const judged = (value: unknown, options?: EvaluateOptions) => evaluate(pod({ 'no-wide-kill': value }), options)
  .map(({ rule, container, acknowledged, reason, message }) => rule === 'unused-acknowledgement' ? message : [container, acknowledged, reason]);

test('a reason covers the whole pod', () => {
  expect(judged('one nginx')).toEqual([['app', true, 'one nginx'], ['other', true, 'one nginx']]);
});

test('reasons by container cover those, not one that comes later', () => {
  expect(judged('{"app": "one nginx"}')).toEqual([['app', true, 'one nginx'], ['other', false, undefined]]);
});

test('the star stands for the whole pod, a name counts before it', () => {
  expect(judged('{"*": {"reason": "any", "until": "2027-01-31"}, "app": "one nginx"}')).toEqual([['app', true, 'one nginx'], ['other', true, 'any']]);
});

describe('an end', () => {
  const value = '{"*": {"reason": "until it is rewritten", "until": "2027-01-31"}}';

  test('holds on the last day', () => {
    expect(judged(value, { today: '2027-01-31' })[0]).toEqual(['app', true, 'until it is rewritten']);
  });

  test('is over on the next', () => {
    expect(judged(value, { today: '2027-02-01' })).toEqual([
      ['app', false, undefined], ['other', false, undefined], 'the acknowledgement of `no-wide-kill` ended on 2027-01-31, so it counts for nothing',
    ]);
  });

  test('is not judged without a day', () => {
    expect(judged(value)[0]).toEqual(['app', true, 'until it is rewritten']);
  });

  test.each(['2027-02-30', 'tomorrow', '2027-1-1', 7, null, {}])('that is %j is refused', until => {
    expect(judged(JSON.stringify({ '*': { reason: 'x', until } }))[2]).toBe('the acknowledgement of `no-wide-kill` has an end that is no day, so it counts for nothing');
  });
});

describe('is refused', () => {
  test.each([
    ['', 'has no reason'], ['  ', 'has no reason'], [7, 'has no reason'], [null, 'has no reason'], [{ app: 'x' }, 'has no reason'],
    ['{"*": ""}', 'has no reason'], ['{"*": {"until": "2027-01-31"}}', 'has no reason'], ['{"*": ["x"]}', 'has no reason'], ['{"*": null}', 'has no reason'],
    ['{"app": ', 'is no JSON'], ['{}', 'names no container'],
  ])('%j: it %s', (value, problem) => {
    expect(judged(value)).toEqual([['app', false, undefined], ['other', false, undefined], `the acknowledgement of \`no-wide-kill\` ${problem}, so it counts for nothing`]);
  });

  test('an id that there is not, with the nearest', () => {
    const [finding] = evaluate(pod({ 'no-wide-kil': 'x' }, [])).filter(({ rule }) => rule === 'unused-acknowledgement');
    expect(finding).toMatchObject({
      message: 'there is no rule `no-wide-kil`, so this acknowledges nothing', fix: 'Write `no-wide-kill`.', path: '/metadata/annotations/acknowledge.cdk8s-shared-pid~1no-wide-kil',
    });
  });
});

test('an error can only be fixed', () => {
  const manifest = pod({ 'no-host-pid': 'works here' }, []);
  const found = evaluate({ ...manifest, spec: { ...manifest.spec, hostPID: true } }, { touched: true });
  expect(found).toEqual([
    expect.objectContaining({ rule: 'no-host-pid', acknowledged: false, failsSynth: true }),
    expect.objectContaining({ rule: 'unused-acknowledgement', message: '`no-host-pid` found an error, and an error cannot be acknowledged' }),
  ]);
});

test('a warning that settings make an error can be acknowledged, and then fails nothing', () => {
  const [finding] = evaluate(pod({ 'no-wide-kill': 'one nginx' }), { touched: true, severities: { 'no-wide-kill': Severity.ERROR } });
  expect(finding).toMatchObject({ severity: 'error', acknowledged: true, failsSynth: false });
});

describe('what covers nothing', () => {
  test('is told, by container', () => {
    expect(evaluate(pod({ 'no-wide-kill': '{"gone": "x", "app": "one nginx"}' }, ['app']))).toEqual([
      expect.objectContaining({ rule: 'no-wide-kill', acknowledged: true }),
      expect.objectContaining({ rule: 'unused-acknowledgement', container: 'gone', severity: 'warning' }),
    ]);
  });

  test('is told on a pod that does not share as well', () => {
    const found = evaluate({ apiVersion: 'v1', kind: 'Pod', metadata: pod({ 'no-wide-kill': 'x' }).metadata, spec: { containers: [] } });
    expect(found.map(({ rule }) => rule)).toEqual(['unused-acknowledgement']);
  });

  test('is not told of a rule that is off', () => {
    expect(judged('{"gone": "x"}', { severities: { 'no-wide-kill': 'off' } })).toEqual([]);
  });

  test('can be acknowledged itself', () => {
    expect(evaluate(pod({ 'no-host-pid': 'x', 'unused-acknowledgement': 'for the other cluster' }, []))).toEqual([
      expect.objectContaining({ rule: 'unused-acknowledgement', acknowledged: true, reason: 'for the other cluster' }),
    ]);
  });
});

describe('written', () => {
  test.each([
    [[{ reason: 'one nginx' }], 'one nginx'],
    [[{ reason: 'one nginx', container: 'app' }], '{"app":"one nginx"}'],
    [[{ reason: 'a', container: 'app' }, { reason: 'b', until: '2027-01-31' }], '{"app":"a","*":{"reason":"b","until":"2027-01-31"}}'],
    [[{ reason: '{}' }], '{"*":"{}"}'],
    [[{ reason: 'a', container: 'app' }, { reason: 'b', container: 'app' }], '{"app":"b"}'],
  ])('%j is %s', (acknowledgements, value) => {
    expect(formatAcknowledgements(acknowledgements)).toBe(value);
  });

  test('is read as it was written', () => {
    expect(judged(formatAcknowledgements([{ reason: '{}' }]))[0]).toEqual(['app', true, '{}']);
    expect(judged(formatAcknowledgements([{ reason: 'a', container: 'app' }, { reason: 'b' }]))).toEqual([['app', true, 'a'], ['other', true, 'b']]);
  });

  test('is refused without a reason, and with an end that is no day', () => {
    expect(() => formatAcknowledgements([{ reason: ' ' }])).toThrow('needs a reason');
    expect(() => formatAcknowledgements([{ reason: 'a', until: '2027-02-30' }])).toThrow("'2027-02-30' is no day");
  });
});
