import { Access, ACCESSES } from '../../src/access/access';
import { accessMatrix } from '../../src/access/access-matrix';
import { AccessOptions } from '../../src/access/access-options';
import { leastPrivilege, PrivilegeFound, PrivilegeNotFound, PrivilegeRequest, PrivilegeResult } from '../../src/access/least-privilege';
import { PRIVILEGE_LEVELS, PrivilegeLevel } from '../../src/access/privilege-level';
import { privilegeWaysOut } from '../../src/access/privilege-ways-out';
import { podSecurity } from '../../src/admission/pod-security';
import { CAPABILITIES } from '../../src/kernel/capability';
import { CapabilitySet } from '../../src/kernel/capability-set';
import { CONTAINERD_DEFAULT_CAPABILITIES } from '../../src/kernel/container-capabilities';
import { BASELINE_CAPABILITIES, RESTRICTED_CAPABILITIES } from '../../src/kernel/pod-security-capabilities';
import { Random } from '../random';

const user = (uid: number, rest: object = {}) => ({ runAsUser: uid, runAsGroup: uid, ...rest });
const drop = (...add: string[]) => ({ capabilities: { drop: ['ALL'], add } });
const pod = (containers: { [name: string]: object }, rest: object = {}) => ({
  containers: Object.entries(containers).map(([name, securityContext]) => ({ name, image: name, securityContext })), ...rest,
});
const search = (spec: unknown, accesses: Access[], request: Partial<PrivilegeRequest> = {}, options?: AccessOptions) =>
  leastPrivilege(spec, { name: 'debug', accesses, maxLevel: 'privileged', ...request }, options);
const found = (result: PrivilegeResult): PrivilegeFound => {
  if (!result.found) throw new Error(JSON.stringify(result));
  return result;
};
const notFound = (result: PrivilegeResult): PrivilegeNotFound => {
  if (result.found) throw new Error(JSON.stringify(result));
  return result;
};
/** In short: user, group, capabilities. */
const short = (result: PrivilegeResult) => {
  const { level, securityContext } = found(result);
  const { runAsUser, runAsGroup, capabilities } = securityContext as any;
  return `${level} ${runAsUser}:${runAsGroup} ${capabilities?.drop ? '' : 'default '}${(capabilities?.add ?? []).join(' ')}`.trim();
};

const LOOK = [Access.LIST_PROCESSES, Access.READ_ARGUMENTS, Access.READ_ENVIRONMENT, Access.READ_FILES, Access.SIGNAL];

test('every field is written, and the rows are the evidence', () => {
  const result = found(search(pod({ app: user(1000) }), [Access.READ_FILES]));
  expect(result.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    runAsGroup: 1000,
    runAsNonRoot: true,
    runAsUser: 1000,
    seccompProfile: { type: 'RuntimeDefault' },
  });
  expect(result.rows).toMatchObject([{ observer: 'debug', target: 'app', access: 'read-files', answer: 'ALLOWED', rule: 'same-user-and-group' }]);
});

