import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * Unbound in the foreground (`-d`). Started as root it becomes the user of its configuration without an exec and stays not dumpable. HUP drops the
 * cache. USR1 and USR2 are not handled, so they end it.
 */
export const UNBOUND_FACTS: ProgramFacts = {
  name: 'Unbound',
  comm: ['unbound'],
  signals: [
    { signal: Signal.HUP, effects: ['reload', 'reopen'], does: 'empties the cache' },
    { signal: Signal.INT, effects: ['stop'] },
    { signal: Signal.QUIT, effects: ['stop'] },
    { signal: Signal.USR1, effects: ['stop'] },
    { signal: Signal.USR2, effects: ['stop'] },
    { signal: Signal.TERM, effects: ['stop'] },
    { signal: Signal.WINCH, effects: [] },
  ],
  reload: Signal.HUP,
  reopen: Signal.HUP,
  brokenReload: 'stop',
  configTest: ['unbound-checkconf', '{config}'],
  images: [],
  measured: 'Unbound 1.17.1 (Debian 12, 2026-11-24)',
  sources: [
    'https://unbound.docs.nlnetlabs.nl/en/latest/manpages/unbound.html',
    'There is no official image',
  ],
};
