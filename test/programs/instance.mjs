// One run of a program: started by a shell, in a folder and on ports of its own, and ended without a trace.
import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { descendants, processesIn, processOf } from './process-table.mjs';
import { Folder, freePort, sleep } from './tools.mjs';

let number = 0;

export class Instance {
  static async start(work, name, module, context) {
    const folder = new Folder(join(work, `${name}-${++number}`));
    const scenario = await module.scenario({ ...context, folder, port: await freePort(), port2: await freePort() });
    const output = openSync(folder.file('output'), 'w');
    // the shell stays, and its arguments hold the program's name, as a container's entrypoint's may
    const shell = spawn('sh', ['-c', '"$@"; exit $?', 'sh', ...scenario.command], {
      cwd: folder.path, detached: true, stdio: ['ignore', output, output], env: { ...process.env, LC_ALL: 'C', ...scenario.env },
    });
    const instance = new Instance(folder, scenario, shell);
    if (!await instance.until(() => scenario.serves(), 30_000)) {
      const said = instance.said();
      await instance.end();
      throw new Error(`it does not serve: ${said}`);
    }
    instance.main = processOf(descendants(shell.pid).find(({ parent }) => parent === shell.pid).pid);
    // a worker may serve before its master handles signals: until then even a reload would end it
    await instance.until(() => instance.hasSettled(), 5000);
    return instance;
  }

  constructor(folder, scenario, shell) {
    Object.assign(this, { folder, scenario, shell });
  }

  said() {
    return readFileSync(this.folder.file('output'), 'utf8').slice(-2000);
  }

  /** The processes of the program, the shell included. */
  processes() {
    return [processOf(this.shell.pid), ...descendants(this.shell.pid)].filter(process => process !== undefined);
  }

  /** The main process is still the one that it was. */
  isAlive() {
    return processOf(this.main.pid)?.started === this.main.started;
  }

  /** Its signal handlers have been the same for half a second. */
  hasSettled() {
    const now = processOf(this.main.pid);
    const handlers = now && `${now.caught} ${now.ignored} ${now.comm}`;
    if (handlers !== this.handlers) Object.assign(this, { handlers, since: Date.now() });
    return Date.now() - this.since >= 500;
  }

  async until(condition, milliseconds) {
    const end = Date.now() + milliseconds;
    for (;;) {
      const value = await condition();
      if (value || Date.now() > end) return value;
      await sleep(50);
    }
  }

  /** Renames the log file and makes the program write; whether the line is in a new file. */
  renameLog() {
    renameSync(this.folder.file(this.scenario.log), this.folder.file(`${this.scenario.log}.1`));
  }

  async writesToNewLog() {
    await this.scenario.logs();
    return this.folder.read(this.scenario.log) !== '';
  }

  send(signal) {
    process.kill(this.main.pid, `SIG${signal}`);
  }

  /** What is so now: `stop`, `pause`, `reload`, `reopen`. */
  async effects(watchesLog = this.scenario.log !== undefined) {
    if (!this.isAlive()) return ['stop'];
    if (!await this.scenario.serves()) return this.isAlive() ? ['pause'] : ['stop'];
    const effects = [];
    if (this.scenario.changed && await this.scenario.changed(this.main)) effects.push('reload');
    if (watchesLog && await this.writesToNewLog()) effects.push('reopen');
    return effects;
  }

  async end() {
    const left = () => [...new Set([...this.processes(), ...processesIn(this.folder.path)].map(({ pid }) => pid))];
    for (const signal of ['SIGTERM', 'SIGKILL']) {
      for (const pid of left()) {
        try {
          process.kill(pid, 'SIGCONT');
          process.kill(pid, signal);
        } catch {
          // it has ended
        }
      }
      if (await this.until(() => left().length === 0, signal === 'SIGTERM' ? 500 : 5000)) break;
    }
    const remaining = left();
    rmSync(this.folder.path, { recursive: true, force: true });
    if (remaining.length) throw new Error(`processes ${remaining.join(', ')} are left`);
  }
}
