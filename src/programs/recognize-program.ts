import { BUSYBOX } from './busybox';
import { KnownProgram } from './known-program';
import { NGINX, NGINX_UNPRIVILEGED } from './nginx';

const PROGRAMS: readonly KnownProgram[] = [BUSYBOX, NGINX, NGINX_UNPRIVILEGED];
const BY_REPOSITORY: ReadonlyMap<string, KnownProgram> = new Map(PROGRAMS.flatMap(program => (
  program.repositories.map((repository): [string, KnownProgram] => [repository, program])
)));

/**
 * The known program of an image, by its repository; undefined for one that we do not know.
 *
 * It tells what user the image runs as. What processes run is known only when `runsByDefault` as well.
 *
 * @param image an image reference, of any type
 */
export function programOfImage(image: unknown): KnownProgram | undefined {
  if (typeof image !== 'string' || image.length > 1024) return undefined;
  const repository = repositoryOf(image);
  return repository === undefined ? undefined : BY_REPOSITORY.get(repository);
}

/**
 * Whether a container runs the program as the image does by default.
 *
 * @param command `command` of the container, of any type
 * @param args `args` of the container, of any type
 */
export function runsByDefault(program: KnownProgram, command: unknown, args: unknown): boolean {
  if (!isUnset(command)) return false;
  if (isUnset(args)) return true;
  return Array.isArray(args) && program.args.some(known => known.length === args.length && known.every((word, i) => word === args[i]));
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** `nginx:1.27@sha256:...` is `docker.io/library/nginx`; undefined for what is no reference. */
export function repositoryOf(image: string): string | undefined {
  const match = /^([A-Za-z0-9.-]+(?::\d+)?\/)?([a-z0-9._/-]+?)(?::[\w.-]+)?(?:@[\w+.:-]+)?$/.exec(image);
  if (!match) return undefined;
  const first = match[1]?.slice(0, -1);
  const isRegistry = first !== undefined && (first.includes('.') || first.includes(':') || first === 'localhost');
  const path = isRegistry || first === undefined ? match[2] : `${first}/${match[2]}`;
  const registry = !isRegistry || first === 'index.docker.io' ? 'docker.io' : first;
  return registry === 'docker.io' && !path.includes('/') ? `docker.io/library/${path}` : `${registry}/${path}`;
}
