import { Access } from '../../src/access/access';
import { AccessMatrix, accessMatrix, PairJudgement } from '../../src/access/access-matrix';
import { AccessOptions } from '../../src/access/access-options';
import { AccessRow } from '../../src/access/access-row';
import { ContainerRuntime } from '../../src/access/container-runtime';

const user = (uid: number, rest: object = {}) => ({ runAsUser: uid, runAsGroup: uid, ...rest });
const pod = (containers: { [name: string]: object }, rest: object = {}) => ({
  shareProcessNamespace: true,
  containers: Object.entries(containers).map(([name, securityContext]) => ({ name, image: name, securityContext })),
  ...rest,
});
const row = ({ rows }: AccessMatrix, observer: string, target: string, access: Access, process?: string): AccessRow => {
  const found = rows.filter(one => one.observer === observer && one.target === target && one.access === access && one.process === (process ?? null));
  if (found.length !== 1) throw new Error(`${found.length} rows of ${observer} -> ${target} ${access}`);
  return found[0];
};
const ask = (spec: object, observer: string, target: string, access: Access, options?: AccessOptions, process?: string) =>
  row(accessMatrix(spec, options), observer, target, access, process);

test('the pod of the Kubernetes page', () => {
  const spec = {
    shareProcessNamespace: true,
    containers: [
      { name: 'nginx', image: 'nginx' },
      { name: 'shell', image: 'busybox:1.28', command: ['sleep', '3600'], securityContext: { capabilities: { add: ['SYS_PTRACE'] } }, stdin: true, tty: true },
    ],
  };
  const matrix = accessMatrix(spec);
  expect(matrix.notice).toBeUndefined();
  expect(row(matrix, 'shell', 'nginx', Access.READ_WORLD_READABLE_FILES, 'master')).toMatchObject({ answer: 'ALLOWED', assumes: expect.arrayContaining(['image-user']) });
  // another image has a user that only it knows, unless it is stated
  spec.containers[1].image = 'registry.example.com/tools:2';
  expect(ask(spec, 'shell', 'nginx', Access.READ_WORLD_READABLE_FILES, {}, 'master')).toMatchObject({ answer: 'UNKNOWN', settle: ['set runAsUser on `shell`'] });
  const containers = { shell: { user: 0, group: 0 } };
  expect(ask(spec, 'shell', 'nginx', Access.SIGNAL, { containers }, 'master')).toMatchObject({ answer: 'ALLOWED', rule: 'kill' });
  expect(ask(spec, 'shell', 'nginx', Access.READ_WORLD_READABLE_FILES, { containers }, 'master')).toMatchObject({ answer: 'ALLOWED', rule: 'sys-ptrace' });
  expect(ask(spec, 'shell', 'nginx', Access.READ_ENVIRONMENT, { containers }, 'worker')).toMatchObject({ answer: 'ALLOWED', rule: 'sys-ptrace-and-dac' });
  expect(ask(spec, 'shell', 'pause', Access.END_POD, { containers })).toMatchObject({ answer: 'ALLOWED', nodeMayDeny: ['apparmor'], assumes: ['image-user', 'upstream-pause'] });
});

test('rows come in the order of the manifest, one for each process and access', () => {
  const { rows } = accessMatrix({ shareProcessNamespace: true, containers: [{ name: 'a' }, { name: 'web', image: 'nginx' }] });
  expect([...new Set(rows.map(({ observer, target, process }) => `${observer} ${target} ${process}`))]).toEqual([
    'a web master', 'a web worker', 'a pause null', 'web a null', 'web pause null',
  ]);
  expect(rows).toHaveLength(15 + 15 + 9 + 15 + 9);
  expect(rows.map(({ via }) => via)).toEqual(rows.map(() => []));
});

