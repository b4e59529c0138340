// Puts the shell scripts of the sidecars beside the compiled code: jsii compiles TypeScript only. Part of every compilation.
import { cpSync, rmSync } from 'node:fs';

const root = new URL('..', import.meta.url).pathname;
rmSync(`${root}lib/sidecars/scripts`, { recursive: true, force: true });
cpSync(`${root}src/sidecars/scripts`, `${root}lib/sidecars/scripts`, { recursive: true });
