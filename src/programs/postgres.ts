import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * PostgreSQL. It refuses to run as root: the entrypoint becomes `postgres` by an exec, so all its processes are dumpable.
 *
 * Its test (`-C`) reads postgresql.conf, but not pg_hba.conf.
 */
export const POSTGRES_FACTS: ProgramFacts = {
  name: 'PostgreSQL',
  comm: ['postgres'],
  signals: [
    { signal: Signal.HUP, effects: ['reload'] },
    { signal: Signal.INT, effects: ['stop'], does: 'ends the sessions: the STOPSIGNAL of the image' },
    { signal: Signal.QUIT, effects: ['stop'], does: 'ends at once and recovers at the next start' },
    { signal: Signal.TERM, effects: ['stop'], does: 'ends it when the last session has ended' },
    { signal: Signal.USR1, effects: [] },
    { signal: Signal.USR2, effects: [] },
    { signal: Signal.WINCH, effects: [] },
  ],
  reload: Signal.HUP,
  noReopen: 'Its logging collector names and rotates the files itself. Set log_rotation_age, log_rotation_size and log_truncate_on_rotation, or call pg_rotate_logfile()',
  brokenReload: 'stays',
  configTest: ['postgres', '-C', 'data_directory', '-D', '{config}'],
  images: [
    {
      repositories: ['docker.io/library/postgres'],
      user: 0,
      group: 0,
      entrypointUser: { uid: 999, gid: 999 },
      processes: [{ name: 'main' }, { name: 'child' }],
      configuration: '/var/lib/postgresql/data',
      logSymlinks: [],
      source: 'docker-library/postgres@6edb0a8c4d (2026-02-26) Dockerfile-debian.template',
    },
    {
      repositories: ['docker.io/library/postgres'],
      tag: 'alpine',
      user: 0,
      group: 0,
      entrypointUser: { uid: 70, gid: 70 },
      processes: [{ name: 'main' }, { name: 'child' }],
      configuration: '/var/lib/postgresql/data',
      logSymlinks: [],
      source: 'docker-library/postgres@6edb0a8c4d (2026-02-26) Dockerfile-alpine.template',
    },
  ],
  measured: 'PostgreSQL 15.20 (Debian 12, 2026-11-24)',
  sources: [
    'https://www.postgresql.org/docs/current/server-shutdown.html',
    'https://www.postgresql.org/docs/current/runtime-config-logging.html',
  ],
};
