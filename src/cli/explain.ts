import { InputError, readInput } from './read-input';
import { today } from './today';
import { accessDocument } from '../report/access-document';
import { toMarkdown, toText } from '../report/document';
import { explanationJson } from '../report/explanation-json';
import { explainPod } from '../report/pod-explanation';

/** The forms of a report. */
export const FORMATS = ['text', 'markdown', 'json'] as const;
export type Format = typeof FORMATS[number];

/** What a command prints. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Who can do what to whom in the pods of a file, a folder or standard input. */
export function explain(source: string, format: Format): Output {
  const { pods, documents, notes } = readInput(source);
  if (pods.length === 0 && format !== 'json') throw new InputError(`${source}: there is no pod or workload in it`);
  const safeguards = { documents: documents.map(({ value }) => value), today: today() };
  const explanations = pods.map(pod => explainPod(pod, safeguards));
  const stderr = notes.map(note => `${note}\n`).join('');
  if (format === 'json') return { stdout: explanationJson(explanations), stderr, code: 0 };
  const render = format === 'markdown' ? toMarkdown : toText;
  return { stdout: explanations.map(explanation => render(accessDocument(explanation))).join('\n'), stderr, code: 0 };
}
