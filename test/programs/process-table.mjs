// The process table as a sidecar sees it: /proc/PID/{comm,cmdline,stat,status}, which anybody may read.
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';

const read = path => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // it has ended
  }
};

/** One process, or undefined when it has ended (a zombie has ended). */
export function processOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  const status = read(`/proc/${pid}/status`);
  const comm = read(`/proc/${pid}/comm`);
  if (!stat || !status || comm === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  const value = name => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
  return {
    pid: Number(pid),
    parent: Number(fields[1]),
    started: Number(fields[19]),
    comm: comm.replace(/\n$/, ''),
    // NULs become blanks: programs that set a title write one long argument
    command: (read(`/proc/${pid}/cmdline`) ?? '').replace(/\0/g, ' ').trim(),
    uid: value('Uid').split('\t').map(Number),
    gid: value('Gid').split('\t').map(Number),
    ignored: BigInt(`0x${value('SigIgn') || 0}`),
    caught: BigInt(`0x${value('SigCgt') || 0}`),
  };
}

export function processTable() {
  return readdirSync('/proc').filter(name => /^\d+$/.test(name)).map(processOf).filter(process => process !== undefined);
}

/** All processes below one, itself not included. */
export function descendants(pid, table = processTable()) {
  const children = table.filter(({ parent }) => parent === pid);
  return children.flatMap(child => [child, ...descendants(child.pid, table)]);
}

/** The catalog's recognition: the name (and a text in the arguments), and a parent that does not match; the oldest first. */
export function mainProcesses(program, table) {
  const matches = table.filter(({ comm, command }) => program.comm.includes(comm) && (program.argument === undefined || command.includes(program.argument)));
  const pids = new Set(matches.map(({ pid }) => pid));
  return matches.filter(({ parent }) => !pids.has(parent)).sort((a, b) => a.started - b.started);
}

/** Whether others of its user may look into it: then its files in /proc belong to its own user. */
export function isDumpable({ pid, uid }) {
  const owner = statSync(`/proc/${pid}/environ`).uid;
  return uid[1] === 0 ? undefined : owner === uid[1];
}

/** What is left of a test: processes whose folder or arguments lie in it. */
export function processesIn(folder) {
  return processTable().filter(({ pid, command }) => {
    if (command.includes(folder)) return true;
    try {
      return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });
}
