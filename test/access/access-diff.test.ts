import { Access } from '../../src/access/access';
import { AccessChange, AccessDiff, diffAccess } from '../../src/access/access-diff';
import { accessMatrix } from '../../src/access/access-matrix';

const user = (uid: number, rest: object = {}) => ({ runAsUser: uid, runAsGroup: uid, ...rest });
const pod = (containers: { [name: string]: object }, rest: object = {}) => ({
  shareProcessNamespace: true,
  containers: Object.entries(containers).map(([name, securityContext]) => ({ name, image: name, securityContext })),
  ...rest,
});
const diff = (before: unknown, after: unknown) => diffAccess(accessMatrix(before), accessMatrix(after));
const text = ({ observer, target, access, before, after, via }: AccessChange) =>
  `${observer} -> ${via.map(({ container }) => `${container} -> `).join('')}${target} ${access}: ${before} to ${after}`;
const gains = ({ gained, lost }: AccessDiff) => ({ gained: gained.map(text), lost: lost.map(text) });

const APP = { api: user(1000), agent: user(1001) };

test('nothing changed', () => {
  expect(diff(pod(APP), pod(APP))).toEqual({ gained: [], lost: [], gainedNode: [], lostNode: [], incomparable: [] });
});

test('an access more is a gain, an access less a loss', () => {
  const more = pod({ ...APP, api: user(1000, { runAsUser: 0, capabilities: { drop: ['ALL'], add: ['KILL'] } }) });
  expect(gains(diff(pod(APP), more))).toEqual({
    gained: ['api -> agent signal: DENIED to ALLOWED', 'api -> pause signal: DENIED to ALLOWED', 'api -> pause end-pod: DENIED to ALLOWED'],
    lost: [],
  });
  expect(gains(diff(more, pod(APP)))).toEqual({
    gained: [],
    lost: ['api -> agent signal: ALLOWED to DENIED', 'api -> pause signal: ALLOWED to DENIED', 'api -> pause end-pod: ALLOWED to DENIED'],
  });
});

test('DENIED to UNKNOWN is a gain, and UNKNOWN to ALLOWED', () => {
  const open = pod({ ...APP, agent: { runAsUser: 1001 }, api: { runAsUser: 1001, runAsGroup: 1000 } });
  const other = pod({ ...APP, agent: { runAsUser: 1001, runAsGroup: 5 }, api: { runAsUser: 1001, runAsGroup: 1000 } });
  const same = pod({ ...APP, agent: { runAsUser: 1001, runAsGroup: 1000 }, api: { runAsUser: 1001, runAsGroup: 1000 } });
  expect(gains(diff(other, open)).gained).toContain('api -> agent read-environment: DENIED to UNKNOWN');
  expect(gains(diff(open, same)).gained).toContain('api -> agent read-environment: UNKNOWN to ALLOWED');
  expect(gains(diff(same, open)).lost).toContain('api -> agent read-environment: ALLOWED to UNKNOWN');
});

test('a container more reaches and is reached', () => {
  const { gained, lost } = gains(diff(pod(APP), pod({ ...APP, debug: user(1000) })));
  expect(lost).toEqual([]);
  expect(gained).toContain('debug -> api read-environment: DENIED to ALLOWED');
  expect(gained).toContain('api -> debug read-environment: DENIED to ALLOWED');
  expect(gained).toContain('agent -> debug read-arguments: DENIED to ALLOWED');
  expect(gained).not.toContain('agent -> debug read-environment: DENIED to ALLOWED');
});

test('sharing turned on', () => {
  const { gained, lost } = gains(diff(pod(APP, { shareProcessNamespace: false }), pod(APP)));
  expect(lost).toEqual([]);
  expect(gained).toEqual(['api -> agent list-processes: DENIED to ALLOWED', 'api -> agent read-arguments: DENIED to ALLOWED',
    'api -> pause list-processes: DENIED to ALLOWED', 'api -> pause read-arguments: DENIED to ALLOWED',
    'agent -> api list-processes: DENIED to ALLOWED', 'agent -> api read-arguments: DENIED to ALLOWED',
    'agent -> pause list-processes: DENIED to ALLOWED', 'agent -> pause read-arguments: DENIED to ALLOWED']);
});

