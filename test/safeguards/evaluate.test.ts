import { evaluate } from '../../src/safeguards/evaluate';
import { EvaluateOptions } from '../../src/safeguards/evaluate-options';
import { SAFEGUARDS } from '../../src/safeguards/registry';
import { Rule } from '../../src/safeguards/rule';
import { Severity } from '../../src/safeguards/severity';

const KILLALL = { name: 'app', image: 'nginx:1.27', command: ['sh', '-c', 'killall -HUP nginx'], securityContext: { runAsUser: 101, runAsGroup: 101 } };
const pod = (spec: object, annotations?: object) => ({
  apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', annotations }, spec: { shareProcessNamespace: true, containers: [KILLALL], ...spec },
});
const hostPid = pod({ hostPID: true });
const ids = (document: unknown, options?: EvaluateOptions) => evaluate(document, options).map(({ rule }) => rule);

test('a finding has everything that a report needs', () => {
  expect(evaluate(pod({}))).toEqual([{
    rule: 'no-wide-kill',
    severity: 'warning',
    message: '`app` in its command runs killall, which reaches processes by name, of every container that it may signal',
    fix: Rule.NO_WIDE_KILL.remediation,
    container: 'app',
    path: '/spec/containers/0/command/2',
    acknowledged: false,
    failsSynth: false,
  }]);
});

test('the heaviest findings come first', () => {
  expect(ids(hostPid)).toEqual(['no-host-pid', 'no-wide-kill']);
});

describe('documents', () => {
  test.each([[null], [undefined], [{ apiVersion: 'v1', kind: 'Service', spec: {} }], [{ apiVersion: 'v1', kind: 'List', items: [] }]])('%j has no pod', document => {
    expect(evaluate(document)).toEqual([]);
  });

  test.each([['text'], [7], [[]], [{}], [{ kind: 'Pod' }], [{ apiVersion: 'v1', kind: 7 }]])('%j is no Kubernetes object, and that is said', document => {
    expect(ids(document)).toEqual(['no-unreadable-pod']);
  });

  test.each([[undefined], [null], ['text'], [[]], [7]])('a pod with spec %j is refused', spec => {
    expect(evaluate({ apiVersion: 'v1', kind: 'Pod', spec })).toEqual([expect.objectContaining({ rule: 'no-unreadable-pod', severity: 'error', path: '/spec' })]);
  });

  test('each item of a List is judged, with its path', () => {
    expect(evaluate({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'Service' }, hostPid] }).map(({ path }) => path))
      .toEqual(['/items/1/spec/hostPID', '/items/1/spec/containers/0/command/2']);
  });

  test('a List that holds itself ends', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [] as unknown[] };
    list.items.push(list);
    expect(ids(list)).toEqual(['no-unreadable-pod']);
  });

  test('a custom kind is judged where its pod spec is told', () => {
    const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { template: { spec: hostPid.spec } } };
    expect(ids(rollout)).toEqual([]);
    expect(evaluate(rollout, { podSpecPath: '/spec/template/spec' })[0].path).toBe('/spec/template/spec/hostPID');
  });

  test('what a custom kind makes of a pod spec is not known, so a field of another type is only a warning there', () => {
    const service = { apiVersion: 'serving.knative.dev/v1', kind: 'Service', spec: { template: { spec: { containers: [{ image: 'nginx:1.27' }] } } } };
    expect(evaluate(service, { podSpecPath: '/spec/template/spec' })).toMatchObject([{ rule: 'no-unreadable-pod', severity: 'warning' }]);
  });

  test('a pod that does not share and that nothing of ours touched is left alone', () => {
    expect(evaluate(pod({ shareProcessNamespace: undefined, hostPID: true, securityContext: { runAsNonRoot: true } }))).toEqual([]);
  });
});

