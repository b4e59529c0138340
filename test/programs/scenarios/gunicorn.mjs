import { get } from '../tools.mjs';

export const python = ['gunicorn==23.0.0'];

export function scenario({ folder, port, venv }) {
  const config = answer => `bind = "127.0.0.1:${port}"\nworkers = 2\nraw_env = ["ANSWER=${answer}"]\naccesslog = "${folder.file('access.log')}"\n`
    + `errorlog = "${folder.file('error.log')}"\ngraceful_timeout = 2\nchdir = "${folder.path}"\n`;
  folder.write('app.py', 'import os\ndef app(environ, start):\n  start("200 OK", [])\n  return [os.environ["ANSWER"].encode()]\n');
  const file = folder.write('gunicorn.conf.py', config('one'));
  return {
    command: ['setpriv', '--reuid=1000', '--regid=1000', '--clear-groups', `${venv}/bin/gunicorn`, '-c', file, 'app:app'],
    config: file,
    serves: async () => (await get(port)) !== undefined,
    change: () => folder.write('gunicorn.conf.py', config('two')),
    changed: async () => (await get(port)) === 'two',
    log: 'access.log',
    logs: () => get(port),
    broken: 'bind = nonsense\n',
    testArguments: ['app:app'],
    binary: { gunicorn: `${venv}/bin/gunicorn` },
    users: { master: 1000, worker: 1000 },
    roles: ({ parent }, main) => parent === main.pid ? 'worker' : 'master',
  };
}
