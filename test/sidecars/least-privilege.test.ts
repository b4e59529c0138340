import { writeFileSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart, Cron, Include, JsonPatch, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as kplus33 from 'cdk8s-plus-33';
import { Access, DebugProfile, DebugSidecar, DebugSidecarProps, PodSecurityLevel, SharedPid, SharedPidSettings, SidecarUser } from '../../src';
import { intentsOf } from '../../src/safeguards/intent';
import { bare } from '../golden-cases/workloads';

const newChart = (id = 'test') => new Chart(new App(), id, { disableResourceNameHashes: true });
const restricted = (uid: number, gid = uid) => ({
  runAsUser: uid, runAsGroup: gid, runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' },
});
const ROOT = { runAsUser: 0, runAsGroup: 0 };
const specOf = (contexts: { [name: string]: object }) => ({
  containers: Object.entries(contexts).map(([name, securityContext]) => ({ name, image: `registry.example.com/${name}:1`, securityContext })),
});
/** What is written of a pod of these containers with a debug sidecar. */
const written = (chart: Chart): any => Testing.synth(chart)[0];
const containerOf = (chart: Chart, name = 'debug'): any => written(chart).spec.containers.find((container: any) => container.name === name);
const sidecar = (contexts: { [name: string]: object }, props: DebugSidecarProps = {}) => {
  const chart = newChart();
  const pod = bare(chart, 'Pod', specOf(contexts));
  return { chart, pod, debug: new DebugSidecar(pod, 'debug', props) };
};
const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing is refused');
};
const short = (chart: Chart, name?: string): string => {
  const { runAsUser, runAsGroup, capabilities } = containerOf(chart, name).securityContext;
  return [`${runAsUser}:${runAsGroup}`, ...capabilities?.drop ?? ['default'], ...(capabilities?.add ?? []).map((added: string) => `+${added}`)].join(' ');
};
const least = DebugProfile.leastPrivilege;
/** What is said about each container: what it may do. */
const intents = (chart: Chart) => Object.fromEntries([...intentsOf(written(chart).metadata.annotations)].map(([name, { access }]) => [name, access.join(',')]));
const USUAL = 'list-processes,read-arguments,read-environment,read-files,signal';
const AS_1000 = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsGroup: 1000,
  runAsNonRoot: true,
  runAsUser: 1000,
  seccompProfile: { type: 'RuntimeDefault' },
};

describe('what is written', () => {
  test('by default: every field in the container, none in the pod, and the pod stays restricted', () => {
    const { chart, pod } = sidecar({ app: restricted(1000) });
    const { spec } = written(chart);
    expect(spec.containers[1].securityContext).toEqual(AS_1000);
    expect(spec).toEqual({ ...specOf({ app: restricted(1000) }), containers: [spec.containers[0], spec.containers[1]], shareProcessNamespace: true });
    expect(spec.containers[1]).not.toHaveProperty('tty');
    expect(SharedPid.of(pod).podSecurity().level).toBe(PodSecurityLevel.RESTRICTED);
  });

  test('nothing of the user\'s securityContext of the pod is changed', () => {
    const chart = newChart();
    const securityContext = { runAsUser: 1000, runAsGroup: 1000, fsGroup: 7, sysctls: [] };
    new DebugSidecar(bare(chart, 'Pod', { securityContext, containers: [{ name: 'app', image: 'app' }] }), 'debug');
    expect(written(chart).spec.securityContext).toEqual(securityContext);
    expect(containerOf(chart).securityContext).toEqual(AS_1000);
  });

  test('the intent, as an annotation of the object, beside those of the user and not on the template', () => {
    const chart = newChart();
    const web = bare(chart, 'Deployment', specOf({ app: restricted(1000) }));
    web.metadata.addAnnotation('owner', 'team-a');
    new DebugSidecar(web, 'debug', { name: 'look', profile: least(Access.TRACE, Access.SIGNAL, Access.TRACE) });
    web.metadata.addAnnotation('later', 'too');
    const { metadata, spec } = written(chart);
    expect(metadata.annotations).toEqual({ 'owner': 'team-a', 'later': 'too', 'intent.cdk8s-shared-pid/look': expect.any(String) });
    expect(intents(chart)).toEqual({ look: 'trace,signal' });
    expect(spec.template.metadata).toEqual({ labels: { app: 'web' } });
  });

  test('no annotation for a profile that is not worked out', () => {
    const { chart } = sidecar({ app: restricted(1000) }, { profile: DebugProfile.RESTRICTED });
    expect(written(chart).metadata).toEqual({ name: 'web' });
  });

  test.each([[null], [undefined], [{}], [{ profile: null, user: null, maxLevel: null }]])('and the same for the properties %j', props => {
    expect(containerOf(sidecar({ app: restricted(1000) }, props as any).chart).securityContext).toEqual(AS_1000);
  });

  test('a second synth writes the same', () => {
    const { chart } = sidecar({ app: restricted(1000) });
    expect(Testing.synth(chart)).toEqual(Testing.synth(chart));
  });
});

