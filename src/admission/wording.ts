// How the server's sentences are put together.

/** `"a", "b"`: what is in the manifest, as it is. */
export function quoted(items: readonly string[]): string {
  return `"${items.join('", "')}"`;
}

/** `container "a"`, `containers "a", "b"`. */
export function containersNamed(names: readonly string[]): string {
  return `${plural(names.length, 'container', 'containers')} ${quoted(names)}`;
}

/** Who sets something: `pod`, `container "a"`, `pod and containers "a", "b"`. */
export function settersNamed(pod: boolean, names: readonly string[]): string {
  return [...pod ? ['pod'] : [], ...names.length > 0 ? [containersNamed(names)] : []].join(' and ');
}

export function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}

/** Each item once, in the order of their UTF-8 bytes. */
export function distinct(items: readonly string[]): string[] {
  return [...new Set(items)].sort(byteOrder);
}

/** Differs from JavaScript's own order for what UTF-16 writes as surrogates: they come after U+E000 to U+FFFF. */
export function byteOrder(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = rank(a.charCodeAt(i)) - rank(b.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x10000 : unit;
}
