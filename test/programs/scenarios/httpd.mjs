import { get } from '../tools.mjs';

export const packages = ['apache2-bin'];
export const commands = ['apache2'];

export function scenario({ folder, port }) {
  const modules = ['mpm_event', 'authz_core', 'dir', 'alias'].map(name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
  const config = answer => `${modules.join('\n')}
ServerRoot ${folder.path}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder.file('httpd.pid')}
Mutex file:${folder.path}
User www-data
Group www-data
StartServers 2
ServerLimit 4
ErrorLog ${folder.file('error.log')}
LogFormat "%r" plain
CustomLog ${folder.file('access.log')} plain
DocumentRoot ${folder.file(answer)}
<Directory />
Require all granted
</Directory>
`;
  for (const answer of ['one', 'two']) folder.write(`${answer}/index.html`, answer);
  const file = folder.write('httpd.conf', config('one'));
  const program = folder.link('/usr/sbin/apache2', 'httpd'); // the official image's name of the same program
  return {
    command: [program, '-DFOREGROUND', '-f', file],
    config: file,
    serves: async () => (await get(port)) !== undefined,
    change: () => folder.write('httpd.conf', config('two')),
    changed: async () => (await get(port)) === 'two',
    log: 'access.log',
    logs: () => get(port),
    broken: `${config('one')}Nonsense on\n`,
    binary: { httpd: program },
    users: { master: 0, worker: 'www-data' },
    roles: ({ parent }, main) => parent === main.pid ? 'worker' : 'master',
  };
}
