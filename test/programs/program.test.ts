import { existsSync, readdirSync } from 'fs';
import { join } from 'path';
import { CATALOG } from './programs-page';
import { Program } from '../../src/programs/program';
import { MAX_COMM_BYTES } from '../../src/programs/program-options';
import { Signal } from '../../src/programs/signal';

const EVERY = [Signal.HUP, Signal.INT, Signal.QUIT, Signal.USR1, Signal.USR2, Signal.TERM, Signal.WINCH];
const fileOf = (constant: string) => constant.toLowerCase().replaceAll('_', '-');
const program = (constant: string) => (Program as unknown as Record<string, Program>)[constant];

test('the catalog has the programs that it is there for', () => {
  expect(CATALOG.map(([constant]) => constant)).toEqual(expect.arrayContaining(['NGINX', 'HTTPD', 'HAPROXY', 'POSTGRES', 'REDIS', 'PHP_FPM', 'GUNICORN']));
});

describe.each(CATALOG)('%s', (constant, facts) => {
  test('has one file with its data, and one that runs it', () => {
    expect(existsSync(join(__dirname, '..', '..', 'src', 'programs', `${fileOf(constant)}.ts`))).toBe(true);
    expect(existsSync(join(__dirname, 'scenarios', `${fileOf(constant)}.mjs`))).toBe(true);
  });

  test('is recognized by a name that a process can have', () => {
    expect(facts.comm.length).toBeGreaterThan(0);
    expect(facts.comm.filter(comm => comm === '' || comm.includes('/') || Buffer.byteLength(comm) > MAX_COMM_BYTES)).toEqual([]);
  });

  test('says of every signal what it does, once', () => {
    const signals = facts.signals.map(({ signal }) => signal);
    expect(signals).toEqual(expect.arrayContaining(EVERY));
    expect(new Set(signals).size).toBe(signals.length);
    // what ends or pauses a program does nothing else
    expect(facts.signals.filter(({ effects }) => effects.length > 1 && (effects.includes('stop') || effects.includes('pause')))).toEqual([]);
    expect(facts.signals.filter(({ needs, otherwise }) => (needs === undefined) !== (otherwise === undefined))).toEqual([]);
  });

  test.each(['reload', 'reopen'] as const)('has a signal for %s that does it, or a reason and a way', purpose => {
    const signal = facts[purpose];
    const reason = purpose === 'reload' ? facts.noReload : facts.noReopen;
    if (signal) {
      expect(facts.signals.find(known => known.signal === signal)!.effects).toContain(purpose);
      expect(reason).toBeUndefined();
      expect(program(constant)._signalFor(purpose)).toBe(signal);
      expect(() => program(constant)._checkSignal(signal)).not.toThrow();
    } else {
      expect(reason).toMatch(/^[A-Z].*\. [A-Z].*[^.]$/);
      expect(() => program(constant)._signalFor(purpose)).toThrow(`${facts.name} has no signal to`);
      expect(() => program(constant)._signalFor(purpose)).toThrow(reason);
    }
  });

  test('refuses every signal that ends or pauses it, and no other', () => {
    const isAsked = (signal: Signal) => signal === facts.reload || signal === facts.reopen;
    const harms = (effects: readonly string[] = []) => effects.includes('stop') || effects.includes('pause');
    const refused = facts.signals.map(({ signal }) => signal).filter(signal => {
      try {
        program(constant)._checkSignal(signal);
        return false;
      } catch {
        return true;
      }
    });
    const harmful = facts.signals.filter(({ signal, effects, otherwise, debian }) => (
      harms(effects) || harms(debian) || (harms(otherwise) && !isAsked(signal))
    ));
    expect(refused).toEqual(harmful.map(({ signal }) => signal));
    expect(refused).toContain(Signal.TERM); // what the kubelet sends ends each of them
  });

  test('names its sources and what was measured', () => {
    expect(facts.measured).toMatch(/\d+\.\d+.*\(.*2026-\d\d-\d\d\)/);
    expect(facts.sources.length).toBeGreaterThan(0);
    expect(facts.images.filter(({ source }) => !/[@]/.test(source))).toEqual([]);
    expect(facts.images.flatMap(({ repositories }) => repositories).filter(repository => !/^[a-z.]+\.[a-z]+\/[a-z0-9/-]+$/.test(repository))).toEqual([]);
    expect(facts.configTest === undefined || facts.configTest.includes('{config}')).toBe(true);
  });
});