describe('the same for every origin of the workload', () => {
  const user = { user: 1000, group: 1000 };
  const container = { name: 'app', image: 'registry.example.com/app:1', resources: {}, securityContext: user };
  const podSpec = { securityContext: { runAsUser: 1000, runAsGroup: 1000 }, containers: [{ name: 'app', image: 'app' }] };
  const folder = mkdtempSync(join(tmpdir(), 'least-privilege-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const origins: { [name: string]: (chart: Chart) => Chart | ApiObject | kplus.Deployment | kplus.CronJob | kplus33.Deployment | Include } = {
    'cdk8s-plus-28': chart => new kplus.Deployment(chart, 'web', { containers: [container] }),
    'cdk8s-plus-28, the container later': chart => {
      const web = new kplus.Deployment(chart, 'web');
      web.addContainer(container);
      return web;
    },
    'cdk8s-plus-33': chart => new kplus33.Deployment(chart, 'web', { containers: [container] }),
    'a CronJob of cdk8s-plus-28': chart => new kplus.CronJob(chart, 'web', { containers: [container], schedule: Cron.daily() }),
    'ApiObject': chart => bare(chart, 'DaemonSet', podSpec),
    'a bare CronJob': chart => bare(chart, 'CronJob', podSpec),
    'Include': chart => {
      const url = join(folder, 'web.yaml');
      writeFileSync(url, Yaml.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: podSpec }));
      return new Include(chart, 'web', { url });
    },
  };

  test.each(Object.keys(origins))('%s', origin => {
    const chart = newChart();
    new DebugSidecar(origins[origin](chart), 'debug');
    const { kind, spec } = written(chart);
    const { containers, initContainers = [] } = kind === 'Pod' ? spec : kind === 'CronJob' ? spec.jobTemplate.spec.template.spec : spec.template.spec;
    expect([...containers, ...initContainers].find(({ name }) => name === 'debug').securityContext).toEqual(AS_1000);
    expect(intents(chart)).toEqual({ debug: USUAL });
  });

  test('a sidecar that is added before the container: what cannot be worked out yet is, when it is written', () => {
    const chart = newChart();
    const pod = new ApiObject(chart, 'web', { apiVersion: 'v1', kind: 'Pod' });
    new DebugSidecar(pod, 'debug');
    pod.addJsonPatch(JsonPatch.add('/spec', podSpec));
    SharedPid.enable(pod);
    expect(containerOf(chart).securityContext).toEqual(AS_1000);
  });
});

