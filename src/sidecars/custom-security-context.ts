import { DebugProfileOptions } from './debug-profile-options';
import { SeccompProfileType } from './seccomp-profile-type';
import { ALL_CAPABILITIES, unknownCapabilityReason } from '../kernel/capability';
import { JsonObject } from '../manifest/pod-spec';
import { constructError, quoted } from '../workload/construct-error';
import { checkChoice, checkFlag, checkList } from '../workload/given-value';

/** Highest UID and GID that Kubernetes takes. */
const MAX_ID = 2147483647;

/** What errors name: a profile belongs to no construct yet. */
const SOURCE = 'DebugProfile.custom';

/**
 * The `securityContext` that the options of `DebugProfile.custom` ask for. What is left out is as tight as it can be.
 */
export function customSecurityContext(options: DebugProfileOptions): JsonObject {
  const refuse = (problem: string, fix: string): never => {
    throw constructError(SOURCE, problem, fix);
  };
  checkTypes(options);
  const add = options.addCapabilities ?? [];
  const drop = options.dropCapabilities ?? (options.privileged || add.includes(ALL_CAPABILITIES) ? [] : [ALL_CAPABILITIES]);
  for (const [field, names] of [['addCapabilities', add], ['dropCapabilities', drop]] as const) {
    for (const name of names) {
      const reason = unknownCapabilityReason(name);
      if (reason) refuse(`${field} has ${quoted(name)}`, `${reason[0].toUpperCase()}${reason.slice(1)}`);
    }
  }
  const both = add.find(name => drop.includes(name));
  if (both) refuse(`'${both}' is both added and dropped, and the drop would win`, 'Take it out of one of the two');
  for (const [field, id] of [['runAsUser', options.runAsUser], ['runAsGroup', options.runAsGroup]] as const) {
    if (id !== undefined && !(Number.isInteger(id) && id >= 0 && id <= MAX_ID)) refuse(`${field} is ${quoted(id)}`, `Give a whole number from 0 to ${MAX_ID}`);
  }
  if (options.runAsNonRoot && options.runAsUser === 0) refuse('runAsNonRoot with runAsUser 0 never starts', 'Leave one of them out');
  if (options.privileged && options.allowPrivilegeEscalation === false) {
    refuse('allowPrivilegeEscalation: false beside privileged: true is refused by the API server', 'Leave allowPrivilegeEscalation out');
  }
  const ignored = options.privileged && (['addCapabilities', 'dropCapabilities', 'seccompProfile'] as const).find(field => options[field]?.length);
  if (ignored) refuse(`${ignored} beside privileged: true has no effect: the container has every capability and no filter`, 'Leave one of them out');
  const capabilities = { ...add.length ? { add: [...add] } : {}, ...drop.length ? { drop: [...drop] } : {} };
  const seccomp = options.seccompProfile ?? (options.privileged ? undefined : SeccompProfileType.RUNTIME_DEFAULT);
  return {
    ...options.privileged ? {} : { allowPrivilegeEscalation: options.allowPrivilegeEscalation ?? false },
    ...Object.keys(capabilities).length ? { capabilities } : {},
    ...options.privileged ? { privileged: true } : {},
    ...options.readOnlyRootFilesystem ? { readOnlyRootFilesystem: true } : {},
    ...options.runAsGroup === undefined ? {} : { runAsGroup: options.runAsGroup },
    ...options.runAsNonRoot ? { runAsNonRoot: true } : options.runAsUser === 0 ? { runAsNonRoot: false } : {},
    ...options.runAsUser === undefined ? {} : { runAsUser: options.runAsUser },
    ...seccomp ? { seccompProfile: { type: seccomp } } : {},
  };
}

function checkTypes(options: DebugProfileOptions): void {
  checkList(SOURCE, 'addCapabilities', options.addCapabilities);
  checkList(SOURCE, 'dropCapabilities', options.dropCapabilities);
  for (const field of ['runAsNonRoot', 'privileged', 'allowPrivilegeEscalation', 'readOnlyRootFilesystem'] as const) {
    checkFlag(SOURCE, field, options[field]);
  }
  checkChoice(SOURCE, 'seccompProfile', options.seccompProfile, SeccompProfileType);
}
