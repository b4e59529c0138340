import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { BEGIN, CATALOG, END, generatedPart } from './programs-page';

const file = join(__dirname, '..', '..', 'docs', 'reference', 'programs.md');

test('the generated part of docs/reference/programs.md is what the catalog says', () => {
  const text = readFileSync(file, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END) + END.length;
  expect(begin).toBeGreaterThan(0);
  expect(end).toBeGreaterThan(begin);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text.slice(0, begin) + generatedPart() + text.slice(end));
  const now = readFileSync(file, 'utf8');
  expect(now.slice(now.indexOf(BEGIN), now.indexOf(END) + END.length)).toBe(generatedPart());
});

test('no program is both in the catalog and in the table of those that we did not run', () => {
  const text = readFileSync(file, 'utf8');
  const notRun = text.slice(text.indexOf('## Not run by us')).split('\n').filter(line => line.startsWith('| ')).slice(2).map(line => line.split('|')[1].trim().toLowerCase());
  expect(notRun.length).toBeGreaterThan(8);
  const run = CATALOG.flatMap(([, { name, comm }]) => [name, ...comm]).map(name => name.toLowerCase());
  expect(notRun.filter(name => run.includes(name))).toEqual([]);
});
