// `npm run example [NAME]`: synthesizes an example with the cdk8s CLI, as a pipeline does, prints the manifest and then the
// steps to type next, which are the lines of steps.txt beside it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const name = process.argv[2] ?? 'share-process-namespace';
const folder = join(here, name);
if (!existsSync(join(folder, 'cdk8s.yaml'))) {
  const names = readdirSync(here).filter(entry => existsSync(join(here, entry, 'cdk8s.yaml')));
  console.error(`There is no example '${name}'. There are: ${names.join(', ')}`);
  process.exit(1);
}

rmSync(join(folder, 'dist'), { recursive: true, force: true });
const bin = join(here, '..', 'node_modules', '.bin');
const { status } = spawnSync(join(bin, 'cdk8s'), ['synth', '--no-check-upgrade'], {
  cwd: folder,
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
});
if (status !== 0) process.exit(status ?? 1);

const dist = join(folder, 'dist');
for (const file of readdirSync(dist).filter(entry => entry.endsWith('.yaml')).sort()) {
  console.log(readFileSync(join(dist, file), 'utf8').trimEnd());
  console.log(`\n# examples/${name}/dist/${file}`);
}
const steps = join(folder, 'steps.txt');
if (existsSync(steps)) console.log(`\n${readFileSync(steps, 'utf8').trimEnd()}`);
