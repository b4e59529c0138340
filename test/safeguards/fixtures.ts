import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { evaluate } from '../../src/safeguards/evaluate';
import { EvaluateOptions } from '../../src/safeguards/evaluate-options';
import { Finding } from '../../src/safeguards/finding';

export const FIXTURES = join(__dirname, '..', 'fixtures', 'safeguards');

/**
 * A manifest that a rule finds fault with, or does not. Its first lines say what the rule has to find, exactly:
 *
 *     # finds: warning /spec/containers/0/args/0 app
 *     # options: {"environment": "production"}
 */
export interface Fixture {
  readonly file: string;
  readonly documents: unknown[];
  readonly options: EvaluateOptions;
  /** `warning /spec/containers/0 app` */
  readonly finds: string[];
  /** What it shows: the first line. */
  readonly title: string;
  /** The text without those lines. */
  readonly yaml: string;
}

export function fixtures(ruleId: string, verdict: 'fail' | 'pass'): Fixture[] {
  const folder = join(FIXTURES, ruleId, verdict);
  return existsSync(folder) ? readdirSync(folder).sort().map(file => readFixture(join(folder, file), file)) : [];
}

function readFixture(path: string, file: string): Fixture {
  const lines = readFileSync(path, 'utf8').split('\n');
  const body = lines.findIndex(line => !line.startsWith('#'));
  const head = lines.slice(0, body);
  const valuesOf = (word: string) => head.filter(line => line.startsWith(`# ${word}: `)).map(line => line.slice(`# ${word}: `.length));
  const yaml = lines.slice(body).join('\n');
  return {
    file,
    documents: parseAllDocuments(yaml).map(document => document.toJS()),
    options: JSON.parse(valuesOf('options')[0] ?? '{}'),
    finds: valuesOf('finds'),
    title: head[0].slice(2),
    yaml,
  };
}

/** What the rules say about all documents of a fixture, each judged beside the others. */
export function findingsOf({ documents, options }: Fixture, more: EvaluateOptions = {}): Finding[] {
  return documents.flatMap(document => evaluate(document, { documents, ...options, ...more }));
}

export const shown = ({ severity, path, container }: Finding) => `${severity} ${path}${container === undefined ? '' : ` ${container}`}`;