describe('users', () => {
  test('what the container says counts over what the pod says', () => {
    const spec = pod({ a: { runAsUser: 1000 }, b: {} }, { securityContext: user(1001) });
    expect(ask(spec, 'a', 'b', Access.SIGNAL)).toMatchObject({ answer: 'DENIED', rule: 'signal-other-user' });
    expect(ask(pod({ a: {}, b: {} }, { securityContext: user(1001) }), 'a', 'b', Access.TRACE)).toMatchObject({ answer: 'ALLOWED' });
    expect(ask(pod({ a: { runAsGroup: 1 }, b: {} }, { securityContext: user(1001) }), 'a', 'b', Access.TRACE)).toMatchObject({ rule: 'other-group' });
  });

  test('a group that is left to the image is unknown, in two images of one user', () => {
    const spec = pod({ a: { runAsUser: 1000 }, b: { runAsUser: 1000, runAsGroup: 1000 } });
    expect(ask(spec, 'a', 'b', Access.READ_ENVIRONMENT)).toMatchObject({ answer: 'UNKNOWN', rule: 'group-unknown', settle: ['set runAsGroup on `a`'] });
    expect(ask(spec, 'a', 'b', Access.SIGNAL)).toMatchObject({ answer: 'ALLOWED', rule: 'same-user' });
  });

  test('two containers of one image, which say nothing, are the same user', () => {
    const spec = { shareProcessNamespace: true, containers: [{ name: 'a', image: 'app:1' }, { name: 'b', image: 'app:1' }, { name: 'c', image: 'app:2' }] };
    expect(ask(spec, 'a', 'b', Access.READ_ENVIRONMENT)).toMatchObject({ answer: 'ALLOWED', rule: 'same-user-and-group', assumes: ['plain-target', 'same-image'] });
    expect(ask(spec, 'a', 'c', Access.READ_ENVIRONMENT)).toMatchObject({ answer: 'UNKNOWN', rule: 'user-unknown' });
    const known = { ...spec, securityContext: { runAsUser: 1000 } };
    expect(ask(known, 'a', 'b', Access.READ_ENVIRONMENT)).toMatchObject({ answer: 'ALLOWED', assumes: ['plain-target', 'same-image'] });
  });

  test('runAsNonRoot is not root, whoever it is', () => {
    const nonRoot = pod({ a: { capabilities: { add: ['ALL'] }, runAsNonRoot: true }, b: user(1001) });
    expect(ask(nonRoot, 'a', 'b', Access.READ_ROOT_FILES)).toMatchObject({ answer: 'DENIED', rule: 'denied-for-any-user' });
    expect(ask(pod({ a: { capabilities: { add: ['ALL'] } }, b: user(1001) }), 'a', 'b', Access.READ_ROOT_FILES)).toMatchObject({ answer: 'UNKNOWN' });
    expect(ask(pod({ a: user(0), b: { runAsNonRoot: true } }), 'b', 'a', Access.SIGNAL)).toMatchObject({ answer: 'DENIED' });
  });

  test('root with SYS_PTRACE needs to know nothing about its target', () => {
    const spec = pod({ a: user(0, { capabilities: { drop: ['ALL'], add: ['SYS_PTRACE'] } }), b: {} });
    expect(ask(spec, 'a', 'b', Access.READ_WORLD_READABLE_FILES)).toMatchObject({ answer: 'ALLOWED', rule: 'sys-ptrace', assumes: [] });
  });

  test('root that must not be root never starts', () => {
    const spec = pod({ a: user(0, { runAsNonRoot: true }), b: user(0) });
    expect(ask(spec, 'a', 'b', Access.LIST_PROCESSES)).toMatchObject({ answer: 'DENIED', rule: 'never-starts' });
    expect(ask(spec, 'b', 'a', Access.LIST_PROCESSES)).toMatchObject({ answer: 'DENIED', rule: 'never-starts' });
    const nginx = { ...pod({ b: user(0) }, { securityContext: { runAsNonRoot: true } }), containers: [{ name: 'nginx', image: 'nginx' }, { name: 'b' }] };
    expect(ask(nginx, 'b', 'nginx', Access.LIST_PROCESSES, {}, 'master')).toMatchObject({ answer: 'DENIED', rule: 'never-starts' });
  });

  test('a platform gives all that say nothing the same user', () => {
    const spec = pod({ a: {}, b: {}, c: { runAsUser: 1000660000 }, d: { runAsUser: 1000 } });
    const options = { platformUsers: true };
    expect(ask(spec, 'a', 'b', Access.READ_ENVIRONMENT, options)).toMatchObject({ answer: 'ALLOWED', assumes: ['plain-target', 'platform-users'] });
    expect(ask(spec, 'a', 'c', Access.READ_ENVIRONMENT, options)).toMatchObject({ answer: 'UNKNOWN', settle: ['set runAsUser on `a`'] });
    expect(ask(spec, 'a', 'd', Access.READ_ENVIRONMENT, options)).toMatchObject({ answer: 'UNKNOWN' });
    expect(ask(spec, 'a', 'pause', Access.END_POD, options)).toMatchObject({ answer: 'UNKNOWN' });
    expect(ask(pod({ a: {}, b: user(0) }), 'a', 'b', Access.SIGNAL, options)).toMatchObject({ answer: 'DENIED' }); // it is not root
    // the platform's user, not the image's
    const nginx = { shareProcessNamespace: true, containers: [{ name: 'nginx', image: 'nginx' }, { name: 'a', image: 'a' }] };
    expect(ask(nginx, 'a', 'nginx', Access.TRACE, options)).toMatchObject({ answer: 'ALLOWED' });
  });

  test('stated users', () => {
    const spec = pod({ a: user(1000), b: {} });
    expect(ask(spec, 'a', 'b', Access.TRACE, { containers: { b: { user: 1000, group: 1000 } } })).toMatchObject({ answer: 'ALLOWED', assumes: ['plain-target', 'image-user'] });
    expect(ask(spec, 'a', 'b', Access.TRACE, { containers: { b: { user: 1000 } } })).toMatchObject({ answer: 'UNKNOWN', settle: ['set runAsGroup on `b`'] });
    expect(ask(spec, 'a', 'b', Access.TRACE, { containers: { b: { user: 1001 } } })).toMatchObject({ answer: 'DENIED' });
    // the group that was stated is that of the image's user
    const other = pod({ a: user(1000), b: { runAsUser: 1000 } });
    expect(ask(other, 'a', 'b', Access.TRACE, { containers: { b: { user: 5, group: 1000 } } })).toMatchObject({ answer: 'UNKNOWN' });
    expect(ask(other, 'a', 'b', Access.TRACE, { containers: { b: { group: 1000 } } })).toMatchObject({ answer: 'ALLOWED' });
    // also where the image is known: it may have been built anew under its name
    const nginx = { shareProcessNamespace: true, containers: [{ name: 'web', image: 'nginx' }, { name: 'a', securityContext: user(5) }] };
    expect(ask(nginx, 'a', 'web', Access.TRACE, { containers: { web: { user: 5, group: 5 } } }, 'master')).toMatchObject({ answer: 'ALLOWED' });
    const inherited = JSON.parse('{"shareProcessNamespace": true, "containers": [{"name": "constructor"}, {"name": "__proto__"}]}');
    expect(ask(inherited, 'constructor', '__proto__', Access.TRACE, { containers: {} })).toMatchObject({ answer: 'UNKNOWN' });
  });
});

