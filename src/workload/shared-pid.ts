import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { AccessReport } from './access-report';
import { AcknowledgeOptions } from './acknowledge-options';
import { analysis } from './analysis';
import { constructError, quoted } from './construct-error';
import { checkText, withoutNulls } from './given-value';
import { PodOverlay } from './pod-overlay';
import { SharedPidSettings } from './shared-pid-settings';
import { findWorkload, findWorkloads, WorkloadObject } from './workload-object';
import { PodSecurityReport } from '../admission/pod-security-report';
import { JsonObject, objectOf } from '../manifest/pod-spec';
import { podMetadataPath, valueAt } from '../manifest/pod-spec-path';
import { Finding } from '../safeguards/finding';
import { Rule } from '../safeguards/rule';

/**
 * Options of `SharedPid`.
 */
export interface SharedPidOptions {
  /**
   * Where the pod spec lies in the manifest of a custom resource, as a JSON pointer such as `/spec/template/spec`.
   *
   * @default - known for Pod, PodTemplate, ReplicationController, Deployment, StatefulSet, DaemonSet, ReplicaSet, Job and
   * CronJob; another kind is refused
   */
  readonly podSpecPath?: string;
}

/**
 * The shared process namespace of a workload of any origin: cdk8s-plus of any version, objects of `cdk8s import`, a plain
 * `ApiObject`, what `Include` and `Helm` read, a `List` included.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/
 */
export class SharedPid {
  /**
   * Lets the containers of a workload share one process namespace: sets `shareProcessNamespace: true` in its pod spec.
   *
   * This changes the app: its main process is no longer PID 1 (that is `/pause`), so a TERM or HUP that it does not handle
   * now ends it, images that insist on PID 1 (systemd, s6-overlay) refuse to start, and every container of the pod sees the
   * others' processes, arguments included.
   *
   * Calling it again changes nothing. When one workload of a tree cannot share, none of the tree is changed.
   *
   * @param scope a workload; or a chart, an `Include` or another construct: then every workload that is below it now
   * @param options where the pod spec is, for custom resources
   * @throws when there is no workload, a kind is unknown, `podSpecPath` is given for a tree, or the pod says `hostPID: true`, `os.name: windows` or
   * `shareProcessNamespace: false` (the `false` that cdk8s-plus 29 and later always write does not count)
   */
  public static enable(scope: IConstruct, options: SharedPidOptions = {}): void {
    const overlays = findWorkloads(scope, options?.podSpecPath).map(workload => ({ path: workload.api.node.path, overlay: PodOverlay.of(workload) }));
    for (const { path, overlay } of overlays) overlay.checkSharing(path);
    for (const { path, overlay } of overlays) overlay.share(path);
  }

  /**
   * What can be asked of one workload. Never changes the manifest.
   *
   * @param scope a workload, or a construct with exactly one workload below
   * @param options where the pod spec is, for custom resources
   * @throws when there is no workload, or more than one
   */
  public static of(scope: IConstruct, options: SharedPidOptions = {}): SharedPid {
    return new SharedPid(findWorkload(scope, options?.podSpecPath));
  }

  /** The object that is written for the workload. */
  public readonly apiObject: ApiObject;

  /** Where the pod spec lies in the manifest, as a JSON pointer. */
  public readonly podSpecPath: string;

  private constructor(private readonly workload: WorkloadObject) {
    this.apiObject = workload.api;
    this.podSpecPath = workload.path;
  }

  /** Whether the manifest, as it would be written now, says `shareProcessNamespace: true`. */
  public get isEnabled(): boolean {
    return objectOf(valueAt(this.apiObject.toJson(), this.podSpecPath)).shareProcessNamespace === true;
  }

  /**
   * Who can do what to whom in the pod, from the manifest as it would be written now and from what the settings state about
   * nodes and images.
   *
   * @throws when there is no pod spec in the manifest
   */
  public accessMatrix(): AccessReport {
    const { manifest, spec, metadata } = this.written();
    const { name, namespace } = objectOf(objectOf(valueAt(manifest, this.workload.root)).metadata);
    return AccessReport._of({
      kind: this.workload.kind,
      name: String(name ?? ''),
      namespace: String(namespace ?? ''),
      matrix: analysis.accessMatrix(spec, {
        annotations: metadata.annotations, ...SharedPidSettings.of(this.apiObject)._accessOptions(objectOf(spec)),
      }),
      podSecurity: analysis.podSecurity(spec, metadata),
    });
  }

