import { JsonPatch } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { DebugCommands } from './debug-commands';
import { DebugEphemeralProps, DebugSidecarProps } from './debug-sidecar-props';
import { targetsOf } from './debug-target';
import { debuggerResources } from './debugger-resources';
import { ephemeralCommand } from './ephemeral-command';
import { kubectlAddress } from './kubectl-address';
import { checkContainerName, checkEnv, checkTarget, checkVolumeMounts, volumeMounts } from './sidecar-container';
import { SidecarPlacement } from './sidecar-placement';
import { JsonObject, objectOf } from '../manifest/pod-spec';
import { constructError } from '../workload/construct-error';
import { PodOverlay } from '../workload/pod-overlay';
import { SharedPidSettings } from '../workload/shared-pid-settings';
import { SidecarImage } from '../workload/sidecar-image';
import { findWorkload, WorkloadObject } from '../workload/workload-object';

/** Kinds whose pods shall end by themselves. */
const ENDING_KINDS = ['Job', 'CronJob'];

/** Sleeps, and ends at TERM at once. Constant: nothing of the user's is in it. */
const IDLE_COMMAND = ['sh', '-c', 'trap "exit 0" TERM INT; while :; do sleep 86400 & wait "$!"; done'];

/**
 * A container for looking at the others of a pod: `ps`, `kill`, their files under `/proc/PID/root`.
 *
 * **It turns process sharing on** (`shareProcessNamespace: true`), for without it a container sees only itself. That changes
 * the app: its main process is no longer PID 1 (that is `/pause`), a HUP or TERM that it does not handle now ends it, images
 * that insist on PID 1 refuse to start, and every container of the pod sees the others' processes and arguments. Adding the
 * sidecar also rolls the pods. For one look at a pod that runs, `DebugSidecar.ephemeralCommand` needs none of that.
 *
 * With a profile of `kubectl debug` it is an interactive shell: the image's own command with `stdin` and `tty`, for
 * `kubectl attach`. Leaving the shell restarts the container, and until it runs again the pod is not Ready; a shell ignores
 * TERM, so stopping the pod takes its whole grace period; what is shown goes to the container's log.
 *
 * With `DebugProfile.custom` it idles without a terminal, ends at TERM, and is used by `kubectl exec`: leaving that shell
 * restarts nothing.
 *
 * It writes one entry of `containers` (or `initContainers`, see `placement`) and nothing else of the pod, after all that is
 * there. JSON patches of the workload's own object do not reach it: use `addJsonPatch` of the sidecar.
 *
 * @example
 *
 * const api = new kplus.Deployment(this, 'api', { containers: [{ name: 'api', image: 'registry.example.com/api:3' }] });
 * const debug = new DebugSidecar(api, 'debug', { profile: DebugProfile.RESTRICTED, target: 'api' });
 * debug.commands.exec;
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/
 */
export class DebugSidecar extends Construct {
  /**
   * The `kubectl debug` command for an ephemeral container, which needs no sidecar, no process sharing and no rollout: try
   * this first. Adds nothing to the workload.
   *
   * @param workload a workload of any origin
   * @param props what the container shall be able to do
   * @returns a command that can be pasted into a POSIX shell
   * @throws when there is no such workload or target
   */
  public static ephemeralCommand(workload: IConstruct, props: DebugEphemeralProps): string {
    return ephemeralCommand(findWorkload(workload, props.podSpecPath), props, workload);
  }

  /** The container's name. */
  public readonly containerName: string;

  private readonly workload: WorkloadObject;
  private readonly placement: SidecarPlacement;
  private readonly patches: JsonPatch[] = [];

  /**
   * @param scope the workload; or a construct with exactly one workload below, such as an `Include`
   * @param id the construct's id, and the container's name unless `name` is given
   * @param props what the container shall be able to do
   * @throws when the pod cannot share its processes (`hostPID`, Windows, an explicit `false`), the name is taken or no DNS
   * label, the target does not run in the pod, a volume is not there, or the placement does not fit the kind
   */
  constructor(scope: Construct, id: string, private readonly props: DebugSidecarProps) {
    super(scope, id);
    const path = this.node.path;
    if (!props?.profile) throw constructError(path, 'profile is missing', 'Give one, such as DebugProfile.RESTRICTED');
    this.workload = findWorkload(scope, props.podSpecPath);
    this.containerName = props.name ?? id;
    checkContainerName(this.containerName, path);
    checkEnv(props.env ?? {}, path);
    checkVolumeMounts(props.volumeMounts ?? [], this);
    this.placement = this.choosePlacement();

    const overlay = PodOverlay.of(this.workload);
    overlay.checkSharing(path);
    overlay.add({
      name: this.containerName,
      path,
      role: this.placement === SidecarPlacement.NATIVE ? 'sidecar' : 'container',
      render: spec => this.render(spec, overlay.partNames),
    });
    overlay.share(path);
  }

