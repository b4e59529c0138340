import { factsOf, isNotThere, MeasuredContainer, MeasuredRun, PASSWD, readMeasuredMatrix } from './measured-runs';
import { Access, ACCESSES, MEASURED_COLUMNS } from '../../src/access/access';
import { AccessAnswer } from '../../src/access/access-answer';
import { accessMatrix } from '../../src/access/access-matrix';
import { ContainerFacts, NamedProcessFacts } from '../../src/access/container-facts';
import { ContainerRuntime } from '../../src/access/container-runtime';
import { NodeFacts } from '../../src/access/node-facts';

// The measured pods as manifests, through all of the engine: what it answers to each of the public accesses is what was measured.
const measured = readMeasuredMatrix();
const running = Object.entries(measured.containers).filter(([, { notRunning }]) => !notRunning);

const NODE: NodeFacts = {
  kernelVersion: '6.18', kubernetesVersion: '1.37', yamaPtraceScope: 0, securityModules: [], containerRuntime: ContainerRuntime.CONTAINERD,
};

function processes(command: readonly string[]): NamedProcessFacts[] {
  const main = factsOf(command);
  const uid = Number(command[command.length - 1]);
  const becomes = { uid, gid: uid, dumpable: command.includes('--worker-dump') };
  if (command.includes('--setuid')) return [{ ...main, becomes }];
  return command.some(word => word.startsWith('--worker')) ? [main, { ...main, name: 'worker', becomes }] : [main];
}

function facts({ securityContext, image, command, probeBinary }: MeasuredContainer): ContainerFacts {
  return {
    group: PASSWD[image][securityContext.runAsUser as number] ?? 0,
    processes: processes(command),
    tool: probeBinary === undefined ? undefined : factsOf([probeBinary]),
  };
}

const spec = (run: MeasuredRun) => ({
  shareProcessNamespace: true,
  hostUsers: run.hostUsers,
  containers: running.map(([name, { securityContext, image, command }]) => ({
    // the measured pod gave its read-only containers an emptyDir for /tmp
    name, image, command, securityContext, volumeMounts: securityContext.readOnlyRootFilesystem ? [{ name: 'tmp', mountPath: '/tmp' }] : [],
  })),
  volumes: [{ name: 'tmp', emptyDir: {} }],
});
const containers = Object.fromEntries(running.map(([name, container]) => [name, facts(container)]));

test('every access has a measured column', () => {
  expect(ACCESSES).toHaveLength(16);
  expect(Object.values(MEASURED_COLUMNS).filter(column => !measured.accesses.includes(column))).toEqual([]);
});

test.each(measured.runs.map(run => [run.runtime, run.hostUsers, run] as const))('%s, hostUsers %p', (_runtime, _hostUsers, run) => {
  const { rows, problems } = accessMatrix(spec(run), { node: NODE, containers });
  expect(problems).toEqual([]);
  const mismatches: string[] = [];
  const counts = { [AccessAnswer.ALLOWED]: 0, [AccessAnswer.DENIED]: 0, [AccessAnswer.UNKNOWN]: 0 };
  for (const row of rows) {
    const line = run.rows[row.observer];
    const target = row.process === null ? row.target : `${row.target}/${row.process}`;
    const pattern = line?.[run.targetOrder.indexOf(target)];
    if (pattern === undefined) continue; // a container that only was looked at, or whose probe did not start
    const column = MEASURED_COLUMNS[row.access];
    if (row.access !== Access.END_POD && isNotThere(target, column)) throw new Error(`${row.access} on ${target} was not measured`);
    const result = measured.codes[measured.patterns[pattern][measured.accesses.indexOf(column)]];
    const allowed = result === 'OK' || (target === 'pause' && result === 'EMPTY');
    counts[row.answer]++;
    if (row.answer !== (allowed ? AccessAnswer.ALLOWED : AccessAnswer.DENIED)) {
      mismatches.push(`${row.observer} -> ${target} ${row.access}: measured ${result}, ${row.answer} (${row.rule})`);
    }
    if (row.nodeMayDeny.length || row.settle.length) mismatches.push(`${row.observer} -> ${target} ${row.access}: still open`);
  }
  expect(mismatches.slice(0, 20)).toEqual([]);
  expect(mismatches).toHaveLength(0);
  // 63 observers: 15 accesses to 79 other processes each, 9 to the pod's own
  expect(counts).toEqual({ ALLOWED: expect.any(Number), DENIED: expect.any(Number), UNKNOWN: 0 });
  expect(counts.ALLOWED + counts.DENIED).toBe(63 * (79 * 15 + 9));
  expect(counts.ALLOWED).toBeGreaterThan(30_000);
  expect(counts.DENIED).toBeGreaterThan(30_000);
});
