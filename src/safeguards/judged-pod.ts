import { Acknowledgements } from './acknowledgement';
import { ContainerText, textsOf } from './container-text';
import { EvaluateOptions } from './evaluate-options';
import { Intent, intentsOf } from './intent';
import { mountedScripts } from './mounted-scripts';
import { findDocument, namespaceOf } from './other-documents';
import { Reach } from './reach';
import { accessMatrix } from '../access/access-matrix';
import { AccessOptions } from '../access/access-options';
import { arrayOf, JsonObject, objectOf } from '../manifest/pod-spec';
import { podMetadataPath, valueAt } from '../manifest/pod-spec-path';

/** A container as rules see it. */
export interface JudgedContainer {
  /** Its JSON. */
  readonly json: JsonObject;
  /** Its name, or the empty string. */
  readonly name: string;
  /** `sidecar` is an init container with `restartPolicy: Always`. */
  readonly role: 'container' | 'init' | 'sidecar' | 'ephemeral';
  /** JSON pointer in the manifest. */
  readonly path: string;
  /** A construct of ours made it. */
  readonly ours: boolean;
  /** What it was asked to do, where an annotation tells. */
  readonly intent?: Intent;
}

const LISTS = [['initContainers', 'init'], ['containers', 'container'], ['ephemeralContainers', 'ephemeral']] as const;

/** The pod of a manifest, as rules see it. Everything in it may have any type. */
export class JudgedPod {
  /** The pod's spec, or an empty one. */
  public readonly spec: JsonObject;
  public readonly shares: boolean;
  public readonly containers: readonly JudgedContainer[];
  /** What containers of ours were asked to do, by name; a name may be that of no container. */
  public readonly intents: ReadonlyMap<string, Intent>;
  public readonly acknowledgements: Acknowledgements;
  private allTexts?: readonly ContainerText[];
  private whoReachesWhom?: Reach;

  /**
   * @param manifest the object
   * @param specPath JSON pointer of the pod spec in it
   * @param ruleIds the rules that there are, for acknowledgements
   */
  public constructor(
    public readonly manifest: JsonObject,
    public readonly specPath: string,
    public readonly options: EvaluateOptions,
    ruleIds: ReadonlySet<string>,
  ) {
    this.spec = objectOf(valueAt(manifest, specPath));
    this.shares = this.spec.shareProcessNamespace === true;
    const annotations = objectOf(objectOf(manifest.metadata).annotations);
    this.intents = intentsOf(annotations);
    const stated = options.ours ?? [];
    const containers: JudgedContainer[] = [];
    for (const [list, listRole] of LISTS) {
      if (this.spec[list] === undefined) continue;
      arrayOf(this.spec[list]).forEach((item, i) => {
        const json = objectOf(item);
        const name = typeof json.name === 'string' ? json.name : '';
        const intent = this.intents.get(name);
        const role = listRole === 'init' && json.restartPolicy === 'Always' ? 'sidecar' : listRole;
        containers.push({ json, name, role, path: `${specPath}/${list}/${i}`, ours: intent !== undefined || stated.includes(name), intent });
      });
    }
    this.containers = containers;
    this.acknowledgements = new Acknowledgements(annotations, ruleIds, options.today);
  }

  /** `Pod`, `Job` ... */
  public get kind(): string {
    return typeof this.manifest.kind === 'string' ? this.manifest.kind : '';
  }

  public get namespace(): string | undefined {
    return namespaceOf(this.manifest);
  }

  /** The metadata that the pod itself gets. */
  public get podMetadata(): unknown {
    const path = podMetadataPath(this.specPath);
    return path === undefined ? undefined : valueAt(this.manifest, path);
  }

  /** Whether rules about process sharing and about our sidecars have something to say. */
  public get concerns(): boolean {
    return this.shares || this.options.touched === true || this.intents.size > 0 || this.ours.length > 0;
  }

  /** Containers that run beside the others, in the order of the manifest. */
  public get running(): readonly JudgedContainer[] {
    return this.containers.filter(({ role }) => role !== 'init');
  }

  /** The containers that constructs of ours made. */
  public get ours(): readonly JudgedContainer[] {
    return this.containers.filter(({ ours }) => ours);
  }

  /** All that is run and can be read: command lines, probes, hooks, scripts in ConfigMaps of the same output. */
  public get texts(): readonly ContainerText[] {
    this.allTexts ??= [
      ...this.containers.flatMap(({ name, json, path }) => textsOf(name, json, path)),
      ...this.options.documents === undefined ? [] : mountedScripts(this.spec, this.specPath, name => this.findDocument('ConfigMap', name)),
    ];
    return this.allTexts;
  }

  /** Who can do what to whom. */
  public get reach(): Reach {
    this.whoReachesWhom ??= new Reach(this.options.accessMatrix ?? accessMatrix(this.spec, this.accessOptions));
    return this.whoReachesWhom;
  }

  /** What is known for an access matrix of this pod. */
  public get accessOptions(): AccessOptions {
    return { annotations: objectOf(this.podMetadata).annotations, ...this.options.access };
  }

  /** A ConfigMap of the pod's namespace, or a Namespace, in the same output. */
  public findDocument(kind: 'ConfigMap' | 'Namespace', name: string): JsonObject | undefined {
    return findDocument(this.options.documents, kind, kind === 'Namespace' ? undefined : this.namespace, name);
  }
}
