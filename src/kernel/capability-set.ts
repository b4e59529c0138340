import { CAPABILITIES } from './capability';

const KNOWN: ReadonlySet<string> = new Set(CAPABILITIES);

/** A set of Linux capabilities, by their names without `CAP_`. Never changes. */
export class CapabilitySet {
  public static readonly NONE = new CapabilitySet(new Set());
  public static readonly ALL = new CapabilitySet(KNOWN);

  /** The set of these names; what is no capability of Linux is left out. */
  public static of(names: Iterable<string>): CapabilitySet {
    const known = new Set<string>();
    for (const name of names) if (KNOWN.has(name)) known.add(name);
    return known.size === 0 ? CapabilitySet.NONE : new CapabilitySet(known);
  }

  private constructor(private readonly members: ReadonlySet<string>) {}

  public get size(): number {
    return this.members.size;
  }

  /** The names in alphabetical order. */
  public get names(): string[] {
    return [...this.members].sort();
  }

  public has(name: string): boolean {
    return this.members.has(name);
  }

  /** Whether all of `other` is in this set. */
  public contains(other: CapabilitySet): boolean {
    if (other === this || other.members.size === 0) return true;
    if (other.members.size > this.members.size) return false;
    for (const name of other.members) if (!this.members.has(name)) return false;
    return true;
  }

  public equals(other: CapabilitySet): boolean {
    return other.members.size === this.members.size && this.contains(other);
  }

  public union(other: CapabilitySet): CapabilitySet {
    if (this.contains(other)) return this;
    return other.contains(this) ? other : new CapabilitySet(new Set([...this.members, ...other.members]));
  }

  public without(other: CapabilitySet): CapabilitySet {
    return CapabilitySet.of([...this.members].filter(name => !other.members.has(name)));
  }

  public intersection(other: CapabilitySet): CapabilitySet {
    return other.contains(this) ? this : CapabilitySet.of([...this.members].filter(name => other.members.has(name)));
  }
}
