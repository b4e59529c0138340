import { cpSync } from 'node:fs';
import { run } from '../tools.mjs';

export const packages = ['postgresql-15'];
export const commands = ['/usr/lib/postgresql/15/bin/postgres', 'psql'];
const bin = '/usr/lib/postgresql/15/bin';
const asPostgres = ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'];

/** Once: an empty cluster, which each instance copies. */
export function prepare({ folder }) {
  run('chown', 'postgres:postgres', folder.path);
  const made = run(...asPostgres, `${bin}/initdb`, '-D', folder.file('template'), '-A', 'trust', '-U', 'postgres', '-N');
  if (made.status !== 0) throw new Error(made.output);
  return { template: folder.file('template') };
}

export function query(port, sql, folder, database = 'postgres') {
  const { status, output } = run('timeout', '2', 'psql', '-h', folder.path, '-p', String(port), '-U', 'postgres', '-Atc', sql, database);
  return status === 0 ? output.trim() : undefined;
}

export function scenario({ folder, port, prepared }) {
  const data = folder.file('data');
  cpSync(prepared.template, data, { recursive: true });
  const config = memory => `listen_addresses = ''
port = ${port}
unix_socket_directories = '${folder.path}'
fsync = off
logging_collector = on
log_directory = 'log'
log_filename = 'postgres.log'
log_statement = all
work_mem = ${memory}
`;
  folder.write('data/postgresql.conf', config('4MB'));
  run('chown', '-R', 'postgres:postgres', folder.path);
  run('chmod', '700', data);
  return {
    command: [...asPostgres, `${bin}/postgres`, '-D', data],
    config: data,
    serves: async () => query(port, 'select 1', folder) === '1',
    change: () => folder.write('data/postgresql.conf', config('5MB')),
    changed: async () => query(port, 'show work_mem', folder) === '5MB',
    log: 'data/log/postgres.log',
    logs: async () => query(port, 'select 1', folder),
    broken() {
      folder.write('data/postgresql.conf', `${config('4MB')}nonsense\n`);
      return data;
    },
    binary: { postgres: `${bin}/postgres` },
    prefix: asPostgres,
    users: { main: 'postgres', child: 'postgres' },
    roles: ({ parent }, main) => parent === main.pid ? 'child' : 'main',
  };
}
