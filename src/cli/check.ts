import { Format, Output } from './explain';
import { InputError, readInput } from './read-input';
import { today } from './today';
import { objectOf } from '../manifest/pod-spec';
import { Block, toMarkdown, toText } from '../report/document';
import { findingJson } from '../report/explanation-json';
import { findingsBlock } from '../report/findings-block';
import { evaluate } from '../safeguards/evaluate';
import { Finding } from '../safeguards/finding';
import { Severity } from '../safeguards/severity';

/** What may be asked to fail on. */
export const FAIL_ON = [Severity.ERROR, Severity.WARNING] as const;

interface Judged {
  readonly file: string;
  readonly title: string;
  readonly findings: readonly Finding[];
}

/**
 * Judges every pod of a file, a folder or standard input by the safeguards.
 *
 * @param failOn findings of this severity, or a heavier one, that nobody acknowledged give exit code 1
 */
export function check(source: string, failOn: Severity, format: Format): Output {
  const { documents, notes } = readInput(source);
  if (documents.length === 0) throw new InputError(`${source}: there is no document in it`);
  const all = documents.map(({ value }) => value);
  const options = { documents: all, today: today() };
  const judged = documents.map(({ file, value }): Judged => ({ file, title: titleOf(value), findings: evaluate(value, options) }))
    .filter(({ findings }) => findings.length > 0);
  const fails = judged.some(({ findings }) => findings.some(finding => !finding.acknowledged && weight(finding.severity) >= weight(failOn)));
  return { stdout: render(judged, format), stderr: notes.map(note => `${note}\n`).join(''), code: fails ? 1 : 0 };
}

function render(judged: readonly Judged[], format: Format): string {
  if (format === 'json') {
    const documents = judged.map(({ file, title, findings }) => ({ file, title, findings: findings.map(findingJson) }));
    return `${JSON.stringify({ version: 1, documents }, undefined, 1)}\n`;
  }
  const blocks = judged.flatMap(({ file, title, findings }): Block[] => [{ kind: 'heading', text: `${title} (${file})` }, findingsBlock(findings)]);
  return (format === 'markdown' ? toMarkdown : toText)(blocks.length ? blocks : [{ kind: 'paragraph', text: 'The safeguards find nothing.' }]);
}

function titleOf(document: unknown): string {
  const { kind, metadata } = objectOf(document);
  const { name, namespace } = objectOf(metadata);
  const text = (value: unknown) => typeof value === 'string' ? value : '';
  return `${text(kind) || 'document'} ${text(namespace) ? `${text(namespace)}/` : ''}${text(name)}`.trim();
}

function weight(severity: Severity): number {
  return [Severity.INFO, Severity.WARNING, Severity.ERROR].indexOf(severity);
}
