import { CapabilityRange } from './capability-range';
import { Confinement } from './confinement';
import { ContainerUser } from './container-user';
import { HostPathMount } from './host-path-mounts';
import { Id } from './open-id';
import { WritableFiles } from './writable-files';
import { ProcessFacts } from '../kernel/process-facts';

/** A container that runs beside others, as far as the manifest tells. */
export interface ContainerProfile {
  readonly name: string;
  /** `pause` is the pod's own process. */
  readonly role: 'container' | 'sidecar' | 'ephemeral' | 'pause';
  readonly user: ContainerUser;
  readonly capabilities: CapabilityRange;
  /** `allowPrivilegeEscalation: false`; undefined when the field is malformed. */
  readonly noNewPrivileges: boolean | undefined;
  /** What would settle that. */
  readonly settleEscalation: string;
  readonly files: WritableFiles;
  readonly confinement: Confinement;
  readonly hostPaths: readonly HostPathMount[];
  /** Of an ephemeral container: the container whose processes it sees where the pod does not share them. */
  readonly joins?: string;
  /** What would settle malformed fields that can only take an access away. */
  readonly doubts: readonly string[];
  /** The processes that others reach, main process first. */
  readonly processes: readonly ProcessProfile[];
  /** The program by which it reaches others. */
  readonly tool: ProcessProfile;
}

/** What is known of a process beside its container. */
export interface ProcessProfile {
  readonly name: string | null;
  readonly facts?: ProcessFacts;
  /** The user that it changes to after its start. */
  readonly changes?: { readonly uid: Id; readonly gid: Id; readonly dumpable: boolean };
  /** What is taken for granted about its program: a key of `ASSUMPTIONS`; undefined when its facts are stated. */
  readonly assumes?: string;
}

/** A process in its container. */
export interface Actor {
  readonly container: ContainerProfile;
  readonly process: ProcessProfile;
}
