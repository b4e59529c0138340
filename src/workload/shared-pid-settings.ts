import { IConstruct } from 'constructs';
import { analysis } from './analysis';
import { constructError, quoted } from './construct-error';
import { checkChoice, checkConstruct, checkText, withoutNulls } from './given-value';
import { checkImageReference } from './image-reference';
import { SidecarImage } from './sidecar-image';
import { SidecarImagePullPolicy } from './sidecar-image-pull-policy';
import { AccessOptions } from '../access/access-options';
import { ContainerFacts } from '../access/container-facts';
import { NodeFacts } from '../access/node-facts';
import { containersOf, JsonObject } from '../manifest/pod-spec';

/** Highest UID and GID that Kubernetes takes. */
const MAX_ID = 2147483647;

interface Values {
  readonly images: Map<string, string>;
  imagePullPolicy?: SidecarImagePullPolicy;
  minimumKubernetesVersion?: KubernetesVersion;
  nodeFacts?: NodeFacts;
  environment?: string;
  readonly imageUsers: Map<string, ImageUser>;
}

/** The user that an image runs as when the manifest says none. */
interface ImageUser {
  readonly user: number;
  readonly group: number;
}

interface KubernetesVersion {
  readonly text: string;
  readonly minor: number;
}

const SETTINGS = Symbol.for('cdk8s-shared-pid.SharedPidSettings');

/**
 * Defaults for everything of this library at or below a construct: an app, a chart, one workload. The nearest scope that
 * states a value wins. They are read when the manifest is written, so they may be set before or after the sidecars.
 *
 * @example
 *
 * SharedPidSettings.of(this).useImage(SidecarImage.BUSYBOX, 'registry.example.com/busybox:1.37.0');
 */
