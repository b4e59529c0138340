import { MAX_CONTAINERS } from '../../src/access/pod-profile';
import { evaluate } from '../../src/safeguards/evaluate';
import { Finding } from '../../src/safeguards/finding';
import { SAFEGUARDS } from '../../src/safeguards/registry';
import { Random } from '../random';

const ids = new Set(SAFEGUARDS.map(({ id }) => id));
const pod = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { shareProcessNamespace: true, ...spec } });

function expectSound(found: Finding[]): void {
  for (const { rule, severity, message, fix, path, container } of found.slice(0, 300)) { // each expectation takes its time
    expect(ids.has(rule)).toBe(true);
    expect(['error', 'warning', 'info']).toContain(severity);
    expect(message.length).toBeGreaterThan(0);
    expect(message).not.toContain('the rule failed');
    expect(message.length).toBeLessThan(4000);
    expect(fix.endsWith('.')).toBe(true);
    expect(path === '' || path.startsWith('/')).toBe(true);
    expect(container).not.toBe('');
  }
}

const FIELDS = [
  'name', 'image', 'command', 'args', 'env', 'envFrom', 'securityContext', 'capabilities', 'add', 'drop', 'privileged', 'runAsUser', 'runAsGroup', 'runAsNonRoot', 'volumes',
  'volumeMounts', 'emptyDir', 'configMap', 'secret', 'projected', 'sources', 'livenessProbe', 'lifecycle', 'preStop', 'exec', 'containers', 'initContainers', 'restartPolicy',
  'resources', 'limits', 'requests', 'cpu', 'memory', 'os', 'nodeSelector', 'hostPID', 'shareProcessNamespace', 'tty', 'stdin', 'valueFrom', 'secretKeyRef', 'secretRef', 'value',
  'ephemeralContainers', '__proto__', 'constructor', 'toString', 'length', 'hostUsers', 'supplementalGroups', 'fsGroup', 'defaultMode', 'items', 'mountPath', 'key',
];
const VALUES: readonly unknown[] = [
  null, true, false, 0, 1, -1, 1e21, NaN, '', 'app', 'kill -9 -1', 'kill 1', '$(X)', 'ALL', 'SYS_PTRACE', 'CAP_KILL', 'windows', 'Always', '\u0000', '{', '/sbin/init', [], {}, [null], [[]], 'true', '1000',
];

function randomValue(random: Random, depth: number): unknown {
  const kind = random.fraction();
  if (depth > 6 || kind < 0.4) return random.pick(VALUES);
  if (kind < 0.6) return random.list(3, () => randomValue(random, depth + 1));
  return JSON.parse(`{${random.list(7, () => {
    const value = JSON.stringify(randomValue(random, depth + 1)) ?? 'null';
    return `${JSON.stringify(random.pick(FIELDS))}:${value}`;
  }).join(',')}}`);
}

/** A sound pod in which single fields have any value. */
function brokenPod(random: Random): unknown {
  const container = (name: string) => ({
    name,
    image: 'nginx:1.27',
    command: ['sh', '-c', 'killall nginx; kill 1'],
    args: ['--password=x'],
    env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'db', key: 'a' } } }],
    securityContext: { runAsUser: 1000, capabilities: { add: ['SYS_PTRACE'], drop: ['ALL'] } },
    livenessProbe: { exec: { command: ['pgrep', 'nginx'] } },
    resources: { limits: { cpu: '1', memory: '1Gi' } },
    volumeMounts: [{ name: 'logs', mountPath: '/var/log' }],
    lifecycle: { preStop: { exec: { command: ['kill', '1'] } } },
  });
  const manifest: any = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', annotations: { 'intent.cdk8s-shared-pid/debug': 'signal', 'acknowledge.cdk8s-shared-pid/no-wide-kill': '{"app": "x"}' } },
    spec: {
      shareProcessNamespace: true,
      containers: [container('app'), container('debug')],
      initContainers: [container('init')],
      securityContext: { runAsNonRoot: true },
      volumes: [{ name: 'logs', emptyDir: {} }, { name: 'db', secret: { secretName: 'db' } }],
    },
  };
  for (let i = 0; i < 3; i++) {
    let parent = manifest;
    for (let depth = 0; depth < 9; depth++) {
      const keys = Object.keys(parent);
      if (keys.length === 0) break;
      const key = random.pick(keys);
      const child = parent[key];
      if (child === null || typeof child !== 'object' || random.fraction() < 0.15) {
        parent[key] = randomValue(random, 4);
        break;
      }
      parent = child;
    }
  }
  return manifest;
}