test('a path is a gain of its own, but not beside what is direct already', () => {
  const adding = (...add: string[]) => pod({ debug: user(0, { capabilities: { drop: ['ALL'], add } }), app: user(1000) });
  const path = adding('SETUID', 'SETGID');
  const { gained, lost } = gains(diff(adding('SETUID'), path));
  expect(lost).toEqual([]);
  expect(gained.filter(line => /environment|become/.test(line) && line.includes('app'))).toEqual([
    'debug -> app become-user: DENIED to ALLOWED', 'debug -> app -> app read-environment: DENIED to ALLOWED',
  ]);
  expect(gained.filter(line => line.includes('list-processes'))).toEqual([]);
  // what was a path and becomes direct is gained once, directly
  const direct = adding('SETUID', 'SETGID', 'SYS_PTRACE', 'DAC_READ_SEARCH');
  expect(gains(diff(path, direct)).gained.filter(line => line.includes('environment') && line.includes('app')))
    .toEqual(['debug -> app read-environment: DENIED to ALLOWED']);
  expect(gains(diff(direct, path)).lost.filter(line => line.includes('environment') && line.includes('app')))
    .toEqual(['debug -> app read-environment: ALLOWED to DENIED']);
});

test('other processes of a container: the strongest answer counts', () => {
  const nginx = (image: string) => ({ shareProcessNamespace: true, containers: [{ name: 'nginx', image }, { name: 'side', image: 's', securityContext: user(101) }] });
  const changes = diff(nginx('nginx:1.27'), nginx('registry.example.com/nginx:1.27'));
  expect(gains(changes).gained.filter(line => line.includes('side -> nginx'))).toEqual(['side -> nginx read-files: DENIED to UNKNOWN',
    'side -> nginx open-descriptors: DENIED to UNKNOWN', 'side -> nginx connect-sockets: DENIED to UNKNOWN']);
  expect(changes.gained.every(({ process }) => process === null)).toBe(true);
  const same = diff(nginx('nginx:1.27'), nginx('nginx:1.28'));
  expect(gains(same)).toEqual({ gained: [], lost: [] });
});

test('who comes to reach the node', () => {
  const volumes = [{ name: 'n', hostPath: { path: '/var/log' } }];
  const agent = (readOnly: boolean) => ({ ...pod(APP), volumes, containers: [{ name: 'agent', securityContext: user(1), volumeMounts: [{ name: 'n', mountPath: '/n', readOnly }] }] });
  const none = pod({ agent: user(1) });
  expect(diff(none, agent(true)).gainedNode).toEqual([{ before: undefined, after: expect.objectContaining({ observer: 'agent', kind: 'host-path', readOnly: true }) }]);
  expect(diff(agent(true), agent(false)).gainedNode).toHaveLength(1);
  expect(diff(agent(false), agent(true))).toMatchObject({ gainedNode: [], lostNode: [{}] });
  expect(diff(agent(false), none).lostNode).toHaveLength(1);
});

test('a pod that cannot be judged is said so: a gain may go unseen', () => {
  expect(diff(pod(APP), pod(APP, { hostPID: true })).incomparable).toEqual([expect.stringMatching(/^after: hostPID is true/)]);
  expect(diff(pod(APP), { ...pod(APP), containers: 'none' }).incomparable).toEqual(['after: spec.containers is not a list: nothing is said about its containers']);
});

test('what the nodes may refuse is neither gain nor loss', () => {
  const before = pod({ debug: user(1000), api: user(1000) });
  const traced = (node: object) => diffAccess(accessMatrix(before), accessMatrix(before, { node })).lost.map(({ access }) => access);
  expect(traced({ yamaPtraceScope: 0, securityModules: [] })).toEqual([]);
  // but what is stated to be refused is
  expect([...new Set(traced({ yamaPtraceScope: 1 }))]).toEqual([Access.READ_MEMORY, Access.WRITE_MEMORY, Access.TRACE]);
});
