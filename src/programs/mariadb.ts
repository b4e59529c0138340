import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * MariaDB. HUP flushes the logs, the tables and the grants; the configuration is read at the start only.
 */
export const MARIADB_FACTS: ProgramFacts = {
  name: 'MariaDB',
  comm: ['mariadbd', 'mysqld'],
  signals: [
    { signal: Signal.HUP, effects: ['reopen'], does: 'flushes the logs, the tables and the grants' },
    { signal: Signal.QUIT, effects: ['stop'] },
    { signal: Signal.TERM, effects: ['stop'] },
    { signal: Signal.INT, effects: [] },
    { signal: Signal.USR1, effects: [] },
    { signal: Signal.USR2, effects: ['stop'] },
    { signal: Signal.WINCH, effects: [] },
  ],
  reopen: Signal.HUP,
  noReload: 'It reads its configuration at the start only. Use SET GLOBAL, or restart it',
  images: [
    {
      repositories: ['docker.io/library/mariadb'],
      user: 0,
      group: 0,
      entrypointUser: { uid: 999, gid: 999 },
      processes: [{ name: 'main' }],
      configuration: '/etc/mysql',
      logSymlinks: [],
      source: 'MariaDB/mariadb-docker@1b6429b (2026-05-29) Dockerfile.template: the first free system user and group, 999 on its base image',
    },
  ],
  measured: 'MariaDB 10.11.19 (Debian 12, 2026-11-24)',
  sources: [
    'https://mariadb.com/docs/server/server-management/server-monitoring-logs/rotating-logs-on-unix-and-linux',
  ],
};
