// `npm run check:docs`: every TypeScript snippet of README.md and of the doc comments compiles strictly.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'cdk8s-shared-pid-docs-'));
const tablet = join(work, 'snippets.json');
const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
const ok = [['jsii', ['--fail-on-warnings']], ['jsii-rosetta', ['extract', '--strict', '--compile', '--output', tablet]]].every(([name, args]) =>
  spawnSync(join(root, 'node_modules', '.bin', name), args, { cwd: root, stdio: 'inherit', env }).status === 0);
const snippets = ok ? Object.values(JSON.parse(readFileSync(tablet, 'utf8')).snippets) : [];
rmSync(work, { recursive: true, force: true });
const broken = snippets.filter(snippet => snippet.didCompile === false).length;
console.log(`${snippets.length} snippets`);
process.exitCode = ok && snippets.length > 0 && broken === 0 ? 0 : 1;
