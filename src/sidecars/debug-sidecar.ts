import { JsonPatch } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { envOf, relaxedEnvNames } from './container-env';
import { checkContainerName } from './container-name';
import { refuseRootThatNeverStarts } from './container-user';
import { DebugCommands } from './debug-commands';
import { promiseOf } from './debug-intent';
import { checkedSidecarProps, WithProfile } from './debug-props-check';
import { DebugEphemeralProps, DebugSidecarProps } from './debug-sidecar-props';
import { checkTarget, targetsOf } from './debug-target';
import { debuggerResources } from './debugger-resources';
import { ephemeralCommand } from './ephemeral-command';
import { kubectlAddress } from './kubectl-address';
import { SidecarPlacement } from './sidecar-placement';
import type { SidecarPromise } from './sidecar-promise';
import { volumeMountsOf } from './volume-mounts';
import { JsonObject } from '../manifest/pod-spec';
import { formatIntent, INTENT_PREFIX } from '../safeguards/intent';
import { constructError, quoted } from '../workload/construct-error';
import { PodOverlay } from '../workload/pod-overlay';
import { SharedPidSettings } from '../workload/shared-pid-settings';
import { SidecarImage } from '../workload/sidecar-image';
import { findWorkload, WorkloadObject } from '../workload/workload-object';

/** Kinds whose pods shall end by themselves. */
const ENDING_KINDS = ['Job', 'CronJob'];

/** Sleeps, and ends at TERM at once. Constant: nothing of the user's is in it. */
const IDLE_COMMAND = ['sh', '-c', 'trap "exit 0" TERM INT; while :; do sleep 86400 & wait "$!"; done'];

