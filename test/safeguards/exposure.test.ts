import { accessMatrix } from '../../src/access/access-matrix';
import { evaluate } from '../../src/safeguards/evaluate';
import { EvaluateOptions } from '../../src/safeguards/evaluate-options';

const SECRET = [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }];
const user = (uid: number, gid?: number, add?: string[]) => ({ runAsUser: uid, ...(gid === undefined ? {} : { runAsGroup: gid }), capabilities: { drop: ['ALL'], add } });
const pod = (containers: object[], annotations?: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'api', annotations },
  spec: { shareProcessNamespace: true, containers: containers.map((container, i) => ({ name: `c${i}`, image: 'busybox:1.37', ...container })) },
});
const environment = (document: unknown, options?: EvaluateOptions) => evaluate(document, options).filter(({ rule }) => rule === 'no-secret-in-environment');
const APP = { name: 'app', env: SECRET, securityContext: user(1000, 1000) };

test('one finding a pod tells who reads what of whom', () => {
  const [finding, ...others] = environment(pod([APP, { name: 'one', securityContext: user(1000, 1000) }, { name: 'two', securityContext: user(1000, 1000) }]));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    severity: 'warning',
    message: '`one` and `two` can read the environment of `app`, with Secret `db`',
  });
  expect(finding).not.toHaveProperty('container');
});

test('what is UNKNOWN is an info of its own, with what would settle it', () => {
  const found = environment(pod([APP, { name: 'one', securityContext: user(1000, 1000) }, { name: 'two', securityContext: user(1000) }]));
  expect(found.map(({ severity, container, fix }) => [severity, container, fix])).toEqual([
    ['warning', 'one', expect.stringContaining('another UID')], ['info', 'two', 'Set runAsGroup on `two`.'],
  ]);
});

test('an acknowledgement for one reader leaves the other ones', () => {
  const containers = [APP, { name: 'debug', securityContext: user(1000, 1000) }, { name: 'later', securityContext: user(1000, 1000) }];
  const found = environment(pod(containers, { 'acknowledge.cdk8s-shared-pid/no-secret-in-environment': '{"debug": "only the same team may exec"}' }));
  expect(found.map(({ container, acknowledged, reason }) => [container, acknowledged, reason])).toEqual([
    ['debug', true, 'only the same team may exec'], ['later', false, undefined],
  ]);
});

test('what the node may deny takes nothing away', () => {
  const document = pod([APP, { name: 'debug', securityContext: user(0, 0, ['SYS_PTRACE']) }]);
  expect(environment(document)).toMatchObject([{ severity: 'warning', container: 'debug' }]);
});

test('a matrix that is there already is taken', () => {
  const document = pod([APP, { name: 'debug', securityContext: user(1000, 1000) }]);
  const other = accessMatrix(pod([APP, { name: 'debug', securityContext: user(1001, 1001) }]).spec);
  expect(environment(document)).toHaveLength(1);
  expect(environment(document, { accessMatrix: other })).toEqual([]);
});

test('ways by other containers are told', () => {
  const document = {
    ...pod([]),
    spec: {
      shareProcessNamespace: true,
      securityContext: { runAsUser: 1000, runAsGroup: 1000 },
      containers: [{ name: 'app', image: 'busybox:1.37' }, { name: 'agent', image: 'busybox:1.37', securityContext: user(0, 0, ['SETUID', 'SETGID']) }],
    },
  };
  const [finding] = evaluate(document).filter(({ rule }) => rule === 'no-killable-sandbox');
  expect(finding.message).toBe('`app` can end the whole pod by a signal to PID 1; `agent` can end the whole pod by a signal to PID 1 by way of `app`');
});

describe('secrets', () => {
  const reader = { name: 'reader', securityContext: user(1000, 1000) };
  const shownFor = (env: object) => environment(pod([{ name: 'app', securityContext: user(1000, 1000), ...env }, reader])).map(({ message }) => message.replace(/^.*with /, ''));

  test.each([
    [{ env: SECRET }, ['Secret `db`']],
    [{ envFrom: [{ secretRef: { name: 'db' } }] }, ['Secret `db`']],
    [{ env: [{ name: 'API_TOKEN', value: 'hunter2' }] }, ['the value of `API_TOKEN`']],
    [{ env: [...SECRET, ...SECRET, { name: 'A', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }] }, ['Secret `db`, Secret `a`']],
    [{ env: [1, 2, 3, 4].map(n => ({ name: `S${n}`, valueFrom: { secretKeyRef: { name: `s${n}`, key: 'k' } } })) }, ['Secret `s1`, Secret `s2`, Secret `s3` and 1 more']],
  ])('%j counts', (env, shown) => {
    expect(shownFor(env)).toEqual(shown);
  });

  test.each([
    [{ env: [{ name: 'MODE', value: 'hunter2' }] }], [{ env: [{ name: 'API_TOKEN', value: '' }] }], [{ env: [{ name: 'API_TOKEN', value: '/run/token' }] }],
    [{ env: [{ name: 'USE_TOKEN', value: 'true' }] }], [{ env: [{ name: 'DB_PASSWORD', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } }] }],
    [{ envFrom: [{ configMapRef: { name: 'db' } }] }],
  ])('%j does not', env => {
    expect(shownFor(env)).toEqual([]);
  });

  test('of a reader that has one key of a Secret of which the other has all are told', () => {
    expect(environment(pod([{ name: 'app', securityContext: user(1000, 1000), envFrom: [{ secretRef: { name: 'db' } }] }, { ...reader, env: SECRET }])))
      .toMatchObject([{ container: 'reader' }]);
  });
});
