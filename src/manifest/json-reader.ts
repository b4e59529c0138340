import { JsonObject } from './pod-spec';

/**
 * Reads the fields of an object as the API server decodes them: null is as good as absent, and a value of another type
 * than the field's makes the server refuse the whole object. Here it counts as absent, and the error is kept.
 *
 * Only the object's own fields are seen, as only they are written.
 */
export class JsonReader {
  /**
   * @param value what should be an object
   * @param path where it is, for the errors: `spec`
   * @param errors where errors are added: `spec.hostUsers is no boolean`
   */
  public static of(value: unknown, path: string, errors: string[]): JsonReader {
    return new JsonReader(value, undefined, path, errors);
  }

  private readonly json: JsonObject;

  private constructor(
    value: unknown,
    private readonly parent: JsonReader | undefined,
    private readonly key: string,
    private readonly errors: string[],
  ) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.json = isObject ? value as JsonObject : {};
    if (!isObject && value !== null && value !== undefined) errors.push(`${this.path} is no object`);
  }

  /** Names of the fields that have a value. */
  public get keys(): string[] {
    return Object.keys(this.json).filter(key => this.value(key) !== undefined);
  }

  public boolean(key: string): boolean | undefined {
    const value = this.value(key);
    return value === undefined || typeof value === 'boolean' ? value : this.refuse(key, 'is no boolean');
  }

  public string(key: string): string | undefined {
    const value = this.value(key);
    return value === undefined || typeof value === 'string' ? value : this.refuse(key, 'is no string');
  }

  /** @param bits size of the field's type, int32 or int64: what does not fit in is refused */
  public integer(key: string, bits: 32 | 64): number | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    const limit = 2 ** (bits - 1);
    return typeof value === 'number' && Number.isInteger(value) && value >= -limit && value < limit ? value : this.refuse(key, `is no int${bits}`);
  }

  /** The object in a field, or undefined when there is none. */
  public object(key: string): JsonReader | undefined {
    const value = this.value(key);
    return value === undefined ? undefined : new JsonReader(value, this, key, this.errors);
  }

  /** The objects of a list; a null among them is an empty one. */
  public objects(key: string): JsonReader[] {
    return this.list(key).map((item, i) => new JsonReader(item, this, `${key}[${i}]`, this.errors));
  }

  /** The strings of a list; a null among them is an empty one. */
  public strings(key: string): string[] {
    return this.list(key).map((item, i) => this.text(item, `${key}[${i}]`));
  }

  /** Keys and values of an object that maps strings to strings; a null among the values is an empty string. */
  public stringMap(key: string): [string, string][] {
    const map = this.object(key);
    return map ? Object.entries(map.json).map(([name, value]) => [name, this.text(value, `${key}[...]`)]) : [];
  }

  private get path(): string {
    return this.parent ? `${this.parent.path}.${this.key}` : this.key;
  }

  private value(key: string): unknown {
    const value = this.json[key];
    return value === undefined || value === null || !Object.hasOwn(this.json, key) ? undefined : value;
  }

  private list(key: string): unknown[] {
    const value = this.value(key);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.refuse(key, 'is no list');
    return [];
  }

  private text(value: unknown, key: string): string {
    if (typeof value === 'string') return value;
    if (value !== null && value !== undefined) this.refuse(key, 'is no string');
    return '';
  }

  private refuse(key: string, problem: string): undefined {
    this.errors.push(`${this.path}.${key} ${problem}`);
    return undefined;
  }
}
