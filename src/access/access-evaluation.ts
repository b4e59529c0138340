import { Access, ACCESSES, MEASURED_COLUMNS } from './access';
import { AccessAnswer } from './access-answer';
import { POD_RULES, UNKNOWN_RULES } from './access-rules';
import { Id } from './open-id';
import { PodProfile } from './pod-profile';
import { Actor, ContainerProfile } from './process-profile';
import { Situation, situations } from './situation';
import { AccessRule, KERNEL_RULES } from '../kernel/access-rule';
import { FilteredCalls, MEASURED_ACCESSES } from '../kernel/measured-access';
import { ProcessPair } from '../kernel/process-pair';

/** What the manifest says to one access, and why. */
export interface Decision {
  readonly answer: AccessAnswer;
  /** A key of `ACCESS_RULES`. */
  readonly rule: string;
  readonly settle: readonly string[];
  /** It holds whatever program the target runs. */
  readonly anyTarget: boolean;
  /** It may hang on the capabilities that the runtime gives by default. */
  readonly onCapabilities: boolean;
  /** It is allowed by what PERFMON does since Linux 6.15, outside of a user namespace. */
  readonly onPerfmon: boolean;
}

/** The accesses that ask Linux for PTRACE_MODE_ATTACH, which is all that Yama looks at. */
export const ATTACHING: ReadonlySet<Access> = new Set([Access.TRACE, Access.READ_MEMORY, Access.WRITE_MEMORY]);

const NOTHING: readonly string[] = [];
const UNFILTERED: FilteredCalls = { processVmReadv: false, pidfdGetfd: false };
const DECIDE = new Map(ACCESSES.map(access => [access, MEASURED_ACCESSES[MEASURED_COLUMNS[access]]]));
const ON_CAPABILITIES: ReadonlySet<AccessRule> = new Set([
  KERNEL_RULES.sameUserAndGroup, KERNEL_RULES.moreCapabilities, KERNEL_RULES.becomesUser, POD_RULES.allowedForAny, POD_RULES.deniedForAny,
]);
const CERTAIN: ReadonlyMap<AccessRule, Decision> = new Map([...Object.values(KERNEL_RULES), ...Object.values(POD_RULES)].map(rule => [rule, {
  answer: rule.allows ? AccessAnswer.ALLOWED : AccessAnswer.DENIED,
  rule: rule.id,
  settle: NOTHING,
  anyTarget: rule.anyTarget,
  onCapabilities: ON_CAPABILITIES.has(rule),
  onPerfmon: false,
}]));

/** Two processes of one pod that shares its processes: what one may do to the other, whatever the manifest leaves open. */
export class AccessEvaluation {
  private readonly situations: readonly Situation[];
  private readonly hasDoubts: boolean;
  /** Of the access that was decided last: whether each situation allows it. */
  private readonly allowed: boolean[] = [];
  /** By what makes the difference. */
  private readonly open: (OpenPoints | undefined)[] = [];

  constructor(private readonly pod: PodProfile, private readonly observer: Actor, private readonly target: Actor) {
    this.situations = situations(observer, target, { perfmonReadsMemory: pod.node.perfmonReadsMemory, hostUsers: pod.hostUsers });
    this.hasDoubts = pod.doubts.length + observer.container.doubts.length + target.container.doubts.length > 0;
  }

  /** Whether the observer holds SYS_PTRACE in every situation. */
  public get holdsSysPtrace(): boolean {
    return this.situations.every(({ pair }) => pair?.observer.effective.has('SYS_PTRACE') === true);
  }

  /** The decision about one access. */
  public decide(access: Access): Decision {
    const decide = DECIDE.get(access)!;
    let allows: AccessRule | undefined;
    let denies: AccessRule | undefined;
    for (let i = 0; i < this.situations.length; i++) {
      const { pair, files } = this.situations[i];
      const rule = pair ? this.withYama(decide(pair, files, UNFILTERED), pair, access) : POD_RULES.neverStarts;
      this.allowed[i] = rule.allows;
      if (rule.allows) allows = allows === undefined || allows === rule ? rule : POD_RULES.allowedForAny;
      else denies = denies === undefined || denies === rule ? rule : POD_RULES.deniedForAny;
    }
    if (allows === undefined) return CERTAIN.get(denies!)!;
    const { writable } = this.target.container.files;
    if (access === Access.WRITE_FILES && writable === false) return CERTAIN.get(POD_RULES.readOnlyRoot)!;
    const onPerfmon = this.isOnPerfmon(access);
    const isOpen = denies !== undefined || this.hasDoubts || (access === Access.WRITE_FILES && writable === undefined);
    if (isOpen) {
      const { rule, settle } = this.openPoints(access === Access.WRITE_FILES);
      return { answer: AccessAnswer.UNKNOWN, rule, settle, anyTarget: false, onCapabilities: true, onPerfmon };
    }
    const decision = CERTAIN.get(allows)!;
    return onPerfmon ? { ...decision, onPerfmon } : decision;
  }

