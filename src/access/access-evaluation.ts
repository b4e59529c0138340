import { Access, MEASURED_COLUMNS } from './access';
import { AccessAnswer } from './access-answer';
import { POD_RULES, UNKNOWN_RULES } from './access-rules';
import { OpenId } from './open-id';
import { PodProfile } from './pod-profile';
import { Actor } from './process-profile';
import { Situation, situations } from './situation';
import { AccessRule, KERNEL_RULES } from '../kernel/access-rule';
import { FilteredCalls, MEASURED_ACCESSES } from '../kernel/measured-access';
import { KernelSettings, ProcessPair } from '../kernel/process-pair';

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

const NO_SETTLE: readonly string[] = [];
const UNFILTERED: FilteredCalls = { processVmReadv: false, pidfdGetfd: false };
const DECIDE = Object.fromEntries(Object.entries(MEASURED_COLUMNS).map(([access, column]) => [access, MEASURED_ACCESSES[column]]));
const ON_CAPABILITIES: ReadonlySet<AccessRule> = new Set([
  KERNEL_RULES.sameUserAndGroup, KERNEL_RULES.moreCapabilities, KERNEL_RULES.becomesUser, POD_RULES.allowedForAny, POD_RULES.deniedForAny,
]);

/** Two processes of one pod that shares its processes: what one may do to the other, whatever the manifest leaves open. */
export class AccessEvaluation {
  private readonly situations: readonly Situation[];

  constructor(private readonly pod: PodProfile, private readonly observer: Actor, private readonly target: Actor) {
    const settings: KernelSettings = { perfmonReadsMemory: pod.node.perfmonReadsMemory, hostUsers: pod.hostUsers };
    this.situations = situations(observer, target, settings);
  }

  /** Whether the observer holds SYS_PTRACE in every situation. */
  public get holdsSysPtrace(): boolean {
    return this.situations.every(({ pair }) => pair?.observer.effective.has('SYS_PTRACE') === true);
  }

  /** The decision about one access. */
  public decide(access: Access): Decision {
    let allows: AccessRule | undefined;
    let denies: AccessRule | undefined;
    let mixed = false;
    for (const situation of this.situations) {
      const rule = this.ruleIn(situation, access);
      if (rule.allows) {
        mixed = mixed || (allows !== undefined && allows !== rule);
        allows = rule;
      } else {
        mixed = mixed || (denies !== undefined && denies !== rule);
        denies = rule;
      }
    }
    if (allows === undefined) return decided(AccessAnswer.DENIED, mixed ? POD_RULES.deniedForAny : denies!, false);
    const { writable } = this.target.container.files;
    if (access === Access.WRITE_FILES && writable === false) return decided(AccessAnswer.DENIED, POD_RULES.readOnlyRoot, false);
    const onPerfmon = this.isOnPerfmon(access);
    const settle = this.openPoints(access, denies !== undefined);
    if (settle) return { ...settle, answer: AccessAnswer.UNKNOWN, anyTarget: false, onCapabilities: true, onPerfmon };
    return decided(AccessAnswer.ALLOWED, mixed ? POD_RULES.allowedForAny : allows, onPerfmon);
  }

  private ruleIn({ pair, files }: Situation, access: Access): AccessRule {
    if (!pair) return POD_RULES.neverStarts;
    const rule = DECIDE[access](pair, files, UNFILTERED);
    const { yama } = this.pod.node;
    if (!rule.allows || !yama || !ATTACHING.has(access)) return rule;
    if (yama === 3) return POD_RULES.yamaNoAttach;
    return pair.observer.effective.has('SYS_PTRACE') ? rule : POD_RULES.yama;
  }

