import { createSocket } from 'node:dgram';
import { sleep } from '../tools.mjs';

export const packages = ['rsyslog'];
export const commands = ['rsyslogd'];

export function scenario({ folder, port }) {
  const config = name => `module(load="imudp")\ninput(type="imudp" address="127.0.0.1" port="${port}")\ntemplate(name="${name}" type="string" string="${name} %msg%\\n")\n`
    + `*.* action(type="omfile" file="${folder.file('messages')}" template="${name}")\n`;
  const file = folder.write('rsyslog.conf', config('one'));
  let number = 0;
  /** Sends a numbered message; it stands in the log. */
  const logged = async () => {
    const message = `message-${++number}`;
    const socket = createSocket('udp4');
    await new Promise(resolve => socket.send(`<14>1 - - - - - - ${message}`, port, '127.0.0.1', resolve));
    socket.close();
    await sleep(100);
    return [folder.read('messages'), folder.read('messages.1')].join('').split('\n').find(line => line.endsWith(message));
  };
  return {
    command: ['rsyslogd', '-n', '-f', file, '-i', folder.file('pid')],
    config: file,
    serves: async () => (await logged()) !== undefined,
    change: () => folder.write('rsyslog.conf', config('two')),
    changed: async () => (await logged())?.startsWith('two') === true,
    log: 'messages',
    logs: logged,
    broken: `${config('one')}nonsense(\n`,
    users: { main: 0 },
    processes: [{ name: 'main' }],
    roles: () => 'main',
  };
}