describe('capabilities', () => {
  const answers = (a: object, b: object, access: Access, options?: AccessOptions) => ask(pod({ a: user(0, a), b }), 'a', 'b', access, options);

  test('of a user that is not root are none, whatever is added', () => {
    expect(ask(pod({ a: user(1000, { privileged: true }), b: user(1001) }), 'a', 'b', Access.SIGNAL)).toMatchObject({ answer: 'DENIED' });
  });

  test('unknown names have no effect, lower case has', () => {
    expect(answers({ capabilities: { drop: ['ALL'], add: ['kill'] } }, user(1), Access.SIGNAL)).toMatchObject({ answer: 'ALLOWED' });
    expect(answers({ capabilities: { drop: ['all'], add: ['NOPE'] } }, user(1), Access.SIGNAL)).toMatchObject({ answer: 'DENIED' });
  });

  test('a name with CAP_ is a matter of the runtime', () => {
    const context = { capabilities: { drop: ['ALL'], add: ['CAP_KILL'] } };
    expect(answers(context, user(1), Access.SIGNAL)).toMatchObject({
      answer: 'UNKNOWN', rule: 'capabilities-unknown', settle: ['write KILL without CAP_ in capabilities.add of `a`'],
    });
    expect(answers(context, user(1), Access.SIGNAL, { node: { containerRuntime: ContainerRuntime.CONTAINERD } })).toMatchObject({ answer: 'DENIED' });
    expect(answers(context, user(1), Access.SIGNAL, { node: { containerRuntime: ContainerRuntime.CRI_O } })).toMatchObject({ answer: 'ALLOWED' });
    const dropped = { capabilities: { drop: ['CAP_KILL'] } };
    expect(answers(dropped, user(1), Access.SIGNAL)).toMatchObject({ answer: 'UNKNOWN', settle: ['write KILL without CAP_ in capabilities.drop of `a`'] });
  });

  test('the default set of the runtime', () => {
    const nine = { capabilities: { drop: ['ALL'], add: ['CHOWN', 'DAC_OVERRIDE', 'FSETID', 'FOWNER', 'SETGID', 'SETUID', 'SETPCAP', 'NET_BIND_SERVICE', 'KILL'] } };
    expect(answers(nine, user(0), Access.TRACE)).toMatchObject({ answer: 'DENIED', rule: 'more-capabilities', assumes: ['plain-target', 'plain-observer', 'default-capabilities'] });
    expect(answers(nine, user(0), Access.TRACE, { node: { containerRuntime: ContainerRuntime.CRI_O } })).toMatchObject({ answer: 'ALLOWED', assumes: ['plain-target'] });
    expect(answers(nine, user(0), Access.TRACE, { node: { defaultCapabilities: ['KILL'] } })).toMatchObject({ answer: 'ALLOWED' });
    expect(answers({}, user(0), Access.TRACE)).toMatchObject({ answer: 'ALLOWED', assumes: ['plain-target'] });
    expect(answers({}, user(0, nine), Access.TRACE)).toMatchObject({ answer: 'ALLOWED', assumes: ['plain-target'] });
    expect(answers(nine, user(0), Access.SIGNAL)).toMatchObject({ assumes: [] });
  });

  test('PERFMON reads the environment since Linux 6.15, but not out of a user namespace', () => {
    const context = { capabilities: { drop: ['ALL'], add: ['PERFMON'] } };
    const worker = { containers: { b: { processes: [{ becomes: { uid: 5, gid: 5 } }] } } }; // its environment is root's to read
    const spec = (hostUsers?: boolean) => pod({ a: user(0, context), b: user(0) }, { hostUsers });
    const environment = (hostUsers: boolean | undefined, node?: object) => ask(spec(hostUsers), 'a', 'b', Access.READ_ENVIRONMENT, { ...worker, node });
    expect(environment(undefined)).toMatchObject({ answer: 'ALLOWED', rule: 'perfmon', nodeMayDeny: ['kernel-version'] });
    expect(environment(undefined, { kernelVersion: '6.15' })).toMatchObject({ answer: 'ALLOWED', nodeMayDeny: [] });
    expect(environment(undefined, { kernelVersion: '6.14' })).toMatchObject({ answer: 'DENIED', rule: 'other-user' });
    expect(environment(false)).toMatchObject({ answer: 'ALLOWED', nodeMayDeny: ['kernel-version', 'user-namespace'] });
    expect(environment(false, { kubernetesVersion: '1.32' })).toMatchObject({ answer: 'ALLOWED', nodeMayDeny: ['kernel-version'] });
    expect(environment(false, { kubernetesVersion: '1.33' })).toMatchObject({ answer: 'DENIED' });
    expect(environment(true, { kubernetesVersion: '1.33' })).toMatchObject({ answer: 'ALLOWED' });
  });
});

