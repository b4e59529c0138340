import { Access } from './access';
import { ATTACHING, Decision } from './access-evaluation';
import { ContainerRuntime } from './container-runtime';
import { PodProfile } from './pod-profile';
import { ContainerProfile } from './process-profile';

/** Accesses that every process of the namespace has: no security module is asked. */
export const SHOWN_TO_ALL: ReadonlySet<Access> = new Set([Access.LIST_PROCESSES, Access.READ_ARGUMENTS]);

const NOTHING: readonly string[] = [];

/** Accesses of one kind meet the same limits. */
enum Kind { SHOWN, OTHER, ATTACH, TRACE }

function kindOf(access: Access): Kind {
  if (SHOWN_TO_ALL.has(access)) return Kind.SHOWN;
  if (access === Access.TRACE) return Kind.TRACE;
  return ATTACHING.has(access) ? Kind.ATTACH : Kind.OTHER;
}

/** What of the node may refuse an access that the manifest does not deny: keys of `NODE_LIMITS`. It only ever takes away. */
export class PairLimits {
  private readonly lists: (readonly string[] | undefined)[] = [];

  constructor(
    private readonly pod: PodProfile,
    private readonly observer: ContainerProfile,
    private readonly target: ContainerProfile,
    private readonly holdsSysPtrace: boolean,
  ) {}

  /** The names for one access; the same list for accesses of the same kind. */
  public of(access: Access, decision: Decision): readonly string[] {
    const kind = kindOf(access);
    return this.lists[decision.onPerfmon ? kind + 4 : kind] ??= this.collect(kind, decision);
  }

  private collect(kind: Kind, decision: Decision): readonly string[] {
    const { node, runtimeClass, mayHaveUserNamespace } = this.pod;
    const limits: string[] = [];
    if ((kind === Kind.ATTACH || kind === Kind.TRACE) && node.yama === undefined) limits.push(this.holdsSysPtrace ? 'yama-no-attach' : 'yama');
    if (kind !== Kind.SHOWN) {
      if (this.appArmorMayDeny()) limits.push('apparmor');
      if (this.seLinuxMayDeny()) limits.push('selinux');
      if (this.seccompMayDeny(kind === Kind.TRACE)) limits.push('seccomp');
    }
    if (runtimeClass !== undefined && !node.sameKernelRuntimeClasses.has(runtimeClass)) limits.push('runtime-class');
    if (decision.onPerfmon && !node.isKernelStated) limits.push('kernel-version');
    if (decision.onPerfmon && mayHaveUserNamespace) limits.push('user-namespace');
    return limits.length ? limits : NOTHING;
  }

  /** Containers of the same default profile may signal and trace each other; an unconfined one is not asked. */
  private appArmorMayDeny(): boolean {
    const { modules } = this.pod.node;
    if (modules && !modules.has('apparmor')) return false;
    const mine = this.observer.confinement.appArmor;
    const theirs = this.target.confinement.appArmor;
    return mine === 'localhost' || theirs === 'localhost' || (mine === 'default' && theirs !== 'default');
  }

  /** All of a pod has one label, but a privileged container and one that says otherwise. */
  private seLinuxMayDeny(): boolean {
    const { modules } = this.pod.node;
    if (modules && !modules.has('selinux')) return false;
    const mine = this.observer.confinement;
    const theirs = this.target.confinement;
    return (theirs.privileged && !mine.privileged) || mine.seLinux !== theirs.seLinux;
  }

  /**
   * A profile of the node's own may refuse anything. The default one of containerd lets ptrace through (measured); CRI-O's does
   * so only where the container may hold SYS_PTRACE.
   *
   * @see https://github.com/containers/common/blob/main/pkg/seccomp/default_linux.go
   */
  private seccompMayDeny(isTrace: boolean): boolean {
    const { seccomp } = this.observer.confinement;
    const { runtime, permissiveSeccompProfiles } = this.pod.node;
    if (typeof seccomp === 'object') return !permissiveSeccompProfiles.has(seccomp.path);
    return isTrace && seccomp === 'default' && runtime !== ContainerRuntime.CONTAINERD && !this.observer.capabilities.least.has('SYS_PTRACE');
  }
}