  /**
   * The level of the Pod Security Standards that the pod meets, and what keeps it from the others, as the newest policy
   * (Kubernetes 1.37) judges the manifest as it would be written now.
   *
   * The words are the API server's. What admission adds later (containers that are injected) is not in it. A manifest that
   * the server cannot read, since a field that the policy looks at has a value of the wrong type, meets no level above privileged.
   *
   * @throws when there is no pod spec in the manifest
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
   */
  public podSecurity(): PodSecurityReport {
    const { spec, metadata } = this.written();
    return analysis.podSecurity(spec, metadata);
  }

  /**
   * What the safeguards say about the manifest as it would be written now, the heaviest findings first: what Kubernetes
   * certainly refuses or Linux does not let work (errors), exposures and guesses (warnings), what should be known (infos).
   *
   * Namespaces and ConfigMaps of the same app are taken into account. No finding holds the value of an environment variable,
   * the text of an argument or what is in a file.
   *
   * @see docs/reference/safeguards for a page for each rule
   */
  public findings(): Finding[] {
    const { manifest, spec } = this.written();
    const settings = SharedPidSettings.of(this.apiObject);
    const overlay = PodOverlay.find(this.workload);
    const found = analysis.evaluate(valueAt(manifest, this.workload.root), {
      touched: overlay?.isTouched ?? false,
      ours: overlay?.partNames ?? [],
      podSpecPath: this.podSpecPath.slice(this.workload.root.length),
      environment: settings._environment(),
      access: settings._accessOptions(objectOf(spec)),
      documents: this.otherDocuments(),
    });
    return found.map(finding => ({ ...finding, path: `${this.workload.root}${finding.path}` }));
  }

  /**
   * Acknowledges what a rule finds: a warning or an info is judged and accepted, with the reason. Writes the annotation
   * `acknowledge.cdk8s-shared-pid/<rule>` on the workload's object, not on its pods, so that whoever reads the manifest sees it.
   *
   * It covers the container that it names, or the whole pod. An error cannot be acknowledged, only fixed.
   *
   * @param rule such as `Rule.NO_SECRET_IN_ENVIRONMENT`
   * @param options the reason, and what it covers
   * @throws when the reason is empty, or an end is no day
   */
  public acknowledge(rule: Rule, options: AcknowledgeOptions): void {
    const { path } = this.apiObject.node;
    if (typeof rule?.id !== 'string') throw constructError(path, `${quoted(rule)} is no Rule`, 'Give one, such as Rule.NO_SECRET_IN_ENVIRONMENT');
    const { reason, container, until } = withoutNulls(options ?? {}) as AcknowledgeOptions;
    checkText(path, 'reason', reason ?? '');
    checkText(path, 'container', container);
    PodOverlay.of(this.workload).acknowledge(path, rule.id, { reason, container, until });
  }

  /** What rules look up beside the workload: scripts that are mounted, and what a namespace enforces. */
  private otherDocuments(): JsonObject[] {
    return this.apiObject.node.root.node.findAll().filter((other): other is ApiObject => (
      ApiObject.isApiObject(other) && ['ConfigMap', 'Namespace'].includes(other.kind)
    )).map(other => other.toJson());
  }

  /** The manifest as it would be written now, and its pod. */
  private written(): { readonly manifest: JsonObject; readonly spec: unknown; readonly metadata: JsonObject } {
    const manifest: JsonObject = this.apiObject.toJson();
    const spec = valueAt(manifest, this.podSpecPath);
    if (spec === undefined || spec === null) {
      throw constructError(this.apiObject.node.path, `there is no pod spec at ${quoted(this.podSpecPath)} in the manifest`,
        'Create the workload with one, or correct podSpecPath');
    }
    const metadataPath = podMetadataPath(this.podSpecPath);
    return { manifest, spec, metadata: metadataPath === undefined ? {} : objectOf(valueAt(manifest, metadataPath)) };
  }
}
