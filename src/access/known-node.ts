import { NodeFacts } from './node-facts';

/**
 * What is known of the nodes of well-known distributions as they are installed: for `SharedPidSettings.useNodeFacts`. None of
 * them is a default, and an administrator may have changed any of it.
 *
 * A fact that no source told is left out, so it stays open.
 *
 * @example
 *
 * SharedPidSettings.of(this).useNodeFacts(KnownNode.UBUNTU.facts);
 */
export class KnownNode {
  /**
   * Ubuntu 20.04 and later: Yama lets a process trace its own children only, so a debugger of the same user is refused without
   * SYS_PTRACE.
   */
  public static readonly UBUNTU = new KnownNode({ yamaPtraceScope: 1 }, 'https://wiki.ubuntu.com/SecurityTeam/Roadmap/KernelHardening#ptrace', '2026-11-24');

  /** Fedora: Yama is there and lets a process trace others of its user, where the file of systemd that says so is installed. */
  public static readonly FEDORA = new KnownNode({ yamaPtraceScope: 0 }, 'https://src.fedoraproject.org/rpms/systemd', '2026-11-24');

  private constructor(
    /** The facts. */
    public readonly facts: NodeFacts,
    /** Where they were read. */
    public readonly source: string,
    /** When they were read, as a date. */
    public readonly readOn: string,
  ) {}
}
