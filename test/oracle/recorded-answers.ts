import { createHash } from 'crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';

/** Every manifest that the project keeps. What the API server answers to it is recorded below test/data/oracle. */
export const MANIFESTS = [
  'test/manifests/**/*.yaml',
  'test/oracle/samples/**/*.yaml',
  'test/fixtures/**/*.yaml',
  'examples/**/expected*.yaml',
];

/** What a command of ours writes: `npm run oracle` checks it where it is there; it is not kept, so it is not recorded. */
export const OUTPUT = [
  'examples/*/dist/**/*.yaml',
];

const RECORDS = 'test/data/oracle';

/** What oracle/api-server prints for one object; lists that are empty are left out. */
export interface Answer {
  readonly index: number;
  readonly item?: number;
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly error?: string;
  readonly strictErrors?: string[];
  readonly validationErrors?: { readonly type: string; readonly field: string; readonly message: string }[];
  readonly warnings?: string[];
  readonly level?: string;
  readonly psa?: { readonly [level: string]: { readonly allowed: boolean; readonly reasons?: string[]; readonly details?: string[] } };
}

export interface Record {
  /** The release that answered. */
  readonly kubernetes: string;
  /** Of the manifest's text. */
  readonly sha256: string;
  readonly answers: Answer[];
}

/** Paths below root, with slashes, sorted. `*` stands for anything within a name, `**` + `/` for any number of folders. */
export function findFiles(root: string, globs: readonly string[]): string[] {
  const wanted = globs.map(glob => new RegExp(`^${glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/|\*/g, star => star === '*' ? '[^/]*' : '(?:[^/]+/)*')}$`));
  const found: string[] = [];
  const visit = (folder: string): void => {
    if (!existsSync(join(root, folder))) return;
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== 'node_modules') visit(path);
      if (entry.isFile() && wanted.some(pattern => pattern.test(path))) found.push(path);
    }
  };
  new Set(globs.map(glob => glob.slice(0, glob.indexOf('/')))).forEach(visit);
  return found.sort();
}

/** Of the text, whatever git makes of its line ends. */
export function contentHash(text: string): string {
  return createHash('sha256').update(text.replace(/\r\n/g, '\n')).digest('hex');
}

/** Where the answers to a manifest are: its own path below the folder of the records. */
export function recordPath(manifest: string): string {
  return `${RECORDS}/${manifest.replace(/\.yaml$/, '')}.json`;
}

export function readRecord(root: string, manifest: string): Record | undefined {
  const path = join(root, recordPath(manifest));
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** One answer a line, so that a change reads well. */
export function formatRecord(record: Record): string {
  const { answers, ...head } = record;
  return `${JSON.stringify(head).slice(0, -1)}, "answers": [\n${answers.map(answer => JSON.stringify(answer)).join(',\n')}\n]}\n`;
}

export function writeRecord(root: string, manifest: string, record: Record): void {
  const path = join(root, recordPath(manifest));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, formatRecord(record));
}

/** Records that no manifest asks for. */
export function staleRecords(root: string, manifests: readonly string[]): string[] {
  const asked = new Set(manifests.map(recordPath));
  return findFiles(root, [`${RECORDS}/**/*`]).filter(path => !asked.has(path));
}

export function removeRecord(root: string, path: string): void {
  rmSync(join(root, path));
}

/** Says why the record does not speak for this text, or nothing. */
export function recordProblem(record: Record | undefined, text: string, kubernetes: string): string | undefined {
  if (!record) return 'has no recorded answer: run npm run oracle';
  if (record.sha256 !== contentHash(text)) return 'was changed after its answer was recorded: run npm run oracle';
  if (record.kubernetes !== kubernetes) return `was answered by Kubernetes ${record.kubernetes}, not ${kubernetes}: run npm run oracle`;
  return undefined;
}

/**
 * What is wrong with a manifest: everything that the server refuses or warns about and the file does not announce, and
 * everything that it announces and the server does not say. A file announces by comment lines at its top:
 *
 *     # oracle: refused ShareProcessNamespace and HostPID cannot both be enabled
 *     # oracle: warns duplicate name
 *
 * where the text after the first word has to appear in what the server says.
 */
export function problems(text: string, answers: readonly Answer[]): string[] {
  const found: string[] = [];
  const announced: { readonly word: string; readonly part: string; said: boolean }[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (!/^\s*(#.*)?$/.test(line)) break;
    const comment = /^\s*#\s*oracle:\s*(\S*)\s*(.*?)\s*$/.exec(line);
    if (!comment) continue;
    const [, word, part] = comment;
    if (!['refused', 'warns'].includes(word) || !part) {
      found.push(`'${line.trim()}' is not understood: write '# oracle: refused TEXT' or '# oracle: warns TEXT'`);
    } else {
      announced.push({ word, part, said: false });
    }
  }
  if (answers.length === 0) found.push('holds no object');
  for (const answer of answers) {
    const object = `${answer.kind ?? 'document'} ${answer.name ?? answer.index}`;
    const refusals = [...answer.error ? [answer.error] : [], ...answer.strictErrors ?? [],
      ...(answer.validationErrors ?? []).map(({ field, message }) => field ? `${field}: ${message}` : message)];
    for (const [word, said] of [...refusals.map(t => ['refused', t]), ...(answer.warnings ?? []).map(t => ['warns', t])]) {
      const matching = announced.filter(a => a.word === word && said.includes(a.part));
      matching.forEach(a => { a.said = true; });
      if (matching.length === 0) found.push(`${object}: the API server ${word === 'refused' ? 'refuses it' : 'warns'}: ${said}`);
    }
  }
  for (const { word, part, said } of announced) {
    if (!said) found.push(`is meant to be '${word} ${part}', but the API server does not say so`);
  }
  return found;
}
