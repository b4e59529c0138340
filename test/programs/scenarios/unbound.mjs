import { createSocket } from 'node:dgram';

export const packages = ['unbound'];
export const commands = ['unbound'];

export function scenario({ folder, port }) {
  const config = address => `server:
  interface: 127.0.0.1
  port: ${port}
  do-daemonize: no
  chroot: ""
  directory: "${folder.path}"
  username: "www-data"
  pidfile: "${folder.file('unbound.pid')}"
  use-syslog: no
  logfile: "${folder.file('unbound.log')}"
  log-queries: yes
  local-data: "a.example. A ${address}"
`;
  const file = folder.write('unbound.conf', config('192.0.2.1'));
  /** The address of a.example; undefined when nobody answers. */
  const ask = () => new Promise(resolve => {
    const socket = createSocket('udp4').on('error', () => resolve(undefined)).on('message', answer => {
      clearTimeout(timer);
      socket.close();
      resolve([...answer.subarray(-4)].join('.'));
    });
    const timer = setTimeout(() => { socket.close(); resolve(undefined); }, 1000);
    const question = [...Buffer.from('\x01a\x07example\x00', 'latin1'), 0, 1, 0, 1];
    socket.send(Buffer.from([0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...question]), port, '127.0.0.1');
  });
  return {
    command: ['unbound', '-d', '-c', file],
    config: file,
    serves: async () => (await ask()) !== undefined,
    change: () => folder.write('unbound.conf', config('192.0.2.2')),
    changed: async () => (await ask()) === '192.0.2.2',
    log: 'unbound.log',
    logs: ask,
    broken: `${config('192.0.2.1')}  nonsense: yes\n`,
    users: { main: 'www-data' },
    processes: [{ name: 'main', becomes: {} }],
    roles: () => 'main',
  };
}
