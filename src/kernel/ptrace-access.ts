import { AccessRule, KERNEL_RULES } from './access-rule';
import { Process } from './process';

/**
 * Whether one process may look into another. Both are in the same user namespace, as all of a pod are.
 *
 * @param credentials `fs`: what the kernel asks for `root`, `cwd`, `maps` and most other files of /proc/PID; `real`: what it
 * asks for ptrace and its relatives
 * @see https://man7.org/linux/man-pages/man2/ptrace.2.html "Ptrace access mode checking"
 */
export function ptraceAccess(observer: Process, target: Process, credentials: 'fs' | 'real'): AccessRule {
  if (observer.effective.has('SYS_PTRACE')) return KERNEL_RULES.sysPtrace;
  const uid = credentials === 'fs' ? observer.euid : observer.uid;
  if (uid !== target.uid || uid !== target.euid) return KERNEL_RULES.otherUser;
  if (observer.gid !== target.gid) return KERNEL_RULES.otherGroup;
  if (!target.dumpable) return KERNEL_RULES.notDumpable;
  const held = credentials === 'fs' ? observer.effective : observer.permitted;
  return held.contains(target.permitted) ? KERNEL_RULES.sameUserAndGroup : KERNEL_RULES.moreCapabilities;
}

/**
 * Whether one process may signal another.
 *
 * @see https://man7.org/linux/man-pages/man2/kill.2.html
 */
export function signalAccess(observer: Process, target: Process): AccessRule {
  if (observer.effective.has('KILL')) return KERNEL_RULES.kill;
  const same = observer.euid === target.uid || observer.euid === target.euid || observer.uid === target.uid || observer.uid === target.euid;
  return same ? KERNEL_RULES.sameUser : KERNEL_RULES.signalOtherUser;
}
