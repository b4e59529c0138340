import { AccessRule, KERNEL_RULES } from '../kernel/access-rule';

const rule = (id: string, allows: boolean, sentence: string): AccessRule => ({ id, allows, sentence, anyTarget: false });

/** Rules beside the kernel's: what the kubelet, the node and the manifest decide. */
export const POD_RULES = {
  allowedForAny: rule('allowed-for-any-user', true, 'Linux allows it for every user and group that the manifest leaves open'),
  path: rule('path', true, 'the observer may take over another process, which may do it'),

  deniedForAny: rule('denied-for-any-user', false, 'Linux denies it for every user and group that the manifest leaves open'),
  neverStarts: rule('never-starts', false, 'one of the two containers never starts: it asks for root and runAsNonRoot, or its binary asks for more than it may hold'),
  ownNamespace: rule('own-process-namespace', false, 'the containers do not share a process namespace'),
  readOnlyRoot: rule('read-only-root-file-system', false, 'the files of the target cannot be written: readOnlyRootFilesystem, and no writable volume'),
  yama: rule('yama', false, "the node's Yama (kernel.yama.ptrace_scope 1 or 2) refuses it without SYS_PTRACE"),
  yamaNoAttach: rule('yama-no-attach', false, "the node's Yama (kernel.yama.ptrace_scope 3) refuses it to everybody"),
} as const;

/** Why an answer is UNKNOWN. */
export const UNKNOWN_RULES = {
  malformed: 'field-malformed',
  user: 'user-unknown',
  group: 'group-unknown',
  capabilities: 'capabilities-unknown',
  other: 'field-unknown',
} as const;

/** A sentence for each rule that an access row names. */
export const ACCESS_RULES: { readonly [id: string]: string } = {
  ...Object.fromEntries([...Object.values(KERNEL_RULES), ...Object.values(POD_RULES)].map(({ id, sentence }) => [id, sentence])),
  [UNKNOWN_RULES.malformed]: 'a field of the manifest has a type that Kubernetes refuses, so nothing can be said',
  [UNKNOWN_RULES.user]: 'it depends on the user of the image, which the manifest does not tell',
  [UNKNOWN_RULES.group]: "it depends on the group that the image's /etc/passwd gives the user, which the manifest does not tell",
  [UNKNOWN_RULES.capabilities]: 'it depends on how the container runtime reads a capability name',
  [UNKNOWN_RULES.other]: 'it depends on a field that the manifest leaves open',
};
