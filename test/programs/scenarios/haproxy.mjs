import { get } from '../tools.mjs';

export const packages = ['haproxy'];
export const commands = ['haproxy'];

export const without = { HUP: 'without -W', USR2: 'without -W' };

export function scenario({ folder, port, variant }) {
  const config = answer => `global
  maxconn 100
defaults
  mode http
  timeout connect 1s
  timeout client 1s
  timeout server 1s
frontend web
  bind 127.0.0.1:${port}
  http-request return status 200 content-type text/plain string "${answer}"
`;
  const file = folder.write('haproxy.cfg', config('one'));
  return {
    command: ['setpriv', '--reuid=99', '--regid=99', '--clear-groups', 'haproxy', ...variant === undefined ? ['-W'] : [], '-db', '-f', file],
    config: file,
    serves: async () => (await get(port)) !== undefined,
    change: () => folder.write('haproxy.cfg', config('two')),
    changed: async () => (await get(port)) === 'two',
    broken: `${config('one')}  nonsense\n`,
    users: { master: 99, worker: 99 },
    roles: ({ parent }, main) => parent === main.pid ? 'worker' : 'master',
  };
}