  /** What to type to use the container, for the manifest as it is now. */
  public get commands(): DebugCommands {
    const { api, path } = this.workload;
    const address = kubectlAddress(api.toJson() as JsonObject, path, this.node.path);
    const container = `-c ${this.containerName}`;
    return {
      ...this.hasTerminal ? { attach: `kubectl attach -it${address.namespace} ${address.workload} ${container}` } : {},
      exec: `kubectl exec -it${address.namespace} ${address.workload} ${container} -- sh`,
      ephemeral: ephemeralCommand(this.workload, this.props, this),
    };
  }

  /**
   * Patches the sidecar's container in the manifest, as the last step.
   *
   * @param ops operations with paths relative to the container, such as `JsonPatch.add('/workingDir', '/tmp')`; names and
   * values are those of the manifest, plain JSON
   */
  public addJsonPatch(...ops: JsonPatch[]): void {
    this.patches.push(...ops);
  }

  private get hasTerminal(): boolean {
    return this.props.profile._isKubectlProfile;
  }

  private choosePlacement(): SidecarPlacement {
    const ends = ENDING_KINDS.includes(this.workload.api.kind);
    const placement = this.props.placement ?? (ends ? SidecarPlacement.NATIVE : SidecarPlacement.CONTAINER);
    if (placement === SidecarPlacement.CONTAINER && ends) {
      throw constructError(this.node.path, `placement CONTAINER in a ${this.workload.api.kind}: it would never complete, for this container never ends`,
        'Use SidecarPlacement.NATIVE, which is the default there');
    }
    return placement;
  }

  private render(spec: JsonObject, ours: readonly string[]): JsonObject {
    const path = this.node.path;
    const settings = SharedPidSettings.of(this);
    const { props } = this;
    if (this.placement === SidecarPlacement.NATIVE) {
      settings._requireKubernetes(29, 'a native sidecar (an init container with restartPolicy: Always)',
        ENDING_KINDS.includes(this.workload.api.kind) ? 'Use DebugSidecar.ephemeralCommand' : 'Use SidecarPlacement.CONTAINER');
    }
    checkTarget(spec, props.target, ours, path);
    const targets = targetsOf(spec, props.target);
    const command = props.command ?? (this.hasTerminal ? undefined : IDLE_COMMAND);
    const env = Object.entries(props.env ?? {}).map(([name, value]) => ({ name, value }));
    const imagePullPolicy = props.imagePullPolicy ?? settings._imagePullPolicy() ?? (props.image === undefined ? 'IfNotPresent' : undefined);
    const mounts = volumeMounts(spec, props.volumeMounts ?? [], props.mirrorTargetMounts ? targets : [], path);
    const resources = props.resources ? props.resources._render() : debuggerResources(spec);
    const securityContext = props.profile._securityContext(spec, targets);
    refuseRootThatNeverStarts(spec, securityContext, props.image === undefined, path);
    const container: JsonObject = {
      ...command ? { command: [...command] } : {},
      ...env.length ? { env } : {},
      image: props.image ?? settings._image(SidecarImage.BUSYBOX),
      ...imagePullPolicy ? { imagePullPolicy } : {},
      name: this.containerName,
      ...resources ? { resources } : {},
      ...this.placement === SidecarPlacement.NATIVE ? { restartPolicy: 'Always' } : {},
      ...Object.keys(securityContext).length ? { securityContext } : {},
      ...this.hasTerminal ? { stdin: true, tty: true } : {},
      ...mounts.length ? { volumeMounts: mounts } : {},
      ...props.workingDir === undefined ? {} : { workingDir: props.workingDir },
    };
    return this.patches.length ? this.patched(container) : container;
  }

  private patched(container: JsonObject): JsonObject {
    let patched: JsonObject | undefined;
    try {
      patched = JsonPatch.apply(container, ...this.patches);
    } catch (error) {
      // the first line only: the others of a failed operation show the container, values of its environment included
      const [reason] = (error as Error).message.split('\n');
      throw constructError(this.node.path, `a JSON patch of the container fails: ${reason}`, 'Its paths are relative to the container: /workingDir');
    }
    if (patched?.name !== this.containerName) {
      throw constructError(this.node.path, 'a JSON patch changes the name of the container', "Give it with 'name' instead");
    }
    return patched;
  }
}

/** `runAsNonRoot: true` with UID 0, or with an image of root's and no UID, is valid for the API server; the kubelet never starts it. */
function refuseRootThatNeverStarts(spec: JsonObject, context: JsonObject, isOurImage: boolean, path: string): void {
  const pod = objectOf(spec.securityContext);
  const nonRoot = context.runAsNonRoot ?? pod.runAsNonRoot;
  const user = context.runAsUser ?? pod.runAsUser;
  if (nonRoot !== true || !(user === 0 || user === undefined && isOurImage)) return;
  throw constructError(path, 'the container would run as root while runAsNonRoot is true, so the kubelet would never start it',
    'Give runAsUser in the profile, or one of kubectl debug that means root, such as DebugProfile.GENERAL');
}
