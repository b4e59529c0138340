import { get, talk } from '../tools.mjs';

export const packages = ['nats-server'];
export const commands = ['nats-server'];

export function scenario({ folder, port, port2 }) {
  const config = limit => `listen: "127.0.0.1:${port}"\nhttp: "127.0.0.1:${port2}"\nlog_file: "${folder.file('nats.log')}"\ndebug: true\nmax_connections: ${limit}\n`
    + 'lame_duck_duration: "30s"\nlame_duck_grace_period: "0.1s"\n';
  const file = folder.write('nats.conf', config(100));
  const serves = async () => (await talk(port, 'PING\r\n', 'INFO'))?.includes('INFO') === true;
  return {
    command: ['nats-server', '--config', file],
    config: file,
    serves,
    change: () => folder.write('nats.conf', config(200)),
    changed: async () => /"max_connections": 200/.test(await get(port2, '/varz') ?? ''),
    log: 'nats.log',
    logs: serves,
    broken: 'listen: {{{\n',
    users: { main: 0 },
    roles: () => 'main',
  };
}
