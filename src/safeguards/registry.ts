import { brokenPromise } from './rules/broken-promise';
import { noDebugSidecarInProduction } from './rules/no-debug-sidecar-in-production';
import { noEndlessJob } from './rules/no-endless-job';
import { noExcessCapability } from './rules/no-excess-capability';
import { noHostPid } from './rules/no-host-pid';
import { noIneffectiveCapability } from './rules/no-ineffective-capability';
import { noKillableSandbox } from './rules/no-killable-sandbox';
import { noPid1Image } from './rules/no-pid-1-image';
import { noProcessNameProbe } from './rules/no-process-name-probe';
import { noRootImageWithRunAsNonRoot } from './rules/no-root-image-with-run-as-non-root';
import { noSecretFilesInReach } from './rules/no-secret-files-in-reach';
import { noSecretInArguments } from './rules/no-secret-in-arguments';
import { noSecretInEnvironment } from './rules/no-secret-in-environment';
import { noSignalToPid1 } from './rules/no-signal-to-pid-1';
import { noTtyOnLogStream } from './rules/no-tty-on-log-stream';
import { noUnboundedLogVolume } from './rules/no-unbounded-log-volume';
import { noUnhandledSignal } from './rules/no-unhandled-signal';
import { noUnknownCapability } from './rules/no-unknown-capability';
import { unreadable } from './rules/no-unreadable-pod';
import { noWideKill } from './rules/no-wide-kill';
import { noWindowsPod } from './rules/no-windows-pod';
import { podSecurityLevelLowered } from './rules/pod-security-level-lowered';
import { qosClassChanged } from './rules/qos-class-changed';
import { requireRunAsGroup } from './rules/require-run-as-group';
import { unusedAcknowledgement } from './rules/unused-acknowledgement';
import { Safeguard } from './safeguard';

/** Every rule, in the order in which findings of one severity are told. */
export const SAFEGUARDS: readonly Safeguard[] = [
  unreadable,
  noHostPid,
  noWindowsPod,
  noUnknownCapability,
  noRootImageWithRunAsNonRoot,
  noUnhandledSignal,
  noEndlessJob,
  brokenPromise,
  noPid1Image,
  noIneffectiveCapability,
  noExcessCapability,
  noSignalToPid1,
  noWideKill,
  noProcessNameProbe,
  noSecretInArguments,
  noSecretInEnvironment,
  noSecretFilesInReach,
  noKillableSandbox,
  requireRunAsGroup,
  noUnboundedLogVolume,
  noTtyOnLogStream,
  qosClassChanged,
  podSecurityLevelLowered,
  noDebugSidecarInProduction,
  unusedAcknowledgement, // the last: it asks what the others acknowledged
];

export const RULE_IDS: ReadonlySet<string> = new Set(SAFEGUARDS.map(({ id }) => id));
