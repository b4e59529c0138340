/** A level of the Pod Security Standards, as far as one container's security context decides about it. */
export type PrivilegeLevel = 'restricted' | 'baseline' | 'privileged';

/** From the tightest to the widest. */
export const PRIVILEGE_LEVELS: readonly PrivilegeLevel[] = ['restricted', 'baseline', 'privileged'];

/** Whether a level is wider than another. */
export function isWider(level: PrivilegeLevel, other: PrivilegeLevel): boolean {
  return PRIVILEGE_LEVELS.indexOf(level) > PRIVILEGE_LEVELS.indexOf(other);
}