describe('the process namespace', () => {
  const two = { a: user(0), b: user(0) };

  test('that is not shared hides everything', () => {
    for (const shareProcessNamespace of [false, undefined, null]) {
      const matrix = accessMatrix({ ...pod(two), shareProcessNamespace });
      expect(matrix.notice).toMatch(/shareProcessNamespace is not true/);
      expect(new Set(matrix.rows.map(({ answer, rule }) => `${answer} ${rule}`))).toEqual(new Set(['DENIED own-process-namespace']));
    }
  });

  test('that may be shared leaves open what sharing would allow', () => {
    const matrix = accessMatrix({ ...pod(two), shareProcessNamespace: 'true' });
    expect(row(matrix, 'a', 'b', Access.LIST_PROCESSES)).toMatchObject({ answer: 'UNKNOWN', rule: 'field-malformed', settle: ['make shareProcessNamespace true or false'] });
    expect(row(accessMatrix({ ...pod({ a: user(1), b: user(2) }), shareProcessNamespace: 1 }), 'a', 'b', Access.TRACE)).toMatchObject({ answer: 'DENIED' });
  });

  test('holds no init container that ends, but sidecars and ephemeral containers', () => {
    const { rows } = accessMatrix({
      shareProcessNamespace: true,
      initContainers: [{ name: 'migrate' }, { name: 'never', restartPolicy: 'Never' }, { name: 'proxy', restartPolicy: 'Always' }],
      containers: [{ name: 'app' }],
      ephemeralContainers: [{ name: 'debugger', targetContainerName: 'app' }],
    });
    expect([...new Set(rows.map(({ observer }) => observer))]).toEqual(['proxy', 'app', 'debugger']);
  });

  test('of one container is joined by an ephemeral one with a target', () => {
    const spec = {
      containers: [{ name: 'app', securityContext: user(1) }, { name: 'other', securityContext: user(1) }],
      ephemeralContainers: [
        { name: 'x', targetContainerName: 'app', securityContext: user(1) }, { name: 'y', targetContainerName: 'app', securityContext: user(1) },
        { name: 'z', securityContext: user(1) }, { name: 'w', targetContainerName: 'pause', securityContext: user(65535) },
      ],
    };
    const { rows } = accessMatrix(spec);
    const seen = rows.filter(({ answer, access }) => answer === 'ALLOWED' && access === Access.TRACE).map(({ observer, target }) => `${observer} ${target}`);
    expect(seen).toEqual(['app x', 'app y', 'x app', 'x y', 'y app', 'y x']);
    expect(rows.filter(({ target, answer }) => target === 'pause' && answer !== 'DENIED')).toEqual([]);
  });

  test('of the node, or of Windows, is none of ours', () => {
    expect(accessMatrix(pod(two, { hostPID: true }))).toMatchObject({ rows: [], notice: expect.stringMatching(/^hostPID is true/) });
    expect(accessMatrix(pod(two, { os: { name: 'windows' } }))).toMatchObject({ rows: [], notice: expect.stringMatching(/^os.name is windows/) });
    expect(accessMatrix(pod(two, { os: { name: 'linux' }, hostPID: false })).notice).toBeUndefined();
  });

  test('what is not as Kubernetes wants it is named', () => {
    const { problems } = accessMatrix({
      shareProcessNamespace: true, containers: [{ name: 'a' }, { name: 'a' }, 'x', {}, { name: 'pause' }], initContainers: { name: 'i' }, ephemeralContainers: null,
    });
    expect(problems).toEqual([
      'spec.initContainers is not a list: nothing is said about its containers',
      'spec.containers[1]: another container is named `a` too',
      'spec.containers[2] is not an object: anything may be meant',
      'spec.containers[3] has no name',
      'spec.containers[4] is named `pause`, as the process of the pod itself is in this table',
    ]);
  });
});

