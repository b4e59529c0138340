import { Program } from '../../src/programs/program';
import { knownImage } from '../../src/programs/program-image';

test.each([
  ['nginx', Program.NGINX, undefined, 101],
  ['nginx:1.27-alpine', Program.NGINX, undefined, 101],
  ['docker.io/library/httpd:2.4', Program.HTTPD, undefined, 33],
  ['httpd:2.4-alpine3.22', Program.HTTPD, 'alpine', 82],
  ['php:8.4-fpm', Program.PHP_FPM, 'fpm', 33],
  ['php:8.4-fpm-alpine3.22@sha256:00', Program.PHP_FPM, 'fpm-alpine', 82],
  ['postgres:17-alpine', Program.POSTGRES, 'alpine', undefined],
  ['prom/prometheus:v3.0.0', Program.PROMETHEUS, undefined, undefined],
  [`nginx@sha256:${'0'.repeat(64)}`, Program.NGINX, undefined, 101],
])('%s is known', (reference, program, tag, worker) => {
  const known = knownImage(reference)!;
  expect([known.program, known.image.tag, known.image.processes[1]?.becomes?.uid]).toEqual([program, tag, worker]);
});

test.each([
  `httpd@sha256:${'0'.repeat(64)}`, // Debian or Alpine: the users differ
  'php:8.4-cli', 'php', 'registry.example.com/nginx', 'bitnami/redis', 'prometheus', '', undefined, null, 7, {}, ['nginx'], '__proto__', 'nginx:', 'a'.repeat(2000),
])('%p is not', reference => {
  expect(knownImage(reference)).toBeUndefined();
});

test('the logs of nginx are symbolic links, those of httpd are not', () => {
  expect(knownImage('nginx:1.27')!.image.logSymlinks).toEqual([
    { path: '/var/log/nginx/access.log', target: '/dev/stdout' }, { path: '/var/log/nginx/error.log', target: '/dev/stderr' },
  ]);
  expect(knownImage('httpd:2.4')!.image.logSymlinks).toEqual([]);
});
