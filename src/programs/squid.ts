import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * Squid in the foreground without a master (`-N`). USR1 rotates the logs itself, unless `logfile_rotate 0` is set: then it only opens them
 * again. Started as root it changes its user and stays dumpable, but keeps root as its saved UID, so its own user cannot look into it.
 */
export const SQUID_FACTS: ProgramFacts = {
  name: 'Squid',
  comm: ['squid'],
  signals: [
    { signal: Signal.HUP, effects: ['reload', 'reopen'] },
    { signal: Signal.USR1, effects: ['reopen'], does: 'renames them as well, unless logfile_rotate 0 is set' },
    { signal: Signal.USR2, effects: [], does: 'turns the debug log on and off' },
    { signal: Signal.INT, effects: ['stop'] },
    { signal: Signal.QUIT, effects: ['stop'] },
    { signal: Signal.TERM, effects: ['stop'], does: 'ends it after shutdown_lifetime' },
    { signal: Signal.WINCH, effects: [] },
  ],
  reload: Signal.HUP,
  reopen: Signal.USR1,
  brokenReload: 'stop',
  configTest: ['squid', '-k', 'parse', '-f', '{config}'],
  images: [],
  measured: 'Squid 5.7 (Debian 12, 2026-11-24)',
  sources: [
    'http://www.squid-cache.org/Doc/config/logfile_rotate/',
    'There is no official image of the project',
  ],
};
