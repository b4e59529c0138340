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
