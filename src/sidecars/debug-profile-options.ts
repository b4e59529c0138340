import { SeccompProfileType } from './seccomp-profile-type';

/**
 * The security context of `DebugProfile.custom`.
 */
export interface DebugProfileOptions {
  /**
   * Capabilities to add, without `CAP_`: `capabilities.add`. They have an effect in a container that runs as root.
   *
   * @default - none
   */
  readonly addCapabilities?: string[];

  /**
   * Capabilities to drop, without `CAP_`: `capabilities.drop`.
   *
   * @default ['ALL'] - what is needed is added by name; nothing where `ALL` is added, for the drop would win, nor with `privileged`
   */
  readonly dropCapabilities?: string[];

  /**
   * The UID: `runAsUser`.
   *
   * @default - the pod's, else the image's
   */
  readonly runAsUser?: number;

  /**
   * The GID: `runAsGroup`.
   *
   * @default - the pod's, else the image's
   */
  readonly runAsGroup?: number;

  /**
   * Let the kubelet refuse to start it as root: `runAsNonRoot: true`.
   *
   * @default false - and then the field is left out, so that the pod's value holds; with `runAsUser: 0` it says false
   */
  readonly runAsNonRoot?: boolean;

  /**
   * All capabilities, all devices, no filter: `privileged: true`. Whoever may exec into such a container has the node. A runtime
   * does not read capabilities and `seccompProfile` beside it, so they are refused together.
   *
   * @default false
   */
  readonly privileged?: boolean;

  /**
   * Let programs gain privileges by set-uid bits and file capabilities: `allowPrivilegeEscalation`.
   *
   * @default false - written as such, but beside `privileged`, where the API server refuses it
   */
  readonly allowPrivilegeEscalation?: boolean;

  /**
   * Nothing in the container's own file system can be written: `readOnlyRootFilesystem`.
   *
   * @default false - and then the field is left out
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * The system call filter: `seccompProfile.type`.
   *
   * @default SeccompProfileType.RUNTIME_DEFAULT - beside `privileged` it is left out, for it would have no effect
   */
  readonly seccompProfile?: SeccompProfileType;
}
