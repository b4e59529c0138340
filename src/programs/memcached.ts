import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * memcached. HUP is ignored; USR1 is a graceful end since 1.6; USR2 is not handled, so it ends it.
 */
export const MEMCACHED_FACTS: ProgramFacts = {
  name: 'memcached',
  comm: ['memcached'],
  signals: [
    { signal: Signal.HUP, effects: [], does: 'is ignored' },
    { signal: Signal.INT, effects: ['stop'] },
    { signal: Signal.QUIT, effects: ['stop'] },
    { signal: Signal.USR1, effects: ['stop'], does: 'ends it when the clients have gone' },
    { signal: Signal.USR2, effects: ['stop'] },
    { signal: Signal.TERM, effects: ['stop'] },
    { signal: Signal.WINCH, effects: [] },
  ],
  noReload: 'It has no configuration file. Restart it with other arguments',
  noReopen: 'It writes no log files. Take no rotation for it',
  images: [
    {
      repositories: ['docker.io/library/memcached'],
      user: 11211,
      group: 11211,
      processes: [{ name: 'main' }],
      logSymlinks: [],
      source: 'docker-library/memcached@53ac0ec (2026-07-09) Dockerfile.template',
    },
  ],
  measured: 'memcached 1.6.18 (Debian 12, 2026-11-24)',
  sources: [
    'https://github.com/memcached/memcached/blob/master/memcached.c',
  ],
};
