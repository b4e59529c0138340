import { checkEnv } from './container-env';
import { DebugProfile } from './debug-profile';
import { DebugEphemeralProps, DebugSidecarProps } from './debug-sidecar-props';
import { SidecarPlacement } from './sidecar-placement';
import { SidecarResources } from './sidecar-resources';
import { checkVolumeMounts } from './volume-mounts';
import { constructError, quoted } from '../workload/construct-error';
import { checkChoice, checkFlag, checkText, checkTextList, withoutNulls } from '../workload/given-value';
import { checkImageReference } from '../workload/image-reference';
import { SidecarImagePullPolicy } from '../workload/sidecar-image-pull-policy';

/** The properties of an ephemeral container without the nulls. Refuses what is wrong in itself, whatever the pod. */
export function checkedEphemeralProps<T extends DebugEphemeralProps>(path: string, given: T): T {
  const props = withoutNulls(given ?? {});
  const fix = 'Give one, such as DebugProfile.RESTRICTED';
  if (props.profile === undefined) throw constructError(path, 'profile is missing', fix);
  if (!DebugProfile._isProfile(props.profile)) throw constructError(path, `profile is ${quoted(props.profile)}, and no DebugProfile`, fix);
  if (props.image !== undefined) checkImageReference(path, 'image', props.image);
  checkTextList(path, 'command', props.command);
  checkEnv(path, props.env);
  return props;
}

/** The same of a sidecar. */
export function checkedSidecarProps(path: string, given: DebugSidecarProps): DebugSidecarProps {
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
