import { randomBytes } from 'crypto';
import { existsSync, mkdirSync, readFileSync, rmdirSync, symlinkSync, writeFileSync } from 'fs';
import { join } from 'path';
import { logHandlerScript } from '../../src/sidecars/log-handler-script';
import { Bench, Process, pause, scenario, until } from '../sidecars/scripts/handler';
import { Shell, describeShells, has } from '../sidecars/scripts/shells';

/** Where a folder is a control group; undefined where none can be made. */
const CGROUPS = ['/sys/fs/cgroup/cpu', '/sys/fs/cgroup/pids', '/sys/fs/cgroup/unified', '/sys/fs/cgroup'].find(folder => existsSync(join(folder, 'cgroup.procs')));
const ready = process.getuid!() === 0 && CGROUPS !== undefined && ['unshare', 'nsenter'].every(has);
const needsRoot = (shell: Shell): Shell => ({ ...shell, missing: shell.missing ?? (ready ? undefined : 'it takes root, unshare, nsenter and control groups') });

/** What a pod with a shared process namespace is to its processes: PID 1 is `pause`, and each container has a first process whose parent is outside. */
class Pod {
  public static async start(bench: Bench): Promise<Pod> {
    const pause1 = bench.start('/usr/bin/unshare', ['--pid', '--fork', '--kill-child', '--mount-proc', 'sleep', '600'], { PATH: process.env.PATH! });
    const children = `/proc/${pause1.pid}/task/${pause1.pid}/children`;
    await until('there is a first process', () => readFileSync(children, 'utf8') !== '');
    const pid = readFileSync(children, 'utf8').trim();
    await until('it is there', () => readFileSync(`/proc/${pid}/comm`, 'utf8') === 'sleep\n');
    return new Pod(bench, pid);
  }

  private readonly cgroups: string[] = [];

  private constructor(private readonly bench: Bench, private readonly pid: string) {}

  /** A container: a control group. */
  public container(): string {
    const folder = join(CGROUPS!, `cdk8s-shared-pid-${randomBytes(6).toString('hex')}`);
    mkdirSync(folder);
    this.cgroups.push(folder);
    return folder;
  }

  /** Runs a command as the first process of a container, or as kubectl exec does. */
  public run(container: string, command: string[], env: Record<string, string> = {}): Process {
    const text = 'echo $$ >"$0/cgroup.procs"; exec /usr/bin/nsenter --target "$1" --pid --mount -- "$2" "$3" "$4" "$5"';
    return this.bench.start('/bin/sh', ['-c', text, container, this.pid, ...command], { PATH: process.env.PATH!, ...env });
  }

  public async close(): Promise<void> {
    await this.bench.close();
    for (const folder of this.cgroups) {
      await until('its processes are gone', () => readFileSync(join(folder, 'cgroup.procs'), 'utf8') === '');
      rmdirSync(folder);
    }
  }
}

async function inPod(bench: Bench, body: (pod: Pod) => Promise<void>): Promise<void> {
  const pod = await Pod.start(bench);
  try {
    await body(pod);
  } finally {
    await pod.close();
  }
}

describeShells('in a pod', given => {
  const shell = needsRoot(given);
  const library = logHandlerScript({ rotate: 'reopen' }).replace(/# The end of the text[^]*/, '');

  /** The command lines of the processes that the selection finds, asked in a container. */
  async function find(pod: Pod, container: string, env: Record<string, string>): Promise<string> {
    const text = `${library}\nfind_target; for one in $TARGETS; do tr '\\0' ' ' <"/proc/\${one%:*}/cmdline"; echo; done`;
    const asked = pod.run(container, [shell.command, '-c', text, 'asked'], { PATH: shell.path, LOG_DIRECTORY: '/', LOG_FILES: '*', ...env });
    await asked.ended;
    return `${asked.text}${asked.stderr}`;
  }

  scenario('the first process of the target is found, not its children, not what kubectl exec runs, not pause, not ours', shell, bench => inPod(bench, async pod => {
    const [app, ours, other] = [pod.container(), pod.container(), pod.container()];
    const name = join(bench.state, bench.target);
    symlinkSync('/bin/sh', name);
    const idle = 'while :; do sleep 0.1; done';
    // somebody in our own container, before the target
    pod.run(ours, [name, '-c', idle, 'ours']);
    await pause(0.2);
    pod.run(app, [name, '-c', `"$SELF" -c '${idle}' child & ${idle}`, 'app'], { SELF: name });
    await pause(0.2);
    pod.run(app, [name, '-c', idle, 'exec']);
    await pause(0.5);
    const first = `${name} -c "$SELF" -c '${idle}' child & ${idle} app \n`;
    expect(await find(pod, ours, { TARGET_NAME: bench.target })).toBe(first);
    expect(await find(pod, ours, {})).toBe(first);
    expect((await find(pod, ours, { TARGET_NAME: bench.target, TARGET_PICK: 'all' })).trim().split('\n')).toHaveLength(3);

    pod.run(other, [name, '-c', idle, 'other']);
    await pause(0.5);
    expect(await find(pod, ours, { TARGET_NAME: bench.target })).toMatch(/^log-handler: processes \d+ and \d+ of two containers match: TARGET_ARGUMENT has to tell them apart\n$/);
    expect(await find(pod, ours, { TARGET_NAME: bench.target, TARGET_ARGUMENT: 'done other' })).toBe(`${name} -c ${idle} other \n`);
    expect(await find(pod, ours, { TARGET_NAME: bench.target, TARGET_PICK: 'oldest' })).toBe(first);
  }));

  scenario('that shares no processes: being PID 1, a handler goes by silence', shell, async bench => {
    writeFileSync(bench.path('app.log'), 'one\n');
    const handler = bench.handler({ stream: true, sharesProcesses: true }, { LOG_FILES: 'app.log', PATH: `${shell.path}` },
      ['/usr/bin/unshare', '--pid', '--fork', '--kill-child', '--mount-proc']);
    await until('it is streamed', () => handler.text === 'one\n');
    writeFileSync(bench.path('next.log'), 'two\n');
    const writer = await bench.holder('app.log', 'trap "echo three >&3" USR1');
    await bench.start('/bin/mv', [bench.path('app.log'), bench.path('app.log.1')], {}).ended;
    await bench.start('/bin/mv', [bench.path('next.log'), bench.path('app.log')], {}).ended;
    writer.signal('SIGUSR1');
    await until('the rest of the first, then the second', () => handler.text === 'one\nthree\ntwo\n');
  });
});
