import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * HAProxy in master-worker mode, as its image runs it (`-W -db`). It writes no log files.
 *
 * For a moment after the start the worker serves while the master's handlers are not all there: QUIT, which it ignores later, ends it then.
 */
export const HAPROXY_FACTS: ProgramFacts = {
  name: 'HAProxy',
  comm: ['haproxy'],
  signals: [
    { signal: Signal.HUP, effects: ['reload'], needs: 'master-worker mode (-W)', otherwise: [] },
    { signal: Signal.USR2, effects: ['reload'], needs: 'master-worker mode (-W)', otherwise: [] },
    { signal: Signal.USR1, effects: ['stop'], does: 'ends it when the connections have ended: the STOPSIGNAL of the image' },
    { signal: Signal.INT, effects: ['stop'] },
    { signal: Signal.TERM, effects: ['stop'] },
    { signal: Signal.QUIT, effects: [], does: 'is ignored' },
    { signal: Signal.WINCH, effects: [] },
    { signal: Signal.TTOU, effects: ['pause'], does: 'stops listening until TTIN' },
    { signal: Signal.TTIN, effects: [], does: 'listens again after TTOU' },
  ],
  reload: Signal.USR2,
  noReopen: 'It writes no log files, but sends its log to standard output or to syslog. Take no rotation for it',
  brokenReload: 'stays',
  configTest: ['haproxy', '-c', '-f', '{config}'],
  images: [
    {
      repositories: ['docker.io/library/haproxy'],
      user: 99,
      group: 99,
      processes: [{ name: 'master' }, { name: 'worker' }],
      configuration: '/usr/local/etc/haproxy/haproxy.cfg',
      logSymlinks: [],
      source: 'docker-library/haproxy@ec437dd (2026-07-22) Dockerfile.template, docker-entrypoint.sh; images up to 2.2 run as root',
    },
  ],
  measured: 'HAProxy 2.6.12 (Debian 12, 2026-11-24)',
  sources: [
    'https://docs.haproxy.org/2.6/management.html#4',
  ],
};
