/**
 * An error of this library: where, what is wrong (with the value), and what to do.
 *
 * @param path the construct path; for a value that belongs to no construct yet, what makes it (`DebugProfile.custom`)
 * @param problem what is wrong, with the value that was given
 * @param fix what to write instead
 */
export function constructError(path: string, problem: string, fix: string): Error {
  return new Error(`${path || '(root)'}: ${problem}. ${fix}.`);
}

/** A value as it may stand in a message: text quoted, bounded, without control characters; a list or an object by its type. */
export function quoted(value: unknown): string {
  if (typeof value !== 'string') return unquoted(value);
  // eslint-disable-next-line no-control-regex
  const printable = value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?');
  return `'${printable.length > 80 ? `${printable.slice(0, 77)}...` : printable}'`;
}

function unquoted(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'object': return value === null ? 'null' : 'an object';
    case 'function': case 'symbol': return `a ${typeof value}`;
    default: return String(value);
  }
}
