/**
 * An error of this library: where, what is wrong (with the value), and what to do.
 *
 * @param path the construct path
 * @param problem what is wrong, with the value that was given
 * @param fix what to write instead
 */
export function constructError(path: string, problem: string, fix: string): Error {
  return new Error(`${path || '(root)'}: ${problem}. ${fix}.`);
}

/** A value as it may stand in a message: quoted, bounded, without control characters. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : String(value);
  // eslint-disable-next-line no-control-regex
  const printable = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?');
  return `'${printable.length > 80 ? `${printable.slice(0, 77)}...` : printable}'`;
}
