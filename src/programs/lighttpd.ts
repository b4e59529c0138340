import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * lighttpd in the foreground (`-D`). Started as root it becomes the user of its configuration without an exec and stays not dumpable. USR1
 * restarts it in the same process since 1.4.46; QUIT and USR2 are not handled, so they end it.
 */
export const LIGHTTPD_FACTS: ProgramFacts = {
  name: 'lighttpd',
  comm: ['lighttpd'],
  signals: [
    { signal: Signal.HUP, effects: ['reopen'] },
    { signal: Signal.USR1, effects: ['reload', 'reopen'], does: 'lets the requests end, then starts over' },
    { signal: Signal.INT, effects: ['stop'], does: 'ends it when the requests are answered' },
    { signal: Signal.QUIT, effects: ['stop'] },
    { signal: Signal.USR2, effects: ['stop'] },
    { signal: Signal.TERM, effects: ['stop'] },
    { signal: Signal.WINCH, effects: [] },
  ],
  reload: Signal.USR1,
  reopen: Signal.HUP,
  brokenReload: 'stop',
  configTest: ['lighttpd', '-tt', '-f', '{config}'],
  images: [],
  measured: 'lighttpd 1.4.69 (Debian 12, 2026-11-24)',
  sources: [
    'https://redmine.lighttpd.net/projects/lighttpd/wiki',
    'There is no official image',
  ],
};