describe("the pod's own process", () => {
  const end = (a: object, securityContext?: unknown, options?: AccessOptions) => ask(pod({ a }, { securityContext }), 'a', 'pause', Access.END_POD, options);

  test('is ended by root with KILL, by its own user, and by whom the pod says it is', () => {
    expect(end(user(0))).toMatchObject({ answer: 'ALLOWED', rule: 'kill' });
    expect(end(user(0, { capabilities: { drop: ['ALL'] } }))).toMatchObject({ answer: 'DENIED' });
    expect(end(user(1000, { capabilities: { drop: ['ALL'] } }))).toMatchObject({ answer: 'DENIED', rule: 'signal-other-user' });
    expect(end(user(65535))).toMatchObject({ answer: 'ALLOWED', rule: 'same-user' });
    expect(end({ capabilities: { drop: ['ALL'] } }, user(1000))).toMatchObject({ answer: 'ALLOWED', rule: 'same-user' });
    expect(end(user(0, { capabilities: { drop: ['ALL'] } }), user(0))).toMatchObject({ answer: 'ALLOWED', rule: 'same-user' });
    expect(end(user(65535), user(1000))).toMatchObject({ answer: 'DENIED' });
  });

  test('has the group that the pod gives its user, else 0', () => {
    const trace = (a: object, securityContext: object) => ask(pod({ a }, { securityContext }), 'a', 'pause', Access.TRACE).answer;
    expect(trace(user(1000), { runAsUser: 1000, runAsGroup: 1000 })).toBe('ALLOWED');
    expect(trace(user(1000), { runAsUser: 1000 })).toBe('DENIED');
    expect(trace({ runAsUser: 1000, runAsGroup: 0 }, { runAsUser: 1000 })).toBe('ALLOWED');
    expect(trace(user(65535), { runAsGroup: 65535 })).toBe('UNKNOWN');
    expect(trace(user(65535), {})).toBe('ALLOWED');
    expect(trace(user(0), { runAsUser: 0 })).toBe('ALLOWED'); // both are root with the runtime's default capabilities
    expect(trace(user(0, { capabilities: { drop: ['ALL'] } }), { runAsUser: 0 })).toBe('DENIED');
  });

  test('is unknown where the pod says something that is no user', () => {
    expect(end(user(1000), { runAsUser: '1000' })).toMatchObject({ answer: 'UNKNOWN', settle: ['make spec.securityContext.runAsUser a whole number'] });
    expect(end(user(1000), 'root')).toMatchObject({
      answer: 'UNKNOWN', settle: ['make spec.securityContext an object', 'set seccompProfile on `a`', 'set appArmorProfile on `a`'],
    });
  });
});

describe('processes', () => {
  test('of nginx: the master as root, workers that a sidecar of their user reaches', () => {
    const spec = { shareProcessNamespace: true, containers: [{ name: 'web', image: 'nginx:1.27' }, { name: 'side', securityContext: user(101) }] };
    expect(ask(spec, 'side', 'web', Access.SIGNAL, {}, 'master')).toMatchObject({ answer: 'DENIED' });
    expect(ask(spec, 'side', 'web', Access.TRACE, {}, 'worker')).toMatchObject({ answer: 'ALLOWED', assumes: ['known-program', 'image-user'] });
    expect(ask(spec, 'side', 'web', Access.READ_FILES, {}, 'worker')).toMatchObject({ answer: 'DENIED', rule: 'file-mode-denied' });
  });

  test('of nginx as another user are all that user', () => {
    const spec = {
      shareProcessNamespace: true,
      containers: [{ name: 'web', image: 'nginxinc/nginx-unprivileged' }, { name: 'own', image: 'nginx', securityContext: { runAsUser: 101 } }, { name: 'side', securityContext: user(101) }],
    };
    for (const target of ['web', 'own']) {
      for (const process of ['master', 'worker']) expect(ask(spec, 'side', target, Access.READ_FILES, {}, process)).toMatchObject({ answer: 'ALLOWED' });
    }
    const other = { shareProcessNamespace: true, containers: [{ name: 'web', image: 'nginx', securityContext: user(7) }, { name: 'side', securityContext: user(7) }] };
    expect(ask(other, 'side', 'web', Access.TRACE, {}, 'worker').answer).toBe('ALLOWED');
  });

  test('of nginx that is not as its image makes it', () => {
    const web = (fields: object) => ({ shareProcessNamespace: true, containers: [{ name: 'web', image: 'nginx', ...fields }, { name: 'side', securityContext: user(33) }] });
    const workers = (fields: object) => accessMatrix(web(fields)).rows.filter(({ observer, process, access }) => observer === 'side' && process === 'worker' && access === Access.TRACE);
    expect(workers({ command: ['nginx-debug'] })).toEqual([]);
    expect(workers({ securityContext: { capabilities: { drop: ['ALL'] } } })).toEqual([]); // it does not start without CHOWN, SETGID, SETUID
    expect(workers({ volumeMounts: [{ name: 'c', mountPath: '/etc/nginx/conf.d' }] })).toMatchObject([{ answer: 'DENIED' }]);
    for (const mountPath of ['/etc/nginx/nginx.conf', '/etc/nginx', '/etc', '/etc/nginx/', '/etc//nginx/./nginx.conf', '/x/../etc/nginx', 7]) {
      expect(workers({ volumeMounts: [{ name: 'c', mountPath }] })).toMatchObject([{ answer: 'UNKNOWN', settle: ['set runAsUser on `web` to another user than root'] }]);
    }
  });

  test('that were stated', () => {
    const spec = pod({ a: user(1000), b: user(1000) });
    const trace = (b: object, a: object = {}) => ask(spec, 'a', 'b', Access.TRACE, { containers: { b: { processes: [b] }, a } });
    expect(trace({ notDumpable: true })).toMatchObject({ answer: 'DENIED', rule: 'not-dumpable', assumes: ['plain-observer'] });
    expect(trace({ fileCapabilities: ['NET_BIND_SERVICE'] })).toMatchObject({ answer: 'DENIED', rule: 'more-capabilities' });
    expect(trace({ fileCapabilities: ['NET_BIND_SERVICE'] }, { tool: { fileCapabilities: ['NET_BIND_SERVICE'] } })).toMatchObject({ answer: 'ALLOWED', assumes: [] });
    expect(trace({ fileCapabilities: ['SYS_ADMIN'] })).toMatchObject({ answer: 'DENIED', rule: 'never-starts' });
  });
});

