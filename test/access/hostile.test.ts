import { Access } from '../../src/access/access';
import { AccessAnswer } from '../../src/access/access-answer';
import { diffAccess } from '../../src/access/access-diff';
import { AccessMatrix, accessMatrix } from '../../src/access/access-matrix';
import { accessPaths } from '../../src/access/access-paths';
import { AccessRow } from '../../src/access/access-row';
import { ACCESS_RULES } from '../../src/access/access-rules';
import { ASSUMPTIONS } from '../../src/access/assumptions';
import { ContainerRuntime } from '../../src/access/container-runtime';
import { leastPrivilege, PrivilegeRequest } from '../../src/access/least-privilege';
import { NODE_LIMITS } from '../../src/access/node-limits';
import { nodeReach } from '../../src/access/node-reach';
import { privilegeWaysOut } from '../../src/access/privilege-ways-out';
import { Random } from '../random';

// Manifests that Kubernetes refuses. Whatever a field of the wrong type was meant to be, an answer that is not UNKNOWN must hold for it.
type Json = { [key: string]: any };

/** A longer run: `FUZZ_PODS=20000 FUZZ_SEED=3 npx jest test/access/hostile.test.ts`. */
const PODS = Number(process.env.FUZZ_PODS ?? 800);
const SEED = Number(process.env.FUZZ_SEED ?? 99);

/** Fields and what they may validly be; `undefined` leaves them out. */
const FIELDS: { readonly [path: string]: readonly unknown[] } = {
  'shareProcessNamespace': [true, true, true, false, undefined],
  'hostUsers': [true, false, undefined],
  'hostPID': [false, undefined],
  'runtimeClassName': ['gvisor', undefined],
  'os': [{ name: 'linux' }, undefined],
  'os.name': ['linux'],
  'securityContext': [{}, { runAsUser: 1000 }, { runAsUser: 0, runAsGroup: 0 }, { runAsNonRoot: true }],
  'securityContext.runAsUser': [0, 1000, undefined],
  'securityContext.runAsGroup': [0, 1000, undefined],
  'securityContext.runAsNonRoot': [true, false, undefined],
  'securityContext.seccompProfile': [{ type: 'RuntimeDefault' }, undefined],
  'initContainers.0.restartPolicy': ['Always'],
  'initContainers.0.securityContext': [{ runAsUser: 0, runAsGroup: 0 }, {}],
  ...Object.fromEntries(['containers.0.', 'containers.1.'].flatMap(container => Object.entries({
    'image': ['a', 'b'],
    'securityContext': [{}, { privileged: true, runAsUser: 0, runAsGroup: 0 }, { runAsUser: 1000, runAsGroup: 1000 }, undefined],
    'securityContext.runAsUser': [0, 1000, 65535, undefined],
    'securityContext.runAsGroup': [0, 1000, undefined],
    'securityContext.runAsNonRoot': [false, undefined],
    'securityContext.privileged': [true, false, undefined],
    'securityContext.allowPrivilegeEscalation': [true, false, undefined],
    'securityContext.readOnlyRootFilesystem': [true, false, undefined],
    'securityContext.capabilities': [{ add: ['SYS_PTRACE'] }, { drop: ['ALL'] }, { drop: ['ALL'], add: ['KILL'] }, undefined],
    'securityContext.capabilities.add': [['SYS_PTRACE', 'DAC_OVERRIDE'], ['KILL'], ['SETUID', 'SETGID'], ['ALL'], undefined],
    'securityContext.capabilities.drop': [['ALL'], ['KILL'], undefined],
    'securityContext.seccompProfile': [{ type: 'RuntimeDefault' }, undefined],
    'securityContext.seccompProfile.type': ['RuntimeDefault', 'Unconfined'],
    'securityContext.appArmorProfile': [{ type: 'RuntimeDefault' }, undefined],
    'securityContext.seLinuxOptions': [{ level: 's0' }, undefined],
    'volumeMounts': [[{ name: 'tmp', mountPath: '/tmp' }], undefined],
  }).map(([field, values]) => [container + field, values] as const))),
};

const JUNK: readonly unknown[] = [
  '1000', 'true', '', -1, 1.5, NaN, Infinity, 2 ** 40, [], [1], {}, { a: 1 }, true, false, 0, 'ALL', [null], [['KILL']], [{ name: 'KILL' }], ['KILL', 7], () => 1,
];

function set(document: Json, path: string, value: unknown): void {
  const keys = path.split('.');
  let parent: Json = document;
  for (const key of keys.slice(0, -1)) {
    if (parent[key] === null || typeof parent[key] !== 'object') return;
    parent = parent[key];
  }
  if (value === undefined) delete parent[keys[keys.length - 1]];
  else parent[keys[keys.length - 1]] = value;
}

