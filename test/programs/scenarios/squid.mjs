import { get } from '../tools.mjs';

export const packages = ['squid'];
export const commands = ['squid'];

export function scenario({ folder, port }) {
  const config = name => `http_port 127.0.0.1:${port}
visible_hostname ${name}
http_access allow all
cache_log ${folder.file('cache.log')}
access_log stdio:${folder.file('access.log')}
logfile_rotate 0
pid_filename ${folder.file('squid.pid')}
coredump_dir ${folder.path}
cache_effective_user proxy
shutdown_lifetime 1 second
pinger_enable off
netdb_filename none
`;
  const file = folder.write('squid.conf', config('one.example'));
  return {
    command: ['squid', '-N', '-f', file],
    config: file,
    serves: async () => (await get(port, '/')) !== undefined,
    change: () => folder.write('squid.conf', config('two.example')),
    changed: async () => (await get(port, '/'))?.includes('two.example') === true,
    log: 'access.log',
    logs: () => get(port, '/'),
    broken: `${config('one.example')}http_access allow nonsense\n`,
    users: { main: [13, 13, 0, 13] }, // the user `proxy`; the saved UID stays root's
    processes: [{ name: 'main', becomes: { dumpable: true } }],
    roles: () => 'main',
  };
}