test('no two programs are recognized by one name', () => {
  const names = CATALOG.flatMap(([, { comm }]) => comm);
  expect(new Set(names).size).toBe(names.length);
});

test('nothing runs a program that is not in the catalog', () => {
  const scenarios = readdirSync(join(__dirname, 'scenarios')).map(file => file.replace('.mjs', ''));
  expect(scenarios.sort()).toEqual(CATALOG.map(([constant]) => fileOf(constant)).sort());
});

test.each([
  [Program.PHP_FPM, Signal.HUP, "HUP ends php-fpm: HUP is not handled by php.net's builds, as in the official image. "
    + 'Send USR2 to make it read its configuration again, or USR1 to make it open its log files again.'],
  [Program.PGBOUNCER, Signal.USR1, 'USR1 pauses PgBouncer: USR1 lets every client wait until USR2 (PAUSE). '
    + 'Send HUP to make it read its configuration again, or HUP to make it open its log files again.'],
  [Program.UWSGI, Signal.USR2, 'USR2 ends uWSGI. Send HUP to make it read its configuration again.'],
  [Program.UWSGI, Signal.TERM, 'TERM ends uWSGI unless die-on-term is not set: TERM cuts the requests that are being answered. Send HUP to make it read its configuration again.'],
  [Program.MEMCACHED, Signal.USR2, 'USR2 ends memcached. It has no configuration file. Restart it with other arguments.'],
  [Program.NGINX, Signal.TTIN, 'It is not known what TTIN does to nginx. Send HUP to make it read its configuration again, or USR1 to make it open its log files again.'],
])('%p refuses %s with the reason and the fix', (refusing, signal, message) => {
  expect(() => refusing._checkSignal(signal)).toThrow(new Error(message));
});

test('what has no signal says what to do', () => {
  expect(() => Program.REDIS._signalFor('reopen')).toThrow(
    new Error('Redis has no signal to open its log files again. It needs none: it opens the log file for each line. Rotate without a signal.'));
  expect(() => Program.custom({ comm: 'app' })._signalFor('reload')).toThrow(
    new Error('app has no signal to read its configuration again. Give `reload` to Program.custom, if it has one.'));
});

describe('a custom program', () => {
  test('has what it is given', () => {
    const custom = Program.custom({ comm: 'app', argument: '--serve', reload: Signal.HUP, reopen: Signal.USR1, name: 'My app' });
    expect([custom.name, custom.reloadSignal, custom.reopenSignal]).toEqual(['My app', 'HUP', 'USR1']);
    expect(custom._facts).toMatchObject({ comm: ['app'], argument: '--serve' });
    custom._checkSignal(Signal.USR1);
    expect(() => custom._checkSignal(Signal.TERM)).toThrow('It is not known what TERM does to My app. Send HUP');
    const one = Program.custom({ comm: 'app', reload: Signal.HUP, reopen: Signal.HUP });
    expect(one._facts.signals).toEqual([{ signal: 'HUP', effects: ['reload', 'reopen'] }]);
    expect([one.name, Program.custom({ comm: 'app' }).reloadSignal]).toEqual(['app', undefined]);
  });

  test.each([
    [{ comm: '' }, 'comm is empty'],
    [{ comm: 'prometheus-alertmanager' }, "comm 'prometheus-alertmanager' has more than 15 bytes, and no process has such a name. The kernel cuts it: give 'prometheus-aler'."],
    [{ comm: 'ääääääää' }, "give 'äääääää'."],
    [{ comm: '/usr/bin/app' }, "comm '/usr/bin/app' holds a slash"],
    [{ comm: 'a\nb' }, "comm 'a?b' holds a slash or a control character"],
    [{ comm: 'app', argument: ' ' }, 'argument'],
    [{ comm: 'app', argument: 'a\nb' }, 'argument'],
    [{ comm: 'app', name: '' }, 'name'],
    [{ comm: 'app', reload: 'KILL' as Signal }, "reload is 'KILL'. Give one of HUP, INT"],
    [{ comm: 7 as unknown as string }, 'comm is empty'],
  ])('refuses %j', (options, message) => {
    expect(() => Program.custom(options)).toThrow(message);
    expect(() => Program.custom(options)).toThrow(/^Program\.custom: /);
  });
});
