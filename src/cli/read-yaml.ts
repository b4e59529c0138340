import { parseAllDocuments, ScalarTag, Tags } from 'yaml';

/** One document of a YAML stream, as the JSON that kubectl would send. */
export interface YamlDocument {
  /** Its place in the stream, from 0; empty documents are not counted. */
  readonly index: number;
  readonly value: unknown;
}

/** Text that kubectl would not take, or that takes too long to read. */
export class UnreadableYaml extends Error {}

/** YAML is read at about 2 MB/s and takes 40 times its size in memory; JSON is read by the engine itself. */
const MAX_YAML_BYTES = 32 * 1024 * 1024;

/** Aliases that are read per anchor, nested ones multiplied: more is an attempt to fill the memory. */
const MAX_ALIASES = 100;

/** No manifest is nested this deep; a tree that is would overflow whoever walks it. */
const MAX_DEPTH = 200;

/** Numbers that kubectl reads beside those of YAML 1.1: octal with an `o`, hexadecimal with an `X`. */
const MORE_NUMBERS: ScalarTag[] = [[/^[-+]?0[oO][0-7]+$/, 8], [/^[-+]?0X[0-9a-fA-F]+$/, 16]].map(([test, radix]) => ({
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: test as RegExp,
  resolve: text => Number.parseInt(text.replace(/0[oOX]/, ''), radix as number),
}));

/**
 * The documents of a stream, read as kubectl does: YAML 1.1 (`yes` is true, `0777` is octal), without dates and base 60.
 *
 * @throws UnreadableYaml when any document is not well-formed, has a key twice, or is larger than can be read in a bounded time
 * @see test/cli/read-yaml.test.ts compares with what kubectl's own parser makes of the same text
 */
export function readYaml(text: string): YamlDocument[] {
  const json = readJson(text);
  if (json !== undefined) return [{ index: 0, value: toJson(() => json) }];
  if (text.length > MAX_YAML_BYTES) {
    throw new UnreadableYaml(`YAML of ${Math.round(text.length / 1024 / 1024)} MiB, and at most ${MAX_YAML_BYTES / 1024 / 1024} MiB can be read: give it as JSON (-o json)`);
  }
  // eslint-disable-next-line no-control-regex
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.exec(text);
  if (control) throw new UnreadableYaml(`a control character (code ${control[0].charCodeAt(0)}) at offset ${control.index}: this is no YAML`);
  const documents = parseAllDocuments(text, { version: '1.1', customTags, uniqueKeys: true, logLevel: 'silent', prettyErrors: true });
  const found: YamlDocument[] = [];
  for (const document of Array.isArray(documents) ? documents : []) {
    const [error] = document.errors;
    if (error) throw new UnreadableYaml(firstLine(error.message));
    if (document.directives?.yaml.explicit && document.directives.yaml.version !== '1.1') {
      throw new UnreadableYaml(`%YAML ${document.directives.yaml.version}: kubectl reads YAML 1.1`);
    }
    const value = toJson(() => document.toJS({ maxAliasCount: MAX_ALIASES }));
    if (value !== null && value !== undefined) found.push({ index: found.length, value });
  }
  return found;
}

function customTags(tags: Tags): Tags {
  const left = tags.filter(tag => typeof tag === 'string' || !['TIME'].includes(tag.format ?? '') && !/:(timestamp|binary)$/.test(tag.tag));
  return [...MORE_NUMBERS, ...left];
}

function readJson(text: string): unknown {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // flow YAML, or a mistake that the YAML parser says better
  }
}

/** What can only be seen when the nodes become values: too many aliases, an alias inside its own anchor. */
function toJson(read: () => unknown): unknown {
  let value;
  try {
    value = read();
  } catch (error) {
    throw new UnreadableYaml(firstLine((error as Error).message));
  }
  checkTree(value, 0);
  return value;
}

function checkTree(value: unknown, depth: number): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new UnreadableYaml('a number that JSON does not have (.inf, .nan)');
  if (value === null || typeof value !== 'object') return;
  if (depth > MAX_DEPTH) throw new UnreadableYaml(`nested deeper than ${MAX_DEPTH} levels, or an alias stands inside its own anchor`);
  for (const child of Object.values(value)) checkTree(child, depth + 1);
}

function firstLine(message: string): string {
  return message.split('\n')[0].replace(/:$/, '');
}