test('two processes that both changed their user', () => {
  const changed = (uid: number) => ({ processes: [{ becomes: { uid, gid: uid, dumpable: true } }] });
  const judge = (a: number, b: number) => {
    const { pod: read } = accessMatrix(pod({ a: user(0), b: user(0) }), { containers: { a: changed(a), b: changed(b) } });
    const [from, to] = read.containers.map(container => ({ container, process: container.processes[0] }));
    return new PairJudgement(read, from, to).row(Access.TRACE).answer;
  };
  expect([judge(101, 101), judge(101, 33), judge(33, 101)]).toEqual(['ALLOWED', 'DENIED', 'DENIED']);
});

describe('fields of the wrong type', () => {
  test('that can only take away leave open what was allowed', () => {
    for (const [field, value] of [['seccompProfile', 'RuntimeDefault'], ['appArmorProfile', { type: 'x' }], ['seLinuxOptions', { level: 1 }]] as const) {
      const spec = pod({ a: user(1, { [field]: value }), b: user(1), c: user(2) });
      expect(ask(spec, 'a', 'b', Access.SIGNAL)).toMatchObject({ answer: 'UNKNOWN', rule: 'field-malformed', settle: [`make ${field} of \`a\` what Kubernetes takes`] });
      expect(ask(spec, 'b', 'a', Access.LIST_PROCESSES).answer).toBe('UNKNOWN');
      expect(ask(spec, 'a', 'c', Access.SIGNAL).answer).toBe('DENIED');
    }
    expect(ask(pod({ a: user(1), b: user(1) }, { runtimeClassName: 7 }), 'a', 'b', Access.SIGNAL)).toMatchObject({ settle: ['make runtimeClassName a name'] });
  });

  test('of capabilities may mean anything', () => {
    const root = (rest: object) => ask(pod({ a: user(0, rest), b: user(1) }), 'a', 'b', Access.SIGNAL);
    expect(root({ privileged: 'true', capabilities: { drop: ['ALL'] } })).toMatchObject({ answer: 'UNKNOWN', settle: ['make privileged of `a` true or false'] });
    expect(root({ capabilities: { drop: 'ALL' } })).toMatchObject({ answer: 'UNKNOWN', settle: ['make capabilities.drop of `a` a list of names'] });
    expect(root({ capabilities: { drop: ['ALL'], add: ['KILL', 7] } })).toMatchObject({ answer: 'UNKNOWN', settle: ['make capabilities.add of `a` a list of names'] });
    expect(root({ capabilities: 'ALL' })).toMatchObject({ answer: 'UNKNOWN', settle: ['make capabilities of `a` an object'] });
    expect(ask(pod({ a: 'root' as any, b: user(1) }), 'a', 'b', Access.SIGNAL)).toMatchObject({ answer: 'UNKNOWN', settle: ['make securityContext of `a` an object'] });
  });

  test('of the pod', () => {
    expect(ask({ ...pod({ a: user(1), b: user(1) }, { hostPID: 'yes' }), shareProcessNamespace: false }, 'a', 'b', Access.SIGNAL).answer).toBe('UNKNOWN');
    expect(ask(pod({ a: user(1), b: user(1) }, { hostPID: 'yes' }), 'a', 'b', Access.SIGNAL).answer).toBe('ALLOWED');
    const init = { ...pod({ a: user(1) }), initContainers: [{ name: 'i', restartPolicy: true, securityContext: user(1) }] };
    expect(ask(init, 'a', 'i', Access.SIGNAL)).toMatchObject({ answer: 'UNKNOWN', settle: ['make restartPolicy of `i` a name'] });
    expect(ask(pod({ a: user(1), b: user(1) }, { os: 'linux' }), 'a', 'b', Access.SIGNAL)).toMatchObject({ settle: ['make os.name linux or windows'] });
  });

  test('allowPrivilegeEscalation of a set-uid program', () => {
    const options = { containers: { a: { tool: { setuidRoot: true } } } };
    const signal = (allowPrivilegeEscalation: unknown) => ask(pod({ a: user(1, { allowPrivilegeEscalation }), b: user(2) }), 'a', 'b', Access.SIGNAL, options);
    expect([signal(true).answer, signal(false).answer]).toEqual(['ALLOWED', 'DENIED']);
    expect(signal('false')).toMatchObject({ answer: 'UNKNOWN', rule: 'field-malformed', settle: ['make allowPrivilegeEscalation of `a` true or false'] });
  });
});

