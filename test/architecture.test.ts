import { readdirSync, readFileSync } from 'fs';
import { dirname, join, relative } from 'path';

// The layers and their arrows, as ARCHITECTURE.md draws them. A folder may import itself and what its row names.
const PURE = ['kernel', 'manifest', 'programs', 'access', 'admission', 'safeguards', 'report'];
const ALLOWED: { readonly [folder: string]: readonly string[] } = {
  'kernel': [],
  'manifest': [],
  'programs': ['kernel'],
  'access': ['kernel', 'manifest', 'programs'],
  'admission': ['kernel', 'manifest'],
  'safeguards': ['kernel', 'manifest', 'programs', 'access', 'admission'],
  'report': ['kernel', 'manifest', 'programs', 'access', 'admission', 'safeguards'],
  'workload': PURE,
  'sidecars': [...PURE, 'workload'],
  'cli': PURE,
  'validation-plugin': PURE,
};
const src = join(__dirname, '..', 'src');

const files = readdirSync(src, { recursive: true }).map(String).filter(file => file.endsWith('.ts'));
const imports = new Map(files.map(file => [file, importsOf(file)]));

function importsOf(file: string): string[] {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s[^;]*?from '([^']+)'|^import '([^']+)'|require\('([^']+)'\)/gm)].map(match => match[1] ?? match[2] ?? match[3]);
}

/** The file of ours that an import names, without `.ts`; undefined for a package. */
function target(file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? relative(src, join(src, dirname(file), specifier)) : undefined;
}

const folderOf = (file: string) => file.includes('/') ? file.slice(0, file.indexOf('/')) : '';

test('the reading of imports sees something', () => {
  expect(imports.get('sidecars/debug-sidecar.ts')).toEqual(expect.arrayContaining(['cdk8s', 'constructs', '../workload/pod-overlay']));
});

test('every folder has a row', () => {
  expect([...new Set(files.map(folderOf))].filter(folder => folder !== '' && !(folder in ALLOWED))).toEqual([]);
});

test('ARCHITECTURE.md says what is in every folder', () => {
  const text = readFileSync(join(__dirname, '..', 'ARCHITECTURE.md'), 'utf8');
  const folders = [...new Set(files.map(folderOf))].filter(folder => folder !== '');
  expect(folders.filter(folder => !text.includes(`| \`${folder}\` |`))).toEqual([]);
});

test('a folder imports only what its row allows', () => {
  const wrong = files.filter(file => folderOf(file) !== '').flatMap(file => imports.get(file)!.flatMap(specifier => {
    const to = target(file, specifier);
    if (to === undefined) return [];
    const folder = folderOf(to);
    return folder === folderOf(file) || ALLOWED[folderOf(file)].includes(folder) ? [] : [`${file} -> ${to}`];
  }));
  expect(wrong).toEqual([]);
});

test('the pure folders import no package but those of Node', () => {
  const wrong = files.filter(file => PURE.includes(folderOf(file))).flatMap(file => imports.get(file)!
    .filter(specifier => !specifier.startsWith('.') && !specifier.startsWith('node:')).map(specifier => `${file} -> ${specifier}`));
  expect(wrong).toEqual([]);
});

test('files import files, never a folder, and nobody imports the barrel', () => {
  const known = new Set(files.map(file => file.replace(/\.ts$/, '')));
  const wrong = files.flatMap(file => imports.get(file)!.map(specifier => target(file, specifier))
    .filter(to => to !== undefined && (!known.has(to) || to === 'index')).map(to => `${file} -> ${to}`));
  expect(wrong).toEqual([]);
});

test('there is no import cycle', () => {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) throw new Error(`cycle: ${[...way.slice(way.indexOf(file)), file].join(' -> ')}`);
    if (done.has(file)) return;
    for (const specifier of imports.get(file) ?? []) {
      const to = target(file, specifier);
      if (to !== undefined) visit(`${to}.ts`, [...way, file]);
    }
    done.add(file);
  };
  for (const file of files) expect(() => visit(file, [])).not.toThrow();
});
