import { capabilityNames, factsOf, isNotThere, MeasuredContainer, MeasuredMatrix, MeasuredRun, PASSWD, readMeasuredMatrix } from './measured-runs';
import { CapabilitySet } from '../../src/kernel/capability-set';
import { CONTAINERD_DEFAULT_CAPABILITIES, containerCapabilities } from '../../src/kernel/container-capabilities';
import { MEASURED_ACCESSES, TargetFiles } from '../../src/kernel/measured-access';
import { becomeUser, Process, startProcess } from '../../src/kernel/process';
import { ProcessFacts } from '../../src/kernel/process-facts';
import { ProcessPair } from '../../src/kernel/process-pair';

// Replays everything that was measured on real container runtimes: 79 containers in one pod, every ordered pair, 56 accesses, on two
// runtimes and in a user namespace. Nothing goes in but the fields of Kubernetes and what is known of the images.
const matrix = readMeasuredMatrix();

/** The measuring machine: its bounding set lacks one capability. */
const NODE = CapabilitySet.ALL.without(CapabilitySet.of(['SYS_RESOURCE']));

interface Fields {
  readonly privileged?: boolean;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: { readonly add?: string[]; readonly drop?: string[] };
  readonly seccompProfile?: { readonly type: string };
}

function start(container: MeasuredContainer, facts: ProcessFacts): Process | undefined {
  const fields = container.securityContext as Fields;
  const uid = fields.runAsUser ?? 0;
  return startProcess({
    uid,
    gid: fields.runAsGroup ?? PASSWD[container.image][uid] ?? 0,
    groups: container.supplementalGroups ?? [],
    bounding: containerCapabilities({
      privileged: fields.privileged === true, add: fields.capabilities?.add ?? [], drop: fields.capabilities?.drop ?? [],
    }, CONTAINERD_DEFAULT_CAPABILITIES, NODE),
    noNewPrivileges: fields.allowPrivilegeEscalation === false,
  }, facts);
}

interface Target {
  readonly process: Process;
  readonly files: TargetFiles;
}

function targetsOf(run: MeasuredRun, containers: MeasuredMatrix['containers']): Map<string, Target> {
  const result = new Map<string, Target>();
  for (const name of run.targetOrder) {
    if (name === 'pause') {
      const process = startProcess({
        uid: 65535, gid: 65535, groups: [], bounding: CONTAINERD_DEFAULT_CAPABILITIES, noNewPrivileges: true,
      })!;
      result.set(name, { process, files: { ownUid: 65535, ownGid: 65535, executableMode: 0o755, outputUid: 65535 } });
      continue;
    }
    const { command, ...container } = containers[name.split('/')[0]];
    const main = start({ command, ...container }, factsOf(command))!;
    const changes = command.includes('--setuid') || name.endsWith('/worker');
    const uid = Number(command[command.length - 1]);
    const process = changes ? becomeUser(main, uid, uid, command.includes('--worker-dump')) : main;
    result.set(name, {
      process, files: { ownUid: main.euid, ownGid: main.gid, executableMode: command[0] === '/target-x' ? 0o111 : 0o755, outputUid: main.uid },
    });
  }
  return result;
}

interface Replay {
  results: number;
  judged: number;
  allowed: number;
  mismatches: string[];
  rules: Set<string>;
}

function replay(run: MeasuredRun, decisions = MEASURED_ACCESSES): Replay {
  const outcome: Replay = { results: 0, judged: 0, allowed: 0, mismatches: [], rules: new Set() };
  const targets = targetsOf(run, matrix.containers);
  for (const [name, row] of Object.entries(run.rows)) {
    const container = matrix.containers[name];
    const observer = start(container, factsOf([container.probeBinary!]))!;
    const fields = container.securityContext as Fields;
    const isFiltered = fields.seccompProfile?.type === 'RuntimeDefault' && !fields.privileged && !observer.bounding.has('SYS_PTRACE');
    const filtered = { processVmReadv: isFiltered && run.runtime < 'containerd 1.7', pidfdGetfd: isFiltered };
    row.forEach((pattern, i) => {
      if (pattern < 0) return;
      const targetName = run.targetOrder[i];
      const { process, files } = targets.get(targetName)!;
      const pair = new ProcessPair(observer, process, { perfmonReadsMemory: true, hostUsers: run.hostUsers });
      matrix.accesses.forEach((access, k) => {
        const measured = matrix.codes[matrix.patterns[pattern][k]];
        outcome.results++;
        if (isNotThere(targetName, access)) return;
        outcome.judged++;
        const rule = decisions[access](pair, files, filtered);
        outcome.rules.add(rule.id);
        if (rule.allows) outcome.allowed++;
        // the sandbox's process has neither an environment nor a descriptor 3: opened, and nothing in it
        const ok = measured === 'OK' || (targetName === 'pause' && (measured === 'EMPTY' || measured === 'ENOENT') && rule.allows);
        if (ok !== rule.allows) outcome.mismatches.push(`${name} -> ${targetName} ${access}: measured ${measured}, computed ${rule.id}`);
      });
    });
  }
  return outcome;
}