describe('the Pod Security level', () => {
  test.each<[string, { [name: string]: object }, DebugSidecarProps, string, PodSecurityLevel]>([
    ['of a restricted pod stays', { app: restricted(1000, 3000) }, {}, '1000:3000 ALL', PodSecurityLevel.RESTRICTED],
    ['tracing the same user stays restricted', { app: restricted(1000) }, { profile: least(Access.TRACE) }, '1000:1000 ALL', PodSecurityLevel.RESTRICTED],
    ['what all may see needs nobody\'s user', { app: restricted(1000) }, { profile: least(Access.LIST_PROCESSES) }, '52525:52525 ALL', PodSecurityLevel.RESTRICTED],
    ['a target that is root: baseline', { app: ROOT }, {}, '0:0 default', PodSecurityLevel.BASELINE],
    ['and without capabilities where the target has none', { app: { ...ROOT, capabilities: { drop: ['ALL'] } } }, {}, '0:0 ALL', PodSecurityLevel.BASELINE],
    ['root files of a root target: baseline', { app: ROOT }, { profile: least(Access.READ_ROOT_FILES) }, '0:0 default', PodSecurityLevel.BASELINE],
    ['maxLevel allows root files of a user', { app: restricted(1000) }, { profile: least(Access.READ_ROOT_FILES), maxLevel: PodSecurityLevel.PRIVILEGED },
      '0:0 ALL +SYS_PTRACE', PodSecurityLevel.PRIVILEGED],
    ['maxLevel allows KILL for two users', { app: restricted(1000), proxy: restricted(101) }, { profile: least(Access.SIGNAL), maxLevel: PodSecurityLevel.BASELINE },
      '0:0 ALL +KILL', PodSecurityLevel.BASELINE],
    ['maxLevel is no reason to take more', { app: restricted(1000) }, { maxLevel: PodSecurityLevel.PRIVILEGED }, '1000:1000 ALL', PodSecurityLevel.RESTRICTED],
    ['a narrower maxLevel than the pod\'s own forbids nothing', { app: ROOT }, { maxLevel: PodSecurityLevel.RESTRICTED }, '0:0 default', PodSecurityLevel.BASELINE],
  ])('%s', (_, contexts, props, expected, level) => {
    const { chart, pod } = sidecar(contexts, props);
    expect([short(chart), SharedPid.of(pod).podSecurity().level]).toEqual([expected, level]);
  });

  test('what takes a wider level is refused, with the controls and every way out', () => {
    expect(messageOf(() => sidecar({ app: restricted(1000) }, { profile: least(Access.READ_ROOT_FILES) }))).toBe(
      'test/web/debug: the least privilege for read-root-files is of Pod Security level privileged, and the pod may be restricted at most: read-root-files on `app` '
      + 'is DENIED, for the owner and mode of the file do not let the observer, and it holds no capability that overrides them. Allow the Pod Security level '
      + 'privileged instead of restricted: it takes root with SYS_PTRACE (maxLevel); the server forbids it by capabilities_baseline, capabilities_restricted, '
      + 'runAsNonRoot, runAsUser; or share the files by a volume that both containers mount, such as an emptyDir; or choose a named profile of kubectl debug, '
      + 'such as DebugProfile.GENERAL.');
  });

  test('two users at once are refused, and one of them is proposed', () => {
    const message = messageOf(() => sidecar({ app: restricted(1000), proxy: restricted(101) }));
    expect(message).toContain('. Choose one target: they run as different users (target); or allow the Pod Security level privileged');
  });
});

describe('the user of a target', () => {
  test('that nothing tells is refused, with the fixes', () => {
    expect(messageOf(() => sidecar({ app: {} }))).toBe(
      'test/web/debug: the least privilege for list-processes, read-arguments, read-environment, read-files, signal cannot be told: read-environment on `app` is '
      + 'UNKNOWN, for it depends on the user of the image, which the manifest does not tell. Set runAsUser on `app` and set runAsGroup on `app`; or state '
      + 'the user and group of the image of `app` (SharedPidSettings.useImageUser); or choose a named profile of kubectl debug, such as DebugProfile.GENERAL.');
  });

  test.each<[string, string, string]>([
    ['its repository', 'registry.example.com:5000/team/app', '1000:2000 ALL'],
    ['the exact reference', 'registry.example.com:5000/team/app:1@sha256:00', '1000:2000 ALL'],
  ])('is stated for the image: %s', (_, image, expected) => {
    const chart = newChart();
    const pod = bare(chart, 'Pod', { containers: [{ name: 'app', image: 'registry.example.com:5000/team/app:1@sha256:00' }] });
    SharedPidSettings.of(pod).useImageUser(image, 1000, 2000);
    new DebugSidecar(pod, 'debug');
    expect(short(chart)).toBe(expected);
    expect(written(chart).spec.containers[0]).toEqual({ name: 'app', image: 'registry.example.com:5000/team/app:1@sha256:00' });
  });

  test('stated for the exact reference goes before that of the repository; the nearest scope before both', () => {
    const chart = newChart();
    const pod = bare(chart, 'Pod', { containers: [{ name: 'app', image: 'registry.example.com/app:2' }] });
    const settings = SharedPidSettings.of(chart);
    settings.useImageUser('registry.example.com/app', 1, 1);
    settings.useImageUser('registry.example.com/app:2', 2, 2);
    settings.useImageUser('registry.example.com/app:3', 3, 3);
    new DebugSidecar(pod, 'debug', { profile: least(Access.SIGNAL) });
    expect(short(chart)).toBe('2:52525 ALL');
    const other = newChart();
    SharedPidSettings.of(other).useImageUser('registry.example.com/app:2', 2, 2);
    const near = bare(other, 'Pod', { containers: [{ name: 'app', image: 'registry.example.com/app:2' }] });
    SharedPidSettings.of(near).useImageUser('registry.example.com/app', 4, 5);
    new DebugSidecar(near, 'debug');
    expect(short(other)).toBe('4:5 ALL');
  });

  test('what the manifest says goes before what is stated for the image', () => {
    const chart = newChart();
    SharedPidSettings.of(chart).useImageUser('registry.example.com/app', 4, 5);
    new DebugSidecar(bare(chart, 'Pod', specOf({ app: restricted(1000) })), 'debug');
    expect(short(chart)).toBe('1000:1000 ALL');
  });
});