export class SharedPidSettings {
  /**
   * The settings of one scope.
   *
   * @param scope an app, a chart, a workload or any other construct
   */
  public static of(scope: IConstruct): SharedPidSettings {
    checkConstruct(scope);
    return new SharedPidSettings(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Takes another image for a tool: a mirror, another version, a digest. Sets `image` of the sidecars that use the tool.
   *
   * @param image the tool
   * @param reference an image reference, such as `registry.example.com/busybox:1.37.0@sha256:...`
   * @throws when the reference is empty or has blanks
   */
  public useImage(image: SidecarImage, reference: string): void {
    const { path } = this.scope.node;
    if (typeof image?.tool !== 'string') throw constructError(path, `${quoted(image)} is no SidecarImage`, 'Give one, such as SidecarImage.BUSYBOX');
    checkImageReference(path, `image for ${image.tool}`, reference);
    this.values().images.set(image.tool, reference);
  }

  /**
   * Sets `imagePullPolicy` of every sidecar that states none itself.
   *
   * Without it, a sidecar with an image of ours says `IfNotPresent`: its tag names one version, so there is nothing newer to
   * pull. A sidecar whose `image` was given says nothing, which Kubernetes reads as `Always` for the tag `latest` or no tag,
   * else `IfNotPresent`.
   *
   * @param policy when to pull
   */
  public useImagePullPolicy(policy: SidecarImagePullPolicy): void {
    checkChoice(this.scope.node.path, 'the pull policy', policy, SidecarImagePullPolicy);
    this.values().imagePullPolicy = policy;
  }

  /**
   * States the oldest Kubernetes that the manifests must work with. What needs a newer one is refused with the reason.
   *
   * @param version such as `1.29`
   * @throws when it is no version of Kubernetes 1
   */
  public useMinimumKubernetesVersion(version: string): void {
    // a number would be another version: 1.30 is 1.3
    const match = typeof version === 'string' ? /^v?1\.(\d{1,3})(\.\d+)?$/.exec(version) : null;
    if (!match) {
      throw constructError(this.scope.node.path, `${quoted(version)} is no version of Kubernetes`, "Write it like '1.29'");
    }
    this.values().minimumKubernetesVersion = { text: `1.${match[1]}`, minor: Number(match[1]) };
  }

  /**
   * States what is known about the nodes, so that `SharedPid.accessMatrix` need not say what they may still refuse.
   *
   * @param facts what is known; a fact that is left out stays open
   * @throws when a fact is none: a version that cannot be read, a `yamaPtraceScope` that there is not
   */
  public useNodeFacts(facts: NodeFacts): void {
    const given = withoutNulls(facts ?? {});
    try {
      analysis.nodeSettings(given);
    } catch (error) {
      throw constructError(this.scope.node.path, (error as Error).message.replace(/\. Give .*$/, ''), (error as Error).message.replace(/^.*\. (Give .*)\.$/, '$1'));
    }
    this.values().nodeFacts = given;
  }

  /**
   * States the user and group that an image runs as where the manifest says none: `USER` of its Dockerfile, and what its
   * /etc/passwd says. Changes no manifest by itself: what is worked out from the target's user can then be.
   *
   * @param image the image as the manifest names it, or without tag and digest
   * @param user the UID
   * @param group the primary GID
   * @throws when one of the numbers is no UID or GID
   */
  public useImageUser(image: string, user: number, group: number): void {
    const { path } = this.scope.node;
    checkImageReference(path, 'image', image);
    for (const [name, id] of [['user', user], ['group', group]] as const) {
      if (!(Number.isInteger(id) && id >= 0 && id <= MAX_ID)) throw constructError(path, `${name} is ${quoted(id)}`, `Give a whole number from 0 to ${MAX_ID}`);
    }
    this.values().imageUsers.set(image, { user, group });
  }

  /**
   * States what the manifests are for. In `production` (or `prod`) a debug sidecar is an error of the safeguards.
   *
   * @param name such as `production`, `staging`
   * @throws when it is empty
   */
  public useEnvironment(name: string): void {
    checkText(this.scope.node.path, 'environment', name ?? '');
    this.values().environment = name;
  }

  /** @internal */
  public _environment(): string | undefined {
    return this.nearest(values => values.environment);
  }

  /**
   * What is stated beside a pod spec.
   *
   * @internal
   */
  public _accessOptions(spec: JsonObject): AccessOptions {
    const containers: { [name: string]: ContainerFacts } = {};
    for (const { name, json } of containersOf(spec)) {
      const stated = typeof json.image === 'string' ? this.imageUser(json.image) : undefined;
      if (stated && name !== '__proto__') containers[name] = stated;
    }
    return { node: this.nearest(values => values.nodeFacts), containers };
  }

  private imageUser(image: string): ImageUser | undefined {
    const repository = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
    return this.nearest(({ imageUsers }) => imageUsers.get(image) ?? imageUsers.get(repository));
  }

  /** @internal */
  public _image(image: SidecarImage): string {
    return this.nearest(values => values.images.get(image.tool)) ?? image.defaultReference;
  }

  /** @internal */
  public _imagePullPolicy(): SidecarImagePullPolicy | undefined {
    return this.nearest(values => values.imagePullPolicy);
  }

  /**
   * Refuses a feature that the oldest stated Kubernetes does not have.
   *
   * @internal
   */
  public _requireKubernetes(minor: number, feature: string, fix: string): void {
    const stated = this.nearest(values => values.minimumKubernetesVersion);
    if (stated && stated.minor < minor) {
      throw constructError(this.scope.node.path, `${feature} needs Kubernetes 1.${minor}, and the stated minimum is ${stated.text}`, fix);
    }
  }

  private values(): Values {
    const holder = this.scope as unknown as { [SETTINGS]?: Values };
    if (!holder[SETTINGS]) Object.defineProperty(this.scope, SETTINGS, { value: { images: new Map(), imageUsers: new Map() } });
    return holder[SETTINGS]!;
  }

  private nearest<T>(read: (values: Values) => T | undefined): T | undefined {
    for (let scope: IConstruct | undefined = this.scope; scope; scope = scope.node.scope) {
      const values = (scope as unknown as { [SETTINGS]?: Values })[SETTINGS];
      const value = values && read(values);
      if (value !== undefined) return value;
    }
    return undefined;
  }
}
