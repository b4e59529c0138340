import { spawnSync } from 'child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, symlinkSync } from 'fs';
import { homedir, tmpdir } from 'os';
import { join } from 'path';

/** A shell and the commands it finds. */
export interface Shell {
  readonly name: string;
  /** Why it cannot be used here, or undefined. */
  readonly missing?: string;
  readonly command: string;
  /** PATH: of a busybox its applets and nothing else. */
  readonly path: string;
}

const SYSTEM_PATH = '/usr/sbin:/usr/bin:/sbin:/bin';

/** Where `npm run test:scripts` keeps the busybox that it builds as the official image does. */
export const BUILT_BUSYBOX = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-shared-pid', 'busybox-1.37.0', 'busybox');

function applets(busybox: string): string[] {
  return spawnSync(busybox, ['--list'], { encoding: 'utf8' }).stdout?.split('\n').filter(name => name !== '' && name !== 'busybox') ?? [];
}

function findBusybox(name: string, candidates: string[], fits: (names: string[]) => boolean, missing: string): Shell {
  const found = candidates.find(path => existsSync(path) && fits(applets(path)));
  if (!found) return { name, missing, command: '', path: '' };
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-shared-pid-busybox-'));
  chmodSync(folder, 0o755); // for tests that run as another user
  mkdirSync(join(folder, 'bin'));
  copyFileSync(found, join(folder, 'busybox'));
  for (const applet of applets(found)) symlinkSync(join(folder, 'busybox'), join(folder, 'bin', applet));
  return { name, command: join(folder, 'bin', 'sh'), path: join(folder, 'bin') };
}

const onPath = (command: string) => SYSTEM_PATH.split(':').map(folder => join(folder, command));

/** The shells that the scripts are written for: that of the default image, one without inotifyd, and dash with GNU tools. */
export const SHELLS: readonly Shell[] = [
  findBusybox('busybox', [process.env.BUSYBOX ?? '', BUILT_BUSYBOX, ...onPath('busybox')], names => names.includes('inotifyd'),
    'there is no busybox with inotifyd: `npm run test:scripts` builds one'),
  findBusybox('busybox without inotifyd', onPath('busybox'), names => names.includes('ash') && !names.includes('inotifyd'),
    'there is no busybox without inotifyd, such as that of the package busybox-static'),
  onPath('dash').some(existsSync) ? { name: 'dash', command: onPath('dash').find(existsSync)!, path: SYSTEM_PATH }
    : { name: 'dash', missing: 'there is no dash', command: '', path: '' },
];

/** The shell that every test runs in. In the others only those marked as such do, but all in `npm run test:scripts`. */
export const MAIN_SHELL = SHELLS.find(shell => !shell.missing) ?? SHELLS[0];
export const ALL_SHELLS = process.env.ALL_SHELLS === '1';

/** `describe` for each shell; where it is not there, the title says why. */
export function describeShells(title: string, body: (shell: Shell) => void): void {
  for (const shell of SHELLS) describe(`${title}, ${shell.name}${shell.missing ? ` (${shell.missing})` : ''}`, () => body(shell));
}

/** Whether a command can be run. */
export function has(command: string): boolean {
  return onPath(command).some(existsSync);
}
