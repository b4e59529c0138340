/** Images that are known to start an init of their own. */
export interface InitImage {
  /** Matches the reference without registry, tag and digest. */
  readonly pattern: RegExp;
  readonly init: string;
  /** What it does when it is not PID 1. */
  readonly effect: string;
}

/** Longer references are none. */
const MAX_REFERENCE = 512;

const REFUSES = 'it refuses to run when it is not PID 1';

/**
 * By the names that their publishers use. A guess: other images have these inits too, and old tags have other versions.
 *
 * @see https://github.com/just-containers/s6-overlay
 * @see https://github.com/phusion/baseimage-docker
 */
export const INIT_IMAGES: readonly InitImage[] = [
  { pattern: /^(?:linuxserver|hassio-addons|homeassistant|nfrastack|tiredofit)\//, init: 's6-overlay', effect: 'version 3 ends with "can only run as pid 1"' },
  { pattern: /^(?:home-assistant\/|shinsenter\/php|zoneminder\w*\/)/, init: 's6-overlay', effect: 'version 3 ends with "can only run as pid 1"' },
  { pattern: /^phusion\//, init: 'my_init', effect: 'when it ends it signals every process that it may, in all containers' },
  { pattern: /^discourse\//, init: 'my_init or runit', effect: 'when it ends it signals every process that it may, in all containers' },
  { pattern: /(?:^|\/)ubi\d*-init$|(?:^|\/)ubi\d*\/ubi\d*-init$|(?:^|\/|-)systemd(?:$|-)/, init: 'systemd', effect: REFUSES },
  { pattern: /^(?:kindest\/node|gluster\/gluster-centos|freeipa\/[\w-]+|geerlingguy\/docker-[\w-]+-ansible)$/, init: 'systemd', effect: REFUSES },
];

/** `lscr.io/linuxserver/nginx:1.26@sha256:...` is `linuxserver/nginx`. */
export function imageName(reference: string): string {
  if (reference.length > MAX_REFERENCE) return '';
  const [withTag] = reference.split('@');
  const slash = withTag.lastIndexOf('/');
  const colon = withTag.indexOf(':', slash + 1);
  const path = colon < 0 ? withTag : withTag.slice(0, colon);
  const first = path.indexOf('/');
  const host = first < 0 ? '' : path.slice(0, first);
  return host === 'localhost' || host.includes('.') || host.includes(':') ? path.slice(first + 1) : path;
}
