import { SidecarUser } from './sidecar-user';
import { Access } from '../access/access';
import { AccessAnswer } from '../access/access-answer';
import { AccessOptions } from '../access/access-options';
import { AccessRow } from '../access/access-row';
import { accessRows } from '../access/access-rows';
import { ACCESS_RULES } from '../access/access-rules';
import { leastPrivilege, PrivilegeNotFound, PrivilegeRequest } from '../access/least-privilege';
import { isWider, PrivilegeLevel } from '../access/privilege-level';
import { PrivilegeWayOut, privilegeWaysOut } from '../access/privilege-ways-out';
import { containersOf, JsonObject } from '../manifest/pod-spec';
import { constructError } from '../workload/construct-error';

/** What a sidecar promises to be able to do, and what its rights are worked out from. */
export interface SidecarIntent {
  /** The construct, for errors. */
  readonly path: string;
  /** The container's name. */
  readonly name: string;
  readonly accesses: readonly Access[];
  /** The containers that it looks at; undefined for all that are there, without our sidecars. */
  readonly target?: string;
  readonly user: SidecarUser;
  /** The widest Pod Security level that the user allows the pod to come to; undefined for its own. */
  readonly maxLevel?: PrivilegeLevel;
  /** What is stated beside the pod spec. */
  options(spec: JsonObject): AccessOptions;
  /** The level of the pod without our sidecars. Asked only when a sidecar of level restricted is not enough. */
  ownLevel(spec: JsonObject): PrivilegeLevel;
}

/** What was worked out. */
interface Promised {
  readonly securityContext: JsonObject;
  readonly targets: readonly string[];
}

/**
 * The least privilege that an intent needs, worked out once, from what the pod is when it is first known; and judged again
 * on what is written. A later change never widens what the sidecar may do.
 */
export class SidecarPromise {
  private promised?: Promised;

  constructor(private readonly intent: SidecarIntent) {}

  /**
   * The `securityContext`.
   *
   * @param spec the user's part of the pod spec
   * @throws when there is none that is enough within the level, or it hangs on what the manifest leaves open
   */
  public securityContext(spec: JsonObject): JsonObject {
    this.promised ??= this.workOut(spec);
    return this.promised.securityContext;
  }

  /** The containers that it is for, once it is worked out. */
  public get targets(): readonly string[] | undefined {
    return this.promised?.targets;
  }

  /**
   * Refuses a pod in which the promise does not hold.
   *
   * @param spec the pod spec as it is written
   */
  public verify(spec: JsonObject): void {
    const { path, name, accesses } = this.intent;
    const { targets, securityContext } = this.promised!;
    const { rows, missing } = accessRows(spec, { observer: name, targets, accesses }, this.options(spec));
    const fix = 'Make that change before this sidecar is added, so that its rights are worked out from it; or take it back';
    if (missing.length > 0) {
      throw constructError(path, `it was worked out for \`${missing.join('`, `')}\`, which the written manifest does not have`, fix);
    }
    const broken = rows.find(({ answer }) => answer !== AccessAnswer.ALLOWED);
    if (!broken) return;
    const target = containersOf(spec).find(container => container.name === broken.target);
    const written = containersOf(spec).find(container => container.name === name);
    throw constructError(path, `${broken.access} on \`${broken.target}\` was promised with ${contextText(securityContext)}, and is ${broken.answer} in the `
      + `written manifest, where \`${name}\` has ${contextText(written?.json.securityContext)} and \`${broken.target}\` has `
      + `${contextText(target?.json.securityContext)}: ${ACCESS_RULES[broken.rule] ?? broken.rule}`, fix);
  }

  private workOut(spec: JsonObject): Promised {
    const { path, name, target, accesses, maxLevel } = this.intent;
    const targets = containersOf(spec).filter(container => container.role !== 'init' && (target === undefined || container.name === target))
      .map(container => container.name);
    const options = this.options(spec);
    const request: PrivilegeRequest = { name, targets, accesses, maxLevel: 'restricted', user: this.requestedUser };
    let result = leastPrivilege(spec, request, options);
    if (result.found) return { securityContext: result.securityContext, targets };
    // a sidecar of level restricted lowers nothing; for another the pod's own level counts
    const own = this.intent.ownLevel(spec);
    const widest = maxLevel !== undefined && isWider(maxLevel, own) ? maxLevel : own;
    const wider: PrivilegeRequest = { ...request, maxLevel: widest };
    if (widest !== 'restricted') result = leastPrivilege(spec, wider, options);
    if (result.found) return { securityContext: result.securityContext, targets };
    const ways = privilegeWaysOut(result, spec, wider, options);
    throw constructError(path, problemOf(result, accesses, widest), sentence(ways.map(wayText)));
  }

  private options(spec: JsonObject): AccessOptions {
    return { ...this.intent.options(spec), ...this.requestedUser === 'platform' ? { platformUsers: true } : {} };
  }

  private get requestedUser(): PrivilegeRequest['user'] {
    const { user } = this.intent;
    if (user.origin === SidecarUser.ASSIGNED_BY_PLATFORM.origin) return 'platform';
    return user._user === undefined ? undefined : { user: user._user, group: user._group! };
  }
}

function problemOf({ reason, detail, blocking, wider }: PrivilegeNotFound, accesses: readonly Access[], level: PrivilegeLevel): string {
  const asked = `the least privilege for ${accesses.join(', ')}`;
  const first: AccessRow | undefined = blocking[0];
  const because = first ? `: ${first.access} on \`${first.target}\` is ${first.answer}, for ${ACCESS_RULES[first.rule] ?? first.rule}` : '';
  switch (reason) {
    case 'not-applicable': return `${asked} cannot be worked out: ${detail}`;
    case 'unknown': return `${asked} cannot be told${because}`;
    case 'level': return `${asked} ${wider ? `is of Pod Security level ${wider.level}` : 'is of a wider Pod Security level'}, and the pod may be ${level} at most${because}`;
    case 'impossible': return `no security context gives ${accesses.join(', ')}${because}`;
  }
}

function wayText({ kind, text, controls }: PrivilegeWayOut): string {
  switch (kind) {
    case 'state-user': return `${text} (SharedPidSettings.useImageUser)`;
    case 'raise-level': return `${text} (maxLevel)${controls.length ? `; the server forbids it by ${controls.join(', ')}` : ''}`;
    case 'named-profile': return `${text} of kubectl debug, such as DebugProfile.GENERAL`;
    case 'fewer-targets': return `${text} (target)`;
    default: return text;
  }
}

function sentence(ways: readonly string[]): string {
  const text = ways.join('; or ');
  return text ? text[0].toUpperCase() + text.slice(1) : 'Choose a named profile of kubectl debug, such as DebugProfile.GENERAL';
}

/** `runAsUser 1000, runAsGroup 1000, drop ALL`: what a reader of an error looks for. No secret stands in a security context. */
function contextText(context: unknown): string {
  const { runAsUser, runAsGroup, capabilities, privileged } = (context ?? {}) as { [field: string]: unknown };
  const { add, drop } = (capabilities ?? {}) as { [field: string]: unknown };
  const parts = [
    runAsUser === undefined ? 'no runAsUser' : `runAsUser ${String(runAsUser)}`,
    runAsGroup === undefined ? 'no runAsGroup' : `runAsGroup ${String(runAsGroup)}`,
    ...privileged === true ? ['privileged'] : [],
    ...Array.isArray(add) && add.length ? [`add ${add.join(', ')}`] : [],
    ...Array.isArray(drop) && drop.length ? [`drop ${drop.join(', ')}`] : [],
  ];
  return parts.join(', ').slice(0, 300);
}
