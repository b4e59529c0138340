import { talk } from '../tools.mjs';

export const packages = ['memcached'];
export const commands = ['memcached'];

export function scenario({ folder, port }) {
  return {
    command: ['setpriv', '--reuid=11211', '--regid=11211', '--clear-groups', 'memcached', '-l', '127.0.0.1', '-p', String(port)],
    serves: async () => (await talk(port, 'version\r\n', 'VERSION'))?.includes('VERSION') === true,
    users: { main: 11211 },
    roles: () => 'main',
  };
}