describe('the user of the sidecar', () => {
  test('is given', () => {
    const { chart } = sidecar({ app: restricted(1000) }, { user: SidecarUser.ids(2000, 3000), profile: least(Access.READ_ARGUMENTS) });
    expect(short(chart)).toBe('2000:3000 ALL');
  });

  test('given, and no way to what is asked', () => {
    expect(messageOf(() => sidecar({ app: restricted(1000) }, { user: SidecarUser.ids(2000, 2000) })))
      .toContain('no security context gives list-processes, read-arguments, read-environment, read-files, signal: read-environment on `app` is DENIED');
    expect(messageOf(() => sidecar({ app: restricted(1000) }, { user: SidecarUser.ids(0, 0) }))).toContain('it takes root with DAC_READ_SEARCH, KILL, SYS_PTRACE (maxLevel)');
  });

  test('assigned by the platform: none is written, and it is that of the others', () => {
    const { chart } = sidecar({ app: {} }, { user: SidecarUser.ASSIGNED_BY_PLATFORM });
    const { runAsUser, runAsGroup, ...rest } = AS_1000;
    expect(containerOf(chart).securityContext).toEqual(rest);
    expect([runAsUser, runAsGroup]).toEqual([1000, 1000]);
  });

  test('assigned by the platform, beside a target with a user of its own', () => {
    expect(messageOf(() => sidecar({ app: restricted(1000) }, { user: SidecarUser.ASSIGNED_BY_PLATFORM })))
      .toContain('read-environment on `app` is DENIED, for Linux denies it for every user and group that the manifest leaves open. ');
  });
});

describe('several sidecars and targets', () => {
  test('each has its own rights and annotation, and neither is a target of the other', () => {
    const { chart, pod } = sidecar({ app: restricted(1000), proxy: restricted(101) }, { target: 'app' });
    new DebugSidecar(pod, 'second', { target: 'proxy', profile: least(Access.READ_MEMORY) });
    new DebugSidecar(pod, 'third', { profile: least(Access.LIST_PROCESSES) });
    expect(['debug', 'second', 'third'].map(name => short(chart, name))).toEqual(['1000:1000 ALL', '101:101 ALL', '52525:52525 ALL']);
    expect(intents(chart)).toEqual({ debug: USUAL, second: 'read-memory', third: 'list-processes' });
  });

  test('all targets of one user', () => {
    expect(short(sidecar({ app: restricted(1000), proxy: restricted(1000) }).chart)).toBe('1000:1000 ALL');
  });

  test('an init container that ends is no target', () => {
    const chart = newChart();
    const spec = { ...specOf({ app: restricted(1000) }), initContainers: [{ name: 'prepare', image: 'prepare', securityContext: ROOT }] };
    new DebugSidecar(bare(chart, 'Pod', spec), 'debug');
    expect(short(chart)).toBe('1000:1000 ALL');
  });

  test('a container that is added later is no target', () => {
    const { chart, pod } = sidecar({ app: restricted(1000) });
    pod.addJsonPatch(JsonPatch.add('/spec/containers/-', { name: 'late', image: 'late', securityContext: restricted(2000) }));
    expect(short(chart)).toBe('1000:1000 ALL');
  });
});

