import { get } from '../tools.mjs';

export const packages = ['nginx-light'];
export const commands = ['nginx'];

export function scenario({ folder, port }) {
  const config = answer => `user www-data; worker_processes 2; pid ${folder.file('nginx.pid')}; error_log ${folder.file('error.log')};
events {} http { access_log ${folder.file('access.log')}; client_body_temp_path ${folder.path}; proxy_temp_path ${folder.path};
fastcgi_temp_path ${folder.path}; uwsgi_temp_path ${folder.path}; scgi_temp_path ${folder.path};
server { listen 127.0.0.1:${port}; location / { return 200 "${answer}"; } } }`;
  const file = folder.write('nginx.conf', config('one'));
  return {
    command: ['nginx', '-c', file, '-g', 'daemon off;'],
    config: file,
    serves: async () => (await get(port)) !== undefined,
    change: () => folder.write('nginx.conf', config('two')),
    changed: async () => (await get(port)) === 'two',
    log: 'access.log',
    logs: () => get(port),
    broken: `${config('one')} nonsense;`,
    users: { master: 0, worker: 'www-data' },
    roles: ({ command }) => command.startsWith('nginx: worker') ? 'worker' : 'master',
  };
}
