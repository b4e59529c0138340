import { ContainerRuntime } from './container-runtime';

/**
 * What is stated about the nodes that the pod may run on. Each fact takes doubt away; none is guessed.
 *
 * A fact holds for all of them: leave out what is not the same on all.
 */
export interface NodeFacts {
  /**
   * The version of Linux, such as `6.1`: `uname -r`. What counts is whether it is before 6.15.
   *
   * @default - not stated: PERFMON and SYS_ADMIN count as on Linux 6.15 and later, where they read other processes' environment
   */
  readonly kernelVersion?: string;

  /**
   * The version of Kubernetes, such as `1.33`. What counts is whether it is before 1.33.
   *
   * @default - not stated: `hostUsers: false` counts for nothing (it is on by default since 1.33)
   */
  readonly kubernetesVersion?: string;

  /**
   * `kernel.yama.ptrace_scope`, from 0 to 3; 0 where there is no such file.
   *
   * @default - not stated: Yama may deny TRACE, READ_MEMORY and WRITE_MEMORY, unless `securityModules` is without it
   */
  readonly yamaPtraceScope?: number;

  /**
   * All security modules, as in `/sys/kernel/security/lsm`: `capability`, `yama`, `apparmor` ...
   *
   * @default - not stated: AppArmor and SELinux may deny where the two containers have different profiles
   */
  readonly securityModules?: string[];

  /**
   * The container runtime.
   *
   * @default - not stated: the default capabilities are those of containerd, whose default seccomp profile allows ptrace; CRI-O's may not
   */
  readonly containerRuntime?: ContainerRuntime;

  /**
   * The capabilities that the runtime gives a container that asks for none, without `CAP_`.
   *
   * @default - those of the container runtime
   */
  readonly defaultCapabilities?: string[];

  /**
   * Names of runtime classes that use the node's own kernel, as the default one does (not gVisor, not Kata).
   *
   * @default - none: a `runtimeClassName` may deny anything
   */
  readonly sameKernelRuntimeClasses?: string[];

  /**
   * Paths of `Localhost` seccomp profiles that deny none of the accesses.
   *
   * @default - none: a `Localhost` profile may deny anything
   */
  readonly permissiveSeccompProfiles?: string[];
}
