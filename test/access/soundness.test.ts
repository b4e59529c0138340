import { Access, MEASURED_COLUMNS } from '../../src/access/access';
import { AccessAnswer } from '../../src/access/access-answer';
import { accessMatrix } from '../../src/access/access-matrix';
import { AccessRow } from '../../src/access/access-row';
import { CONTAINERD_DEFAULT_CAPABILITIES, containerCapabilities } from '../../src/kernel/container-capabilities';
import { MEASURED_ACCESSES } from '../../src/kernel/measured-access';
import { Process, startProcess } from '../../src/kernel/process';
import { ProcessPair } from '../../src/kernel/process-pair';
import { Random } from '../random';

// Random pods against every concrete way in which they may turn out: which users the images have, which groups their /etc/passwd
// gives them, whether the runtime takes CAP_ names. ALLOWED must be allowed in all of them, DENIED in none, UNKNOWN in some and
// not in others. The concrete answers come from the kernel's decision, which is replayed against what was measured.

/** A longer run: `FUZZ_PODS=5000 FUZZ_SEED=3 npx jest test/access/soundness.test.ts`. */
const PODS = Number(process.env.FUZZ_PODS ?? 50);
const SEED = Number(process.env.FUZZ_SEED ?? 20260101);

interface Context {
  [field: string]: unknown;
  runAsUser?: number;
  runAsGroup?: number;
  runAsNonRoot?: boolean;
  privileged?: boolean;
  capabilities?: { add?: string[]; drop?: string[] };
}
interface Container { readonly name: string; readonly image: string; readonly securityContext: Context }
interface Spec { readonly shareProcessNamespace: true; readonly securityContext: Context; readonly containers: Container[] }

const ADDED = ['SYS_PTRACE', 'DAC_READ_SEARCH', 'DAC_OVERRIDE', 'KILL', 'SETUID', 'SETGID', 'SYS_ADMIN', 'PERFMON', 'NET_ADMIN', 'sys_ptrace', 'NOPE'];

function randomContext(random: Random, density: number): Context {
  const context: Context = {};
  if (random.chance(density)) context.runAsUser = random.pick([0, 0, 1000, 1000, 1001, 65535]);
  if (random.chance(density)) context.runAsGroup = random.pick([0, 1000, 1000, 2000]);
  if (random.chance(0.2)) context.runAsNonRoot = random.chance(0.7);
  return context;
}

function randomSpec(random: Random): Spec {
  const containers = Array.from({ length: 2 + Math.floor(random.fraction() * 2) }, (_, i): Container => {
    const securityContext = randomContext(random, 0.5);
    if (random.chance(0.1)) {securityContext.privileged = true;} else if (random.chance(0.6)) {
      securityContext.capabilities = {};
      if (random.chance(0.5)) securityContext.capabilities.add = some(random, random.chance(0.2) ? [...ADDED, 'CAP_SYS_PTRACE', 'CAP_KILL'] : ADDED, 0.2);
      if (random.chance(0.5)) securityContext.capabilities.drop = random.pick([['ALL'], ['ALL'], ['KILL'], ['CAP_KILL'], ['all', 'SETUID']]);
    }
    return { name: `c${i}`, image: random.pick(['a', 'a', 'b']), securityContext };
  });
  return { shareProcessNamespace: true, securityContext: random.chance(0.3) ? randomContext(random, 0.3) : {}, containers };
}

/** What the manifest leaves open, as one cluster and one image happen to have it. */
interface World {
  readonly userOf: (image: string) => number;
  readonly groupOf: (image: string, user: number) => number;
  readonly takesPrefix: boolean;
}

