/** Powers of ten and of two. */
const DECIMAL: { readonly [suffix: string]: number } = { '': 0, 'n': -9, 'u': -6, 'm': -3, 'k': 3, 'M': 6, 'G': 9, 'T': 12, 'P': 15, 'E': 18 };
const BINARY: { readonly [suffix: string]: number } = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

/**
 * The number that a Kubernetes quantity stands for (`500m` is 0.5), or undefined when the value is no quantity. Two ways to
 * write one amount (`9m`, `0.009`) give the same number.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantityOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(value);
  if (!match) return undefined;
  const [, number, exponent, suffix = ''] = match;
  // The exponent goes into the text, for the nearest number to the whole: 9 * 0.001 is not 0.009. A power of two is exact.
  return suffix in BINARY ? Number(number) * 2 ** BINARY[suffix] : Number(`${number}e${exponent ?? DECIMAL[suffix]}`);
}