/**
 * A container for looking at the others of a pod: `ps`, `kill`, their files under `/proc/PID/root`. **It turns process sharing
 * on** (`shareProcessNamespace: true`), for without it a container sees only itself. That changes the app: its main process is
 * no longer PID 1 (that is `/pause`), a HUP or TERM that it does not handle now ends it, images that insist on PID 1 refuse to
 * start, and every container of the pod sees the others' processes and arguments. Adding the sidecar also rolls the pods. For
 * one look at a pod that runs, `DebugSidecar.ephemeralCommand` needs none of that.
 *
 * With a profile of `kubectl debug` it is an interactive shell: the image's own command with `stdin` and `tty`, for
 * `kubectl attach`. Leaving the shell restarts the container, and until it runs again the pod is not Ready; a shell ignores
 * TERM, so stopping the pod takes its whole grace period; what is shown goes to the container's log.
 *
 * With `DebugProfile.leastPrivilege`, which is the default, and with `DebugProfile.custom` it idles without a terminal, ends at
 * TERM, and is used by `kubectl exec`: leaving that shell restarts nothing.
 *
 * It writes one entry of `containers` (or `initContainers`, see `placement`) and nothing else of the pod, after all that is
 * there; and, with `DebugProfile.leastPrivilege`, the annotation `intent.cdk8s-shared-pid/<container>` on the workload's object
 * (not on its pods). JSON patches of the workload's own object do not reach it: use `addJsonPatch` of the sidecar.
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
   * @throws when there is no such workload or target, the container would never start, or the pods of the workload have neither a
   * known name nor a label
   */
  public static ephemeralCommand(workload: IConstruct, props: DebugEphemeralProps): string {
    return ephemeralCommand(findWorkload(workload, props?.podSpecPath), props, workload);
  }

  /** The container's name. */
  public readonly containerName: string;

  private readonly constructPath: string; // node.path is made anew at each call
  private readonly props: DebugSidecarProps & WithProfile;
  private readonly promise?: SidecarPromise;
  private readonly workload: WorkloadObject;
  private readonly placement: SidecarPlacement;
  private readonly patches: JsonPatch[] = [];

  /**
   * @param scope the workload; or a construct with exactly one workload below, such as an `Include`
   * @param id the construct's id, and the container's name unless `name` is given
   * @param props what the container shall be able to do
   * @throws when the pod cannot share its processes (`hostPID`, Windows, an explicit `false`), the name is taken or no DNS
   * label, the target does not run in the pod, a volume is not there, the placement does not fit the kind, the container would
   * never start, the stated oldest Kubernetes lacks a field, or the least privilege cannot be worked out: the user of a target is
   * not known, or what is asked takes a wider Pod Security level than is allowed
   */
  constructor(scope: Construct, id: string, props: DebugSidecarProps = {}) {
    super(scope, id);
    const path = this.constructPath = this.node.path;
    this.props = checkedSidecarProps(path, props);
    this.workload = findWorkload(scope, this.props.podSpecPath);
    this.containerName = this.props.name ?? id;
    checkContainerName(path, this.containerName);
    this.placement = this.choosePlacement();

    const overlay = PodOverlay.of(this.workload);
    overlay.checkSharing(path);
    this.promise = promiseOf(path, this.containerName, this.props, SharedPidSettings.of(this), () => overlay.userSpec());
    overlay.add({
      name: this.containerName,
      path,
      role: this.placement === SidecarPlacement.NATIVE ? 'sidecar' : 'container',
      render: (spec, others) => this.render(spec, overlay.partNames, others),
      verify: spec => this.promise?.verify(spec),
    });
    overlay.share(path);
    // what was asked, so that later tools can tell what is more than that
    const { _accesses: access } = this.props.profile;
    if (access) overlay.annotate(`${INTENT_PREFIX}${this.containerName}`, formatIntent({ access, targets: this.promise?.targets, sidecar: 'debug' }));
  }

  /**
   * What to type to use the container, for the manifest as it is now.
   *
   * @throws when the pods of the workload have neither a known name nor a label by which kubectl could find them
   */
  public get commands(): DebugCommands {
    const address = kubectlAddress(this.workload, this.constructPath);
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
    const ends = ENDING_KINDS.includes(this.workload.kind);
    const placement = this.props.placement ?? (ends ? SidecarPlacement.NATIVE : SidecarPlacement.CONTAINER);
    if (placement === SidecarPlacement.CONTAINER && ends) {
      throw constructError(this.constructPath, `placement CONTAINER in a ${this.workload.kind}: it would never complete, for this container never ends`,
        'Use SidecarPlacement.NATIVE, which is the default there');
    }
    return placement;
  }

  private render(spec: JsonObject, ours: readonly string[], others: readonly JsonObject[]): JsonObject {
    const { constructPath: path } = this;
    const settings = SharedPidSettings.of(this);
    const { props } = this;
    checkTarget(path, spec, props.target, ours);
    const targets = targetsOf(spec, props.target);
    const command = props.command?.length ? props.command : this.hasTerminal ? undefined : IDLE_COMMAND;
    const env = envOf(props.env);
    const imagePullPolicy = props.imagePullPolicy ?? settings._imagePullPolicy() ?? (props.image === undefined ? 'IfNotPresent' : undefined);
    const mounts = volumeMountsOf(path, spec, props.volumeMounts ?? [], props.mirrorTargetMounts ? targets : []);
    const resources = props.resources ? props.resources._render() : debuggerResources(spec);
    const securityContext = this.promise?.securityContext(spec) ?? props.profile._securityContext(spec, targets, others);
    this.checkKubernetesVersion(settings, securityContext);
    if (!this.promise) refuseRootThatNeverStarts(path, spec, securityContext, props.image === undefined);
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

  private checkKubernetesVersion(settings: SharedPidSettings, securityContext: JsonObject): void {
    if (this.placement === SidecarPlacement.NATIVE) {
      settings._requireKubernetes(29, 'a native sidecar (an init container with restartPolicy: Always)',
        ENDING_KINDS.includes(this.workload.kind) ? 'Use DebugSidecar.ephemeralCommand' : 'Use SidecarPlacement.CONTAINER');
    }
    if (securityContext.seccompProfile) settings._requireKubernetes(19, 'seccompProfile', 'Use a profile without it, such as DebugProfile.BASELINE');
    const [name] = relaxedEnvNames(this.props.env);
    if (name !== undefined) settings._requireKubernetes(32, `the env variable ${quoted(name)}`, "Use letters, digits, '_', '-' and '.', and no digit first");
  }

  private patched(container: JsonObject): JsonObject {
    // patched in place: what a promise was worked out as must stay as it is
    const { securityContext } = container;
    const own = securityContext ? { ...container, securityContext: structuredClone(securityContext) } : container;
    let patched: JsonObject | undefined;
    try {
      patched = JsonPatch.apply(own, ...this.patches);
    } catch (error) {
      // the first line only: the others of a failed operation show the container, values of its environment included
      const [reason] = (error as Error).message.split('\n');
      throw constructError(this.constructPath, `a JSON patch of the container fails: ${reason}`, 'Its paths are relative to the container: /workingDir');
    }
    if (patched?.name !== this.containerName) {
      throw constructError(this.constructPath, 'a JSON patch changes the name of the container', "Give it with 'name' instead");
    }
    return patched;
  }
}
