import { DebugProfile } from './debug-profile';
import { SidecarPlacement } from './sidecar-placement';
import { SidecarResources } from './sidecar-resources';
import { SidecarUser } from './sidecar-user';
import { SidecarVolumeMount } from './sidecar-volume-mount';
import { PodSecurityLevel } from '../admission/pod-security-level';
import { SidecarImagePullPolicy } from '../workload/sidecar-image-pull-policy';

/**
 * What a debug container is, as a sidecar or as an ephemeral container.
 */
export interface DebugEphemeralProps {
  /**
   * What the container may do: its `securityContext`.
   *
   * @default DebugProfile.leastPrivilege() - what looking at processes, environment, the targets' own files and signals needs,
   * and no more
   */
  readonly profile?: DebugProfile;

  /**
   * Who it runs as, where the profile is worked out (`DebugProfile.leastPrivilege`).
   *
   * @default SidecarUser.AS_TARGET - the user of its target where that is enough
   */
  readonly user?: SidecarUser;

  /**
   * The widest Pod Security level that the pod may come to, where the profile is worked out (`DebugProfile.leastPrivilege`).
   *
   * @default - the level that the pod has without the sidecar
   */
  readonly maxLevel?: PodSecurityLevel;

  /**
   * The image.
   *
   * @default - what the settings say for `SidecarImage.BUSYBOX`, else `busybox:1.37.0`
   */
  readonly image?: string;

  /**
   * The command, instead of the image's own.
   *
   * @default - the image's shell with a profile of `kubectl debug`; else, in a sidecar, a command that idles and ends at TERM
   */
  readonly command?: string[];

  /**
   * The name of the container that is looked at. It decides the user of `DebugProfile.RESTRICTED`, the mounts that are
   * mirrored, and `--target` of `kubectl debug`.
   *
   * @default - all containers that run in the pod, without our own sidecars; for `kubectl debug`, which takes one, the first
   */
  readonly target?: string;

  /**
   * Environment variables.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };

  /**
   * Where the pod spec lies in the manifest of a custom resource, as a JSON pointer such as `/spec/template/spec`.
   *
   * @default - known for the kinds of Kubernetes itself
   */
  readonly podSpecPath?: string;
}

/**
 * Properties of a `DebugSidecar`.
 */
export interface DebugSidecarProps extends DebugEphemeralProps {
  /**
   * The container's name, a DNS label.
   *
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * When the kubelet pulls the image.
   *
   * @default - what the settings say, else SidecarImagePullPolicy.IF_NOT_PRESENT; with an `image` given here and no setting
   * the field is left out, which Kubernetes reads as `Always` for `latest` or no tag, else `IfNotPresent`
   */
  readonly imagePullPolicy?: SidecarImagePullPolicy;

  /**
   * Mounts of the pod's volumes.
   *
   * @default - none
   */
  readonly volumeMounts?: SidecarVolumeMount[];

  /**
   * Mount the targets' volumes at the same paths, without the mounts that have a `subPath`. `Bidirectional` mounts become
   * `HostToContainer`.
   *
   * @default false - their files can be reached under `/proc/PID/root` where permissions allow
   */
  readonly mirrorTargetMounts?: boolean;

  /**
   * The working directory: `workingDir`.
   *
   * @default - the image's
   */
  readonly workingDir?: string;

  /**
   * CPU and memory.
   *
   * @default - requests of 10m CPU and 32Mi, a memory limit of 256Mi; where all other containers make the pod's QoS class
   * `Guaranteed`, requests and limits of 100m CPU and 256Mi, so that it stays that; nothing of a resource that the pod states
   * as a whole (`spec.resources`)
   */
  readonly resources?: SidecarResources;

  /**
   * Where the container stands.
   *
   * @default SidecarPlacement.CONTAINER - in Jobs and CronJobs SidecarPlacement.NATIVE, for a plain container that does not
   * end would keep them from completing
   */
  readonly placement?: SidecarPlacement;
}
