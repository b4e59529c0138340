// The public names: the only barrel, no logic. Flat, because submodules break the Go and Python packages.

// Process sharing on any workload
export * from './workload/shared-pid';
export * from './workload/shared-pid-mixin';
export * from './workload/shared-pid-pod';
export * from './workload/shared-pid-settings';
export * from './workload/sidecar-image';
export * from './workload/sidecar-image-pull-policy';

// Who can do what to whom
export * from './access/access';
export * from './access/container-runtime';
export * from './access/node-facts';
export * from './workload/access-report';

// Sidecars
export * from './sidecars/debug-commands';
export * from './sidecars/debug-profile';
export * from './sidecars/debug-profile-options';
export * from './sidecars/debug-sidecar';
export * from './sidecars/debug-sidecar-props';
export * from './sidecars/seccomp-profile-type';
export * from './sidecars/sidecar-placement';
export * from './sidecars/sidecar-resources';
export * from './sidecars/sidecar-user';
export * from './sidecars/sidecar-volume-mount';

// Pod Security
export * from './admission/pod-security-level';
export * from './admission/pod-security-report';

// Safeguards
export * from './safeguards/finding';
export * from './safeguards/rule';
export * from './safeguards/severity';
export * from './workload/acknowledge-options';

// For the cdk8s CLI, not for apps: see its own documentation
export * from './validation-plugin/shared-pid-validation';
