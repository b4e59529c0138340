import { ChildProcess, spawn } from 'child_process';
import { randomBytes } from 'crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { ALL_SHELLS, MAIN_SHELL, Shell } from './shells';
import { LogHandlerScriptOptions, logHandlerScript } from '../../../src/sidecars/log-handler-script';

/** A process of a test, ended with it. */
export class Process {
  public stdout = Buffer.alloc(0);
  public stderr = '';
  public readonly ended: Promise<number | NodeJS.Signals>;

  constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', data => { this.stdout = Buffer.concat([this.stdout, data]); });
    child.stderr?.on('data', data => { this.stderr += data; });
    this.ended = new Promise(done => child.on('close', (code, signal) => done(code ?? signal!)));
  }

  public get pid(): number {
    return this.child.pid!;
  }

  public get text(): string {
    return this.stdout.toString('latin1');
  }

  public signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** SIGKILL to the process and all that it started, as when a container is killed. */
  public async kill(): Promise<void> {
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch {
      // it has ended
    }
    await this.ended;
  }

  /** SIGTERM to the first process, as the kubelet does; resolves to its exit code. */
  public async terminate(): Promise<number | NodeJS.Signals> {
    this.child.kill('SIGTERM');
    return this.ended;
  }
}

/** A process of writer.mjs that writes until it is told to stop. */
export class Writer extends Process {
  /** USR1; resolves when it has reopened its file. */
  public async reopen(): Promise<void> {
    const before = this.text.length;
    this.signal('SIGUSR1');
    await until('the writer has reopened its file', () => this.text.includes('reopened', before));
  }

  /** Resolves to how many lines it wrote. */
  public async stop(): Promise<number> {
    await this.terminate();
    return Number(/wrote (\d+) lines/.exec(this.text)![1]);
  }
}

/** A folder of a test, with `logs` in it, and the processes of the test. */
export class Bench {
  public readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-shared-pid-scripts-'));
  public readonly logs = join(this.folder, 'logs');
  public readonly state = join(this.folder, 'state');
  /** /proc/PID/comm of the writers: no process but those of this test is called that. */
  public readonly target = `w${randomBytes(6).toString('hex')}`;
  private readonly processes: Process[] = [];

  constructor(public readonly shell: Shell) {
    chmodSync(this.folder, 0o755);
    mkdirSync(this.logs);
    mkdirSync(this.state);
    symlinkSync(process.execPath, join(this.folder, this.target));
  }

  /** Starts a log handler that looks ten times a second. */
  public handler(options: LogHandlerScriptOptions, env: Record<string, string> = {}, within: string[] = []): Process {
    return this.sh(logHandlerScript(options), {
      LOG_DIRECTORY: this.logs,
      LOG_FILES: '*.log',
      LOG_STATE: this.state,
      STREAM_POLL: '0.1',
      ROTATE_INTERVAL: '0.1',
      ROTATE_SIGNAL: 'USR1',
      TARGET_NAME: this.target,
      ...env,
    }, within);
  }

  /** A process of the shell that holds a file open for writing, and does nothing about signals but what `text` says. */
  public async holder(name: string, text = ''): Promise<Process> {
    const shell = join(this.folder, `${this.target}x`);
    if (!existsSync(shell)) symlinkSync('/bin/sh', shell);
    const holder = this.start(shell, ['-c', `${text}\nexec 3>>"$1"; echo ready; while :; do sleep 0.1 3>&-; done`, 'holder', this.path(name)], { PATH: process.env.PATH! });
    await until('the file is open', () => holder.text === 'ready\n');
    return holder;
  }

  /** Runs a text in the shell, as `sh -c TEXT log-handler`; `within` are words before it, such as `setpriv --reuid=1000`. */
  public sh(text: string, env: Record<string, string> = {}, within: string[] = []): Process {
    const [command, ...args] = [...within, this.shell.command, '-c', text, 'log-handler'];
    return this.start(command, args, { PATH: this.shell.path, ...env });
  }

  /** Starts writer.mjs; resolves when it can be signalled. */
  public async writer(name: string, rate: number, reopen: 'prompt' | 'late' | 'never', append: 'yes' | 'no' = 'yes', bytes = 0): Promise<Writer> {
    const args = [join(__dirname, 'writer.mjs'), this.path(name), '0', `${rate}`, reopen, append, `${bytes}`];
    const writer = new Writer(this.spawn(join(this.folder, this.target), args, { PATH: process.env.PATH! }));
    this.processes.push(writer);
    await until('the writer is ready', () => writer.text.includes('ready'));
    return writer;
  }

  public start(command: string, args: string[], env: Record<string, string>): Process {
    const child = new Process(this.spawn(command, args, env));
    this.processes.push(child);
    return child;
  }

  private spawn(command: string, args: string[], env: Record<string, string>): ChildProcess {
    return spawn(command, args, { cwd: this.folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  public path(name: string): string {
    return join(this.logs, name);
  }

  /** The rotated files of a name, oldest first. */
  public rotated(name: string): string[] {
    return readdirSync(this.logs).filter(file => file.startsWith(`${name}.`) && /\.\d{8}(\.gz)?$/.test(file)).sort();
  }

  /** What a name and its rotated files hold, oldest first. */
  public content(name: string): string {
    const parts = this.rotated(name).map(file => {
      const content = readFileSync(this.path(file));
      return file.endsWith('.gz') ? gunzipSync(content) : content;
    });
    if (existsSync(this.path(name))) parts.push(readFileSync(this.path(name)));
    return Buffer.concat(parts).toString('latin1').replaceAll('\0', '');
  }

  public async close(): Promise<void> {
    await Promise.all(this.processes.map(child => child.kill()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Waits until something holds; fails after so many seconds. */
export async function until(what: string, holds: () => boolean, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not in ${seconds} s: ${what}`);
    await pause(0.02);
  }
}

export function pause(seconds: number): Promise<void> {
  return new Promise(done => setTimeout(done, seconds * 1000));
}

/** Counts the numbered lines of writer.mjs in a text. */
export function count(text: string, lines: number): { lost: number; doubled: number; broken: number; disordered: number } {
  const seen = new Uint8Array(lines);
  let [doubled, broken, disordered, last] = [0, 0, 0, -1];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const match = /^(?:.*: )?line (\d{10}) x{83}$/.exec(line);
    if (!match) {
      broken++;
      continue;
    }
    const number = Number(match[1]);
    if (seen[number]++) doubled++;
    else if (number < last) disordered++;
    last = number;
  }
  return { lost: seen.filter(times => times === 0).length, doubled, broken, disordered };
}

/** What {@link count} says when every line came once, whole and in order. */
export const ALL = { lost: 0, doubled: 0, broken: 0, disordered: 0 };

/** A test with a folder of its own, in the main shell. They run at the same time, for they mostly wait. */
export function scenario(name: string, shell: Shell, body: (bench: Bench) => Promise<void>): void {
  if (shell.missing || shell.name === MAIN_SHELL.name || ALL_SHELLS) everywhere(name, shell, body);
}

/** A {@link scenario} for every shell. */
export function everywhere(name: string, shell: Shell, body: (bench: Bench) => Promise<void>): void {
  if (shell.missing) {
    test.skip(name, () => undefined);
    return;
  }
  test.concurrent(name, async () => {
    const bench = new Bench(shell);
    try {
      await body(bench);
    } finally {
      await bench.close();
    }
  }, 120_000);
}
