import { get } from '../tools.mjs';

export const packages = ['lighttpd'];
export const commands = ['lighttpd'];

export function scenario({ folder, port }) {
  for (const answer of ['one', 'two']) folder.write(`${answer}/index.html`, answer);
  const config = answer => `server.modules = ("mod_accesslog")
server.document-root = "${folder.file(answer)}"
server.bind = "127.0.0.1"
server.port = ${port}
server.username = "www-data"
server.groupname = "www-data"
server.errorlog = "${folder.file('error.log')}"
accesslog.filename = "${folder.file('access.log')}"
index-file.names = ("index.html")
`;
  const file = folder.write('lighttpd.conf', config('one'));
  return {
    command: ['lighttpd', '-D', '-f', file],
    config: file,
    serves: async () => (await get(port)) !== undefined,
    change: () => folder.write('lighttpd.conf', config('two')),
    changed: async () => (await get(port)) === 'two',
    log: 'access.log',
    logs: () => get(port),
    broken: `${config('one')}nonsense\n`,
    users: { main: 'www-data' },
    processes: [{ name: 'main', becomes: {} }],
    roles: () => 'main',
  };
}
