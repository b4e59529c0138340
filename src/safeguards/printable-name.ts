/** The longest name that Kubernetes takes anywhere. */
const MAX_LENGTH = 253;

/** A name out of a manifest of any origin as it may be printed: bounded, without control characters or line separators. */
export function printableName(name: string): string {
  const bounded = name.length > MAX_LENGTH ? `${name.slice(0, MAX_LENGTH - 3)}...` : name;
  // eslint-disable-next-line no-control-regex
  return bounded.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, '?');
}

/** As `printableName`, in quotes: how a message names something. */
export function named(name: string): string {
  return `\`${printableName(name)}\``;
}

/** Names in a sentence: the first few, then how many more there are. */
export function namedList(names: readonly string[], limit = 5): string {
  const shown = names.slice(0, limit).map(named);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`;
}