  private withYama(rule: AccessRule, pair: ProcessPair, access: Access): AccessRule {
    const { yama } = this.pod.node;
    if (!yama || !rule.allows || !ATTACHING.has(access)) return rule;
    if (yama === 3) return POD_RULES.yamaNoAttach;
    return pair.observer.effective.has('SYS_PTRACE') ? rule : POD_RULES.yama;
  }

  /** Why it is not certain, and what would settle it. */
  private openPoints(ofFiles: boolean): OpenPoints {
    const found = this.differences();
    const kind = (found.users ? 1 : 0) + (found.groups ? 2 : 0) + (found.variants ? 4 : 0) + (ofFiles ? 8 : 0);
    return this.open[kind] ??= this.collect(found, ofFiles);
  }

  private collect(found: Differences, ofFiles: boolean): OpenPoints {
    const { observer, target } = this;
    const containers = [observer.container, target.container];
    const settle = new Set<string>();
    let malformed = this.hasDoubts;
    const note = (id: Id | undefined): void => {
      if (id === undefined || typeof id === 'number') return;
      settle.add(id.settle);
      malformed ||= id.malformed;
    };
    for (const kind of ['uid', 'gid'] as const) {
      if (!(kind === 'uid' ? found.users : found.groups)) continue;
      for (const { user } of containers) note(user[kind]);
      note(observer.process.changes?.[kind]);
      note(target.process.changes?.[kind]);
    }
    if (found.variants) {
      for (const container of containers) for (const text of variantSettles(container)) settle.add(text);
      malformed ||= containers.some(({ capabilities, noNewPrivileges }) => capabilities.malformed || noNewPrivileges === undefined);
    }
    const { files } = target.container;
    if (ofFiles && files.writable === undefined) settle.add(files.settle);
    for (const text of [...this.pod.doubts, ...observer.container.doubts, ...target.container.doubts]) settle.add(text);
    return { rule: malformed ? UNKNOWN_RULES.malformed : reason(found), settle: [...settle] };
  }

  /** What makes the difference between being allowed and being denied. The situations come by variant, in these by users. */
  private differences(): Differences {
    const { allowed, situations: all } = this;
    let perVariant = 0;
    while (perVariant < all.length && all[perVariant].variant === 0) perVariant++;
    let users = false;
    let groups = false;
    let variants = false;
    for (let start = 0; start < allowed.length; start += perVariant) {
      let previous: string | undefined;
      let answers = '';
      for (let i = start; i < start + perVariant; i++) {
        variants ||= allowed[i] !== allowed[i - start];
        const answer = allowed[i] ? 'A' : 'D';
        if (!answers.includes(answer)) answers = answers === 'D' ? 'AD' : answers + answer;
        if (i + 1 < start + perVariant && all[i + 1].users === all[i].users) continue;
        groups ||= answers.length > 1;
        users ||= previous !== undefined && previous !== answers;
        previous = answers;
        answers = '';
      }
    }
    return { users, groups, variants };
  }

  private isOnPerfmon(access: Access): boolean {
    if (access !== Access.READ_ENVIRONMENT && access !== Access.BECOME_USER) return false;
    const decide = DECIDE.get(access)!;
    return this.situations.some(({ pair, files }) => {
      if (!pair || pair.observer.effective.has('SYS_PTRACE')) return false;
      if (!pair.observer.effective.has('PERFMON') && !pair.observer.effective.has('SYS_ADMIN')) return false;
      const without = new ProcessPair(pair.observer, pair.target, { perfmonReadsMemory: false, hostUsers: this.pod.hostUsers });
      return decide(pair, files, UNFILTERED).allows && !decide(without, files, UNFILTERED).allows;
    });
  }
}

interface OpenPoints {
  readonly rule: string;
  readonly settle: readonly string[];
}

interface Differences {
  readonly users: boolean;
  readonly groups: boolean;
  readonly variants: boolean;
}

function reason(found: Differences): string {
  if (found.users) return UNKNOWN_RULES.user;
  if (found.groups) return UNKNOWN_RULES.group;
  return found.variants ? UNKNOWN_RULES.capabilities : UNKNOWN_RULES.other;
}

function variantSettles({ capabilities, noNewPrivileges, settleEscalation }: ContainerProfile): readonly string[] {
  return noNewPrivileges === undefined ? [...capabilities.settle, settleEscalation] : capabilities.settle;
}
