import { NGINX, NGINX_UNPRIVILEGED } from '../../src/programs/nginx';
import { programOfImage, runsByDefault } from '../../src/programs/recognize-program';

test.each([
  'nginx', 'nginx:1.27', 'nginx:1.27-alpine', `nginx@sha256:${'0'.repeat(64)}`, `nginx:1.27@sha256:${'0'.repeat(64)}`, 'library/nginx:1', 'docker.io/nginx',
  'docker.io/library/nginx:1', 'index.docker.io/library/nginx', 'public.ecr.aws/docker/library/nginx:1.27',
])('%s is nginx', image => {
  expect(programOfImage(image)).toBe(NGINX);
});

test.each(['nginxinc/nginx-unprivileged:1.27', 'quay.io/nginx/nginx-unprivileged', 'docker.io/nginxinc/nginx-unprivileged@sha256:00'])(
  '%s is nginx without root', image => {
    expect(programOfImage(image)).toBe(NGINX_UNPRIVILEGED);
  });

// another registry's image of that name may be anything
test.each([
  'registry.example.com/nginx', 'registry.example.com/library/nginx', 'registry.example.com:5000/nginx', 'localhost/nginx', 'bitnami/nginx', 'docker.io/bitnami/nginx',
  'nginx-ingress', 'mynginx', 'nginx/nginx', 'NGINX', 'nginx:', 'nginx latest', '', ' nginx', 'nginx\n', 'constructor', '__proto__', undefined, null, 7, {}, ['nginx'],
])('%p is not', image => {
  expect(programOfImage(image)).toBeUndefined();
});

test('its processes are known when the image runs what it does by default', () => {
  expect(runsByDefault(NGINX, undefined, undefined)).toBe(true);
  expect(runsByDefault(NGINX, null, [])).toBe(true);
  expect(runsByDefault(NGINX, [], ['nginx', '-g', 'daemon off;'])).toBe(true);
  expect(runsByDefault(NGINX, undefined, ['nginx', '-g', 'daemon off; user root;'])).toBe(false);
  expect(runsByDefault(NGINX, undefined, ['sh'])).toBe(false);
  expect(runsByDefault(NGINX, ['nginx', '-g', 'daemon off;'], undefined)).toBe(false);
  expect(runsByDefault(NGINX, undefined, 'nginx')).toBe(false);
  expect(runsByDefault(NGINX, 7, undefined)).toBe(false);
});