  /** Why it is not certain, and what would settle it; undefined when it is. */
  private openPoints(access: Access, differs: boolean): { readonly rule: string; readonly settle: readonly string[] } | undefined {
    const { observer: { container: o }, target: { container: t }, pod } = this;
    const doubts = pod.doubts.length + o.doubts.length + t.doubts.length === 0 ? NO_SETTLE : [...pod.doubts, ...o.doubts, ...t.doubts];
    const files = access === Access.WRITE_FILES && t.files.writable === undefined ? [t.files.settle] : NO_SETTLE;
    if (!differs && doubts.length === 0 && files.length === 0) return undefined;
    const found = differs ? this.differences(access) : NO_DIFFERENCES;
    const open: OpenId[] = [];
    const note = (ids: readonly unknown[]): void => {
      for (const id of ids) if (id !== undefined && typeof id !== 'number') open.push(id as OpenId);
    };
    if (found.users) note([o.user.uid, t.user.uid, this.observer.process.changes?.uid, this.target.process.changes?.uid]);
    if (found.groups) note([o.user.gid, t.user.gid, this.observer.process.changes?.gid, this.target.process.changes?.gid]);
    const variants = found.variants ? [o, t].flatMap(container => [...container.capabilities.settle, ...escalation(container)]) : NO_SETTLE;
    const isMalformed = doubts.length > 0 || open.some(id => id.malformed)
      || (found.variants && [o, t].some(({ capabilities, noNewPrivileges }) => capabilities.malformed || noNewPrivileges === undefined));
    return {
      rule: isMalformed ? UNKNOWN_RULES.malformed : reason(found),
      settle: [...new Set([...open.map(id => id.settle), ...variants, ...files, ...doubts])],
    };
  }

  /** What makes the difference between being allowed and being denied. */
  private differences(access: Access): Differences {
    const byUsers = new Map<string, Set<boolean>>(); // in one variant, by users
    const byPoint = new Map<string, Set<boolean>>(); // at the same users and groups, by variant
    let n = 0;
    let last = -1;
    for (const situation of this.situations) {
      n = situation.variant === last ? n + 1 : 0;
      last = situation.variant;
      const { allows } = this.ruleIn(situation, access);
      add(byUsers, `${situation.variant} ${situation.users}`, allows);
      add(byPoint, `${n}`, allows);
    }
    const groups = [...byUsers.values()].some(answers => answers.size > 1);
    const variants = [...byPoint.values()].some(answers => answers.size > 1);
    const answersByVariant = new Map<string, Set<string>>();
    for (const [key, answers] of byUsers) add(answersByVariant, key.split(' ')[0], [...answers].sort().join());
    return { groups, variants, users: [...answersByVariant.values()].some(answers => answers.size > 1) };
  }

  private isOnPerfmon(access: Access): boolean {
    if (access !== Access.READ_ENVIRONMENT && access !== Access.BECOME_USER) return false;
    return this.situations.some(({ pair, files }) => {
      if (!pair || pair.observer.effective.has('SYS_PTRACE')) return false;
      if (!pair.observer.effective.has('PERFMON') && !pair.observer.effective.has('SYS_ADMIN')) return false;
      const without = new ProcessPair(pair.observer, pair.target, { perfmonReadsMemory: false, hostUsers: this.pod.hostUsers });
      return DECIDE[access](pair, files, UNFILTERED).allows && !DECIDE[access](without, files, UNFILTERED).allows;
    });
  }
}

interface Differences {
  readonly users: boolean;
  readonly groups: boolean;
  readonly variants: boolean;
}

const NO_DIFFERENCES: Differences = { users: false, groups: false, variants: false };

function reason(found: Differences): string {
  if (found.users) return UNKNOWN_RULES.user;
  if (found.groups) return UNKNOWN_RULES.group;
  return found.variants ? UNKNOWN_RULES.capabilities : UNKNOWN_RULES.other;
}

function add<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const values = map.get(key);
  if (values) values.add(value);
  else map.set(key, new Set([value]));
}

function escalation({ name, noNewPrivileges }: Actor['container']): readonly string[] {
  return noNewPrivileges === undefined ? [`make allowPrivilegeEscalation of \`${name}\` true or false`] : NO_SETTLE;
}

function decided(answer: AccessAnswer, rule: AccessRule, onPerfmon: boolean): Decision {
  return { answer, rule: rule.id, settle: NO_SETTLE, anyTarget: rule.anyTarget, onCapabilities: ON_CAPABILITIES.has(rule), onPerfmon };
}
