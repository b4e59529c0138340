// The cluster that the checks use: the test node that is brought up for this run, or the one that KUBECONFIG names.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildKubernetes, buildOwn } from './build.mjs';
import { containerIds, leftovers, machineState } from './leftovers.mjs';

const NODE = fileURLToPath(new URL('node.sh', import.meta.url));
const IMAGES = fileURLToPath(new URL('images.mjs', import.meta.url));
const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

export class Cluster {
  /** Runs a command where kubectl reaches the cluster: its exit code and what it printed, both streams. */
  run(command, args, { input, timeout = 60_000 } = {}) {
    const [program, words] = this.inside(command, args);
    return new Promise((resolve, reject) => {
      const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'], env: this.env, timeout, killSignal: 'SIGKILL' });
      let output = '';
      child.stdout.on('data', data => output += data);
      child.stderr.on('data', data => output += data);
      child.on('error', reject);
      child.on('close', code => resolve({ code, output: output.trim() }));
      child.stdin.on('error', () => {});
      child.stdin.end(input ?? '');
    });
  }

  /** kubectl in a namespace; throws when it fails. */
  async kubectl(namespace, ...args) {
    const { code, output } = await this.run('kubectl', [...namespace ? ['-n', namespace] : [], ...args]);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${output}`);
    return output;
  }

  /** A shell command in a container. */
  exec(namespace, pod, container, script) {
    return this.kubectl(namespace, 'exec', pod, '-c', container, '--', 'sh', '-c', script);
  }

  /** A command line as a person pastes it, on a terminal; then types the lines, one every `pause` ms. Returns what was shown. */
  async terminal(namespace, commandLine, lines, pause = 1200) {
    // what a person's shell would know as the namespace of the context
    const script = `kubectl config set-context --current --namespace=${namespace} >/dev/null; ${commandLine}`;
    const [program, words] = this.inside('script', ['-qefc', script, '/dev/null']);
    const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...this.env, SHELL: '/bin/bash' } });
    let shown = '';
    child.stdout.on('data', data => shown += data);
    child.stderr.on('data', data => shown += data);
    child.stdin.on('error', () => {});
    const closed = new Promise(resolve => child.on('close', resolve));
    await sleep(3000);
    for (const line of lines) {
      child.stdin.write(`${line}\r`);
      await sleep(pause);
    }
    child.stdin.end();
    await Promise.race([closed, sleep(10_000)]);
    child.kill('SIGKILL');
    return shown.replaceAll('\r', '');
  }

  /** Repeats until the value is there; throws with the last one after the time. */
  async until(title, read, seconds = 40) {
    let last;
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(250)) {
      try {
        last = await read();
        if (last) return last;
      } catch (error) {
        last = error.message;
      }
    }
    throw new Error(`${title}: not within ${seconds} s; last: ${last}`);
  }
}

/** A node of our own. */
export class TestNode extends Cluster {
  constructor() {
    super();
    this.bin = buildKubernetes();
    this.own = buildOwn();
    this.probe = join(this.own, 'probe');
    this.work = mkdtempSync(join(tmpdir(), 'cdk8s-shared-pid-node-'));
    this.env = { ...process.env, BIN: this.bin, WORK: this.work, IMAGES: join(this.work, 'images'), KUBECONFIG: join(this.work, 'kubeconfig'), PATH: `${this.bin}:${process.env.PATH}` };
  }

  inside(command, args) {
    return [NODE, ['in', command, ...args]];
  }

  async up() {
    this.before = machineState();
    mkdirSync(this.env.IMAGES);
    this.call(process.execPath, [IMAGES, 'make', this.env.IMAGES, this.own]);
    const start = Date.now();
    this.init = spawn(NODE, ['init'], { stdio: ['pipe', 'pipe', 'pipe'], env: this.env });
    let said = '';
    this.init.stderr.on('data', data => said += data);
    await new Promise((resolve, reject) => {
      this.init.stdout.once('data', resolve);
      this.init.once('close', () => reject(new Error(`the namespaces could not be made: ${said}`)));
    });
    // unshare's child is PID 1 of the namespaces
    const pid = spawnSync('cat', [`/proc/${this.init.pid}/task/${this.init.pid}/children`], { encoding: 'utf8' }).stdout.trim();
    this.call('sh', ['-c', `echo ${pid} >"$WORK/init.pid"`]);
    this.call(NODE, ['up']);
    return Date.now() - start;
  }

  /** Ends everything of the node; returns what is left of it on the machine, a line each. */
  down() {
    const ids = containerIds(this.work);
    if (this.init) {
      const pid = spawnSync('cat', [join(this.work, 'init.pid')], { encoding: 'utf8' }).stdout.trim();
      this.init.stdin.end();
      if (pid) spawnSync('kill', ['-9', pid]);
    }
    spawnSync('sleep', ['1']);
    spawnSync(NODE, ['down'], { env: this.env });
    rmSync(this.work, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
    return this.before ? leftovers(this.work, ids, this.before) : [];
  }

  call(command, args) {
    const { status, stdout, stderr } = spawnSync(command, args, { env: this.env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  }
}

/** The cluster of KUBECONFIG. */
export class GivenCluster extends Cluster {
  constructor() {
    super();
    this.env = process.env;
  }

  inside(command, args) {
    return [command, args];
  }

  async up() {
    await this.kubectl(undefined, 'get', '--raw', '/readyz');
    const architecture = await this.kubectl(undefined, 'get', 'nodes', '-o', 'jsonpath={.items[0].status.nodeInfo.architecture}');
    this.probe = join(buildOwn(architecture), 'probe');
    return 0;
  }

  down() {
    return [];
  }
}
