// The busybox of the default image: 1.37.0 with its default configuration and inotifyd. Debian's packages have none with inotifyd,
// but its source: built once, static, and kept in the cache.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSION = '1.37.0';
const SUITE = 'trixie';
export const BUSYBOX = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-shared-pid', `busybox-${VERSION}`, 'busybox');

function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error ?? stderr.slice(-2000)}`);
  return stdout;
}

/** Where this machine gets Debian's packages from. */
function mirror() {
  const folder = '/etc/apt/sources.list.d';
  const files = ['/etc/apt/sources.list', ...existsSync(folder) ? readdirSync(folder).map(name => join(folder, name)) : []].filter(existsSync);
  const text = files.map(file => readFileSync(file, 'utf8')).join('\n');
  return /^\s*(?:URIs:|deb(?:\s+\[[^\]]*\])?)\s+(\S+\/debian)\/?(?=\s|$)/m.exec(text)?.[1];
}

/** Builds it unless it is there; throws where it cannot be built. */
export function buildBusybox() {
  if (existsSync(BUSYBOX)) return;
  const uri = mirror();
  if (!uri) throw new Error("there is no source of Debian's packages");
  const work = mkdtempSync(join(tmpdir(), 'cdk8s-shared-pid-build-'));
  try {
    mkdirSync(join(work, 'lists', 'partial'), { recursive: true });
    writeFileSync(join(work, 'source.sources'),
      `Types: deb-src\nURIs: ${uri}\nSuites: ${SUITE}\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n`);
    const options = [`Dir::Etc::sourcelist=${work}/source.sources`, 'Dir::Etc::sourceparts=-', `Dir::State::lists=${work}/lists`, 'APT::Sandbox::User=root'].flatMap(o => ['-o', o]);
    run('apt-get', [...options, '-qq', 'update'], { cwd: work });
    const versions = run('apt-cache', [...options, 'showsrc', 'busybox']).match(/(?<=^Version: ).*/gm) ?? [];
    const version = versions.find(name => name.includes(`:${VERSION}-`));
    if (!version) throw new Error(`Debian ${SUITE} has no busybox ${VERSION}, but ${versions.join(', ')}`);
    run('apt-get', [...options, '-qq', 'source', '--download-only', `busybox=${version}`], { cwd: work });
    const source = readdirSync(work).find(name => name.includes('.orig.tar'));
    mkdirSync(join(work, 'busybox'));
    run('tar', ['xf', source, '-C', 'busybox', '--strip-components=1'], { cwd: work });
    const folder = { cwd: join(work, 'busybox') };
    run('make', ['defconfig'], folder);
    const config = readFileSync(join(work, 'busybox', '.config'), 'utf8')
      .replace('# CONFIG_STATIC is not set', 'CONFIG_STATIC=y')
      .replace('# CONFIG_INOTIFYD is not set', 'CONFIG_INOTIFYD=y')
      .replace('CONFIG_TC=y', '# CONFIG_TC is not set'); // does not compile with the headers of a newer kernel
    writeFileSync(join(work, 'busybox', '.config'), config);
    run('make', ['-j2'], folder);
    mkdirSync(join(BUSYBOX, '..'), { recursive: true });
    cpSync(join(work, 'busybox', 'busybox'), BUSYBOX);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
