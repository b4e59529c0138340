import { get } from '../tools.mjs';

export const packages = ['uwsgi-core', 'uwsgi-plugin-python3'];
export const commands = ['uwsgi'];

export const without = { TERM: 'with die-on-term' };

export function scenario({ folder, port, variant }) {
  const config = answer => `[uwsgi]
plugin = python3
master = true
processes = 2
http-socket = 127.0.0.1:${port}
wsgi-file = ${folder.file('app.py')}
chdir = ${folder.path}
env = ANSWER=${answer}
uid = www-data
gid = www-data
${variant === undefined ? '' : 'die-on-term = true'}
logto2 = ${folder.file('uwsgi.log')}
`;
  folder.write('app.py', 'import os\ndef application(environ, start):\n  start("200 OK", [])\n  return [os.environ["ANSWER"].encode()]\n');
  const file = folder.write('uwsgi.ini', config('one'));
  return {
    command: ['uwsgi', '--ini', file],
    config: file,
    serves: async () => (await get(port)) !== undefined,
    change: () => folder.write('uwsgi.ini', config('two')),
    changed: async () => (await get(port)) === 'two',
    log: 'uwsgi.log',
    logs: () => get(port),
    users: { master: 'www-data', worker: 'www-data' },
    processes: [{ name: 'master', becomes: {} }, { name: 'worker', becomes: {} }],
    roles: ({ parent }, main) => parent === main.pid ? 'worker' : 'master',
  };
}