describe('a promise that a later change breaks is an error with both values, at every synth', () => {
  const twice = (chart: Chart): string => {
    const first = messageOf(() => Testing.synth(chart));
    expect(messageOf(() => Testing.synth(chart))).toBe(first);
    return first;
  };
  const FIX = 'Make that change before this sidecar is added, so that its rights are worked out from it; or take it back.';

  test('a patch of the target', () => {
    const { chart, pod } = sidecar({ app: restricted(1000) });
    pod.addJsonPatch(JsonPatch.replace('/spec/containers/0/securityContext/runAsUser', 2000));
    expect(twice(chart)).toBe('test/web/debug: read-environment on `app` was promised with runAsUser 1000, runAsGroup 1000, drop ALL, and is DENIED in the written '
      + 'manifest, where `debug` has runAsUser 1000, runAsGroup 1000, drop ALL and `app` has runAsUser 2000, runAsGroup 1000, drop ALL: the observer has another UID '
      + `than the target, and does not hold SYS_PTRACE. ${FIX}`);
  });

  test('a patch of the sidecar', () => {
    const { chart, debug } = sidecar({ app: restricted(1000) });
    debug.addJsonPatch(JsonPatch.replace('/securityContext/runAsUser', 2000));
    expect(twice(chart)).toContain('was promised with runAsUser 1000, runAsGroup 1000, drop ALL, and is DENIED in the written manifest, where `debug` has '
      + 'runAsUser 2000, runAsGroup 1000, drop ALL and `app` has runAsUser 1000');
  });

  test('what leaves it open breaks it too', () => {
    const { chart, pod } = sidecar({ app: restricted(1000) });
    pod.addJsonPatch(JsonPatch.remove('/spec/containers/0/securityContext/runAsUser'));
    expect(twice(chart)).toContain('and is UNKNOWN in the written manifest, where `debug` has runAsUser 1000, runAsGroup 1000, drop ALL and `app` has no runAsUser');
  });

  test('a target that is gone', () => {
    const all = sidecar({ app: restricted(1000), proxy: restricted(1000) });
    all.pod.addJsonPatch(JsonPatch.remove('/spec/containers/0'));
    expect(twice(all.chart)).toBe(`test/web/debug: it was worked out for \`app\`, which the written manifest does not have. ${FIX}`);
    const named = sidecar({ app: restricted(1000), proxy: restricted(1000) }, { target: 'app' });
    named.pod.addJsonPatch(JsonPatch.remove('/spec/containers/0'));
    expect(twice(named.chart)).toBe("test/web/debug: target 'app' is no container of the pod. It has 'proxy'.");
  });

  test('the change is taken back: it holds again', () => {
    const { chart, pod } = sidecar({ app: restricted(1000) });
    pod.addJsonPatch(JsonPatch.replace('/spec/containers/0/securityContext/runAsUser', 2000));
    twice(chart);
    pod.addJsonPatch(JsonPatch.replace('/spec/containers/0/securityContext/runAsUser', 1000));
    expect(short(chart)).toBe('1000:1000 ALL');
  });

  test('a patch that breaks nothing is kept, once, however often it is written', () => {
    const { chart, debug } = sidecar({ app: { ...ROOT, capabilities: { drop: ['ALL'] } } });
    debug.addJsonPatch(JsonPatch.add('/securityContext/capabilities/drop/-', 'KILL'), JsonPatch.add('/workingDir', '/tmp'));
    Testing.synth(chart);
    expect(containerOf(chart)).toMatchObject({ securityContext: { capabilities: { drop: ['ALL', 'KILL'] } }, workingDir: '/tmp' });
  });
});

describe('wrong arguments', () => {
  test.each<[string, () => unknown, string]>([
    ['no Access', () => least('nope' as any), "DebugProfile.leastPrivilege: argument 1 is 'nope'. Give members of Access: list-processes, read-arguments, "],
    ['nothing in the second place', () => least(Access.TRACE, undefined as any), 'DebugProfile.leastPrivilege: argument 2 is undefined. '],
    ['a UID below 0', () => SidecarUser.ids(-1, 0), 'SidecarUser.ids: user is -1. Give a whole number from 0 to 2147483647.'],
    ['a GID that is text', () => SidecarUser.ids(1, '1' as any), "SidecarUser.ids: group is '1'. "],
    ['a GID that Kubernetes does not take', () => SidecarUser.ids(1, 2 ** 31), 'SidecarUser.ids: group is 2147483648. '],
    ['no user', () => sidecar({ app: ROOT }, { user: 'root' as any }), "test/web/debug: user is 'root', and no SidecarUser. Give one, such as SidecarUser.ids(1000, 1000)."],
    ['no level', () => sidecar({ app: ROOT }, { maxLevel: 'none' as any }), "test/web/debug: maxLevel is 'none'. Give one of 'privileged', 'baseline', 'restricted'."],
    ['a user with a named profile', () => sidecar({ app: ROOT }, { profile: DebugProfile.GENERAL, user: SidecarUser.AS_TARGET }),
      "test/web/debug: user has no effect with the profile 'general', which is not worked out. Leave it out, or take DebugProfile.leastPrivilege()."],
    ['a level with a custom one', () => sidecar({ app: ROOT }, { profile: DebugProfile.custom({}), maxLevel: PodSecurityLevel.BASELINE }),
      "test/web/debug: maxLevel has no effect with the profile 'custom'"],
    ['no such target', () => sidecar({ app: ROOT }, { target: 'nope' }), "test/web/debug: target 'nope' is no container of the pod. It has 'app'."],
  ])('%s', (_, run, said) => expect(messageOf(run)).toContain(said));
});

test('the command for an ephemeral container has the same rights', () => {
  const chart = newChart();
  const pod = bare(chart, 'Pod', specOf({ app: restricted(1000) }));
  const command = DebugSidecar.ephemeralCommand(pod, {});
  expect(JSON.parse(command.split('\n')[1])).toEqual({ securityContext: AS_1000 });
  expect(written(chart).metadata).toEqual({ name: 'web' });
});
