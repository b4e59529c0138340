import { talk } from '../tools.mjs';
import { descendants } from '../process-table.mjs';

export const packages = ['php8.2-fpm'];
export const commands = ['php-fpm8.2'];

/** A FastCGI request for the pool's ping page. */
function ping() {
  const record = (type, content) => Buffer.concat([Buffer.from([1, type, 0, 1, content.length >> 8, content.length & 255, 0, 0]), content]);
  const pair = (name, value) => Buffer.concat([Buffer.from([name.length, value.length]), Buffer.from(name + value)]);
  const params = Buffer.concat([pair('SCRIPT_NAME', '/ping'), pair('SCRIPT_FILENAME', '/ping'), pair('REQUEST_METHOD', 'GET'), pair('REQUEST_URI', '/ping')]);
  return Buffer.concat([record(1, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0])), record(4, params), record(4, Buffer.alloc(0)), record(5, Buffer.alloc(0))]);
}

export function scenario({ folder, port }) {
  const config = children => `[global]
error_log = ${folder.file('error.log')}
daemonize = no
[www]
user = www-data
group = www-data
listen = 127.0.0.1:${port}
pm = static
pm.max_children = ${children}
ping.path = /ping
access.log = ${folder.file('access.log')}
`;
  const file = folder.write('php-fpm.conf', config(1));
  const program = folder.link('/usr/sbin/php-fpm8.2', 'php-fpm'); // the official image's name of the same program
  const serves = async () => (await talk(port, ping(), 'pong'))?.includes('pong') === true;
  return {
    command: [program, '--nodaemonize', '-y', file],
    config: file,
    serves,
    change: () => folder.write('php-fpm.conf', config(3)),
    changed: async main => descendants(main.pid).length === 3,
    log: 'access.log',
    logs: serves,
    broken: `${config(1)}nonsense\n`,
    binary: { 'php-fpm': program },
    users: { master: 0, worker: 'www-data' },
    roles: ({ command }) => command.includes('pool') ? 'worker' : 'master',
  };
}
