import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * Redis. It ignores HUP; USR1 and USR2 are not handled, so they end it without saving.
 */
export const REDIS_FACTS: ProgramFacts = {
  name: 'Redis',
  comm: ['redis-server'],
  signals: [
    { signal: Signal.HUP, effects: [], does: 'is ignored' },
    { signal: Signal.INT, effects: ['stop'], does: 'saves and ends it' },
    { signal: Signal.TERM, effects: ['stop'], does: 'saves and ends it' },
    { signal: Signal.QUIT, effects: ['stop'] },
    { signal: Signal.USR1, effects: ['stop'] },
    { signal: Signal.USR2, effects: ['stop'] },
    { signal: Signal.WINCH, effects: [] },
  ],
  noReload: 'It has no signal for it. Use CONFIG SET, or restart it',
  noReopen: 'It needs none: it opens the log file for each line. Rotate without a signal',
  opensLogForEachLine: true,
  images: [
    {
      repositories: ['docker.io/library/redis'],
      user: 0,
      group: 0,
      entrypointUser: { uid: 999, gid: 999 },
      processes: [{ name: 'main' }],
      logSymlinks: [],
      source: 'docker-library/redis@e9204996 (2024-06-28) Dockerfile.template, docker-entrypoint.sh',
    },
    {
      repositories: ['docker.io/library/redis'],
      tag: 'alpine',
      user: 0,
      group: 0,
      entrypointUser: { uid: 999, gid: 1000 },
      processes: [{ name: 'main' }],
      logSymlinks: [],
      source: 'docker-library/redis@e9204996 (2024-06-28) Dockerfile.template',
    },
  ],
  measured: 'Redis 7.0.15 (Debian 12, 2026-11-24)',
  sources: [
    'https://redis.io/docs/latest/operate/oss_and_stack/reference/signals/',
    'https://github.com/redis/redis/blob/7.0/src/server.c serverLogRaw, setupSignalHandlers',
  ],
};