// facts/access.md section 4: the minimal choice for each intent
describe('one target', () => {
  test.each<[string, object, Access[], string]>([
    ['what is shown to all needs nobody\'s user', user(1000), [Access.LIST_PROCESSES, Access.READ_ARGUMENTS], 'restricted 52525:52525'],
    ['environment', user(1000), [Access.READ_ENVIRONMENT], 'restricted 1000:1000'],
    ['a signal needs the user, and no group', user(1000), [Access.SIGNAL], 'restricted 1000:52525'],
    ['the usual', user(1000), LOOK, 'restricted 1000:1000'],
    ['strace', user(1000), [Access.TRACE], 'restricted 1000:1000'],
    ['root without capabilities', user(0, drop()), LOOK, 'baseline 0:0'],
    ['root with default capabilities', user(0), LOOK, 'baseline 0:0 default'],
    ['root with some', user(0, drop('NET_BIND_SERVICE')), LOOK, 'baseline 0:0 NET_BIND_SERVICE'],
    ['root of another group', { runAsUser: 0, runAsGroup: 1000, ...drop() }, LOOK, 'baseline 0:1000'],
    ['root with one that baseline does not admit: hold it, not SYS_PTRACE', user(0, drop('NET_ADMIN')), [Access.TRACE], 'privileged 0:0 NET_ADMIN'],
    ['root with many', user(0, { capabilities: { add: ['NET_ADMIN'] } }), [Access.TRACE], 'privileged 0:0 SYS_PTRACE'],
    ['a privileged one', user(0, { privileged: true }), LOOK, 'privileged 0:0 SYS_PTRACE'],
    ['signal root: root without capabilities', user(0), [Access.SIGNAL], 'baseline 0:0'],
    ["root's files of another user", user(1000), [Access.READ_ROOT_FILES], 'privileged 0:0 SYS_PTRACE'],
    ['become the user', user(1000), [Access.BECOME_USER], 'baseline 0:0 SETGID SETUID'],
    ['end the pod: the user of the sandbox', user(1000), [Access.END_POD], 'restricted 65535:52525'],
  ])('%s', (_, context, accesses, expected) => {
    expect(short(search(pod({ app: context }), accesses))).toBe(expected);
  });

  test('nginx: its master is root by its image', () => {
    const spec = { containers: [{ name: 'nginx', image: 'nginx:1.27' }] };
    expect(short(search(spec, [Access.SIGNAL]))).toBe('baseline 0:0');
    expect(short(search(spec, LOOK))).toBe('baseline 0:0 default');
    expect(short(search({ containers: [{ name: 'nginx', image: 'nginxinc/nginx-unprivileged' }] }, LOOK))).toBe('restricted 101:101');
  });

  test('a program that is not plain', () => {
    const facts = (...processes: object[]) => ({ containers: { app: { processes } } });
    expect(short(search(pod({ app: user(1000) }), [Access.READ_ENVIRONMENT], {}, facts({ notDumpable: true })))).toBe('privileged 0:0 SYS_PTRACE');
    expect(short(search(pod({ app: user(1000) }), [Access.READ_ENVIRONMENT], {}, facts({ fileCapabilities: ['KILL'] })))).toBe('privileged 0:0 DAC_READ_SEARCH SYS_PTRACE');
    expect(short(search(pod({ app: user(0) }), [Access.SIGNAL], {}, facts({ becomes: { uid: 33, gid: 33 } })))).toBe('restricted 33:52525');
  });
});

describe('several targets', () => {
  const two = pod({ app: user(1000), db: user(999) });

  test('of one user', () => {
    expect(short(search(pod({ app: user(1000), side: user(1000) }), LOOK))).toBe('restricted 1000:1000');
  });

  test('of two users take SYS_PTRACE, to signal KILL', () => {
    expect(short(search(two, LOOK))).toBe('privileged 0:0 DAC_READ_SEARCH KILL SYS_PTRACE');
    expect(short(search(two, [Access.SIGNAL]))).toBe('baseline 0:0 KILL');
    expect(short(search(two, [Access.WRITE_MEMORY]))).toBe('privileged 0:0 DAC_OVERRIDE SYS_PTRACE');
    expect(short(search(two, LOOK, { targets: ['db'] }))).toBe('restricted 999:999');
  });

  test('never include the sidecar itself, init containers that end or ephemeral ones', () => {
    const spec = {
      ...pod({ app: user(1000), debug: user(5) }),
      initContainers: [{ name: 'init' }, { name: 'proxy', restartPolicy: 'Always', securityContext: user(1000) }],
      ephemeralContainers: [{ name: 'eph', securityContext: user(7) }],
    };
    expect(found(search(spec, [Access.TRACE])).rows.map(({ target }) => target)).toEqual(['proxy', 'app']);
    expect(short(search(spec, [Access.TRACE], { targets: ['eph'] }))).toBe('restricted 7:7');
  });
});

