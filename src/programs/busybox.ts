import { KnownProgram } from './known-program';

/**
 * busybox: the image has no `USER`, so what it runs is root. It is known for its user only: what it runs is whatever it is
 * told to.
 *
 * @see https://github.com/docker-library/busybox/blob/master/latest/glibc/amd64/index.json
 */
export const BUSYBOX: KnownProgram = {
  name: 'busybox',
  repositories: ['docker.io/library/busybox', 'public.ecr.aws/docker/library/busybox', 'mirror.gcr.io/library/busybox'],
  user: 0,
  groups: { 0: 0 },
  args: [],
  rootNeeds: [],
  configuration: [],
  processes: [],
};
