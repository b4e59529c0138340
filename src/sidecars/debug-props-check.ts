import { checkEnv } from './container-env';
import { DebugProfile } from './debug-profile';
import { DebugEphemeralProps, DebugSidecarProps } from './debug-sidecar-props';
import { SidecarPlacement } from './sidecar-placement';
import { SidecarResources } from './sidecar-resources';
import { SidecarUser } from './sidecar-user';
import { checkVolumeMounts } from './volume-mounts';
import { PodSecurityLevel } from '../admission/pod-security-level';
import { constructError, quoted } from '../workload/construct-error';
import { checkChoice, checkFlag, checkText, checkTextList, withoutNulls } from '../workload/given-value';
import { checkImageReference } from '../workload/image-reference';
import { SidecarImagePullPolicy } from '../workload/sidecar-image-pull-policy';

/** Properties with the default profile in its place. */
export interface WithProfile {
  readonly profile: DebugProfile;
}

/** The properties of an ephemeral container without the nulls. Refuses what is wrong in itself, whatever the pod. */
export function checkedEphemeralProps<T extends DebugEphemeralProps>(path: string, given: T): T & WithProfile {
  const props = { profile: DebugProfile.leastPrivilege(), ...withoutNulls(given ?? {}) };
  const { profile } = props;
  if (!DebugProfile._isProfile(profile)) throw constructError(path, `profile is ${quoted(profile)}, and no DebugProfile`, 'Give one, such as DebugProfile.RESTRICTED');
  checkChoice(path, 'maxLevel', props.maxLevel, PodSecurityLevel);
  if (props.user !== undefined && !SidecarUser._isUser(props.user)) {
    throw constructError(path, `user is ${quoted(props.user)}, and no SidecarUser`, 'Give one, such as SidecarUser.ids(1000, 1000)');
  }
  const unused = (['user', 'maxLevel'] as const).find(name => props[name] !== undefined && !profile._accesses);
  if (unused) {
    throw constructError(path, `${unused} has no effect with the profile '${profile.name}', which is not worked out`,
      'Leave it out, or take DebugProfile.leastPrivilege()');
  }
  if (props.image !== undefined) checkImageReference(path, 'image', props.image);
  checkTextList(path, 'command', props.command);
  checkEnv(path, props.env);
  return props;
}

/** The same of a sidecar. */
export function checkedSidecarProps(path: string, given: DebugSidecarProps): DebugSidecarProps & WithProfile {
  const props = checkedEphemeralProps(path, given);
  checkChoice(path, 'imagePullPolicy', props.imagePullPolicy, SidecarImagePullPolicy);
  checkChoice(path, 'placement', props.placement, SidecarPlacement);
  checkVolumeMounts(path, props.volumeMounts);
  checkFlag(path, 'mirrorTargetMounts', props.mirrorTargetMounts);
  checkText(path, 'workingDir', props.workingDir);
  if (props.workingDir?.startsWith('/') === false) {
    throw constructError(path, `workingDir ${quoted(props.workingDir)} is not an absolute path`, "Write it like '/tmp'");
  }
  if (props.resources !== undefined && !SidecarResources._isResources(props.resources)) {
    throw constructError(path, `resources is ${quoted(props.resources)}, and no SidecarResources`, 'Give SidecarResources.custom({ ... }) or SidecarResources.NONE');
  }
  return props;
}