describe('the user', () => {
  test('may be given', () => {
    expect(short(search(pod({ app: user(1000) }), [Access.LIST_PROCESSES], { user: { user: 7, group: 8 } }))).toBe('restricted 7:8');
    expect(short(search(pod({ app: user(1000) }), [Access.SIGNAL], { user: { user: 0, group: 5 } }))).toBe('baseline 0:5 KILL');
    expect(notFound(search(pod({ app: user(1000) }), [Access.SIGNAL], { user: { user: 7, group: 8 } }))).toMatchObject({
      reason: 'impossible', blocking: [{ target: 'app', access: 'signal', rule: 'signal-other-user' }],
    });
  });

  test('may come from the platform', () => {
    const { level, securityContext } = found(search(pod({ app: {} }), LOOK, { user: 'platform', maxLevel: 'restricted' }));
    expect(level).toBe('restricted');
    expect(securityContext).not.toHaveProperty('runAsUser');
    expect(securityContext).not.toHaveProperty('runAsGroup');
    expect(securityContext.runAsNonRoot).toBe(true);
    expect(notFound(search(pod({ app: user(0) }), LOOK, { user: 'platform' })).reason).toBe('impossible');
  });

  test('of nobody is nobody\'s in this pod', () => {
    const securityContext = { fsGroup: 52527, supplementalGroups: [52528] };
    const spec = pod({ app: user(52525), b: { runAsUser: 3, runAsGroup: 52526 } }, { securityContext });
    expect(short(search(spec, [Access.LIST_PROCESSES]))).toBe('restricted 52529:52529');
  });
});

describe('what cannot be had', () => {
  test('an unknown user: what settles it, and nothing upward', () => {
    for (const accesses of [LOOK, [Access.SIGNAL], [Access.READ_ROOT_FILES], [Access.BECOME_USER], [Access.TRACE]]) {
      const result = notFound(search(pod({ app: {} }), accesses));
      expect(result.reason).toBe('unknown');
      expect(result.wider).toBeUndefined();
      expect([...new Set(result.blocking.flatMap(({ settle }) => settle))]).toContain('set runAsUser on `app`');
    }
    const group = 'set runAsGroup on `app`';
    expect(notFound(search(pod({ app: { runAsUser: 1000 } }), LOOK)).blocking.flatMap(({ settle }) => settle)).toEqual([group, group]);
    expect(short(search(pod({ app: { runAsUser: 1000 } }), [Access.SIGNAL]))).toBe('restricted 1000:52525');
    expect(short(search(pod({ app: {} }), LOOK, {}, { containers: { app: { user: 1000, group: 1000 } } }))).toBe('restricted 1000:1000');
  });

  test('a level that is too tight: what would be enough beyond it', () => {
    const result = notFound(search(pod({ app: user(1000) }), [Access.READ_ROOT_FILES], { maxLevel: 'restricted' }));
    expect(result).toMatchObject({
      reason: 'level',
      blocking: [{ target: 'app', access: 'read-root-files', answer: 'DENIED', rule: 'file-mode-denied' }],
      wider: { level: 'privileged', securityContext: { runAsUser: 0, capabilities: { add: ['SYS_PTRACE'], drop: ['ALL'] } } },
    });
    expect(notFound(search(pod({ app: user(0) }), LOOK, { maxLevel: 'restricted' }))).toMatchObject({ reason: 'level', wider: { level: 'baseline' } });
    const open = notFound(search(pod({ app: {} }), [Access.READ_ROOT_FILES], { maxLevel: 'restricted' }));
    expect(open).toMatchObject({ reason: 'level', blocking: [{ answer: 'DENIED' }], widerUnknown: [{ settle: ['set runAsUser on `app`', 'set runAsGroup on `app`'] }] });
    expect(open.wider).toBeUndefined();
  });

  test('a pod without targets, or that cannot share', () => {
    expect(notFound(search(pod({}), LOOK))).toMatchObject({ reason: 'not-applicable', detail: 'no container runs beside it' });
    expect(notFound(search(pod({ app: {} }), LOOK, { targets: ['app', 'web'] }))).toMatchObject({ detail: 'no container named `web` runs beside it' });
    expect(notFound(search({ ...pod({ app: {} }), initContainers: [{ name: 'init' }] }, LOOK, { targets: ['init'] })).reason).toBe('not-applicable');
    expect(notFound(search(pod({ app: {} }, { hostPID: true }), LOOK)).detail).toMatch(/hostPID/);
    expect(notFound(search('spec', LOOK)).reason).toBe('not-applicable');
  });

  test('a target that never starts, or whose files cannot be written', () => {
    expect(notFound(search(pod({ app: user(0, { runAsNonRoot: true }) }), LOOK))).toMatchObject({ reason: 'impossible', blocking: expect.arrayContaining([expect.objectContaining({ rule: 'never-starts' })]) });
    expect(notFound(search(pod({ app: user(1, { readOnlyRootFilesystem: true }) }), [Access.WRITE_FILES]))).toMatchObject({ reason: 'impossible', blocking: [{ rule: 'read-only-root-file-system' }] });
  });

  test('never by privileged: true, whatever is asked', () => {
    for (const access of ACCESSES) expect(JSON.stringify(search(pod({ a: user(0, { privileged: true }), b: user(1) }), [access]))).not.toContain('"privileged":true');
  });
});

