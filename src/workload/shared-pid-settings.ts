import { IConstruct } from 'constructs';
import { constructError, quoted } from './construct-error';
import { checkChoice, checkConstruct } from './given-value';
import { checkImageReference } from './image-reference';
import { SidecarImage } from './sidecar-image';
import { SidecarImagePullPolicy } from './sidecar-image-pull-policy';

interface Values {
  readonly images: Map<string, string>;
  imagePullPolicy?: SidecarImagePullPolicy;
  minimumKubernetesVersion?: KubernetesVersion;
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
    if (!holder[SETTINGS]) Object.defineProperty(this.scope, SETTINGS, { value: { images: new Map() } });
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
