import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { run } from '../tools.mjs';

export const packages = ['mariadb-server-core', 'mariadb-client-core'];
export const commands = ['mariadbd', 'mariadb'];

const SHARE = '/usr/share/mysql';

/** Once: an empty data directory, which each instance copies. */
export function prepare({ folder }) {
  const tables = ['mysql_system_tables', 'mysql_system_tables_data'].map(name => readFileSync(`${SHARE}/${name}.sql`, 'utf8')).join('\n');
  const template = folder.file('template');
  mkdirSync(template);
  const { status, stderr } = spawnSync('mariadbd', ['--no-defaults', '--bootstrap', `--datadir=${template}`, '--user=root', '--skip-networking'], {
    input: `create database mysql;\nuse mysql;\n${tables}\n`, encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return { template };
}

export function scenario({ folder, port, prepared }) {
  cpSync(prepared.template, folder.file('data'), { recursive: true });
  const config = connections => `[mariadbd]
datadir = ${folder.file('data')}
bind-address = 127.0.0.1
port = ${port}
skip-grant-tables
socket = ${folder.file('socket')}
general-log = 1
general-log-file = ${folder.file('general.log')}
log-error = ${folder.file('error.log')}
innodb-flush-log-at-trx-commit = 0
max-connections = ${connections}
`;
  const file = folder.write('my.cnf', config(50));
  run('chown', '-R', '999:999', folder.path);
  const query = sql => run('mariadb', '--no-defaults', `--socket=${folder.file('socket')}`, '-uroot', '-Ne', sql);
  return {
    command: ['setpriv', '--reuid=999', '--regid=999', '--clear-groups', 'mariadbd', `--defaults-file=${file}`],
    config: file,
    serves: async () => query('select 1').output.trim() === '1',
    change: () => folder.write('my.cnf', config(60)),
    changed: async () => /60/.test(query("show global variables like 'max_connections'").output),
    log: 'general.log',
    logs: async () => query('select 1'),
    users: { main: 999 },
    roles: () => 'main',
  };
}