test('what is allowed to every user that it may be, by one rule or another', () => {
  const spec = { shareProcessNamespace: true, containers: [{ name: 'a', image: 'x' }, { name: 'b', image: 'x' }] };
  expect(ask(spec, 'a', 'b', Access.SIGNAL)).toMatchObject({ answer: 'ALLOWED', rule: 'allowed-for-any-user' }); // root holds KILL, others are the same user
});

describe('writing files', () => {
  const write = (fields: object, volumes: unknown = [{ name: 'v', emptyDir: {} }, { name: 'c', configMap: {} }, { name: 'p', persistentVolumeClaim: {} }, { name: 'n' }]) => ask({
    shareProcessNamespace: true,
    containers: [{ name: 'a', securityContext: user(1) }, { name: 'b', securityContext: user(1, { readOnlyRootFilesystem: true }), ...fields }],
    volumes,
  }, 'a', 'b', Access.WRITE_FILES);

  test('of a container that is read-only is denied, but in an emptyDir', () => {
    expect(write({})).toMatchObject({ answer: 'DENIED', rule: 'read-only-root-file-system' });
    expect(write({ volumeMounts: [{ name: 'c', mountPath: '/c' }, { name: 'v', mountPath: '/v', readOnly: true }] })).toMatchObject({ answer: 'DENIED' });
    expect(write({ volumeMounts: [{ name: 'v', mountPath: '/v' }] })).toMatchObject({ answer: 'ALLOWED' });
    expect(write({ volumeMounts: [{ name: 'n', mountPath: '/n' }] })).toMatchObject({ answer: 'ALLOWED' }); // without a source it is an emptyDir
    expect(write({ securityContext: user(1) })).toMatchObject({ answer: 'ALLOWED' });
  });

  test('in another volume depends on what is there', () => {
    for (const fields of [{ volumeMounts: [{ name: 'p', mountPath: '/p' }] }, { volumeMounts: [{ name: 'claim', mountPath: '/p' }] }, { volumeMounts: 'v' }]) {
      expect(write(fields)).toMatchObject({ answer: 'UNKNOWN', rule: 'field-unknown', settle: ['set readOnlyRootFilesystem: false on `b`, or mount an emptyDir in it'] });
    }
    expect(write({ securityContext: user(2, { readOnlyRootFilesystem: true }), volumeMounts: [{ name: 'p' }] })).toMatchObject({ answer: 'DENIED', rule: 'other-user' });
  });
});

