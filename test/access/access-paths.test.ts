import { Access } from '../../src/access/access';
import { accessMatrix } from '../../src/access/access-matrix';
import { AccessOptions } from '../../src/access/access-options';
import { accessPaths } from '../../src/access/access-paths';
import { AccessRow } from '../../src/access/access-row';
import { nodeReach } from '../../src/access/node-reach';

const user = (uid: number, rest: object = {}) => ({ runAsUser: uid, runAsGroup: uid, ...rest });
const pod = (containers: { [name: string]: object }, rest: object = {}) => ({
  shareProcessNamespace: true,
  containers: Object.entries(containers).map(([name, securityContext]) => ({ name, image: name, securityContext })),
  ...rest,
});
const paths = (spec: object, options?: AccessOptions) => accessPaths(accessMatrix(spec, options));
const text = ({ observer, target, process, access, answer, via }: AccessRow) =>
  `${observer} -> ${via.map(step => `${step.container}${step.process ? `/${step.process}` : ''} (${step.access}) -> `).join('')}${target}${process ? `/${process}` : ''} (${access}) ${answer}`;
const of = (rows: AccessRow[], observer: string, target: string, access: Access) =>
  rows.filter(row => row.observer === observer && row.target === target && row.access === access).map(text);

test('debug -> api (trace) -> vault-agent (read-files)', () => {
  // debug may trace api and nothing else; api holds what is needed for the agent
  const spec = pod({
    'debug': user(0, { capabilities: { drop: ['ALL'], add: ['KILL', 'SYS_PTRACE'] } }),
    'api': user(0),
    'vault-agent': user(100),
  });
  const rows = paths(spec);
  expect(of(rows, 'debug', 'vault-agent', Access.READ_FILES)).toEqual([
    'debug -> vault-agent (trace) -> vault-agent (read-files) ALLOWED',
  ]);
  expect(of(rows, 'debug', 'vault-agent', Access.BECOME_USER)).toEqual(['debug -> api (trace) -> vault-agent (become-user) ALLOWED']);
  expect(of(rows, 'api', 'vault-agent', Access.READ_FILES)).toEqual(['api -> vault-agent (become-user) -> vault-agent (read-files) ALLOWED']);
  expect(of(rows, 'vault-agent', 'api', Access.READ_FILES)).toEqual([]);
});

test('the same user as a neighbour that holds more', () => {
  const tracer = { fileCapabilities: ['SYS_PTRACE', 'DAC_OVERRIDE', 'KILL'] };
  const spec = pod({ debug: user(1000), agent: user(1000, { capabilities: { add: ['SYS_PTRACE'] } }), db: user(999) });
  expect(paths(spec)).toEqual([]);
  // an agent that holds capabilities is out of reach of its own user
  const options = { containers: { agent: { processes: [tracer] } } };
  expect(of(paths(spec, options), 'debug', 'db', Access.TRACE)).toEqual([]);
  // and one that shares its user with a program of its own that does not
  const both = { containers: { agent: { processes: [{ name: 'main' }, { ...tracer, name: 'helper' }] } } };
  expect(of(paths(spec, both), 'debug', 'db', Access.TRACE)).toEqual([]);
});

test('nothing is repeated that is direct, and nothing comes from nothing', () => {
  const same = pod({ a: user(1000), b: user(1000) });
  expect(paths(same)).toEqual([]);
  expect(paths(pod({ a: user(1000), b: user(1001) }))).toEqual([]);
  expect(paths({ ...same, shareProcessNamespace: false })).toEqual([]);
  expect(paths({ ...same, hostPID: true })).toEqual([]);
});

test('a chain of three', () => {
  // root with SETUID and SETGID becomes 1000, which is the user of a program with KILL by its file
  const spec = pod({
    first: user(0, { capabilities: { drop: ['ALL'], add: ['SETUID', 'SETGID'] } }),
    second: user(0, { capabilities: { drop: ['ALL'], add: ['SETUID', 'SETGID', 'NET_ADMIN'] } }),
    third: user(1000),
  });
  expect(of(paths(spec), 'first', 'third', Access.TRACE)).toEqual(['first -> third (become-user) -> third (trace) ALLOWED']);
  const options = { containers: { third: { tool: {}, processes: [{ fileCapabilities: ['KILL'] }, { name: 'plain' }] } } };
  expect(of(paths(spec, options), 'first', 'second', Access.SIGNAL)).toEqual([]); // direct: both are root
});

