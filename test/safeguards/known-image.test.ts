import { imageName } from '../../src/safeguards/init-images';
import { harmOf, imagesOf, programsOfImage, programsOfName } from '../../src/safeguards/known-image';

const [phpFpm] = programsOfName('php-fpm');

test('programs are told by image and by name', () => {
  expect(programsOfImage('docker.io/library/php:8.4-fpm').map(({ name }) => name)).toEqual(['php-fpm']);
  expect(programsOfImage('php:8.4-cli')).toEqual([]);
  expect(programsOfImage('registry.example.com/php:8.4-fpm')).toEqual([]);
  expect(programsOfName('nginx').map(({ name }) => name)).toEqual(['nginx']);
  expect(imagesOf('nginx:1.27').map(({ user }) => user)).toEqual([0]);
  for (const image of [undefined, null, 7, '', 'x'.repeat(10_000), 'a b']) expect(programsOfImage(image)).toEqual([]);
});

test('harm is what ends or pauses a program', () => {
  expect(harmOf(phpFpm, 'HUP')).toEqual({
    program: 'php-fpm', does: 'ends', always: true, fix: 'Send USR2 to make it read its configuration again, or USR1 to make it open its log files again.',
  });
  expect(harmOf(phpFpm, 'USR2')).toBeUndefined();
  expect(harmOf(phpFpm, 'WHAT')).toBeUndefined();
  expect(harmOf(programsOfName('pgbouncer')[0], 'USR1')).toMatchObject({ does: 'pauses' });
});

test.each([
  ['nginx', 'nginx'], ['nginx:1.27', 'nginx'], ['lscr.io/linuxserver/nginx:1.26@sha256:00', 'linuxserver/nginx'], ['localhost/a/b', 'a/b'], ['host:5000/a/b:1', 'a/b'],
  ['a/b/c', 'a/b/c'], ['x'.repeat(1000), ''], ['@', ''],
])('the name of the image %s is %s', (reference, name) => {
  expect(imageName(reference)).toBe(name);
});
