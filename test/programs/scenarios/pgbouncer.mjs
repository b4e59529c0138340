import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Folder, freePort, run, sleep } from '../tools.mjs';
import { prepare as prepareCluster, query, scenario as postgres } from './postgres.mjs';

export const packages = ['pgbouncer', 'postgresql-15'];
export const commands = ['pgbouncer', '/usr/lib/postgresql/15/bin/postgres', 'psql'];

/** Once: a server to connect to. */
export async function prepare({ folder }) {
  const prepared = prepareCluster({ folder });
  const port = await freePort();
  const server = new Folder(folder.file('server'));
  const { command: [program, ...args], serves } = postgres({ folder: server, port, prepared });
  const process = spawn(program, args, { stdio: 'ignore' });
  for (let i = 0; i < 100 && !await serves(); i++) await sleep(100);
  return { socket: server.path, serverPort: port, end: async () => { process.kill('SIGINT'); await once(process, 'exit'); } };
}

export function scenario({ folder, port, prepared }) {
  const config = size => `[databases]
postgres = host=${prepared.socket} port=${prepared.serverPort} user=postgres
[pgbouncer]
listen_addr =
listen_port = ${port}
unix_socket_dir = ${folder.path}
auth_type = any
admin_users = postgres
logfile = ${folder.file('pgbouncer.log')}
default_pool_size = ${size}
`;
  const file = folder.write('pgbouncer.ini', config(7));
  run('chown', '-R', 'postgres:postgres', folder.path);
  return {
    command: ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', 'pgbouncer', file],
    config: file,
    serves: async () => query(port, 'select 1', folder) === '1',
    change: () => folder.write('pgbouncer.ini', config(8)),
    changed: async () => /^default_pool_size\|8\|/m.test(query(port, 'show config', folder, 'pgbouncer') ?? ''),
    log: 'pgbouncer.log',
    logs: async () => query(port, 'select 1', folder),
    broken: `${config(7)}nonsense = 1\n`,
    users: { main: 'postgres' },
    processes: [{ name: 'main' }],
    roles: () => 'main',
  };
}
