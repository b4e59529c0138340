import { get } from '../tools.mjs';

export const packages = ['prometheus-alertmanager'];
export const commands = ['prometheus-alertmanager'];

export function scenario({ folder, port }) {
  const config = receiver => `route:\n  receiver: ${receiver}\nreceivers:\n- name: ${receiver}\n`;
  const file = folder.write('alertmanager.yml', config('one'));
  return {
    // Debian's name of the program is longer than the official image's `alertmanager`
    command: ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', folder.link('/usr/bin/prometheus-alertmanager', 'alertmanager'), `--config.file=${file}`,
      `--storage.path=${folder.file('data')}`, `--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='],
    config: file,
    serves: async () => (await get(port, '/-/ready')) === 'OK',
    change: () => folder.write('alertmanager.yml', config('two')),
    changed: async () => (await get(port, '/api/v2/status'))?.includes('receiver: two') === true,
    broken: 'route: [\n',
    users: { main: 65534 },
    roles: () => 'main',
  };
}