/** Undefined for a container that never starts. */
function processIn(world: World, spec: Spec, { image, securityContext }: Container): Process | undefined {
  const field = <K extends keyof Context>(name: K): Context[K] => securityContext[name] ?? spec.securityContext[name];
  const uid = field('runAsUser') ?? world.userOf(image);
  if (uid === 0 && field('runAsNonRoot') === true) return undefined;
  const read = (names: string[] = []) => world.takesPrefix ? names.map(name => name.replace(/^CAP_/, '')) : names;
  const bounding = containerCapabilities({
    privileged: securityContext.privileged === true, add: read(securityContext.capabilities?.add), drop: read(securityContext.capabilities?.drop),
  }, CONTAINERD_DEFAULT_CAPABILITIES);
  return startProcess({ uid, gid: field('runAsGroup') ?? world.groupOf(image, uid), groups: [], bounding, noNewPrivileges: false });
}

const USERS = [0, 1000, 1001, 101, 4242, 65535];
const GROUPS = [0, 1000, 2000, 65535];

/** Every world that may make a difference between two containers. */
function worlds(spec: Spec, pair: readonly Container[]): World[] {
  const isOpen = (name: 'runAsUser' | 'runAsGroup', container: Container) => (container.securityContext[name] ?? spec.securityContext[name]) === undefined;
  const images = [...new Set(pair.map(({ image }) => image))];
  const result: World[] = [];
  const someUsers = (image: string) => pair.some(container => container.image === image && isOpen('runAsUser', container)) ? USERS : [0];
  const someGroups = pair.some(container => isOpen('runAsGroup', container)) ? GROUPS : [0];
  const prefixes = JSON.stringify(pair).includes('CAP_') ? [true, false] : [false];
  for (const user0 of someUsers(images[0])) {
    for (const user1 of images.length > 1 ? someUsers(images[1]) : [0]) {
      for (const group0 of someGroups) {
        for (const group1 of someGroups) {
          for (const takesPrefix of prefixes) {
            // groups by image and user: the two containers may be of one image and of two users
            const known = new Map<string, number>();
            const userOf = (image: string) => image === images[0] ? user0 : user1;
            pair.forEach((container, i) => {
              const user = container.securityContext.runAsUser ?? spec.securityContext.runAsUser ?? userOf(container.image);
              const key = `${container.image} ${user}`;
              if (!known.has(key)) known.set(key, i === 0 ? group0 : group1);
            });
            result.push({ userOf, groupOf: (image, user) => known.get(`${image} ${user}`)!, takesPrefix });
          }
        }
      }
    }
  }
  return result;
}

const PAUSE = startProcess({ uid: 65535, gid: 65535, groups: [], bounding: CONTAINERD_DEFAULT_CAPABILITIES, noNewPrivileges: true })!;
const FILES = (target: Process) => ({ ownUid: target.euid, ownGid: target.gid, executableMode: 0o755, outputUid: target.uid });

/** Both users of the pod itself and, when the target is the pod's own process, that of the sandbox. */
function outcomes(spec: Spec, row: AccessRow): Set<boolean> {
  const find = (name: string) => spec.containers.find(container => container.name === name);
  const observer = find(row.observer)!;
  const target = find(row.target);
  const result = new Set<boolean>();
  for (const world of worlds(spec, target ? [observer, target] : [observer])) {
    const from = processIn(world, spec, observer);
    const to = target ? processIn(world, spec, target) : pauseOf(spec);
    const neverStarts = [observer, target].some(container => container && isRootAndNonRoot(spec, container));
    if (neverStarts) result.add(false);
    if (!from || !to) continue; // the answer is about containers that run
    const pair = new ProcessPair(from, to, { perfmonReadsMemory: true, hostUsers: true });
    result.add(MEASURED_ACCESSES[MEASURED_COLUMNS[row.access]](pair, FILES(to), { processVmReadv: false, pidfdGetfd: false }).allows);
  }
  return result;
}

function isRootAndNonRoot(spec: Spec, { securityContext }: Container): boolean {
  const field = (name: string) => securityContext[name] ?? spec.securityContext[name];
  return field('runAsUser') === 0 && field('runAsNonRoot') === true;
}

