import { KnownProgram } from './known-program';
import { ProgramFacts } from './program-facts';
import { Signal } from './signal';

const DEFAULT_ARGS = [['nginx', '-g', 'daemon off;'], ['nginx-debug', '-g', 'daemon off;']];

/**
 * nginx as root: the master stays root, the workers become `nginx` (101:101 since 1.17) and make themselves dumpable again
 * (measured: `prctl(PR_SET_DUMPABLE, 1)`). As root it needs CHOWN for its caches, and SETGID and SETUID for the workers.
 *
 * @see https://github.com/nginx/docker-nginx/blob/master/mainline/debian/Dockerfile
 * @see https://github.com/nginx/nginx/blob/master/src/os/unix/ngx_process_cycle.c "ngx_worker_process_init"
 */
export const NGINX: KnownProgram = {
  name: 'nginx',
  repositories: ['docker.io/library/nginx', 'public.ecr.aws/docker/library/nginx', 'mirror.gcr.io/library/nginx'],
  user: 0,
  groups: { 0: 0, 101: 101 },
  args: DEFAULT_ARGS,
  rootNeeds: ['CHOWN', 'SETGID', 'SETUID'],
  configuration: ['/etc/nginx', '/etc/nginx/nginx.conf', '/etc/passwd', '/etc/group'],
  processes: [{ name: 'master' }, { name: 'worker', becomes: { uid: 101, gid: 101, dumpable: true } }],
};

/**
 * The same image without root: the master and the workers are the same user.
 *
 * @see https://github.com/nginx/docker-nginx-unprivileged/blob/main/mainline/debian/Dockerfile
 */
export const NGINX_UNPRIVILEGED: KnownProgram = {
  ...NGINX,
  repositories: [
    'docker.io/nginxinc/nginx-unprivileged', 'quay.io/nginx/nginx-unprivileged', 'ghcr.io/nginx/nginx-unprivileged',
    'ghcr.io/nginxinc/nginx-unprivileged', 'public.ecr.aws/nginx/nginx-unprivileged',
  ],
  user: 101,
};

const LOG_SYMLINKS = [{ path: '/var/log/nginx/access.log', target: '/dev/stdout' }, { path: '/var/log/nginx/error.log', target: '/dev/stderr' }];

/**
 * nginx in the foreground (`daemon off`), as its images run it. USR2 and WINCH do what nginx documents (another binary; stop the
 * workers) only to a daemon: in the foreground nothing happens (measured).
 */
export const NGINX_FACTS: ProgramFacts = {
  name: 'nginx',
  comm: ['nginx'],
  signals: [
    { signal: Signal.HUP, effects: ['reload', 'reopen'], does: 'starts new workers' },
    { signal: Signal.USR1, effects: ['reopen'] },
    { signal: Signal.QUIT, effects: ['stop'], does: 'ends it when the requests are answered: the STOPSIGNAL of the image' },
    { signal: Signal.INT, effects: ['stop'] },
    { signal: Signal.TERM, effects: ['stop'] },
    { signal: Signal.USR2, effects: [] },
    { signal: Signal.WINCH, effects: [] },
  ],
  reload: Signal.HUP,
  reopen: Signal.USR1,
  brokenReload: 'stays',
  configTest: ['nginx', '-t', '-c', '{config}'],
  images: [
    {
      repositories: NGINX.repositories,
      user: NGINX.user,
      group: 0,
      processes: NGINX.processes,
      configuration: '/etc/nginx/nginx.conf',
      logSymlinks: LOG_SYMLINKS,
      source: 'nginxinc/docker-nginx@b430bec (2025-02-14) Dockerfile-debian.template, Dockerfile-alpine-slim.template',
    },
    {
      repositories: NGINX_UNPRIVILEGED.repositories,
      user: NGINX_UNPRIVILEGED.user,
      group: 101,
      processes: [{ name: 'master' }, { name: 'worker' }],
      configuration: '/etc/nginx/nginx.conf',
      logSymlinks: LOG_SYMLINKS,
      source: 'nginxinc/docker-nginx-unprivileged@8ead5ce (2025-03-27) Dockerfile-debian.template',
    },
  ],
  measured: 'nginx 1.22.1 (Debian 12, 2026-11-24)',
  sources: ['https://nginx.org/en/docs/control.html', 'https://github.com/nginx/nginx/blob/master/src/os/unix/ngx_process.c ngx_signal_handler'],
};
