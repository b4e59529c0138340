import { checkProcMount } from './proc-mount';
import { Control } from '../control';
import { PodSecurityLevel } from '../pod-security-level';

/** /proc is masked, also in a pod with a user namespace of its own. */
export const procMountRestricted: Control = {
  id: 'procMount_restricted',
  level: PodSecurityLevel.RESTRICTED,
  replaces: 'procMount',
  check: checkProcMount,
};
