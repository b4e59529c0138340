import { get } from '../tools.mjs';

export const python = ['gunicorn==23.0.0', 'setproctitle==1.3.3'];
export const recognizedAs = ['with setproctitle'];

export function scenario({ folder, port, venv, variant }) {
  const config = answer => `bind = "127.0.0.1:${port}"\nworkers = 2\nraw_env = ["ANSWER=${answer}"]\naccesslog = "${folder.file('access.log')}"\n`
    + `errorlog = "${folder.file('error.log')}"\ngraceful_timeout = 2\nchdir = "${folder.path}"\nwsgi_app = "app:app"\n`;
  folder.write('app.py', 'import os\ndef app(environ, start):\n  start("200 OK", [])\n  return [os.environ["ANSWER"].encode()]\n');
  // Gunicorn sets a title when it can import this
  if (variant !== 'with setproctitle') folder.write('setproctitle.py', 'raise ImportError\n');
  const file = folder.write('gunicorn.conf.py', config('one'));
  return {
    command: ['setpriv', '--reuid=1000', '--regid=1000', '--clear-groups', `${venv}/bin/gunicorn`, '-c', file],
    env: { PYTHONPATH: folder.path },
    config: file,
    serves: async () => (await get(port)) !== undefined,
    change: () => folder.write('gunicorn.conf.py', config('two')),
    changed: async () => (await get(port)) === 'two',
    log: 'access.log',
    logs: () => get(port),
    broken: 'bind = nonsense\n',
    binary: { gunicorn: `${venv}/bin/gunicorn` },
    users: { master: 1000, worker: 1000 },
    processes: [{ name: 'master' }, { name: 'worker' }],
    roles: ({ parent }, main) => parent === main.pid ? 'worker' : 'master',
  };
}
