import { ApiObject, App, ImplicitTokenResolver, JsonPatch, LazyResolver, NumberStringUnionResolver, resolve } from 'cdk8s';
import { analysis } from './analysis';
import { constructError, quoted } from './construct-error';
import { overlayToJson } from './overlay-to-json';
import { draftPodSpec, patchCount } from './pod-draft';
import { SharedPidSettings } from './shared-pid-settings';
import { defaultChildOf, WorkloadObject } from './workload-object';
import { replaceAt, withField } from '../manifest/json-edit';
import { containersOf, isObject, JsonObject, objectOf } from '../manifest/pod-spec';
import { valueAt } from '../manifest/pod-spec-path';
import type { WrittenAcknowledgement } from '../safeguards/acknowledgement';

/** A container that one of our constructs lays over the pod. */
export interface ContainerPart {
  readonly name: string;
  /** Path of the construct that asked for it. */
  readonly path: string;
  /** `sidecar`: an init container with `restartPolicy: Always`. */
  readonly role: 'container' | 'sidecar';
  /**
   * The container for this pod spec. Throws when what was asked cannot be had.
   *
   * @param spec the user's part of the pod spec
   * @param others our containers that come before this one
   */
  render(spec: JsonObject, others: readonly JsonObject[]): JsonObject;
  /**
   * Judges the pod spec as it is written, all parts and patches in it. Throws when what was promised does not hold.
   */
  verify?(spec: JsonObject): void;
}

const BUILT_IN_RESOLVERS = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/** Two copies of this package may be loaded: an overlay is known by its mark, not by its class. */
const OVERLAYS = Symbol.for('cdk8s-shared-pid.PodOverlay');

/** The overlays of an object, by the path of the pod spec: a custom resource may have several. */
type OverlaysByPath = Map<string, PodOverlay>;

/**
 * How our part reaches the pod spec: it is laid over the object's manifest when that is written.
 *
 * All that the user adds, before or after, by any API, is in the manifest by then, in the names of the wire; so nothing
 * of theirs is wiped, our containers come after theirs, and no schema of an older cdk8s-plus drops a field of ours.
 */
export class PodOverlay {
  /** The overlay of a pod spec; made when there is none. */
  public static of(workload: WorkloadObject): PodOverlay {
    const holder = workload.api as unknown as { readonly [OVERLAYS]?: OverlaysByPath };
    if (!holder[OVERLAYS]) Object.defineProperty(workload.api, OVERLAYS, { value: new Map() });
    const overlays = holder[OVERLAYS]!;
    const overlay = overlays.get(workload.path) ?? new PodOverlay(workload);
    overlays.set(workload.path, overlay);
    return overlay;
  }

  /** The overlay of a pod spec that has one. */
  public static find(workload: WorkloadObject): PodOverlay | undefined {
    return (workload.api as unknown as { readonly [OVERLAYS]?: OverlaysByPath })[OVERLAYS]?.get(workload.path);
  }

  private readonly parts: ContainerPart[] = [];
  private readonly annotations = new Map<string, string>();
  private readonly acknowledgements = new Map<string, WrittenAcknowledgement[]>();
  private readonly api: ApiObject;
  private readonly toJson: () => unknown;
  private sharedBy?: string;
  private ownPatches = 0;
  /** How many patches the object had when ours was the last. */
  private patchesThen = 0;

  private constructor(private readonly workload: WorkloadObject) {
    this.api = workload.api;
    this.toJson = overlayToJson(this.api, manifest => this.write(manifest));
  }

  /** Names of the containers that our constructs add. */
  public get partNames(): string[] {
    return this.parts.map(part => part.name);
  }

  /** The user's part of the pod spec as far as it is known now; undefined when nothing is. */
  public draft(): JsonObject | undefined {
    return draftPodSpec(this.api, this.workload.path, this.toJson, this.ownPatches);
  }

  /** The user's part of the pod spec, rendered as it would be written now; undefined when it cannot be. */
  public userSpec(): JsonObject | undefined {
    try {
      const spec = valueAt(this.toJson(), this.workload.path);
      return isObject(spec) ? spec : undefined;
    } catch {
      return undefined; // not yet: a pod without a container, a Lazy that cannot be had
    }
  }

