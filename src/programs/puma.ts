import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * Puma with workers. HUP without `stdout_redirect` in its configuration ends it. USR1 restarts the workers with the configuration that the master
 * has read. After USR2 the main process has the interpreter's name.
 */
export const PUMA_FACTS: ProgramFacts = {
  name: 'Puma',
  comm: ['puma', 'ruby', 'ruby3.1', 'ruby3.3'],
  argument: 'puma ',
  signals: [
    { signal: Signal.HUP, effects: ['reopen'], needs: 'stdout_redirect is set', otherwise: ['stop'] },
    { signal: Signal.USR1, effects: [], does: 'restarts the workers one by one' },
    { signal: Signal.USR2, effects: ['reload', 'reopen'] },
    { signal: Signal.INT, effects: ['stop'] },
    { signal: Signal.QUIT, effects: ['stop'] },
    { signal: Signal.TERM, effects: ['stop'] },
    { signal: Signal.WINCH, effects: [] },
    { signal: Signal.TTIN, effects: [], does: 'starts one worker more' },
    { signal: Signal.TTOU, effects: [], does: 'ends one worker' },
  ],
  reload: Signal.USR2,
  reopen: Signal.HUP,
  brokenReload: 'stop',
  images: [],
  measured: 'Puma 5.6.5 (Debian 12, 2026-11-24)',
  sources: [
    'https://github.com/puma/puma/blob/master/docs/signals.md',
    'There is no official image',
  ],
};