test('what the node may refuse does not count against a candidate, but is told', () => {
  const result = found(search(pod({ app: user(1000) }), [Access.TRACE]));
  expect(result.rows[0].nodeMayDeny).toEqual(['yama', 'seccomp']);
  // what is stated to be refused does
  expect(short(search(pod({ app: user(1000) }), [Access.TRACE], {}, { node: { yamaPtraceScope: 1 } }))).toBe('privileged 0:0 SYS_PTRACE');
  expect(notFound(search(pod({ app: user(1000) }), [Access.TRACE], {}, { node: { yamaPtraceScope: 3 } })).reason).toBe('impossible');
});

test('in a user namespace of its own, root is admitted where restricted is enforced', () => {
  const spec = pod({ app: user(0, drop()) }, { hostUsers: false });
  const result = found(search(spec, LOOK, { maxLevel: 'restricted' }));
  expect(result.securityContext).toMatchObject({ runAsUser: 0, capabilities: { drop: ['ALL'] } });
  expect(podSecurity({ hostUsers: false, containers: [{ name: 'debug', securityContext: result.securityContext }] }).level).toBe('restricted');
  expect(found(search(pod({ app: user(0) }, { hostUsers: false }), LOOK)).level).toBe('baseline');
});

test('the capabilities of the levels are those of the policy', () => {
  const level = (add: string[], rest: object) => podSecurity({
    containers: [{ name: 'a', securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, capabilities: { add, ...rest } } }],
  }).level;
  expect(CAPABILITIES.filter(name => level([name], {}) === 'baseline')).toEqual(BASELINE_CAPABILITIES.names);
  expect(CAPABILITIES.filter(name => level([name], { drop: ['ALL'] }) === 'restricted')).toEqual(RESTRICTED_CAPABILITIES.names);
});