test.each([1, 2, 3, 4])('random values, seed %d: never a crash, never a rule that fails', seed => {
  const random = new Random(seed);
  for (let i = 0; i < 400; i++) {
    const value = i % 2 === 0 ? pod(randomValue(random, 0) as object) : brokenPod(random);
    const documents = [value, { apiVersion: 'v1', kind: 'ConfigMap', data: randomValue(random, 3), metadata: randomValue(random, 5) }, randomValue(random, 2)];
    expectSound(evaluate(value, { documents, touched: random.fraction() < 0.5, environment: 'production', maxLevel: 'baseline', today: '2027-01-01', ours: ['debug'] }));
    expectSound(evaluate(documents[2]));
  }
});

describe('large input takes bounded time', () => {
  const within = (ms: number, run: () => Finding[]): Finding[] => {
    const start = process.cpuUsage(); // of this process: a busy machine is no slower by that
    const found = run();
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e3).toBeLessThan(ms);
    expectSound(found);
    return found;
  };
  const length = 200_000; // what takes the square of it takes minutes

  test.each([
    ['kill'], ['kill '], ['killall'], ['-'], ['kill -'], ['kill -1 '], ['--password'], ['--password='], ['$('], ['$(A)'], ['a://'], ['a://b:'], ['a://b:c@ '], ['PASSWORD'], [' A_PASSWORD='], ['/proc/1/'],
    ['jcmd '], ['jcmd - '], ['#'], ['# '], ['\n'], ['\''], ['x'], ['pgrep '], ['ps '], ['\u0000'], ['CAP_'], ['0:'], ['/init'], ['logs/'],
  ])('200 kB of %j in every text', piece => {
    const text = piece.repeat(length / piece.length);
    const exec = { exec: { command: [text] } };
    const container = (name: string) => ({
      name,
      image: text,
      command: [text],
      args: ['x', text],
      env: [{ name: 'A', valueFrom: { secretKeyRef: { name: text } } }, { name: text, value: text }],
      livenessProbe: exec,
      lifecycle: { preStop: exec },
      securityContext: { capabilities: { add: [text], drop: [text] } },
      resources: { limits: { cpu: text, memory: text } },
      volumeMounts: [{ name: text, mountPath: text }],
    });
    const document = pod({ containers: [container('app'), { name: 'debug' }], volumes: [{ name: text, emptyDir: {} }, { name: 'scripts', configMap: { name: 'scripts' } }] });
    const script = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'scripts' }, data: { 'a.sh': text } };
    within(5000, () => evaluate(document, { documents: [script], ours: ['debug'] }));
  });

  test('a megabyte in one text', () => {
    const found = within(5000, () => evaluate(pod({ containers: [{ name: 'app', image: 'nginx:1.27', command: ['sh', '-c', 'kill -HUP 2; '.repeat(80_000) + 'kill 1'] }] })));
    expect(found.map(({ rule }) => rule)).toContain('no-signal-to-pid-1');
  });

  test('as many containers as are judged, which all reach each other', () => {
    const containers = Array.from({ length: MAX_CONTAINERS }, (_, i) => ({
      name: `c${i}`, image: 'busybox:1.37', env: [{ name: 'A', valueFrom: { secretKeyRef: { name: `s${i}`, key: 'a' } } }], securityContext: { runAsUser: 1000 },
    }));
    const found = within(60_000, () => evaluate(pod({ containers }), { ours: ['c1'] }));
    expect(found.filter(({ rule }) => rule === 'no-secret-in-environment')).toHaveLength(1);
  }, 70_000);

  test('10,000 containers', () => {
    const containers = Array.from({ length: 10_000 }, (_, i) => ({
      name: `c${i}`,
      image: 'nginx:1.27',
      command: ['sh', '-c', 'killall nginx'],
      env: [{ name: 'A', valueFrom: { secretKeyRef: { name: `s${i}`, key: 'a' } } }],
      volumeMounts: [{ name: 'logs', mountPath: '/var/log' }],
    }));
    const found = within(5000, () => evaluate(pod({ containers, volumes: [{ name: 'logs', emptyDir: {} }] }), { ours: ['c1'] }));
    expect(found.filter(({ rule }) => rule === 'no-wide-kill')).toHaveLength(10_000);
    expect(found).toContainEqual(expect.objectContaining({ rule: 'no-killable-sandbox', message: expect.stringContaining('who can reach whom is not known') }));
  });

  test('20,000 annotations', () => {
    const annotations = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`acknowledge.cdk8s-shared-pid/no-wide-kil${i}`, '{"a": "b"}']));
    expect(within(5000, () => evaluate({ ...pod({ containers: [] }), metadata: { annotations } }))).toHaveLength(20_000);
  });

  test('100,000 capabilities', () => {
    const securityContext = { capabilities: { add: Array.from({ length: 100_000 }, (_, i) => `SYS_PTRAC${i}`) } };
    const found = within(5000, () => evaluate(pod({ containers: [{ name: 'app', image: 'nginx:1.27', securityContext }] })));
    expect(found.filter(({ rule }) => rule === 'no-unknown-capability')).toHaveLength(5);
  });
});
