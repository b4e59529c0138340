import { Access } from './access';
import { AccessAnswer } from './access-answer';
import { AccessOptions } from './access-options';
import { leastPrivilege, PrivilegeFound, PrivilegeNotFound, PrivilegeRequest } from './least-privilege';
import { PrivilegeLevel } from './privilege-level';
import { arrayOf, JsonObject, objectOf } from '../manifest/pod-spec';

/** What else would do where no security context is found. */
export interface PrivilegeWayOut {
  /**
   * - `settle`: the fields that decide it
   * - `state-user`: what the image's user is, beside the manifest
   * - `named-profile`: a security context that is not worked out
   * - `raise-level`: a wider Pod Security level
   * - `fewer-targets`: one of several targets
   * - `become-user`: to change to the target's user first
   * - `shared-volume`: files by a volume instead of /proc
   */
  readonly kind: 'settle' | 'state-user' | 'named-profile' | 'raise-level' | 'fewer-targets' | 'become-user' | 'shared-volume';
  /** For people, to be read after "or": "set runAsGroup on `api`". */
  readonly text: string;
  /** Of `raise-level`: the controls of the Pod Security Standards, by Kubernetes' ids, that forbid it at the level that is allowed. */
  readonly controls: readonly string[];
}

const FILES: readonly Access[] = [
  Access.LIST_FILES, Access.READ_FILES, Access.READ_WORLD_READABLE_FILES, Access.READ_ROOT_FILES, Access.WRITE_FILES, Access.OPEN_DESCRIPTORS,
];

/** By which rules another user is in the way. */
const OTHER_USER: readonly string[] = ['other-user', 'signal-other-user', 'denied-for-any-user'];

/**
 * What else would do, the nearest first. Nothing of it is done unasked.
 *
 * @param result what the search for these arguments found
 */
export function privilegeWaysOut(
  result: PrivilegeNotFound, spec: unknown, request: PrivilegeRequest, options: AccessOptions = {},
): PrivilegeWayOut[] {
  const ways: PrivilegeWayOut[] = [];
  const add = (kind: PrivilegeWayOut['kind'], text: string, controls: readonly string[] = []): void => {
    ways.push({ kind, text, controls });
  };
  const open = [...result.blocking, ...result.widerUnknown];
  const settle = new Set(open.flatMap(row => row.settle));
  if (settle.size) add('settle', [...settle].join(' and '));
  const images = new Set(open.filter(({ answer }) => answer === AccessAnswer.UNKNOWN).map(({ target }) => target));
  for (const target of settle.size ? images : []) add('state-user', `state the user and group of the image of \`${target}\``);
  if (isOneEnough(result, spec, request, options)) add('fewer-targets', 'choose one target: they run as different users');
  if (result.wider) add('raise-level', raise(result.wider, request.maxLevel), controlsAgainst(result.wider, request.maxLevel, objectOf(spec)));
  if (wouldBecome(result, spec, request, options)) {
    add('become-user', `ask for ${Access.BECOME_USER} instead, and change to the target's user first (setpriv, su)`);
  }
  if (result.reason !== 'unknown' && result.blocking.some(({ access }) => FILES.includes(access))) {
    add('shared-volume', 'share the files by a volume that both containers mount, such as an emptyDir');
  }
  if (result.reason === 'unknown' || result.reason === 'level') add('named-profile', 'choose a named profile');
  return ways;
}

function raise({ level, securityContext }: PrivilegeFound, maxLevel: PrivilegeLevel): string {
  const added = arrayOf(objectOf(securityContext.capabilities).add).join(', ');
  const takes = [securityContext.runAsUser === 0 ? 'root' : '', added].filter(part => part !== '').join(' with ');
  return `allow the Pod Security level ${level} instead of ${maxLevel}: it takes ${takes}`;
}

/** The controls of the allowed level that forbid a security context. */
function controlsAgainst({ level, securityContext }: PrivilegeFound, maxLevel: PrivilegeLevel, spec: JsonObject): string[] {
  if (maxLevel === 'baseline') return ['capabilities_baseline'];
  const capabilities: JsonObject = objectOf(securityContext.capabilities);
  const dropsAll = arrayOf(capabilities.drop).includes('ALL');
  return [
    ...level === 'privileged' ? ['capabilities_baseline'] : [],
    ...!dropsAll || arrayOf(capabilities.add).some(name => name !== 'NET_BIND_SERVICE') ? ['capabilities_restricted'] : [],
    ...securityContext.runAsUser === 0 && spec.hostUsers !== false ? ['runAsNonRoot', 'runAsUser'] : [],
  ];
}

function isOneEnough(result: PrivilegeNotFound, spec: unknown, request: PrivilegeRequest, options: AccessOptions): boolean {
  if (result.reason !== 'level' && result.reason !== 'impossible') return false;
  const names = [...new Set((result.wider?.rows ?? result.blocking).map(({ target }) => target))];
  return names.length > 1 && names.every(name => leastPrivilege(spec, { ...request, targets: [name] }, options).found);
}

function wouldBecome(result: PrivilegeNotFound, spec: unknown, request: PrivilegeRequest, options: AccessOptions): boolean {
  if (result.reason === 'not-applicable' || request.accesses.includes(Access.BECOME_USER)) return false;
  if (!result.blocking.some(({ rule }) => OTHER_USER.includes(rule))) return false;
  return leastPrivilege(spec, { ...request, accesses: [Access.BECOME_USER] }, options).found;
}
