import { Access } from './access';
import { PrivilegeLevel, PRIVILEGE_LEVELS } from './privilege-level';
import { CapabilitySet } from '../kernel/capability-set';
import { BASELINE_CAPABILITIES, RESTRICTED_CAPABILITIES } from '../kernel/pod-security-capabilities';
import { JsonObject } from '../manifest/pod-spec';

/** A security context that may be enough. */
export interface PrivilegeCandidate {
  readonly level: PrivilegeLevel;
  /** How many capabilities the container holds. */
  readonly count: number;
  readonly securityContext: JsonObject;
}

/** A user and group by number. */
export interface CandidateUser {
  readonly user: number;
  readonly group: number;
}

/** What there is to choose from for a container that runs as root. */
export interface RootChoice {
  readonly accesses: ReadonlySet<Access>;
  /** Primary groups to try, in this order. */
  readonly groups: readonly number[];
  /** What the targets that are root hold; root sees them only when it holds as much, or SYS_PTRACE. */
  readonly held: CapabilitySet;
  /** What the runtime gives. */
  readonly defaults: CapabilitySet;
  /** The pod has a user namespace of its own, where Pod Security `restricted` admits root. */
  readonly hasUserNamespace: boolean;
}

/** What root may hold: the capabilities that it adds, to none or to the runtime's default ones. */
interface Base {
  readonly keepsDefault: boolean;
  readonly add: CapabilitySet;
}

/** Not root, and no capability: they would have no effect. */
export function withoutRoot(user: CandidateUser | undefined): PrivilegeCandidate {
  return {
    level: 'restricted',
    count: 0,
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      ...user ? { runAsGroup: user.group } : {},
      runAsNonRoot: true,
      ...user ? { runAsUser: user.user } : {},
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
}

/** Root with as few capabilities as may help, from the tightest level and the fewest on. */
export function asRoot(choice: RootChoice): PrivilegeCandidate[] {
  const { accesses, groups, held, defaults } = choice;
  // to hold what a target holds opens that target; SYS_PTRACE would open all
  const bases: Base[] = held.size > 0 ? [{ keepsDefault: false, add: held }, { keepsDefault: true, add: held.without(defaults) }] : [];
  bases.push({ keepsDefault: false, add: CapabilitySet.NONE });
  const candidates: PrivilegeCandidate[] = [];
  for (const base of bases) {
    for (const helpful of helpfulSets(accesses)) {
      // with SYS_PTRACE neither what the targets hold nor their group plays a part
      const seesAll = helpful.has('SYS_PTRACE');
      if (seesAll && base !== bases[bases.length - 1]) continue;
      for (const group of seesAll ? groups.slice(0, 1) : groups) candidates.push(rootCandidate(base, helpful, group, choice));
    }
  }
  // equals stay in their order
  return candidates.sort((a, b) => PRIVILEGE_LEVELS.indexOf(a.level) - PRIVILEGE_LEVELS.indexOf(b.level) || a.count - b.count);
}

function rootCandidate(base: Base, helpful: CapabilitySet, group: number, { defaults, hasUserNamespace }: RootChoice): PrivilegeCandidate {
  const add = base.keepsDefault ? base.add.union(helpful).without(defaults) : base.add.union(helpful);
  const capabilities = { ...add.size ? { add: add.names } : {}, ...base.keepsDefault ? {} : { drop: ['ALL'] } };
  return {
    level: hasUserNamespace && !base.keepsDefault && RESTRICTED_CAPABILITIES.contains(add) ? 'restricted'
      : BASELINE_CAPABILITIES.contains(add) ? 'baseline' : 'privileged',
    count: add.size + (base.keepsDefault ? defaults.size : 0),
    securityContext: {
      allowPrivilegeEscalation: false,
      ...Object.keys(capabilities).length ? { capabilities } : {},
      readOnlyRootFilesystem: true,
      runAsGroup: group,
      runAsNonRoot: false,
      runAsUser: 0,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
}

const SIGNALLING: readonly Access[] = [Access.SIGNAL, Access.END_POD];
const BY_FILE_MODE: readonly Access[] = [
  Access.READ_ENVIRONMENT, Access.READ_FILES, Access.OPEN_DESCRIPTORS, Access.READ_MEMORY, Access.WRITE_MEMORY, Access.CONNECT_SOCKETS,
];
const WRITING: readonly Access[] = [Access.WRITE_MEMORY, Access.CONNECT_SOCKETS];
const SHOWN: readonly Access[] = [Access.LIST_PROCESSES, Access.READ_ARGUMENTS];

/** The capabilities that can make a difference to these accesses, in sets; those that reach more come later. */
function helpfulSets(accesses: ReadonlySet<Access>): CapabilitySet[] {
  const asks = (list: readonly Access[]) => list.some(access => accesses.has(access));
  const looksIn = [...accesses].some(access => ![...SIGNALLING, ...SHOWN].includes(access));
  const kill = asks(SIGNALLING) ? [[], ['KILL']] : [[]];
  const become = accesses.has(Access.BECOME_USER) ? [[], ['SETGID'], ['SETGID', 'SETUID']] : [[]];
  const look = [[], ...looksIn ? [['SYS_PTRACE']] : [], ...asks(BY_FILE_MODE) ? [['SYS_PTRACE', 'DAC_READ_SEARCH']] : [],
    ...asks(WRITING) ? [['SYS_PTRACE', 'DAC_OVERRIDE']] : []];
  return look.flatMap(a => become.flatMap(b => kill.map(c => CapabilitySet.of([...a, ...b, ...c]))));
}
