import { named } from './printable-name';
import { arrayOf, JsonObject, objectOf } from '../manifest/pod-spec';

// `$$(NAME)` is written for a plain `$(NAME)`.
const REFERENCE = /(^|[^$])\$\(([A-Za-z_.-][\w.-]{0,100})\)/g;

/** The names that the kubelet replaces in a text: `$(NAME)`. */
export function referencesIn(text: string): string[] {
  return text.includes('$(') ? [...text.matchAll(REFERENCE)].map(match => match[2]) : [];
}

/** Which variables of a container hold what comes from a Secret. */
export class SecretVariables {
  private readonly defined = new Set<string>();
  private readonly secret = new Set<string>();
  private readonly prefixes: string[] = [];

  public constructor(container: JsonObject) {
    for (const source of arrayOf(container.envFrom).map(objectOf)) {
      if (source.secretRef !== undefined) this.prefixes.push(typeof source.prefix === 'string' ? source.prefix : '');
    }
    for (const variable of arrayOf(container.env).map(objectOf)) {
      if (typeof variable.name !== 'string') continue;
      const { value } = variable;
      const holdsSecret = typeof value === 'string' ? referencesIn(value).some(name => this.has(name)) : objectOf(variable.valueFrom).secretKeyRef !== undefined;
      this.defined.add(variable.name);
      if (holdsSecret) this.secret.add(variable.name);
      else this.secret.delete(variable.name);
    }
  }

  /** True as well for a name that nothing else defines, where all keys of a Secret become variables. */
  public has(name: string): boolean {
    return this.secret.has(name) || (!this.defined.has(name) && this.prefixes.some(prefix => name.startsWith(prefix)));
  }
}

/** A Secret, or a part of it, that a container is given. */
export interface SecretUse {
  /** How it is named: `Secret db`, `the value of DB_PASSWORD`. Never a value. */
  readonly shown: string;
  /** The same for whoever is given the same. */
  readonly key: string;
  /** The whole of it, of which `key` is a part. */
  readonly whole?: string;
}

/** Names of variables that look as if their value were secret. */
const SECRET_NAME = /(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?)$/i;
/** A reference to another place, or nothing. */
const NO_SECRET = /^(?:$|\/|\$\(|(?:true|false|none|null|\d{1,3})$)/i;

/** The secrets in a container's environment. */
export function environmentSecretsOf(container: JsonObject): SecretUse[] {
  const uses: SecretUse[] = [];
  if (container.envFrom !== undefined) {
    for (const source of arrayOf(container.envFrom).map(objectOf)) {
      const { name } = objectOf(source.secretRef);
      if (typeof name === 'string') uses.push(wholeSecret(name));
    }
  }
  if (container.env === undefined) return uses;
  for (const variable of arrayOf(container.env).map(objectOf)) {
    const { name: secret, key } = objectOf(objectOf(variable.valueFrom).secretKeyRef);
    if (typeof secret === 'string') uses.push(partOfSecret(secret, key));
    const { name, value } = variable;
    if (typeof name !== 'string' || name.length > 253 || typeof value !== 'string' || !SECRET_NAME.test(name) || NO_SECRET.test(value)) continue;
    uses.push({ shown: `the value of ${named(name)}`, key: `value ${name} ${value}` });
  }
  return uses;
}

/** All of a Secret. */
export function wholeSecret(name: string): SecretUse {
  return { shown: `Secret ${named(name)}`, key: `secret ${name}` };
}

/** One key of a Secret. */
export function partOfSecret(name: string, key: unknown): SecretUse {
  return typeof key === 'string' ? { shown: `Secret ${named(name)}`, key: `secret ${name} ${key}`, whole: `secret ${name}` } : wholeSecret(name);
}

/** What one container is given and the other is not, each named once. */
export function secretsBeyond(theirs: readonly SecretUse[], own: ReadonlySet<string>): string[] {
  const missing = theirs.filter(({ key, whole }) => !own.has(key) && (whole === undefined || !own.has(whole)));
  return missing.length === 0 ? [] : [...new Set(missing.map(({ shown }) => shown))];
}
