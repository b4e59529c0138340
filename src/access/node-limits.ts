/** What of the node may refuse what the manifest allows, by the names in `nodeMayDeny`. */
export const NODE_LIMITS: { readonly [name: string]: string } = {
  'yama': 'Yama with kernel.yama.ptrace_scope 1 or more, as Ubuntu ships it (NodeFacts.yamaPtraceScope)',
  'yama-no-attach': 'Yama with kernel.yama.ptrace_scope 3, which nothing overrides (NodeFacts.yamaPtraceScope)',
  'apparmor': 'AppArmor, where the two containers have different profiles (NodeFacts.securityModules)',
  'selinux': 'SELinux, where the two containers have different labels (NodeFacts.securityModules)',
  'seccomp': "the observer's seccomp profile (NodeFacts.permissiveSeccompProfiles; for ptrace under RuntimeDefault NodeFacts.containerRuntime)",
  'runtime-class': "the pod's runtimeClassName, which may bring another kernel (NodeFacts.sameKernelRuntimeClasses)",
  'kernel-version': 'Linux before 6.15, where PERFMON and SYS_ADMIN do not read it (NodeFacts.kernelVersion)',
  'user-namespace': "the pod's user namespace, hostUsers false, where the nodes have it (NodeFacts.kubernetesVersion)",
};
