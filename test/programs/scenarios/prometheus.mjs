import { get } from '../tools.mjs';

export const packages = ['prometheus'];
export const commands = ['prometheus'];

export function scenario({ folder, port }) {
  const config = seconds => `global:\n  scrape_interval: ${seconds}s\n`;
  const file = folder.write('prometheus.yml', config(31));
  return {
    command: ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'prometheus', `--config.file=${file}`, `--storage.tsdb.path=${folder.file('data')}`,
      `--web.listen-address=127.0.0.1:${port}`],
    config: file,
    serves: async () => (await get(port, '/-/ready'))?.includes('Ready') === true,
    change: () => folder.write('prometheus.yml', config(32)),
    changed: async () => (await get(port, '/api/v1/status/config'))?.includes('scrape_interval: 32s') === true,
    broken: 'global: [\n',
    users: { main: 65534 },
    roles: () => 'main',
  };
}
