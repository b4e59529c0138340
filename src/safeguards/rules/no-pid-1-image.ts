import { arrayOf } from '../../manifest/pod-spec';
import { INIT_IMAGES, imageName } from '../init-images';
import { JudgedContainer } from '../judged-pod';
import { named } from '../printable-name';
import { Problem, Safeguard } from '../safeguard';
import { Severity } from '../severity';
import { baseName } from '../shell-words';

/** Exactly these refuse to run when they are not PID 1, whatever the image. */
const REFUSING_COMMANDS: ReadonlySet<string> = new Set([
  '/sbin/init', '/usr/sbin/init', '/bin/init', '/lib/systemd/systemd', '/usr/lib/systemd/systemd', '/bin/systemd', '/usr/bin/systemd',
]);

/** First words of a command that mean an init, with what it does when it is not PID 1. */
const INIT_PROGRAMS: { readonly [program: string]: string } = {
  '/init': 'is s6-overlay\'s, and version 3 ends with "can only run as pid 1"',
  'init': 'refuses to run when it is not PID 1',
  'linuxrc': 'is busybox init, which refuses to run when it is not PID 1',
  'systemd': 'refuses to run when it is not PID 1',
  'runit': 'refuses to run when it is not PID 1',
  'runit-init': 'refuses to run when it is not PID 1',
  's6-svscan': 'belongs to an init that expects to be PID 1',
  's6-overlay-suexec': 'ends with "can only run as pid 1"',
  'my_init': 'signals every process that it may, in all containers, when it ends',
};

/** Images that bring an init of their own expect to be PID 1, and where processes are shared they are not. */
export const noPid1Image: Safeguard = {
  id: 'no-pid-1-image',
  title: 'No image whose init has to be PID 1',
  severity: Severity.WARNING,
  severities: 'warning by the image\'s name and by other commands; error for exactly the commands of init and systemd',
  why: 'Where processes are shared, PID 1 is `/pause`. systemd, runit and busybox init refuse to start as another PID, s6-overlay 3 ends '
    + 'with `s6-overlay-suexec: fatal: can only run as pid 1`, and `my_init` of phusion/baseimage sends TERM and KILL to every process '
    + 'of the pod that it may signal when it ends. What an image starts is not in a manifest: its name is a guess.',
  remediation: 'Use an image without an init of its own, or do not share the process namespace of this pod: an ephemeral container can look at '
    + 'one container without it.',
  links: [
    'https://github.com/just-containers/s6-overlay',
    'https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/#understanding-process-namespace-sharing',
  ],
  *check({ shares, running }) {
    if (!shares) return;
    for (const container of running) {
      const problem = byCommand(container) ?? byImage(container);
      if (problem) yield problem;
    }
  },
};

function byCommand({ json, name, path }: JudgedContainer): Problem | undefined {
  for (const field of ['command', 'args']) {
    const [program] = arrayOf(json[field]);
    if (typeof program !== 'string') continue;
    const at = { container: name, path: `${path}/${field}/0` };
    if (field === 'command' && REFUSING_COMMANDS.has(program)) { // args may be those of another entrypoint
      return { severity: Severity.ERROR, message: `${named(name)} runs an init, which refuses to run when it is not PID 1`, ...at };
    }
    const key = program === '/init' ? program : baseName(program);
    if (Object.hasOwn(INIT_PROGRAMS, key)) {
      return { severity: Severity.WARNING, message: `${named(name)} runs ${key}, which ${INIT_PROGRAMS[key]}`, ...at };
    }
    if (field === 'command') return undefined; // args are arguments then
  }
  return undefined;
}

function byImage({ json, name, path }: JudgedContainer): Problem | undefined {
  if (typeof json.image !== 'string' || arrayOf(json.command).length > 0) return undefined; // a command replaces the image's own
  const image = imageName(json.image);
  const found = INIT_IMAGES.find(({ pattern }) => pattern.test(image));
  return found && {
    severity: Severity.WARNING,
    message: `${named(name)} has an image that seems to start ${found.init}: ${found.effect}`,
    container: name,
    path: `${path}/image`,
  };
}
