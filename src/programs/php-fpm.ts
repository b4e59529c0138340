import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

/**
 * PHP's FastCGI process manager. php.net's own code, which the official image builds, does not handle HUP: it ends the master at once and leaves the
 * workers; Debian's package is patched and reloads. Workers change their user without an exec and stay not dumpable.
 */
export const PHP_FPM_FACTS: ProgramFacts = {
  name: 'php-fpm',
  comm: ['php-fpm', 'php-fpm7.4', 'php-fpm8.1', 'php-fpm8.2', 'php-fpm8.3', 'php-fpm8.4'],
  signals: [
    { signal: Signal.HUP, effects: ['stop'], does: "is not handled by php.net's builds, as in the official image", debian: ['reload', 'reopen'] },
    { signal: Signal.USR1, effects: ['reopen'] },
    { signal: Signal.USR2, effects: ['reload', 'reopen'] },
    { signal: Signal.QUIT, effects: ['stop'], does: 'ends it when the requests are answered: the STOPSIGNAL of the image' },
    { signal: Signal.INT, effects: ['stop'] },
    { signal: Signal.TERM, effects: ['stop'] },
    { signal: Signal.WINCH, effects: [] },
  ],
  reload: Signal.USR2,
  reopen: Signal.USR1,
  brokenReload: 'stop',
  configTest: ['php-fpm', '-t', '-y', '{config}'],
  images: [
    {
      repositories: ['docker.io/library/php'],
      tag: 'fpm',
      user: 0,
      group: 0,
      processes: [{ name: 'master' }, { name: 'worker', becomes: { uid: 33, gid: 33 } }],
      configuration: '/usr/local/etc/php-fpm.conf',
      logSymlinks: [],
      source: 'docker-library/php@445bf414 (2026-07-30) Dockerfile-linux.template',
    },
    {
      repositories: ['docker.io/library/php'],
      tag: 'fpm-alpine',
      user: 0,
      group: 0,
      processes: [{ name: 'master' }, { name: 'worker', becomes: { uid: 82, gid: 82 } }],
      configuration: '/usr/local/etc/php-fpm.conf',
      logSymlinks: [],
      source: 'docker-library/php@445bf414 (2026-07-30) Dockerfile-linux.template',
    },
  ],
  measured: "php-fpm 8.2.36 (Debian 12, 2026-11-24); HUP also on php.net's sources of 8.2.32",
  sources: [
    'https://github.com/php/php-src/blob/master/sapi/fpm/fpm/fpm_signals.c',
    'The image writes its logs to /proc/self/fd/2 by its configuration, not by symbolic links',
  ],
};
