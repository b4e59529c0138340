import { AccessAnswer } from '../../access/access-answer';
import { AccessRow } from '../../access/access-row';
import { UNKNOWN_RULES } from '../../access/access-rules';
import { runAsGroupOf } from '../../manifest/pod-spec';
import { JudgedContainer } from '../judged-pod';
import { namedList } from '../printable-name';
import { Safeguard } from '../safeguard';
import { Severity } from '../severity';

/** Where only the user is told, the group is the image's, and it decides. */
export const requireRunAsGroup: Safeguard = {
  id: 'require-run-as-group',
  title: 'A group wherever the group decides who reaches whom',
  severity: Severity.INFO,
  severities: 'info, once a pod; warning where what a sidecar was made for depends on it',
  why: 'Linux compares users and groups when one process reaches for another: with the same UID and another primary GID only signals pass, no '
    + 'environment, no files, no ptrace (measured). Without `runAsGroup` the GID is what `/etc/passwd` of the image says for the user, or 0; '
    + 'two images with the same `runAsUser` often differ in it, and no manifest shows that.',
  remediation: 'Set `runAsGroup` beside `runAsUser` in every container.',
  links: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-the-security-context-for-a-pod'],
  *check(pod) {
    if (!pod.shares) return;
    const without = new Set(pod.running.filter(({ json }) => runAsGroupOf(pod.spec, json) === undefined));
    if (without.size === 0 || pod.reach.unknown !== undefined) return;
    const concerned = new Set<JudgedContainer>();
    let isPromised = false;
    for (const observer of pod.running) {
      for (const target of pod.running) {
        if (observer === target || !(without.has(observer) || without.has(target))) continue;
        const open = pod.reach.between(observer.name, target.name).filter(isOpenByGroup);
        if (open.length === 0) continue;
        [observer, target].filter(container => without.has(container)).forEach(container => concerned.add(container));
        isPromised ||= open.some(({ access }) => isMadeFor(observer, access, target));
      }
    }
    if (concerned.size === 0) return;
    const names = namedList([...concerned].map(({ name }) => name));
    yield {
      severity: isPromised ? Severity.WARNING : Severity.INFO,
      message: `who reaches whom depends on the group of ${names}, which only the image tells${isPromised ? '; so does what a sidecar was made for' : ''}`,
      fix: `Set runAsGroup on ${names}.`,
      ...(concerned.size === 1 ? { container: [...concerned][0].name, path: [...concerned][0].path } : { path: pod.specPath }),
    };
  },
};

function isOpenByGroup({ answer, rule }: AccessRow): boolean {
  return answer === AccessAnswer.UNKNOWN && rule === UNKNOWN_RULES.group;
}

function isMadeFor({ intent }: JudgedContainer, access: string, target: JudgedContainer): boolean {
  return intent !== undefined && intent.access.includes(access) && (intent.targets?.includes(target.name) ?? !target.ours);
}