function validPod(random: Random): Json {
  const pod: Json = {
    shareProcessNamespace: true,
    containers: [{ name: 'c0', image: 'a', securityContext: {} }, { name: 'c1', image: 'a', securityContext: {} }],
    initContainers: [{ name: 'side', image: 'b', restartPolicy: 'Always' }],
    volumes: [{ name: 'tmp', emptyDir: {} }],
  };
  for (const [path, values] of Object.entries(FIELDS)) if (random.chance(0.5)) set(pod, path, structuredClone(random.pick(values)));
  return pod;
}

const rowKey = ({ observer, target, process, access }: AccessRow) => `${observer} ${target} ${process} ${access}`;

function checkShape({ rows, problems, notice }: AccessMatrix): void {
  for (const row of rows) {
    if (!(row.rule in ACCESS_RULES)) throw new Error(`no sentence for ${row.rule}`);
    for (const name of row.assumes) if (!(name in ASSUMPTIONS)) throw new Error(`no sentence for ${name}`);
    for (const name of row.nodeMayDeny) if (!(name in NODE_LIMITS)) throw new Error(`no sentence for ${name}`);
    if ((row.answer === AccessAnswer.UNKNOWN) !== row.settle.length > 0) throw new Error(`${rowKey(row)} ${row.answer} ${row.settle.join()}`);
    if (row.answer === AccessAnswer.DENIED && row.nodeMayDeny.length) throw new Error(`${rowKey(row)} is denied already`);
  }
  for (const text of [...problems, notice ?? '']) if (typeof text !== 'string') throw new Error('no text');
}

/** Paths and the node, and a matrix that differs from none and from itself in nothing. */
function checkPaths(matrix: AccessMatrix): void {
  const paths = accessPaths(matrix);
  if (paths.some(({ answer, via }) => answer === AccessAnswer.DENIED || via.length === 0)) throw new Error('no path');
  nodeReach(matrix);
  const { gained, lost, gainedNode, lostNode } = diffAccess(matrix, matrix);
  expect([gained, lost, gainedNode, lostNode]).toEqual([[], [], [], []]);
}

test('a field of the wrong type never gives an answer that is wrong for what was meant', () => {
  const random = new Random(SEED);
  let compared = 0;
  let unknown = 0;
  for (let i = 0; i < PODS; i++) {
    const meant = validPod(random);
    const written = structuredClone(meant);
    const broken = Object.keys(FIELDS).filter(() => random.chance(0.06));
    for (const path of broken) set(written, path, junkFor(random, path));
    const answers = new Map(accessMatrix(meant).rows.map(row => [rowKey(row), row]));
    const matrix = accessMatrix(written);
    checkShape(matrix);
    for (const row of matrix.rows) {
      const right = answers.get(rowKey(row));
      if (row.answer === AccessAnswer.UNKNOWN) unknown++;
      // answers are about containers that start
      if (!right || right.rule === 'never-starts' || row.answer === AccessAnswer.UNKNOWN) continue;
      compared++;
      if (row.answer !== right.answer) {
        throw new Error(`${rowKey(row)}: ${row.answer} (${row.rule}), but ${right.answer} (${right.rule}) if ${broken.join(', ')} was meant as in ${JSON.stringify(meant)}: ${JSON.stringify(written)}`);
      }
    }
  }
  expect(compared).toBeGreaterThan(20 * PODS);
  expect(unknown).toBeGreaterThan(10 * PODS);
});

/** Junk that is no valid value of the field. */
function junkFor(random: Random, path: string): unknown {
  const value = random.pick(JUNK);
  const field = path.slice(path.lastIndexOf('.') + 1);
  const isValid = /runAs(User|Group)/.test(field) ? value === 0
    : /^(hostUsers|hostPID|shareProcessNamespace|privileged|runAsNonRoot|allowPrivilegeEscalation|readOnlyRootFilesystem)$/.test(field) ? typeof value === 'boolean'
      : /^(image|runtimeClassName|type|name|restartPolicy)$/.test(field) ? typeof value === 'string'
        : /^(add|drop|volumeMounts)$/.test(field) ? Array.isArray(value) && value.every(entry => typeof entry === 'string')
          : value !== null && typeof value === 'object' && !Array.isArray(value);
  return isValid ? junkFor(random, path) : value;
}