describe('settings', () => {
  test('a rule can be off, lighter or heavier', () => {
    expect(ids(pod({}), { severities: { 'no-wide-kill': 'off' } })).toEqual([]);
    expect(evaluate(pod({}), { severities: { 'no-wide-kill': Severity.INFO } })[0].severity).toBe('info');
    expect(evaluate(pod({}), { severities: { 'no-wide-kill': Severity.ERROR }, touched: true })[0]).toMatchObject({ severity: 'error', failsSynth: true });
  });

  test('an unknown id is refused, with the nearest', () => {
    expect(() => evaluate(pod({}), { severities: { 'no-wide-kil': 'off' } })).toThrow("there is no rule 'no-wide-kil'. Did you mean 'no-wide-kill'?");
    expect(() => evaluate(null, { severities: { toString: 'off' } as any })).toThrow("there is no rule 'toString'.");
  });
});

describe('synth', () => {
  test('fails by errors on objects that we touched, and only there', () => {
    expect(evaluate(hostPid, { touched: true }).map(({ rule, failsSynth }) => [rule, failsSynth])).toEqual([['no-host-pid', true], ['no-wide-kill', false]]);
    expect(evaluate(hostPid).some(({ failsSynth }) => failsSynth)).toBe(false);
  });

  test('does not fail by an error that is set to be lighter', () => {
    expect(evaluate(hostPid, { touched: true, severities: { 'no-host-pid': Severity.WARNING } }).some(({ failsSynth }) => failsSynth)).toBe(false);
  });
});

describe('a rule that throws', () => {
  const [first] = SAFEGUARDS;
  afterEach(() => { jest.restoreAllMocks(); });

  test('is a finding that tells nothing of the manifest, and the others go on', () => {
    jest.spyOn(first as any, 'check').mockImplementation(() => { throw new TypeError('hunter2'); });
    const found = evaluate(pod({}));
    expect(found.map(({ rule }) => rule)).toEqual([first.id, 'no-wide-kill']);
    expect(found[0]).toMatchObject({ severity: 'warning', message: 'the rule failed on this manifest (TypeError), so nothing is known' });
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  test('in the middle of its work as well', () => {
    jest.spyOn(first as any, 'check').mockImplementation(function* () {
      yield { severity: Severity.ERROR, message: 'half', path: '' };
      throw new Error();
    });
    expect(evaluate(pod({}))[0]).toMatchObject({ rule: first.id, severity: 'warning' });
  });
});

describe('names', () => {
  test('are told without control characters and bounded', () => {
    const [finding] = evaluate(pod({ containers: [{ ...KILLALL, name: `\u001b[2J\u202e${'x'.repeat(1000)}` }] }));
    expect(finding.container).toMatch(/^\?\[2J\?x+\.\.\.$/);
    expect(finding.container).toHaveLength(253);
    expect(finding.message.length).toBeLessThan(400);
    // eslint-disable-next-line no-control-regex
    expect(JSON.stringify(evaluate(pod({ containers: [{ ...KILLALL, name: '\u001b\u0007' }] })))).not.toMatch(/\\u001b|\\u0007|\u001b/);
  });

  test('that are missing leave the container out', () => {
    expect(evaluate(pod({ containers: [{ ...KILLALL, name: undefined }] })).map(({ rule, container }) => [rule, container]))
      .toEqual([['no-unreadable-pod', undefined], ['no-wide-kill', undefined]]);
  });
});

test('containers that the options or an annotation name are ours', () => {
  const job = { apiVersion: 'batch/v1', kind: 'Job', spec: { template: { spec: { containers: [{ name: 'debug', image: 'busybox:1.37' }] } } } };
  expect(ids(job)).toEqual([]);
  expect(ids(job, { ours: ['debug'] })).toEqual(['no-endless-job']);
  expect(ids({ ...job, metadata: { annotations: { 'intent.cdk8s-shared-pid/debug': 'profile:general' } } })).toEqual(['no-endless-job']);
});

describe('Rule', () => {
  test('is found by its id', () => {
    expect(Rule.named('no-host-pid')).toBe(Rule.NO_HOST_PID);
    expect(Rule.NO_HOST_PID).toMatchObject({ id: 'no-host-pid', severity: Severity.ERROR });
  });

  test('an unknown id is refused, with the nearest', () => {
    expect(() => Rule.named('no-hostpid')).toThrow("There is no rule 'no-hostpid'. Did you mean 'no-host-pid'?");
    expect(() => Rule.named('all')).toThrow(/The rules are no-unreadable-pod, no-host-pid/);
  });
});
