import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'fs';
import { join } from 'path';

const root = join(__dirname, '..');
const ASSEMBLY = join(root, '.jsii');
const LOCK = join(root, 'node_modules', '.compiled-package.lock');
const PATIENCE_MS = 120_000;

/**
 * Compiles the package to lib/ and .jsii, as its users get it. Tests in several processes that need it compile it once, and
 * none reads what another one is writing.
 */
export function compilePackage(): void {
  lock();
  try {
    if (isFresh()) return;
    const { status, stdout, stderr } = spawnSync(join(root, 'node_modules', '.bin', 'jsii'), ['--fail-on-warnings'], {
      cwd: root, encoding: 'utf8', env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
    });
    if (status !== 0) throw new Error(stdout + stderr);
  } finally {
    rmdirSync(LOCK);
  }
}

function isFresh(): boolean {
  if (!existsSync(ASSEMBLY) || !existsSync(join(root, 'lib', 'index.js'))) return false;
  const sources = readdirSync(join(root, 'src'), { recursive: true }).map(file => join(root, 'src', String(file)));
  const newest = Math.max(...[...sources, join(root, 'package.json'), join(root, 'tsconfig.json')].map(file => statSync(file).mtimeMs));
  return statSync(ASSEMBLY).mtimeMs > newest; // written last; of lib/ only what changed is written anew
}

/** A folder is made by one process only. One that a killed run left is taken over after a while. */
function lock(): void {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    try {
      mkdirSync(LOCK);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (Date.now() > end) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}
