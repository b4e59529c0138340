// `npm run docs:rules`: writes docs/reference/safeguards/ from the rules and their fixtures. `npm test` fails when a page is stale.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PAGES, pages } from '../test/safeguards/rule-docs.ts';

const folder = join(fileURLToPath(new URL('..', import.meta.url)), PAGES);
const written = pages();
mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) {
  if (!written.has(file)) rmSync(join(folder, file));
}
for (const [file, text] of written) writeFileSync(join(folder, file), text);
console.log(`${written.size} pages in ${PAGES}`);