describe('ways out', () => {
  const ways = (spec: unknown, accesses: Access[], rest: Partial<PrivilegeRequest> = {}, options?: AccessOptions) => {
    const request: PrivilegeRequest = { name: 'debug', accesses, maxLevel: 'privileged', ...rest };
    return privilegeWaysOut(notFound(leastPrivilege(spec, request, options)), spec, request, options);
  };

  test('of an unknown user: say it, on the container or beside it', () => {
    expect(ways(pod({ app: {} }), [Access.TRACE]).map(({ text }) => text)).toEqual([
      'set runAsUser on `app` and set runAsGroup on `app`', 'state the user and group of the image of `app`', 'choose a named profile',
    ]);
  });

  test("of root's file at restricted: the level and its controls, or a volume", () => {
    expect(ways(pod({ app: user(1000) }), [Access.READ_ROOT_FILES], { maxLevel: 'restricted' })).toEqual([
      {
        kind: 'raise-level',
        text: 'allow the Pod Security level privileged instead of restricted: it takes root with SYS_PTRACE',
        controls: ['capabilities_baseline', 'capabilities_restricted', 'runAsNonRoot', 'runAsUser'],
      },
      { kind: 'shared-volume', text: 'share the files by a volume that both containers mount, such as an emptyDir', controls: [] },
      { kind: 'named-profile', text: 'choose a named profile', controls: [] },
    ]);
  });

  test.each<[string, object, Partial<PrivilegeRequest>]>([
    ['root at restricted', { app: user(0) }, { maxLevel: 'restricted' }],
    ['root of default capabilities', { app: user(0), b: user(1) }, { maxLevel: 'restricted' }],
    ['SYS_PTRACE at baseline', { app: user(1000), db: user(999) }, { maxLevel: 'baseline' }],
    ['a superset', { app: user(0, drop('NET_BIND_SERVICE')) }, { maxLevel: 'restricted' }],
  ])('the controls are those that the policy names: %s', (_, containers, rest) => {
    for (const hostUsers of [true, false]) {
      const spec = pod(containers as { [name: string]: object }, { hostUsers });
      const request: PrivilegeRequest = { name: 'debug', accesses: LOOK, maxLevel: 'privileged', ...rest };
      const result = leastPrivilege(spec, request);
      if (result.found) continue; // root, where the user namespace admits it
      const raise = privilegeWaysOut(result, spec, request).find(({ kind }) => kind === 'raise-level')!;
      const report = podSecurity({ hostUsers, containers: [{ name: 'debug', securityContext: result.wider!.securityContext }] });
      const violations = request.maxLevel === 'baseline' ? report.baselineViolations : [...report.baselineViolations, ...report.restrictedViolations];
      expect([...raise.controls].sort()).toEqual([...new Set(violations.map(({ control }) => control))].sort());
    }
  });

  test('of two users: one of them, or to become each', () => {
    const kinds = ways(pod({ app: user(1000), db: user(999) }), [Access.READ_ENVIRONMENT], { maxLevel: 'baseline' });
    expect(kinds.map(({ kind }) => kind)).toEqual(['fewer-targets', 'raise-level', 'become-user', 'named-profile']);
    expect(kinds[2].text).toBe("ask for become-user instead, and change to the target's user first (setpriv, su)");
    expect(ways(pod({ app: user(1000), db: user(999) }), [Access.READ_ENVIRONMENT], { maxLevel: 'restricted' }).map(({ kind }) => kind))
      .toEqual(['fewer-targets', 'raise-level', 'named-profile']);
  });

  test('of what is no pod to share: none', () => {
    expect(ways(pod({ app: {} }, { hostPID: true }), LOOK)).toEqual([]);
  });
});

