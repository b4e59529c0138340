import { get } from '../tools.mjs';

export const packages = ['puma'];
export const commands = ['puma'];

export const without = { HUP: 'without stdout_redirect' };

export function scenario({ folder, port, variant }) {
  const config = answer => `workers 2
threads 1, 1
bind "tcp://127.0.0.1:${port}"
directory "${folder.path}"
rackup "${folder.file('config.ru')}"
${variant === 'without stdout_redirect' ? '' : `stdout_redirect "${folder.file('puma.log')}", "${folder.file('puma.err')}", true`}
worker_shutdown_timeout 1
silence_single_worker_warning
ENV["ANSWER"] = "${answer}"
`;
  folder.write('config.ru', 'run lambda { |env| STDOUT.puts "asked"; STDOUT.flush; [200, {"Content-Type" => "text/plain"}, [ENV["ANSWER"]]] }\n');
  const file = folder.write('puma.rb', config('one'));
  return {
    command: ['setpriv', '--reuid=1000', '--regid=1000', '--clear-groups', 'puma', '-C', file],
    env: { HOME: folder.path },
    config: file,
    serves: async () => (await get(port)) !== undefined,
    change: () => folder.write('puma.rb', config('two')),
    changed: async () => (await get(port)) === 'two',
    log: variant === undefined ? 'puma.log' : undefined,
    logs: () => get(port),
    broken: 'this is no ruby (\n',
    users: { master: 1000, worker: 1000 },
    processes: [{ name: 'master' }, { name: 'worker' }],
    roles: ({ parent }, main) => parent === main.pid ? 'worker' : 'master',
  };
}
