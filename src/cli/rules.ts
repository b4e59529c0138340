import { Output } from './explain';
import { InputError } from './read-input';
import { SAFEGUARDS } from '../safeguards/registry';
import { Rule } from '../safeguards/rule';
import { rulePage } from '../safeguards/rule-page';

/** The rules of the safeguards: a list, or the page of one. */
export function rules(id: string | undefined): Output {
  if (id === undefined) {
    const width = Math.max(...SAFEGUARDS.map(rule => rule.id.length));
    return { stdout: SAFEGUARDS.map(rule => `${rule.id.padEnd(width)}  ${rule.severity.padEnd(7)}  ${rule.title}\n`).join(''), stderr: '', code: 0 };
  }
  return { stdout: rulePage(SAFEGUARDS.find(rule => rule.id === named(id))!), stderr: '', code: 0 };
}

function named(id: string): string {
  try {
    return Rule.named(id).id;
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}
