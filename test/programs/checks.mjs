// What is checked of one program. Each check is a function that returns a problem, or nothing; `say` prints and counts it.
import { writeFileSync } from 'node:fs';
import { Instance } from './instance.mjs';
import { descendants, isDumpable, mainProcesses, processOf } from './process-table.mjs';
import { run, sleep } from './tools.mjs';

const NUMBERS = { HUP: 1, INT: 2, QUIT: 3, USR1: 10, USR2: 12, TERM: 15, TSTP: 20, TTIN: 21, TTOU: 22, WINCH: 28 };
const list = effects => effects.length ? effects.join(' and ') : 'nothing';

/** All checks of a program: [title, function] each. */
export function checksOf(facts, module, work, context) {
  const start = variant => Instance.start(work, facts.name.replace(/\W/g, '-').toLowerCase(), module, { ...context, variant });
  const within = check => async () => {
    const instance = await start();
    try {
      return await check(instance);
    } finally {
      await instance.end();
    }
  };
  const checks = [
    ['its main process is found, and not the shell that started it', within(instance => recognition(facts, instance))],
    ['its processes have the users that they are said to have', within(instance => users(facts, instance))],
  ];
  for (const variant of module.recognizedAs ?? []) {
    checks.push([`its main process is found ${variant}`, async () => {
      const instance = await start(variant);
      try {
        return recognition(facts, instance);
      } finally {
        await instance.end();
      }
    }]);
  }
  for (const { signal, effects, debian, otherwise, needs, does } of facts.signals) {
    const expected = debian ?? effects;
    checks.push([`${signal}: ${list(expected)}`, () => signalled(start, facts, signal, expected, does === 'is ignored')]);
    if (otherwise && module.without?.[signal]) {
      checks.push([`${signal} unless ${needs}: ${list(otherwise)}`, () => signalled(() => start(module.without[signal]), facts, signal, otherwise, false)]);
    }
  }
  if (facts.opensLogForEachLine) checks.push(['a renamed log file is left alone without a signal', within(opensForEachLine)]);
  if (facts.brokenReload) checks.push([`${facts.reload} with a broken configuration: ${facts.brokenReload}`, within(instance => brokenReload(facts, instance))]);
  if (facts.configTest) checks.push(['its test takes a good configuration and refuses a broken one', within(instance => configTest(facts, instance))]);
  return checks;
}

/** Among the processes of this run, as a sidecar would see those of a pod. */
function recognition(facts, instance) {
  const processes = instance.processes();
  const found = mainProcesses(facts, processes);
  // the shell's arguments hold the whole command
  if (!processes.some(({ pid, command }) => pid === instance.shell.pid && command.includes(instance.scenario.command.at(-1)))) return 'the shell is not there';
  if (found.length !== 1) return `found ${JSON.stringify(found.map(({ pid, comm, command }) => [pid, comm, command]))}`;
  const [{ pid, parent }] = found;
  return pid === instance.main.pid && parent === instance.shell.pid ? undefined : `found ${pid}, it is ${instance.main.pid}`;
}

/** The scenario says which users stand for those of the image; the catalog, who changes its user without an exec. */
function users(facts, instance) {
  const { roles, users: expected } = instance.scenario;
  const below = descendants(instance.main.pid);
  const processes = [instance.main, ...below].map(({ pid }) => processOf(pid)).filter(process => process !== undefined);
  const image = facts.images[0];
  const known = image?.processes ?? instance.scenario.processes ?? [];
  const problems = [];
  const seen = new Set();
  for (const process of processes) {
    const role = roles(process, instance.main);
    seen.add(role);
    const uids = uidsOf(expected[role]);
    const uid = uids[1];
    if (String(process.uid) !== String(uids)) problems.push(`${role} ${process.pid} has the UIDs ${process.uid}, not ${uids}`);
    const entry = known.find(({ name }) => name === role);
    if (!entry) problems.push(`the catalog has no process '${role}' (${process.command})`);
    else if (entry.becomes && uid === 0) problems.push(`${role} stays root`);
    const dumpable = entry?.becomes ? entry.becomes.dumpable === true : true;
    if (uid !== 0 && isDumpable(process) !== dumpable) problems.push(`${role} ${process.pid} is ${dumpable ? 'not ' : ''}dumpable`);
  }
  problems.push(...known.filter(({ name }) => !seen.has(name)).map(({ name }) => `there is no process '${name}'`));
  return problems.length ? problems.join('; ') : undefined;
}

