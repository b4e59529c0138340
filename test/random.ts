/** Numbers that look random and are the same for the same seed: the "minimal standard" of Park and Miller. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = 1 + Math.abs(Math.trunc(seed)) % 2147483646;
    this.fraction(); // the first ones of small seeds are small
  }

  /** From 0 to 1, never 1. */
  public fraction(): number {
    this.state = this.state * 48271 % 2147483647;
    return this.state / 2147483647;
  }

  public chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  public pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.fraction() * items.length)];
  }

  public list<T>(max: number, make: () => T): T[] {
    return Array.from({ length: Math.floor(this.fraction() * (max + 1)) }, make);
  }
}