describe('what the node may deny', () => {
  const limits = (a: object, b: object, access: Access, node?: object, rest?: object) => ask(pod({ a, b }, rest), 'a', 'b', access, { node }).nodeMayDeny;

  test('Yama: what attaches', () => {
    expect(limits(user(1), user(1), Access.READ_MEMORY)).toEqual(['yama']);
    expect(limits(user(1), user(1), Access.READ_ENVIRONMENT)).toEqual([]);
    expect(limits(user(1), user(1), Access.READ_MEMORY, { yamaPtraceScope: 0 })).toEqual([]);
    const tracer = user(0, { capabilities: { add: ['SYS_PTRACE'] } });
    expect(limits(tracer, user(1), Access.READ_MEMORY)).toEqual(['yama-no-attach']);
    for (const yamaPtraceScope of [1, 2]) {
      expect(ask(pod({ a: user(1), b: user(1) }), 'a', 'b', Access.TRACE, { node: { yamaPtraceScope } })).toMatchObject({ answer: 'DENIED', rule: 'yama' });
      expect(limits(tracer, user(1), Access.TRACE, { yamaPtraceScope })).toEqual([]);
    }
    expect(ask(pod({ a: tracer, b: user(1) }), 'a', 'b', Access.TRACE, { node: { yamaPtraceScope: 3 } })).toMatchObject({ answer: 'DENIED', rule: 'yama-no-attach' });
    expect(ask(pod({ a: user(1), b: user(1) }), 'a', 'b', Access.READ_FILES, { node: { yamaPtraceScope: 3 } })).toMatchObject({ answer: 'ALLOWED' });
  });

  test('no Yama where it is not among the security modules', () => {
    expect(limits(user(1), user(1), Access.READ_MEMORY, { securityModules: ['capability', 'apparmor'] })).toEqual([]);
    expect(limits(user(1), user(1), Access.READ_MEMORY, { securityModules: ['capability', 'yama'] })).toEqual(['yama']);
    expect(limits(user(1), user(1), Access.READ_MEMORY, { securityModules: ['yama'], yamaPtraceScope: 0 })).toEqual([]);
  });

  test('AppArmor: between different profiles', () => {
    const profile = (type: string, localhostProfile?: string) => user(0, { appArmorProfile: { type, localhostProfile } });
    expect(limits(user(0), user(0), Access.SIGNAL)).toEqual([]);
    expect(limits(user(0), profile('RuntimeDefault'), Access.SIGNAL)).toEqual([]);
    expect(limits(user(0), profile('Unconfined'), Access.SIGNAL)).toEqual(['apparmor']);
    expect(limits(user(0), profile('Unconfined'), Access.LIST_PROCESSES)).toEqual([]);
    expect(limits(profile('Unconfined'), user(0), Access.SIGNAL)).toEqual([]);
    expect(limits(profile('Localhost', 'x'), user(0), Access.SIGNAL)).toEqual(['apparmor']);
    expect(limits(profile('Unconfined'), profile('Localhost', 'x'), Access.SIGNAL)).toEqual(['apparmor']);
    expect(limits(user(0), user(0, { privileged: true }), Access.SIGNAL, { securityModules: ['apparmor'] })).toEqual(['apparmor']);
    expect(limits(user(0), user(0, { privileged: true }), Access.SIGNAL, { securityModules: ['yama'] })).toEqual([]);
    expect(limits(user(0), user(0), Access.SIGNAL, undefined, { securityContext: { appArmorProfile: { type: 'Localhost', localhostProfile: 'x' } } })).toEqual(['apparmor']);
    const annotations = { 'container.apparmor.security.beta.kubernetes.io/b': 'unconfined', 'container.apparmor.security.beta.kubernetes.io/c': 'localhost/x' };
    const spec = pod({ a: user(0), b: user(0), c: user(0) });
    expect(ask(spec, 'a', 'b', Access.SIGNAL, { annotations }).nodeMayDeny).toEqual(['apparmor']);
    expect(ask(spec, 'b', 'a', Access.SIGNAL, { annotations }).nodeMayDeny).toEqual([]);
    expect(ask(spec, 'c', 'a', Access.SIGNAL, { annotations }).nodeMayDeny).toEqual(['apparmor']);
  });

  test('SELinux: between different labels', () => {
    const label = (level: string) => user(0, { seLinuxOptions: { level } });
    expect(limits(label('s0'), label('s0'), Access.SIGNAL)).toEqual([]);
    expect(limits(label('s0'), user(0), Access.SIGNAL)).toEqual(['selinux']);
    expect(limits(user(0), user(0, { privileged: true }), Access.SIGNAL)).toEqual(['apparmor', 'selinux']);
    expect(limits(user(0, { privileged: true }), user(0), Access.SIGNAL)).toEqual([]);
    expect(limits(user(0, { privileged: true }), user(0, { privileged: true }), Access.SIGNAL)).toEqual([]);
    expect(limits(label('s0'), user(0), Access.SIGNAL, { securityModules: [] })).toEqual([]);
  });

  test('seccomp: a profile of the node, and CRI-O without SYS_PTRACE', () => {
    const own = user(1, { seccompProfile: { type: 'Localhost', localhostProfile: 'p.json' } });
    expect(limits(own, user(1), Access.READ_FILES)).toEqual(['seccomp']);
    expect(limits(own, user(1), Access.LIST_PROCESSES)).toEqual([]);
    expect(limits(own, user(1), Access.READ_FILES, { permissiveSeccompProfiles: ['p.json'] })).toEqual([]);
    expect(limits(user(1), own, Access.READ_FILES)).toEqual([]);
    expect(limits(user(1), user(1), Access.TRACE)).toEqual(['yama', 'seccomp']);
    expect(limits(user(1, { capabilities: { add: ['SYS_PTRACE'] } }), user(1), Access.TRACE)).toEqual(['yama']);
    expect(limits(user(1), user(1), Access.TRACE, { containerRuntime: ContainerRuntime.CONTAINERD })).toEqual(['yama']);
    expect(limits(user(1), user(1), Access.TRACE, { containerRuntime: ContainerRuntime.CRI_O })).toEqual(['yama', 'seccomp']);
    expect(limits(user(1, { seccompProfile: { type: 'Unconfined' } }), user(1), Access.TRACE)).toEqual(['yama']);
    expect(limits(user(1, { privileged: true, seccompProfile: { type: 'Localhost', localhostProfile: 'p' } }), user(1), Access.TRACE)).toEqual(['yama']);
  });

  test('another kernel: a runtime class', () => {
    expect(limits(user(1), user(1), Access.LIST_PROCESSES, undefined, { runtimeClassName: 'kata' })).toEqual(['runtime-class']);
    expect(limits(user(1), user(1), Access.READ_MEMORY, undefined, { runtimeClassName: 'kata' })).toEqual(['yama', 'runtime-class']);
    expect(limits(user(1), user(1), Access.LIST_PROCESSES, { sameKernelRuntimeClasses: ['nvidia'] }, { runtimeClassName: 'nvidia' })).toEqual([]);
  });

  test('nothing where the manifest denies already', () => {
    expect(limits(user(1), user(2), Access.TRACE, undefined, { runtimeClassName: 'kata' })).toEqual([]);
  });

  test('nothing of an ordinary pod on a node of which everything is stated', () => {
    const node = { kernelVersion: '6.1', kubernetesVersion: '1.33', yamaPtraceScope: 0, securityModules: ['apparmor'], containerRuntime: ContainerRuntime.CONTAINERD };
    const { rows } = accessMatrix(pod({ a: user(0), b: user(1), c: user(1) }), { node });
    expect(rows.filter(({ nodeMayDeny, target }) => nodeMayDeny.length && target !== 'pause')).toEqual([]);
  });
});