function pauseOf(spec: Spec): Process | undefined {
  const { runAsUser, runAsGroup } = spec.securityContext;
  if (runAsUser === undefined) return runAsGroup === undefined ? PAUSE : undefined;
  return startProcess({ uid: runAsUser, gid: runAsGroup ?? 0, groups: [], bounding: CONTAINERD_DEFAULT_CAPABILITIES, noNewPrivileges: true });
}

const EXPECTED = { [AccessAnswer.ALLOWED]: [true], [AccessAnswer.DENIED]: [false], [AccessAnswer.UNKNOWN]: [false, true] };

test('an answer is what it is in every world', () => {
  const random = new Random(SEED);
  const counts = { [AccessAnswer.ALLOWED]: 0, [AccessAnswer.DENIED]: 0, [AccessAnswer.UNKNOWN]: 0 };
  for (let i = 0; i < PODS; i++) {
    const spec = randomSpec(random);
    for (const row of accessMatrix(spec).rows) {
      const possible = outcomes(spec, row);
      if (possible.size === 0) continue; // the group of the sandbox's process is left open
      counts[row.answer]++;
      const seen = [...possible].sort();
      if (JSON.stringify(seen) !== JSON.stringify(EXPECTED[row.answer])) {
        throw new Error(`${row.observer} -> ${row.target} ${row.access} is ${row.answer} (${row.rule}), but in all worlds ${seen.join()}: ${JSON.stringify(spec)}`);
      }
    }
  }
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(12 * PODS);
});

test('what an UNKNOWN names settles it', () => {
  const random = new Random(7);
  let settled = 0;
  for (let i = 0; i < 150; i++) {
    const spec = randomSpec(random);
    for (const row of accessMatrix(spec).rows) {
      expect(row.settle.length > 0).toBe(row.answer === AccessAnswer.UNKNOWN);
      if (row.answer !== AccessAnswer.UNKNOWN || random.chance(0.8)) continue;
      if (row.settle.some(text => text.includes('spec.securityContext'))) continue;
      const fixed = structuredClone(spec);
      for (const text of row.settle) apply(text, fixed, random);
      const same = ({ observer, target, access }: AccessRow) => observer === row.observer && target === row.target && access === row.access;
      const again = accessMatrix(fixed).rows.find(same)!;
      if (again.answer === AccessAnswer.UNKNOWN) throw new Error(`${row.access}: ${row.settle.join(', ')} leaves ${again.settle.join(', ')}: ${JSON.stringify(spec)}`);
      settled++;
    }
  }
  expect(settled).toBeGreaterThan(500);
});

function apply(text: string, spec: Spec, random: Random): void {
  const set = /^set (runAsUser|runAsGroup) on `(.*)`$/.exec(text);
  const write = /^write (.*) without CAP_ in capabilities.(add|drop) of `(.*)`$/.exec(text);
  if (!set && !write) throw new Error(`cannot apply: ${text}`);
  const { securityContext } = spec.containers.find(({ name }) => name === (set ? set[2] : write![3]))!;
  if (set) {securityContext[set[1]] = random.pick([0, 1000, 4242]);} else {
    const names = securityContext.capabilities![write![2] as 'add' | 'drop']!;
    names[names.indexOf(`CAP_${write![1]}`)] = write![1];
  }
}

test('answers about the pod itself are about the sandbox', () => {
  const rows = accessMatrix({ shareProcessNamespace: true, containers: [{ name: 'a', securityContext: { runAsUser: 65535 } }] }).rows;
  expect(rows.map(({ target }) => target)).toEqual(Array(9).fill('pause'));
  expect(rows.find(({ access }) => access === Access.END_POD)).toMatchObject({ answer: 'ALLOWED', rule: 'same-user' });
});

function some<T>(random: Random, values: readonly T[], probability: number): T[] {
  return values.filter(() => random.chance(probability));
}