test('doubt adds up: a path with an UNKNOWN step is UNKNOWN and says what settles it', () => {
  const spec = pod({ debug: user(1000), api: { runAsUser: 1000 }, other: user(1001) });
  expect(paths(spec)).toEqual([]); // the direct answer to api is UNKNOWN already, and 1000 reaches nobody else
  const root = pod({ debug: { runAsUser: 0, capabilities: { drop: ['ALL'], add: ['SYS_PTRACE'] } }, agent: { runAsUser: 0, runAsGroup: 0 }, app: user(1001) });
  const become = paths(root).find(({ observer, target, access }) => observer === 'debug' && target === 'app' && access === Access.BECOME_USER)!;
  expect(become).toMatchObject({ answer: 'ALLOWED', rule: 'path', via: [{ container: 'agent', process: null, access: 'trace' }] });
  const open = pod({
    debug: { capabilities: { drop: ['ALL'], add: ['SYS_PTRACE'] } }, agent: { runAsUser: 0, runAsGroup: 0 }, app: user(1001),
  });
  const doubtful = paths(open).find(({ observer, target, access }) => observer === 'debug' && target === 'app' && access === Access.BECOME_USER)!;
  expect(doubtful).toMatchObject({ answer: 'UNKNOWN', settle: ['set runAsUser on `debug`'], via: [{ container: 'agent' }] });
});

test('a path carries what the node may refuse on the way', () => {
  const spec = pod({ debug: user(0, { capabilities: { drop: ['ALL'], add: ['SYS_PTRACE'] } }), api: user(0), app: user(1000) });
  const row = paths(spec).find(({ observer, target, access }) => observer === 'debug' && target === 'app' && access === Access.SIGNAL)!;
  expect(row.nodeMayDeny).toEqual(['yama-no-attach']);
  expect(row.assumes).toEqual([]);
  const ubuntu = paths(spec, { node: { yamaPtraceScope: 3 } });
  expect(ubuntu.filter(({ observer, target, access }) => observer === 'debug' && target === 'app' && access === Access.SIGNAL)).toEqual([]);
});

test('to be of the same user is not to be the process: Yama still asks', () => {
  const spec = pod({ debug: user(0), app: user(1000) });
  expect(of(paths(spec), 'debug', 'app', Access.TRACE)).toEqual(['debug -> app (become-user) -> app (trace) ALLOWED']);
  expect(of(paths(spec, { node: { yamaPtraceScope: 1 } }), 'debug', 'app', Access.TRACE)).toEqual([]);
  expect(of(paths(spec, { node: { yamaPtraceScope: 1 } }), 'debug', 'app', Access.READ_ENVIRONMENT)).toHaveLength(1);
});

