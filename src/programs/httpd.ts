import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * Apache httpd. Workers change their user without an exec and stay not dumpable: only root with SYS_PTRACE looks into them.
 *
 * QUIT and USR2 are not handled, so they end it. With a terminal (`tty: true`) a change of its size sends WINCH, which ends it.
 */
export const HTTPD_FACTS: ProgramFacts = {
  name: 'httpd',
  comm: ['httpd', 'apache2'],
  signals: [
    { signal: Signal.HUP, effects: ['reload', 'reopen'], does: 'cuts the requests that are being answered' },
    { signal: Signal.USR1, effects: ['reload', 'reopen'], does: 'lets the workers end their requests' },
    { signal: Signal.INT, effects: ['stop'] },
    { signal: Signal.QUIT, effects: ['stop'] },
    { signal: Signal.USR2, effects: ['stop'] },
    { signal: Signal.TERM, effects: ['stop'] },
    { signal: Signal.WINCH, effects: ['stop'], does: 'ends it when the requests are answered: the STOPSIGNAL of the image' },
  ],
  reload: Signal.USR1,
  reopen: Signal.USR1,
  brokenReload: 'stop',
  configTest: ['httpd', '-t', '-f', '{config}'],
  images: [
    {
      repositories: ['docker.io/library/httpd'],
      user: 0,
      group: 0,
      processes: [{ name: 'master' }, { name: 'worker', becomes: { uid: 33, gid: 33 } }],
      configuration: '/usr/local/apache2/conf/httpd.conf',
      logSymlinks: [],
      source: 'docker-library/httpd@9b63b37 (2026-06-10) 2.4/Dockerfile, httpd-foreground',
    },
    {
      repositories: ['docker.io/library/httpd'],
      tag: 'alpine',
      user: 0,
      group: 0,
      processes: [{ name: 'master' }, { name: 'worker', becomes: { uid: 82, gid: 82 } }],
      configuration: '/usr/local/apache2/conf/httpd.conf',
      logSymlinks: [],
      source: 'docker-library/httpd@9b63b37 (2026-06-10) 2.4/alpine/Dockerfile',
    },
  ],
  measured: 'Apache httpd 2.4.71, event MPM (Debian 12, 2026-11-24)',
  sources: [
    'https://httpd.apache.org/docs/2.4/stopping.html',
    'The image writes its logs to /proc/self/fd/1 and 2 by its configuration, not by symbolic links',
  ],
};
