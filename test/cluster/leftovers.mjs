// What a test node may leave on the machine: processes, mounts, network links, changed sysctls, cgroup folders.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the kubelet would write for the whole machine. */
const SYSCTLS = ['vm/overcommit_memory', 'vm/panic_on_oom', 'kernel/panic', 'kernel/panic_on_oops', 'kernel/keys/root_maxkeys', 'kernel/keys/root_maxbytes'];
const CGROUPS = '/sys/fs/cgroup';

const read = path => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};
const list = folder => existsSync(folder) ? readdirSync(folder) : [];

/** The state of the machine that must be the same afterwards. */
export function machineState() {
  return { links: list('/sys/class/net').sort(), sysctls: SYSCTLS.map(name => `${name}=${read(`/proc/sys/${name}`).trim()}`) };
}

/** The containers and sandboxes that the node of this work folder ever had: names of cgroup folders. */
export function containerIds(work) {
  return ['containers', 'sandboxes'].flatMap(kind => list(join(work, 'containerd/root/io.containerd.grpc.v1.cri', kind)));
}

/** What is left of a node, a line each; nothing when all is well. */
export function leftovers(work, ids, before) {
  const found = [];
  for (const pid of list('/proc').filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)) {
    const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
    if (command.includes(work)) found.push(`process ${pid}: ${command}`);
  }
  found.push(...read('/proc/self/mountinfo').split('\n').filter(line => line.includes(work)).map(line => `mount ${line}`));
  const after = machineState();
  found.push(...after.links.filter(link => !before.links.includes(link)).map(link => `network link ${link}`));
  found.push(...after.sysctls.filter(value => !before.sysctls.includes(value)).map(value => `sysctl ${value}`));
  for (const hierarchy of ['', ...list(CGROUPS)]) {
    found.push(...ids.map(id => join(CGROUPS, hierarchy, 'k8s.io', id)).filter(existsSync).map(folder => `cgroup ${folder}`));
  }
  if (existsSync(work)) found.push(`folder ${work}`);
  return found;
}
