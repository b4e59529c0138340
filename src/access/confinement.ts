import { effective } from './container-user';
import { booleanField, Field, fieldOf, MALFORMED, Malformed, objectField, stringField } from './field';
import { JsonObject } from '../manifest/pod-spec';

/** What of a container the node's security modules look at. It can only take away. */
export interface Confinement {
  /** The container is exempt from what follows, but for a profile that it names itself. */
  readonly privileged: boolean;
  /** `RuntimeDefault` when it says so or nothing (the kubelet may add it); a path for a profile of the node's own. */
  readonly seccomp: 'unconfined' | 'default' | { readonly path: string };
  readonly appArmor: 'unconfined' | 'default' | 'localhost';
  /** SELinux options of the container itself, as text to compare. */
  readonly seLinux: string;
  /** What would settle fields that have a type that Kubernetes refuses. */
  readonly settle: readonly string[];
}

const NO_SETTLE: readonly string[] = [];

/**
 * The profiles of a container: its own fields over the pod's.
 *
 * @param name the container's name, for what would settle it
 * @param annotation the value of the pod's AppArmor annotation for this container (until Kubernetes 1.30)
 */
export function confinementOf(name: string, own: JsonObject | Malformed, pod: JsonObject | Malformed, annotation?: unknown): Confinement {
  const privileged = booleanField(fieldOf(own, 'privileged')) === true;
  const settle: string[] = [];
  const note = (field: string): void => {
    const isOwn = own !== MALFORMED && own[field] !== undefined && own[field] !== null;
    settle.push(own === MALFORMED ? `make securityContext of \`${name}\` an object`
      : isOwn ? `make ${field} of \`${name}\` what Kubernetes takes` : `set ${field} on \`${name}\``);
  };

  const seccomp = profile(effective(own, pod, 'seccompProfile', profileField));
  if (seccomp === MALFORMED) note('seccompProfile');
  const appArmor = profile(effective(own, pod, 'appArmorProfile', profileField)) ?? annotated(annotation);
  if (appArmor === MALFORMED) note('appArmorProfile');
  const seLinux = seLinuxText(fieldOf(own, 'seLinuxOptions'));
  if (seLinux === MALFORMED) note('seLinuxOptions');

  return {
    privileged,
    seccomp: privileged || seccomp === 'unconfined' ? 'unconfined' : typeof seccomp === 'object' ? seccomp : 'default',
    appArmor: typeof appArmor === 'object' ? 'localhost' : privileged || appArmor === 'unconfined' ? 'unconfined' : 'default',
    seLinux: seLinux === MALFORMED ? '' : seLinux,
    settle: settle.length ? settle : NO_SETTLE,
  };
}

type Profile = 'unconfined' | 'default' | { readonly path: string };

function profileField(value: unknown): Field<JsonObject> {
  return value === undefined || value === null ? undefined : objectField(value);
}

function profile(value: Field<JsonObject>): Field<Profile> {
  if (value === undefined || value === MALFORMED) return value;
  const path = stringField(value.localhostProfile);
  switch (value.type) {
    case 'Unconfined': return 'unconfined';
    case 'RuntimeDefault': return 'default';
    case 'Localhost': return typeof path === 'string' ? { path } : MALFORMED;
    default: return MALFORMED;
  }
}

function annotated(value: unknown): Profile | undefined {
  if (typeof value !== 'string') return undefined;
  if (value === 'unconfined') return 'unconfined';
  return value.startsWith('localhost/') ? { path: value.slice('localhost/'.length) } : 'default';
}

const SE_LINUX_FIELDS = ['user', 'role', 'type', 'level'];

function seLinuxText(value: unknown): string | Malformed {
  if (value === undefined || value === null) return '';
  const options = objectField(value);
  if (options === MALFORMED) return MALFORMED;
  let text = '';
  for (const name of SE_LINUX_FIELDS) {
    const part = stringField(options[name]);
    if (part === MALFORMED) return MALFORMED;
    text += `${part ?? ''}\n`;
  }
  return text;
}
