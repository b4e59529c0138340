import { ContainerFacts } from './container-facts';
import { booleanField, Field, fieldOf, idField, MALFORMED, Malformed } from './field';
import { Id, PLATFORM } from './open-id';
import { JsonObject } from '../manifest/pod-spec';
import { KnownProgram } from '../programs/known-program';

/** The user that a container's processes are started as. */
export interface ContainerUser {
  readonly uid: Id;
  readonly gid: Id;
  /** It asks for root and `runAsNonRoot`, so the kubelet never starts it. */
  readonly neverStarts: boolean;
  readonly assumes: readonly string[];
}

/** What a container's user is read from. */
export interface UserSources {
  readonly name: string;
  readonly image: string | undefined;
  /** `securityContext` of the container and of the pod. */
  readonly own: JsonObject | Malformed;
  readonly pod: JsonObject | Malformed;
  readonly facts: ContainerFacts | undefined;
  /** The known program of the image. */
  readonly program: KnownProgram | undefined;
  /** The platform gives a UID to containers that have none. */
  readonly platformUsers: boolean;
}

/** UIDs from here on are in no image's /etc/passwd: the range that OpenShift assigns from. */
const PLATFORM_UIDS_FROM = 1_000_000_000;

const NOTHING: readonly string[] = [];
const PLATFORM_USERS: readonly string[] = ['platform-users'];
const IMAGE: readonly string[] = ['image-user'];

/** The user of a container: its own fields over the pod's, then what the platform gives, then what is known of the image. */
export function containerUser(sources: UserSources): ContainerUser {
  const { own, pod, facts, program } = sources;
  const asked = effective(own, pod, 'runAsUser', idField);
  const nonRoot = effective(own, pod, 'runAsNonRoot', booleanField) === true;
  const origin = sources.image === undefined ? undefined : `image ${sources.image}`;
  let uid: Id;
  let assumes = NOTHING;
  if (asked === MALFORMED) {
    uid = { nonRoot, settle: settle(sources, 'runAsUser', idField), malformed: true };
  } else if (asked !== undefined) {
    uid = asked;
  } else if (sources.platformUsers) {
    uid = { origin: PLATFORM, nonRoot: true, settle: `set runAsUser on \`${sources.name}\``, malformed: false };
    assumes = PLATFORM_USERS;
  } else {
    const known = facts?.user ?? program?.user;
    uid = known ?? { origin, nonRoot, settle: `set runAsUser on \`${sources.name}\``, malformed: false };
    if (known !== undefined) assumes = IMAGE;
  }
  const gid = groupOf(sources, uid, origin);
  if (assumes === NOTHING && gid.assumes) assumes = gid.assumes;
  return { uid, gid: gid.id, neverStarts: uid === 0 && nonRoot, assumes };
}

function groupOf(sources: UserSources, uid: Id, origin: string | undefined): { readonly id: Id; readonly assumes?: readonly string[] } {
  const { own, pod, facts, program } = sources;
  const asked = effective(own, pod, 'runAsGroup', idField);
  if (asked === MALFORMED) return { id: { nonRoot: false, settle: settle(sources, 'runAsGroup', idField), malformed: true } };
  if (asked !== undefined) return { id: asked };
  const isPlatforms = typeof uid === 'number' ? uid >= PLATFORM_UIDS_FROM : uid.origin === PLATFORM;
  if (sources.platformUsers && isPlatforms) return { id: 0, assumes: PLATFORM_USERS };
  if (facts?.group !== undefined && (facts.user === undefined || facts.user === uid)) return { id: facts.group, assumes: IMAGE };
  const known = program && typeof uid === 'number' ? program.groups[uid] : undefined;
  if (known !== undefined) return { id: known, assumes: IMAGE };
  return { id: { origin, nonRoot: false, settle: `set runAsGroup on \`${sources.name}\``, malformed: false } };
}

/** A field of the container's security context, else the pod's. */
export function effective<T>(own: JsonObject | Malformed, pod: JsonObject | Malformed, name: string, read: (value: unknown) => Field<T>): Field<T> {
  const value = read(fieldOf(own, name));
  return value === undefined ? read(fieldOf(pod, name)) : value;
}

/** What settles a malformed field: writing it on the container, where it has no right value there. */
function settle(sources: UserSources, name: string, read: (value: unknown) => Field<number>): string {
  if (sources.own === MALFORMED) return `make securityContext of \`${sources.name}\` an object`;
  return read(fieldOf(sources.own, name)) === MALFORMED
    ? `make ${name} of \`${sources.name}\` a whole number from 0 to 2147483647`
    : `set ${name} on \`${sources.name}\``;
}
