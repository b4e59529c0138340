import { talk } from '../tools.mjs';

export const packages = ['redis-server'];
export const commands = ['redis-server'];

export function scenario({ folder, port }) {
  const config = memory => `port ${port}\nbind 127.0.0.1\ndir ${folder.path}\nlogfile ${folder.file('redis.log')}\nloglevel verbose\nsave ""\nmaxmemory ${memory}\n`;
  const file = folder.write('redis.conf', config('100mb'));
  return {
    command: ['setpriv', '--reuid=999', '--regid=999', '--clear-groups', 'redis-server', file],
    config: file,
    serves: async () => (await talk(port, 'PING\r\n', 'PONG'))?.includes('PONG') === true,
    change: () => folder.write('redis.conf', config('200mb')),
    changed: async () => (await talk(port, 'CONFIG GET maxmemory\r\n', 'maxmemory\r\n'))?.includes('209715200') === true,
    log: 'redis.log',
    logs: () => talk(port, 'PING\r\n', 'PONG'),
    users: { main: 999 },
    roles: () => 'main',
  };
}
