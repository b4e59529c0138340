import { Access, ACCESSES, MEASURED_COLUMNS } from '../../src/access/access';
import { accessMatrix } from '../../src/access/access-matrix';
import { accessPaths } from '../../src/access/access-paths';
import { CONTAINERD_DEFAULT_CAPABILITIES, containerCapabilities } from '../../src/kernel/container-capabilities';
import { MEASURED_ACCESSES } from '../../src/kernel/measured-access';
import { becomeUser, Process, startProcess } from '../../src/kernel/process';
import { ProcessPair } from '../../src/kernel/process-pair';
import { Random } from '../random';

// Paths against a search by brute force: whatever process may be traced or written is one's own, whatever user one may become one is,
// and so on until nothing is new.
interface Container { readonly name: string; readonly securityContext: any }

const SETTINGS = { perfmonReadsMemory: true, hostUsers: true };
const OWN = ACCESSES.filter(access => ![Access.READ_ROOT_FILES, Access.BECOME_USER, Access.END_POD].includes(access));
const ON_PAUSE = [
  Access.READ_ENVIRONMENT, Access.READ_MEMORY, Access.WRITE_MEMORY, Access.TRACE, Access.SIGNAL, Access.BECOME_USER, Access.END_POD,
];

function processOf({ securityContext }: Container): Process {
  const { runAsUser: uid, runAsGroup: gid, capabilities, privileged } = securityContext;
  const request = { privileged: privileged === true, add: capabilities?.add ?? [], drop: capabilities?.drop ?? [] };
  const bounding = containerCapabilities(request, CONTAINERD_DEFAULT_CAPABILITIES);
  return startProcess({ uid, gid, groups: [], bounding, noNewPrivileges: false })!;
}

function allows(from: Process, to: Process, column: string): boolean {
  const files = { ownUid: to.euid, ownGid: to.gid, executableMode: 0o755, outputUid: to.uid };
  return MEASURED_ACCESSES[column](new ProcessPair(from, to, SETTINGS), files, { processVmReadv: false, pidfdGetfd: false }).allows;
}

const key = (process: Process) => [process.uid, process.gid, process.effective.names, process.permitted.names].join();

/** Everything that is in reach of a process: accesses by the name of their target. */
function closure(start: Process, targets: Map<string, Process>): Set<string> {
  const identities = new Map([[key(start), start]]);
  const owned = new Set<string>();
  for (const identity of identities.values()) { // grows while it is walked
    for (const [name, target] of targets) {
      if (allows(identity, target, 'ptrace_attach') || allows(identity, target, 'mem_write')) {
        owned.add(name);
        identities.set(key(target), identities.get(key(target)) ?? target);
      }
      const { effective } = identity;
      if (effective.has('SETGID') && (effective.has('SETUID') || identity.uid === target.uid)) {
        const become = becomeUser(identity, target.uid, target.gid, false);
        // a shell that is started as that user is dumpable again
        identities.set(key(become), identities.get(key(become)) ?? { ...become, dumpable: true });
      }
    }
  }
  const reached = new Set<string>();
  for (const [name, target] of targets) {
    for (const access of name === 'pause' ? ON_PAUSE : ACCESSES.filter(other => other !== Access.END_POD)) {
      const own = owned.has(name) && OWN.includes(access);
      if (own || [...identities.values()].some(identity => allows(identity, target, MEASURED_COLUMNS[access]))) reached.add(`${name} ${access}`);
    }
  }
  return reached;
}

function randomPod(random: Random) {
  const add = ['SYS_PTRACE', 'SETUID', 'SETGID', 'KILL', 'DAC_OVERRIDE', 'NET_ADMIN'];
  const containers = Array.from({ length: 2 + Math.floor(random.fraction() * 3) }, (_, i): Container => ({
    name: `c${i}`,
    securityContext: {
      runAsUser: random.pick([0, 0, 0, 1000, 1001]),
      runAsGroup: random.pick([0, 0, 1000]),
      ...random.chance(0.1) ? { privileged: true } : {},
      ...random.chance(0.7) ? { capabilities: { drop: random.pick([['ALL'], []]), add: some(random, add, 0.3) } } : {},
    },
  }));
  return { shareProcessNamespace: true, containers };
}

test('direct accesses and paths together are what can be reached at all', () => {
  const random = new Random(4711);
  let paths = 0;
  for (let i = 0; i < 300; i++) {
    const spec = randomPod(random);
    const matrix = accessMatrix(spec);
    const found = accessPaths(matrix);
    paths += found.length;
    const processes = new Map(spec.containers.map(container => [container.name, processOf(container)]));
    processes.set('pause', startProcess({ uid: 65535, gid: 65535, groups: [], bounding: CONTAINERD_DEFAULT_CAPABILITIES, noNewPrivileges: true })!);
    for (const { name } of spec.containers) {
      const others = new Map([...processes].filter(([other]) => other !== name));
      const computed = [...matrix.rows, ...found].filter(({ observer, answer, target, access }) => observer === name && answer === 'ALLOWED'
        && (target !== 'pause' || ON_PAUSE.includes(access))).map(({ target, access }) => `${target} ${access}`);
      const reached = [...closure(processes.get(name)!, others)];
      const missing = reached.filter(text => !computed.includes(text));
      const invented = computed.filter(text => !reached.includes(text));
      if (missing.length || invented.length) throw new Error(`${name}: missing ${missing.join()}, invented ${invented.join()}: ${JSON.stringify(spec)}`);
      expect(new Set(computed).size).toBe(computed.length);
    }
  }
  expect(paths).toBeGreaterThan(1000);
});

function some<T>(random: Random, values: readonly T[], probability: number): T[] {
  return values.filter(() => random.chance(probability));
}
