import { isObject, JsonObject } from '../manifest/pod-spec';
import { constructError, quoted } from '../workload/construct-error';

/** Environment variables as a caller gives them. */
type Environment = { readonly [name: string]: string };

/** The `env` of a container. */
export function envOf(env: Environment = {}): JsonObject[] {
  return Object.entries(env).map(([name, value]) => ({ name, value }));
}

/** Refuses an environment that the API server would refuse, and values that are not text. No message holds a value. */
export function checkEnv(path: string, env: Environment = {}): void {
  if (!isObject(env) || env instanceof Map) throw constructError(path, 'env is no object of names and values', "Write it like { LANG: 'C' }");
  for (const [name, value] of Object.entries(env)) {
    if (name === '' || name.includes('=') || /[^\x20-\x7e]/.test(name)) {
      throw constructError(path, `env has a variable named ${quoted(name)}`, "A name is printable ASCII without '='");
    }
    if (typeof value !== 'string') throw constructError(path, `the value of env variable ${quoted(name)} is not a string`, 'Give text');
  }
}

/** Names of variables that Kubernetes takes since 1.32 only: before, they had to be like identifiers. */
export function relaxedEnvNames(env: Environment = {}): string[] {
  return Object.keys(env).filter(name => !/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name) || /^\.($|\.)/.test(name));
}