// Random pods, against all security contexts there are: every user and group in question, every set of the capabilities that matter.
test('nothing with less privilege would do, and what is found does', () => {
  const random = new Random(31);
  const matter = ['KILL', 'SETGID', 'SETUID', 'SYS_PTRACE', 'DAC_READ_SEARCH', 'DAC_OVERRIDE'];
  let levels: { [level: string]: number } = {};
  for (let i = 0; i < 60; i++) {
    const contexts = Array.from({ length: 1 + Math.floor(random.fraction() * 2) }, () => ({
      runAsUser: random.pick([0, 0, 1000, 1001]),
      runAsGroup: random.pick([0, 0, 1000]),
      ...random.pick([{}, drop(), drop('KILL'), drop('NET_BIND_SERVICE', 'CHOWN'), { capabilities: { add: ['NET_ADMIN'] } }]),
    }));
    const spec = pod(Object.fromEntries(contexts.map((context, n) => [`c${n}`, context])));
    const accesses = ACCESSES.filter(() => random.chance(0.2));
    if (accesses.length === 0) continue;
    const result = search(spec, accesses);
    const held = contexts.filter(({ runAsUser }) => runAsUser === 0).map(({ capabilities }: any) => (
      capabilities?.drop ? CapabilitySet.of(capabilities.add) : CONTAINERD_DEFAULT_CAPABILITIES.union(CapabilitySet.of(capabilities?.add ?? []))
    ));
    const union = held.reduce((all, set) => all.union(set), CapabilitySet.NONE);
    const best = bruteForce(spec, accesses, contexts, union, matter);
    const level = result.found ? result.level : 'none';
    levels = { ...levels, [level]: (levels[level] ?? 0) + 1 };
    if (!result.found) {
      expect({ spec, accesses, best }).toEqual({ spec, accesses, best: undefined });
      continue;
    }
    expect({ spec, accesses, cost: cost(result.securityContext) }).toEqual({ spec, accesses, cost: best });
    expect(isEnough(spec, accesses, result.securityContext)).toBe(true);
    expect(podSecurity({ containers: [{ name: 'debug', securityContext: result.securityContext }] }).level).toBe(result.level);
  }
  expect(Object.keys(levels).sort()).toEqual(['baseline', 'privileged', 'restricted']);
});

/** Level, capabilities, root: what is ordered by. */
function cost(context: any): [number, number, number] {
  const add: string[] = context.capabilities?.add ?? [];
  const keepsDefault = !context.capabilities?.drop;
  const root = context.runAsUser === 0;
  const isTight = !root && add.length === 0 && !keepsDefault;
  const level: PrivilegeLevel = !BASELINE_CAPABILITIES.contains(CapabilitySet.of(add)) ? 'privileged' : isTight ? 'restricted' : 'baseline';
  return [PRIVILEGE_LEVELS.indexOf(level), add.length + (keepsDefault ? 14 : 0), root ? 1 : 0];
}

function isEnough(spec: any, accesses: Access[], securityContext: object): boolean {
  const whole = { ...spec, shareProcessNamespace: true, containers: [...spec.containers, { name: 'debug', securityContext }] };
  const rows = accessMatrix(whole).rows.filter(({ observer, access, target }) => (
    observer === 'debug' && accesses.includes(access) && (target !== 'pause' || access === Access.END_POD)
  ));
  return rows.length > 0 && rows.every(({ answer }) => answer === 'ALLOWED');
}

function bruteForce(
  spec: any, accesses: Access[], contexts: { runAsUser: number; runAsGroup: number }[], held: CapabilitySet, matter: string[],
): [number, number, number] | undefined {
  const bases: (string[] | 'default')[] = [[], held.names, 'default'];
  let best: [number, number, number] | undefined;
  for (const runAsUser of new Set([4242, 0, 65535, ...contexts.map(context => context.runAsUser)])) {
    for (const runAsGroup of new Set([4242, 0, ...contexts.map(context => context.runAsGroup)])) {
      for (const base of runAsUser === 0 ? bases : [[]]) {
        for (let set = 0; set < (runAsUser === 0 ? 2 ** matter.length : 1); set++) {
          const more = matter.filter((_, bit) => Math.floor(set / 2 ** bit) % 2 === 1);
          const extra = base === 'default' ? held.without(CONTAINERD_DEFAULT_CAPABILITIES).names : base;
          const add = [...new Set([...extra, ...more])].filter(name => base !== 'default' || !CONTAINERD_DEFAULT_CAPABILITIES.has(name));
          const context = { runAsUser, runAsGroup, capabilities: base === 'default' ? { add } : { add, drop: ['ALL'] } };
          const price = cost(context);
          if (best && compare(price, best) >= 0) continue;
          if (isEnough(spec, accesses, context)) best = price;
        }
      }
    }
  }
  return best;
}

function compare(a: readonly number[], b: readonly number[]): number {
  return a.map((value, i) => value - b[i]).find(difference => difference !== 0) ?? 0;
}