/** Real, effective, saved and file system UID. */
function uidsOf(user) {
  if (Array.isArray(user)) return user;
  return Array(4).fill(typeof user === 'number' ? user : Number(run('id', '-u', user).output));
}

/** Sends a signal to a fresh run whose configuration has changed and whose log file is renamed. */
async function signalled(start, facts, signal, expected, isIgnored) {
  const instance = await start();
  try {
    const { scenario, main } = instance;
    if (scenario.changed && await scenario.changed(main)) return 'the change is seen before it is made';
    await scenario.change?.();
    const watchesLog = scenario.log && !facts.opensLogForEachLine;
    if (watchesLog) {
      await scenario.logs();
      if (!await instance.until(() => instance.folder.read(scenario.log), 3000)) return 'it writes no log';
      instance.renameLog();
      if (await instance.writesToNewLog()) return 'it writes to the new file before the signal';
    }
    if (signal === 'TTIN' && facts.signals.some(other => other.signal === 'TTOU' && other.effects.includes('pause'))) {
      instance.send('TTOU');
      await instance.until(async () => !await scenario.serves(), 3000);
    }
    if (isIgnored && !(processOf(main.pid).ignored >> BigInt(NUMBERS[signal] - 1) & 1n) && !(processOf(main.pid).caught >> BigInt(NUMBERS[signal] - 1) & 1n)) {
      return 'it is not ignored';
    }
    instance.send(signal);
    const seen = async () => (await instance.effects(watchesLog)).sort().join(' and ') || 'nothing';
    const wanted = list([...expected].sort());
    // a wrong effect may come late: what is not expected must stay away for a while
    if (wanted === 'nothing') await sleep(1500);
    const reached = await instance.until(async () => (await seen()) === wanted, 15_000);
    if (!reached) return `${signal} does ${await seen()}`;
    if (wanted !== 'stop' && wanted !== 'nothing') {
      await sleep(500);
      if ((await seen()) !== wanted) return `${signal} does ${await seen()} after a while`;
    }
    if (!expected.includes('stop')) {
      const found = mainProcesses(facts, instance.processes());
      if (found.length !== 1 || found[0].pid !== main.pid) return 'the main process is not found any more';
    }
    return undefined;
  } finally {
    await instance.end();
  }
}

async function opensForEachLine(instance) {
  await instance.scenario.logs();
  instance.renameLog();
  return await instance.until(() => instance.writesToNewLog(), 3000) ? undefined : 'it writes to the old file';
}

async function brokenReload(facts, instance) {
  const { scenario } = instance;
  if (typeof scenario.broken === 'string') writeFileSync(scenario.config, scenario.broken);
  else scenario.broken();
  instance.send(facts.reload);
  await instance.until(() => !instance.isAlive(), 2500);
  const seen = !instance.isAlive() ? 'stop' : await instance.until(() => scenario.serves(), 3000) ? 'stays' : 'pause';
  return seen === facts.brokenReload ? undefined : `${facts.reload} does ${seen}: ${instance.said().slice(-300)}`;
}

/** The command as the catalog has it, with this machine's path of the program. */
function configTest(facts, instance) {
  const { scenario, folder } = instance;
  const test = config => run(...scenario.prefix ?? [], ...facts.configTest.map(word => word === '{config}' ? config : scenario.binary?.[word] ?? word));
  const good = test(scenario.config);
  if (good.status !== 0) return `the good one gives ${good.status}: ${good.output}`;
  const broken = typeof scenario.broken === 'string' ? folder.write('broken', scenario.broken) : scenario.broken();
  const bad = test(broken);
  return bad.status === 0 ? `the broken one gives 0: ${bad.output}` : undefined;
}