test('anything at all is taken without a crash', () => {
  const random = new Random(SEED + 1);
  const anything = (depth: number): unknown => {
    if (depth === 0 || random.chance(0.3)) return random.pick([...JUNK, null, undefined, 'Always', 'nginx', 'api']);
    if (random.chance(0.3)) return Array.from({ length: Math.floor(random.fraction() * 4) }, () => anything(depth - 1));
    const names = ['containers', 'initContainers', 'ephemeralContainers', 'name', 'image', 'securityContext', 'capabilities', 'add', 'drop', 'runAsUser',
      'shareProcessNamespace', 'volumeMounts', 'volumes', 'restartPolicy', 'targetContainerName', '__proto__', 'constructor', 'command', 'os', 'hostPID'];
    return Object.fromEntries(some(random, names, 0.4).map(name => [name, anything(depth - 1)]));
  };
  for (let i = 0; i < PODS / 5; i++) {
    const spec = anything(5);
    const matrix = accessMatrix(spec);
    checkShape(matrix);
    checkPaths(matrix);
    const request: PrivilegeRequest = { name: 'x', accesses: [Access.READ_FILES, Access.SIGNAL], maxLevel: 'baseline' };
    const result = leastPrivilege(spec, request);
    if (!result.found) privilegeWaysOut(result, spec, request);
  }
  for (const spec of [...JUNK, null, undefined, Symbol('x')]) expect(accessMatrix(spec).rows).toEqual([]);
  expect(accessMatrix('x').notice).toMatch(/spec is not an object/);
});

test('cycles and shared parts of YAML anchors', () => {
  const shared = { runAsUser: 1000, runAsGroup: 1000 };
  const spec: Json = { shareProcessNamespace: true, securityContext: shared, containers: [{ name: 'a', securityContext: shared }, { name: 'b', securityContext: shared }] };
  spec.containers[0].self = spec;
  spec.containers[1].volumeMounts = spec.containers;
  spec.volumes = spec.containers;
  expect(accessMatrix(spec).rows.filter(({ answer, target }) => answer !== 'ALLOWED' && target === 'b').map(({ access }) => access))
    .toEqual(['read-root-files', 'become-user']);
  spec.containers[0].securityContext = spec;
  spec.securityContext = spec.containers[0];
  checkShape(accessMatrix(spec));
});

test('10,000 containers are refused by name, not computed', () => {
  const containers = Array.from({ length: 10_000 }, (_, i) => ({ name: `c${i}` }));
  const { rows, notice } = accessMatrix({ shareProcessNamespace: true, containers });
  expect(rows).toEqual([]);
  expect(notice).toMatch(/^spec.containers: 10000 containers run beside each other/);
});

test('many capabilities, and a long image name', () => {
  const add = Array.from({ length: 20_000 }, (_, i) => `CAP_${i}`);
  const { rows } = accessMatrix({
    shareProcessNamespace: true,
    containers: [{ name: 'a', image: 'a/'.repeat(100_000), securityContext: { runAsUser: 0, runAsGroup: 0, capabilities: { add } } }, { name: 'b' }],
  });
  expect(rows.length).toBeGreaterThan(0);
});

test.each([
  [{ kernelVersion: 6.1 as any }, /NodeFacts.kernelVersion is 6.1/],
  [{ kubernetesVersion: 'latest' }, /NodeFacts.kubernetesVersion is "latest"/],
  [{ yamaPtraceScope: 4 }, /NodeFacts.yamaPtraceScope is 4/],
  [{ yamaPtraceScope: '0' as any }, /NodeFacts.yamaPtraceScope is "0"/],
  [{ containerRuntime: 'docker' as any }, /NodeFacts.containerRuntime is "docker"/],
  [{ defaultCapabilities: ['CAP_KILL'] }, /NodeFacts.defaultCapabilities is "CAP_KILL"/],
  [{ defaultCapabilities: ['ALL'] }, /NodeFacts.defaultCapabilities is "ALL"/],
  [{ securityModules: 'apparmor' as any }, /NodeFacts.securityModules is "apparmor"/],
  [{ securityModules: [7] as any }, /NodeFacts.securityModules/],
])('a node fact that is none is refused by name: %p', (node, message) => {
  expect(() => accessMatrix({}, { node })).toThrow(message);
});

test('node facts in the forms in which nodes tell them', () => {
  const node = { kernelVersion: '6.18.44-fc-v657', kubernetesVersion: 'v1.33.2', containerRuntime: ContainerRuntime.CRI_O, securityModules: ['capability', 'yama'] };
  expect(accessMatrix({}, { node }).pod.node).toMatchObject({ perfmonReadsMemory: true, honoursHostUsers: true, runtime: 'cri-o' });
  expect(accessMatrix({}, { node: { kernelVersion: '6.14.9', kubernetesVersion: '1.32' } }).pod.node).toMatchObject({ perfmonReadsMemory: false, honoursHostUsers: false });
});

function some<T>(random: Random, values: readonly T[], probability: number): T[] {
  return values.filter(() => random.chance(probability));
}
