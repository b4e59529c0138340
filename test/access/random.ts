/** Random numbers that are the same in every run: mulberry32. */
export class Random {
  constructor(private state: number) {}

  /** From 0 to 1. */
  public next(): number {
    this.state = (this.state + 0x6d2b79f5) % 2 ** 32;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state); // eslint-disable-line no-bitwise
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; // eslint-disable-line no-bitwise
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32; // eslint-disable-line no-bitwise
  }

  public below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  public pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }

  public chance(probability: number): boolean {
    return this.next() < probability;
  }

  public some<T>(values: readonly T[], probability: number): T[] {
    return values.filter(() => this.chance(probability));
  }
}
