import { Control } from '../control';
import { PodSecurityLevel } from '../pod-security-level';

/** The node's network, processes and IPC are not shared. */
export const hostNamespaces: Control = {
  id: 'hostNamespaces',
  level: PodSecurityLevel.BASELINE,
  check(pod) {
    const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter(field => pod[field]);
    return shared.length === 0 ? undefined : {
      reason: 'host namespaces',
      detail: shared.map(field => `${field}=true`).join(', '),
      containers: [],
    };
  },
};
