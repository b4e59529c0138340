// `node test/programs/measure.mjs PROGRAM...`: what each signal does to a program, and how its processes look: for a new entry of the catalog.
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install } from './install.mjs';
import { Instance } from './instance.mjs';
import { descendants, isDumpable, processOf } from './process-table.mjs';
import { Folder, sleep } from './tools.mjs';

const SIGNALS = ['HUP', 'INT', 'QUIT', 'USR1', 'USR2', 'TERM', 'WINCH', 'TTIN', 'TTOU', 'TSTP', 'URG'];
const work = mkdtempSync(join(tmpdir(), 'cdk8s-shared-pid-programs-'));
chmodSync(work, 0o755);
try {
  for (const name of process.argv.slice(2)) {
    const module = await import(`./scenarios/${name}.mjs`);
    const installed = install(name, module, work);
    if (installed.missing) throw new Error(installed.missing);
    const prepared = await module.prepare?.({ folder: new Folder(join(work, `${name}-prepared`)) });
    for (const signal of SIGNALS) {
      const instance = await Instance.start(work, name, module, { ...installed, prepared });
      if (signal === 'HUP') {
        for (const process of [instance.main, ...descendants(instance.main.pid)]) {
          console.log(name, process.pid === instance.main.pid ? 'main' : `below ${process.parent}`, process.pid, JSON.stringify(process.comm), JSON.stringify(process.command.slice(0, 60)),
            process.uid[1], process.gid[1], 'dumpable', isDumpable(process), instance.scenario.roles(process, instance.main));
        }
      }
      await instance.scenario.change?.();
      let itself = false;
      if (instance.scenario.log) {
        instance.renameLog();
        itself = await instance.writesToNewLog();
      }
      const start = Date.now();
      instance.send(signal);
      let effects = [];
      let first;
      while (Date.now() - start < 4000) {
        await sleep(100);
        effects = await instance.effects();
        if (effects.length && first === undefined) first = Date.now() - start;
        if (effects[0] === 'stop') break;
      }
      const now = processOf(instance.main.pid);
      const handled = now === undefined ? '' : ['ignored', 'caught'].filter(kind => now[kind] >> BigInt({ HUP: 1, INT: 2, QUIT: 3, USR1: 10, USR2: 12, TERM: 15, WINCH: 28, TTIN: 21, TTOU: 22, TSTP: 20, URG: 23 }[signal] - 1) & 1n).join();
      console.log(name, signal, effects.join(' ') || '-', handled, `${first} ms`, itself ? 'NEW LOG WITHOUT SIGNAL' : '', instance.shell.exitCode ?? '');
      await instance.end();
    }
    await prepared?.end?.();
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