test('the data is whole: 846,720 results of 56 accesses', () => {
  expect(matrix.accesses).toHaveLength(56);
  expect(Object.keys(MEASURED_ACCESSES).sort()).toEqual([...matrix.accesses].sort());
  expect(matrix.runs.map(({ runtime, hostUsers }) => [runtime, hostUsers])).toEqual([
    ['containerd 1.6.20', true], ['containerd 2.1.5', true], ['containerd 2.1.5', false],
  ]);
});

describe.each(matrix.runs.map(run => [run.runtime, run.hostUsers, run] as const))('%s, hostUsers %p', (_runtime, _hostUsers, run) => {
  test('every access is as computed', () => {
    const { results, judged, allowed, mismatches, rules } = replay(run);
    expect(mismatches.slice(0, 20)).toEqual([]);
    expect(mismatches).toHaveLength(0);
    expect([results, judged]).toEqual([282240, 280980]);
    // neither answer is rare, and every rule of the kernel decided something
    expect(allowed / judged).toBeGreaterThan(0.3);
    expect(allowed / judged).toBeLessThan(0.7);
    expect(rules.size).toBeGreaterThanOrEqual(run.hostUsers ? 21 : 20);
  });

  test('every process has the user, capabilities and inode owner as computed', () => {
    const seen = [...targetsOf(run, matrix.containers)].map(([name, { process }]) => {
      const owner = process.dumpable ? `${process.euid}:${process.gid}` : '0:0';
      return { name, uid: process.uid, gid: process.gid, permitted: process.permitted.names, bounding: process.bounding.names, owner };
    });
    expect(seen).toHaveLength(81);
    expect(seen).toEqual(run.targetOrder.map(name => {
      const target = run.targets[name];
      return {
        name,
        uid: target.uid[0],
        gid: target.gid[0],
        permitted: capabilityNames(target.CapPrm),
        bounding: capabilityNames(target.CapBnd),
        owner: target.environInode.split(':').slice(0, 2).join(':'),
      };
    }));
  });

  test('every observer too', () => {
    const observers = Object.entries(run.observers).filter(([, measured]) => !measured.error);
    expect(observers).toHaveLength(63);
    for (const [name, measured] of observers) {
      const container = matrix.containers[name];
      const process = start(container, factsOf([container.probeBinary!]))!;
      expect([name, process.uid, process.euid, process.gid, process.effective.names]).toEqual([
        name, ...measured.Uid.split(' ').slice(0, 2).map(Number), Number(measured.Gid.split(' ')[0]), capabilityNames(measured.CapEff),
      ]);
    }
  });

  test('what did not start does not', () => {
    const main = Object.entries(matrix.containers).filter(([, { notRunning }]) => notRunning);
    expect(main.map(([name]) => name)).toEqual(['t-filecap-u-drop']);
    const all = Object.values(matrix.containers).filter(container => !start(container, factsOf(container.command)));
    expect(all).toEqual(main.map(([, container]) => container));
    const probes = Object.entries(matrix.containers)
      .filter(([, container]) => container.probeBinary && !start(container, factsOf([container.probeBinary])));
    expect(probes.map(([name]) => name)).toEqual(Object.keys(run.observers).filter(name => run.observers[name].error));
  });
});

test('a broken rule is noticed', () => {
  const { mismatches } = replay(matrix.runs[0], { ...MEASURED_ACCESSES, environ: MEASURED_ACCESSES.maps });
  expect(mismatches.length).toBeGreaterThan(100);
  expect(mismatches.filter(line => !line.includes(' environ: '))).toEqual([]);
});
