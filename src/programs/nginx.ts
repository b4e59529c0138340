import { KnownProgram } from './known-program';

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
