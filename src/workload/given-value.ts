import { Construct } from 'constructs';
import { constructError, quoted } from './construct-error';

// TypeScript and jsii check types. These refuse, with our words, what comes from JavaScript or through `any`: a text where a
// list is meant would be taken letter by letter, 'false' for true, and an unknown choice for the default. Left out is fine.

/** Refuses what is no text, or an empty one. */
export function checkText(path: string, name: string, value: unknown): void {
  if (value === undefined || typeof value === 'string' && value !== '') return;
  throw constructError(path, `${name} is ${quoted(value)}`, 'Give text');
}

/** Refuses what is no list of texts. An empty text may be in it. */
export function checkTextList(path: string, name: string, value: unknown): void {
  checkList(path, name, value);
  const wrong = (value as unknown[] | undefined)?.findIndex(item => typeof item !== 'string') ?? -1;
  if (wrong >= 0) throw constructError(path, `${name}[${wrong}] is ${quoted((value as unknown[])[wrong])}`, 'Give text');
}

/** Refuses what is no list. */
export function checkList(path: string, name: string, value: unknown): void {
  if (value === undefined || Array.isArray(value)) return;
  throw constructError(path, `${name} is ${quoted(value)}`, 'Give a list');
}

/** Refuses what is neither true nor false. */
export function checkFlag(path: string, name: string, value: unknown): void {
  if (value === undefined || typeof value === 'boolean') return;
  throw constructError(path, `${name} is ${quoted(value)}`, 'Give true or false');
}

/**
 * Refuses what is no member of an enum.
 *
 * @param choices the enum
 */
export function checkChoice(path: string, name: string, value: unknown, choices: { readonly [member: string]: string }): void {
  if (value === undefined || Object.values(choices).some(choice => choice === value)) return;
  throw constructError(path, `${name} is ${quoted(value)}`, `Give one of ${Object.values(choices).map(choice => `'${choice}'`).join(', ')}`);
}

/** Refuses what is no construct. */
export function checkConstruct(value: unknown): void {
  if (!Construct.isConstruct(value)) throw constructError('cdk8s-shared-pid', `${quoted(value)} is no construct`, 'Give a workload, a chart or another construct');
}

/** A copy of what a caller gave without the fields that are null or undefined: both leave a field out. */
export function withoutNulls<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined)) as T;
}