  /** Refuses what cannot share a process namespace. Changes nothing. */
  public checkSharing(path: string): void {
    this.requireKubernetes();
    const spec = this.draft() ?? {};
    refuseUnshareable(spec, path);
    const stated = spec.shareProcessNamespace ?? undefined;
    if (stated === undefined || stated === true || stated === false && this.isDefaultChild()) return;
    const text = typeof stated === 'boolean' ? String(stated) : quoted(stated);
    throw constructError(path, `the pod says shareProcessNamespace: ${text}`, 'Remove that field, or do not share: an ephemeral container can '
      + 'look at one container without it (DebugSidecar.ephemeralCommand)');
  }

  /** Sets `shareProcessNamespace: true`, once. After `checkSharing`. */
  public share(path: string): void {
    if (this.sharedBy !== undefined) return;
    this.sharedBy = path;
    // The schema of a custom resource may use other names, and a patch of a spec that comes later fails: then it is set in write().
    if (this.workload.customPath || !this.draft()) return;
    // A patch keeps the order of the calls: what the user patches after it is seen, and judged, in the manifest.
    this.api.addJsonPatch(JsonPatch.add(`${this.workload.path}/shareProcessNamespace`, true));
    this.ownPatches++;
    this.patchesThen = patchCount(this.api);
  }

  /** Adds a container, after those that are there. */
  public add(part: ContainerPart): void {
    const spec = this.draft();
    this.refuseDuplicate(part, [...containersOf(spec ?? {}).map(container => container.name), ...this.partNames]);
    if (spec) {
      // refused at the call, not at synth
      this.listOf(part, spec);
      part.render(spec, renderAll(this.parts, spec));
    }
    this.parts.push(part);
  }

  /** Whether a construct of ours changes the pod. */
  public get isTouched(): boolean {
    return this.sharedBy !== undefined || this.parts.length > 0;
  }

  /** Annotates the object itself, not its pod template: a changed value rolls no pods. */
  public annotate(key: string, value: string): void {
    this.annotations.set(key, value);
  }

  private write(toJson: () => unknown): unknown {
    const manifest = this.userManifest(toJson);
    if (this.sharedBy === undefined && this.parts.length === 0) return this.annotated(manifest);
    const spec = valueAt(manifest, this.workload.path);
    if (!isObject(spec)) {
      throw constructError(this.api.node.path, `there is no pod spec at ${quoted(this.workload.path)} in the manifest`,
        'Create the workload with one, or correct podSpecPath');
    }
    return this.annotated(replaceAt(manifest, this.workload.path, this.lay(spec)));
  }

  /** Acknowledges what a rule finds, beside what is acknowledged of it already. */
  public acknowledge(path: string, ruleId: string, acknowledgement: WrittenAcknowledgement): void {
    const all = [...this.acknowledgements.get(ruleId) ?? [], acknowledgement];
    let value: string;
    try {
      value = analysis.formatAcknowledgements(all);
    } catch (error) {
      const [problem, ...fix] = (error as Error).message.split('. ');
      throw constructError(path, problem, fix.join('. ').replace(/\.$/, ''));
    }
    this.acknowledgements.set(ruleId, all);
    this.annotate(`acknowledge.cdk8s-shared-pid/${ruleId}`, value);
  }

  /** The user's own annotations stay: one with the same key is theirs to resolve. */
  private annotated(manifest: JsonObject): JsonObject {
    if (this.annotations.size === 0) return manifest;
    const { root } = this.workload;
    const object = objectOf(valueAt(manifest, root));
    const metadata = objectOf(object.metadata);
    let annotations = objectOf(metadata.annotations);
    for (const [key, value] of this.annotations) {
      if (annotations[key] !== undefined && annotations[key] !== value) {
        throw constructError(this.api.node.path, `annotation ${quoted(key)} is written by hand and by a construct`, 'Leave one of them out');
      }
      annotations = withField(annotations, key, value);
    }
    const annotated = withField(object, 'metadata', withField(metadata, 'annotations', annotations));
    return root === '' ? annotated : replaceAt(manifest, root, annotated);
  }

  private userManifest(toJson: () => unknown): JsonObject {
    try {
      return toJson() as JsonObject;
    } catch (error) {
      const parts = this.parts.map(part => `'${part.name}' (${part.path})`).join(', ');
      const { message } = error as Error;
      if (!parts || patchCount(this.api) === this.ownPatches || !message.startsWith('Failed serializing construct')) throw error;
      throw new Error(`${message}\nIf a JSON patch of the object is meant for ${parts}: it cannot reach that container, which is laid over the manifest `
        + 'later. Use addJsonPatch of that construct; its paths are relative to the container.');
    }
  }