describe('the node', () => {
  const volumes = [{ name: 'sock', hostPath: { path: '/run/containerd' } }, { name: 'tmp', emptyDir: {} }];
  const mount = (spec: any, name: string, ...volumeMounts: object[]) => ({
    ...spec, volumes, containers: spec.containers.map((container: any) => container.name === name ? { ...container, volumeMounts } : container),
  });
  const reach = (spec: object, options?: AccessOptions) => nodeReach(accessMatrix(spec, options)).map(found => {
    const way = found.via.map(step => `${step.container} (${step.access}) -> `).join('');
    return `${found.observer} -> ${way}node (${found.kind} of ${found.container}${found.readOnly ? ', read-only' : ''}) ${found.answer}`;
  });

  test('by a privileged neighbour: debug -> agent (trace) -> node', () => {
    const spec = pod({ debug: user(0, { capabilities: { add: ['SYS_PTRACE'] } }), agent: user(0, { privileged: true }), app: user(1000) });
    expect(reach(spec)).toEqual(['debug -> agent (trace) -> node (privileged of agent) ALLOWED', 'agent -> node (privileged of agent) ALLOWED']);
  });

  test('by a directory of the node', () => {
    const spec = mount(pod({ debug: user(1000), agent: user(1000), app: user(1001) }), 'agent', { name: 'sock', mountPath: '/s', readOnly: true }, { name: 'tmp', mountPath: '/t' });
    expect(reach(spec)).toEqual([
      'debug -> agent (trace) -> node (host-path of agent, read-only) ALLOWED', 'agent -> node (host-path of agent, read-only) ALLOWED',
    ]);
  });

  test('not by a privileged container in a user namespace of its own, where the nodes have it', () => {
    const spec = { ...pod({ agent: user(0, { privileged: true }) }), hostUsers: false };
    expect(reach(spec)).toEqual(['agent -> node (privileged of agent) ALLOWED']);
    expect(nodeReach(accessMatrix(spec))[0].nodeMayDeny).toEqual(['user-namespace']);
    expect(reach(spec, { node: { kubernetesVersion: '1.33' } })).toEqual([]);
    expect(reach(spec, { node: { kubernetesVersion: '1.32' } })).toEqual(['agent -> node (privileged of agent) ALLOWED']);
  });

  test('a malformed field may be meant', () => {
    expect(reach(pod({ agent: { privileged: 'true' } }))).toEqual(['agent -> node (privileged of agent) UNKNOWN']);
    const spec = { ...mount(pod({ a: user(1) }), 'a', { name: 'x', mountPath: '/x' }), volumes: [{ name: 'x', hostPath: '/etc' }] };
    expect(reach(spec)).toEqual(['a -> node (host-path of a) UNKNOWN']);
  });
});

test('to take a process over does not make its read-only files writable', () => {
  const spec = {
    shareProcessNamespace: true,
    containers: [{ name: 'a', securityContext: user(1000) }, { name: 'b', securityContext: user(1000, { readOnlyRootFilesystem: true }) }],
  };
  expect(accessPaths(accessMatrix(spec)).filter(({ access, target }) => access === Access.WRITE_FILES && target === 'b')).toEqual([]);
});

test('whether its volumes are writable stays open on a path', () => {
  const securityContext = { runAsUser: 1000, runAsGroup: 1000, readOnlyRootFilesystem: true };
  const spec = {
    shareProcessNamespace: true,
    containers: [{ name: 'a', securityContext: user(0, { capabilities: { drop: ['ALL'], add: ['SETUID', 'SETGID'] } }) },
      { name: 'b', securityContext, volumeMounts: [{ name: 'p', mountPath: '/p' }] }],
    volumes: [{ name: 'p', persistentVolumeClaim: {} }],
  };
  const [row] = paths(spec).filter(({ access, target }) => access === Access.WRITE_FILES && target === 'b');
  expect(row).toMatchObject({ answer: 'UNKNOWN', settle: ['set readOnlyRootFilesystem: false on `b`, or mount an emptyDir in it'] });
  // also where the process itself was taken over: it cannot write either
  const traced = { ...spec, containers: [{ name: 'a', securityContext: user(0, { capabilities: { drop: ['ALL'], add: ['SYS_PTRACE'] } }) }, spec.containers[1]] };
  const same = { ...traced, containers: [traced.containers[0], { ...spec.containers[1] }] };
  expect(paths(same).filter(({ access, target }) => access === Access.WRITE_FILES && target === 'b')).toEqual([]); // UNKNOWN directly
  const setuid = { containers: { a: { tool: { setuidRoot: true } } } };
  const own = { ...spec, containers: [{ name: 'a', securityContext: user(1000, { capabilities: { drop: ['ALL'] } }) }, spec.containers[1]] };
  const [way] = accessPaths(accessMatrix(own, setuid)).filter(({ access, target }) => access === Access.WRITE_FILES && target === 'b');
  expect(way).toMatchObject({ answer: 'UNKNOWN', via: [{ container: 'b', access: 'trace' }] }); // real UID 1000 traces, effective UID 0 does not read
});
