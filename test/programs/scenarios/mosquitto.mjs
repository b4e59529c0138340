import { talk } from '../tools.mjs';

export const packages = ['mosquitto'];
export const commands = ['mosquitto'];

export function scenario({ folder, port }) {
  // anonymous clients are let in or not: the answer to CONNECT tells
  const config = anonymous => `listener ${port} 127.0.0.1\nallow_anonymous ${anonymous}\nlog_dest file ${folder.file('mosquitto.log')}\nlog_type all\nuser www-data\n`;
  const file = folder.write('mosquitto.conf', config(true));
  const hello = Buffer.from([0x10, 0x0d, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 60, 0, 1, 0x61]);
  const connect = () => talk(port, hello, '\x20\x02\x00');
  return {
    command: ['mosquitto', '-c', file],
    config: file,
    serves: async () => (await connect())?.startsWith('\x20\x02') === true,
    change: () => folder.write('mosquitto.conf', config(false)),
    changed: async () => (await connect())?.charCodeAt(3) === 5,
    log: 'mosquitto.log',
    logs: connect,
    broken: `${config(true)}nonsense true\n`,
    users: { main: 'www-data' },
    roles: () => 'main',
  };
}
