import { Control } from './control';
import { allowPrivilegeEscalation } from './controls/allow-privilege-escalation';
import { appArmorProfile } from './controls/app-armor-profile';
import { capabilitiesBaseline } from './controls/capabilities-baseline';
import { capabilitiesRestricted } from './controls/capabilities-restricted';
import { hostNamespaces } from './controls/host-namespaces';
import { hostPathVolumes } from './controls/host-path-volumes';
import { hostPorts } from './controls/host-ports';
import { hostProbesAndHostLifecycle } from './controls/host-probes-and-host-lifecycle';
import { privileged } from './controls/privileged';
import { procMount } from './controls/proc-mount';
import { procMountRestricted } from './controls/proc-mount-restricted';
import { restrictedVolumes } from './controls/restricted-volumes';
import { runAsNonRoot } from './controls/run-as-non-root';
import { runAsUser } from './controls/run-as-user';
import { seLinuxOptions } from './controls/se-linux-options';
import { seccompProfileBaseline } from './controls/seccomp-profile-baseline';
import { seccompProfileRestricted } from './controls/seccomp-profile-restricted';
import { sysctls } from './controls/sysctls';
import { windowsHostProcess } from './controls/windows-host-process';

/**
 * All controls as of Kubernetes 1.37, in the order of the server's messages: baseline first, each level by id.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const CONTROLS: readonly Control[] = [
  appArmorProfile,
  capabilitiesBaseline,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbesAndHostLifecycle,
  privileged,
  procMount,
  seLinuxOptions,
  seccompProfileBaseline,
  sysctls,
  windowsHostProcess,
  allowPrivilegeEscalation,
  capabilitiesRestricted,
  procMountRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompProfileRestricted,
];