  private lay(userSpec: JsonObject): JsonObject {
    let spec = userSpec;
    if (this.sharedBy !== undefined) spec = this.withSharing(spec, this.sharedBy);
    const names = containersOf(userSpec).map(container => container.name);
    const rendered = renderAll(this.parts, userSpec);
    for (const [i, part] of this.parts.entries()) {
      this.refuseDuplicate(part, names);
      names.push(part.name);
      const list = listName(part);
      const others = this.listOf(part, spec);
      spec = withField(spec, list, [...others, this.resolved(rendered[i], list, others.length)]);
    }
    for (const part of this.parts) part.verify?.(spec);
    return spec;
  }

  private requireKubernetes(): void {
    SharedPidSettings.of(this.api)._requireKubernetes(17, 'shareProcessNamespace', 'Do not share the processes of this workload');
  }

  /**
   * A container of ours with its tokens resolved, as the user's part is already. The resolvers of cdk8s itself are for objects
   * such as Lazy; only an app's own find something in JSON.
   */
  private resolved(container: JsonObject, list: string, index: number): JsonObject {
    if (App.of(this.api).resolvers.every(resolver => BUILT_IN_RESOLVERS.some(Class => resolver instanceof Class))) return container;
    return resolve([...this.workload.path.slice(1).split('/'), list, String(index)], container, this.api);
  }

  private withSharing(spec: JsonObject, path: string): JsonObject {
    this.requireKubernetes();
    refuseUnshareable(spec, path);
    if (spec.shareProcessNamespace === true) return spec;
    // not patched by us, or an object that writes its own manifest: nobody has taken it away
    const isUnpatched = this.ownPatches === 0 || this.patchesThen >= 0 && patchCount(this.api) === this.patchesThen;
    if (spec.shareProcessNamespace === undefined && isUnpatched) return withField(spec, 'shareProcessNamespace', true);
    throw constructError(path, `shareProcessNamespace is ${String(spec.shareProcessNamespace)} in the written manifest of ${this.api.node.path}, `
      + 'though it was turned on here', 'Remove the later JSON patch that changes it (a patch of the whole spec has to say '
      + 'shareProcessNamespace: true), or this construct');
  }

  private refuseDuplicate(part: ContainerPart, names: readonly string[]): void {
    if (!names.includes(part.name)) return;
    throw constructError(part.path, `the pod of ${this.api.node.path} has a container named ${quoted(part.name)} already`,
      "Give this one another id, or a 'name'");
  }

  /** The list that the part belongs to. One of another type is the user's mistake: to replace it would lose it. */
  private listOf(part: ContainerPart, spec: JsonObject): unknown[] {
    const list = spec[listName(part)] ?? [];
    if (Array.isArray(list)) return list;
    throw constructError(part.path, `${listName(part)} of the pod of ${this.api.node.path} is not a list`, 'Write it as a list of containers');
  }

  /** cdk8s-plus 29 and later write `false` into every pod: there, and only there, it is nobody's decision. */
  private isDefaultChild(): boolean {
    const owner = this.api.node.scope;
    return owner !== undefined && defaultChildOf(owner) === this.api;
  }
}

/** The containers of all parts, each with those before it. */
function renderAll(parts: readonly ContainerPart[], spec: JsonObject): JsonObject[] {
  return parts.reduce<JsonObject[]>((before, part) => [...before, part.render(spec, before)], []);
}

function listName(part: ContainerPart): 'containers' | 'initContainers' {
  return part.role === 'sidecar' ? 'initContainers' : 'containers';
}

/** The API server refuses both: sharing beside hostPID, and sharing in a Windows pod. */
function refuseUnshareable(spec: JsonObject, path: string): void {
  if (spec.hostPID === true) {
    throw constructError(path, 'the pod says hostPID: true, and Kubernetes refuses that together with shareProcessNamespace',
      'Remove hostPID (with it the containers see each other, and every process of the node, already)');
  }
  if (objectOf(spec.os).name === 'windows') {
    throw constructError(path, "the pod says os.name: 'windows', which has no process namespace to share", 'Leave this pod out');
  }
}
