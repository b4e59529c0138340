import { readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { readYaml, UnreadableYaml } from './read-yaml';
import { ManifestPod, podsOf, unreadTemplatesOf } from '../manifest/pods-of';

/** What was asked for cannot be read: said to the user without a stack, exit code 2. */
export class InputError extends Error {}

/** The pods of the files that were named, and what of them was passed over. */
export interface Input {
  readonly pods: ManifestPod[];
  /** All documents, with the file that each is in. */
  readonly documents: { readonly file: string; readonly value: unknown }[];
  /** Sentences for standard error. */
  readonly notes: string[];
}

/** Text that V8 can hold as one string. */
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * Reads the manifests of a file, of all YAML and JSON files below a folder, or of standard input.
 *
 * @param source a path, or `-`
 * @throws InputError when it is not there, or any of it cannot be read: nothing is passed over silently
 */
export function readInput(source: string): Input {
  const pods: ManifestPod[] = [];
  const documents: { file: string; value: unknown }[] = [];
  const notes: string[] = [];
  for (const file of filesOf(source)) {
    for (const { value } of documentsOf(file)) {
      documents.push({ file, value });
      for (const pod of podsOf(value)) pods.push(pod);
      for (const object of unreadTemplatesOf(value)) {
        notes.push(`${file}: ${object} holds a pod template, but is no kind that Kubernetes itself knows: it is not in this report`);
      }
    }
  }
  return { pods, documents, notes };
}

function documentsOf(file: string) {
  try {
    return readYaml(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch (error) {
    if (error instanceof UnreadableYaml) throw new InputError(`${file}: ${error.message}`);
    throw new InputError(`${file}: cannot be read: ${(error as Error).message}`);
  }
}

function filesOf(source: string): string[] {
  if (source === '-') return [source];
  const found = stat(source);
  if (!found.isDirectory()) {
    if (found.size > MAX_BYTES) throw new InputError(`${source}: ${found.size} bytes, and at most ${MAX_BYTES} can be read`);
    return [source];
  }
  const files = readdirSync(source, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name) && entry.name !== 'construct-metadata.json')
    .map(entry => join(entry.parentPath, entry.name)).sort();
  if (files.length === 0) throw new InputError(`${source}: there is no .yaml, .yml or .json file in this folder`);
  return files;
}

function stat(source: string) {
  try {
    return statSync(source);
  } catch (error) {
    throw new InputError(`${source}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file or folder' : (error as Error).message}`);
  }
}
