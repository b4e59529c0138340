import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * PgBouncer. USR1 pauses it: clients wait until USR2.
 */
export const PGBOUNCER_FACTS: ProgramFacts = {
  name: 'PgBouncer',
  comm: ['pgbouncer'],
  signals: [
    { signal: Signal.HUP, effects: ['reload', 'reopen'] },
    { signal: Signal.USR1, effects: ['pause'], does: 'lets every client wait until USR2 (PAUSE)' },
    { signal: Signal.USR2, effects: [], does: 'ends a pause (RESUME)' },
    { signal: Signal.INT, effects: ['stop'] },
    { signal: Signal.QUIT, effects: ['stop'] },
    { signal: Signal.TERM, effects: ['stop'] },
    { signal: Signal.WINCH, effects: [] },
  ],
  reload: Signal.HUP,
  reopen: Signal.HUP,
  brokenReload: 'stays',
  images: [],
  measured: 'PgBouncer 1.18.0 (Debian 12, 2026-11-24)',
  sources: [
    'https://www.pgbouncer.org/usage.html#signals',
    'There is no official image',
  ],
};
