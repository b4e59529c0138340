// What a scenario needs: packages of Debian, or of PyPI in a folder of its own.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const POLICY = '/usr/sbin/policy-rc.d';
process.env.PATH = `${process.env.PATH}:/usr/sbin:/sbin`;
const has = command => spawnSync('sh', ['-c', 'command -v "$1"', 'sh', command], { stdio: 'ignore' }).status === 0;
let updated = false;

/** Installs what is missing: `{ missing }` says why it cannot be had; else what the scenario is given. */
export function install(name, module, work) {
  if (process.platform !== 'linux') return { missing: 'Linux' };
  if (process.getuid() !== 0) return { missing: 'root' };
  if (!has('setpriv')) return { missing: 'setpriv of util-linux' };
  const hasAll = () => (module.commands ?? []).every(has);
  if (!hasAll()) {
    if (!has('apt-get')) return { missing: module.packages.join(', ') };
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    if (!updated) spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
    updated = true;
    // no service of these packages is started
    const owned = !existsSync(POLICY);
    if (owned) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    const { status, stderr } = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...module.packages], { encoding: 'utf8', env });
    if (owned) rmSync(POLICY);
    if (status !== 0 || !hasAll()) return { missing: `${module.packages.join(', ')} (${stderr.trim().split('\n').pop()})` };
  }
  if (!module.python) return {};
  const venv = join(work, `${name}-venv`);
  const made = spawnSync('sh', ['-c', 'python3 -m venv "$1" && shift && "$0/bin/pip" install --quiet --disable-pip-version-check "$@"', venv, venv, ...module.python],
    { encoding: 'utf8' });
  return made.status === 0 ? { venv } : { missing: `${module.python.join(', ')} of PyPI (${made.stderr.trim().split('\n').pop()})` };
}
