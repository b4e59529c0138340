// What the test node needs of Debian, and what of it is missing here.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Command: package. */
const PROGRAMS = {
  'etcd': 'etcd-server',
  'containerd': 'containerd',
  'runc': 'runc',
  'docker-registry': 'docker-registry',
  'catatonit': 'catatonit',
  'nginx': 'nginx-light',
  'script': 'bsdutils',
  'ip': 'iproute2',
  'openssl': 'openssl',
  'nsenter': 'util-linux',
  'ldd': 'libc-bin',
};

const has = command => spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore', env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` } }).status === 0;
const isStatic = path => existsSync(path) && spawnSync('ldd', [path], { encoding: 'utf8' }).status !== 0;

/** Installs what is missing; returns why the node cannot run here, or undefined. */
export function install() {
  if (process.platform !== 'linux') return 'Linux';
  if (process.getuid() !== 0) return 'root';
  if (!has('go')) return 'go';
  const packages = Object.entries(PROGRAMS).filter(([command]) => !has(command)).map(([, name]) => name);
  if (!isStatic('/bin/busybox')) packages.push('busybox-static');
  if (!existsSync('/usr/lib/cni/ptp')) packages.push('containernetworking-plugins');
  if (packages.length === 0) return undefined;
  if (!has('apt-get')) return packages.join(', ');
  console.log(`installing ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
  // no service of these packages is started: the node runs its own
  const policy = 'printf "#!/bin/sh\\nexit 101\\n" >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d';
  const owned = !existsSync('/usr/sbin/policy-rc.d') && spawnSync('sh', ['-c', policy]).status === 0;
  const { status, stderr } = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { encoding: 'utf8', env });
  if (owned) spawnSync('rm', ['-f', '/usr/sbin/policy-rc.d']);
  return status === 0 ? undefined : `${packages.join(', ')} (${stderr.trim().split('\n').pop()})`;
}
