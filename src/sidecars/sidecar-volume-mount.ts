/**
 * A mount of one of the pod's volumes in a sidecar: an entry of `volumeMounts`.
 */
export interface SidecarVolumeMount {
  /** The volume's name in the pod spec. Add the volume before the sidecar; it must still be there when the manifest is written. */
  readonly volume: string;

  /** The absolute path in the sidecar: `mountPath`. */
  readonly mountPath: string;

  /**
   * Mount it read-only.
   *
   * @default false - as Kubernetes does
   */
  readonly readOnly?: boolean;

  /**
   * A path in the volume, to mount that alone.
   *
   * @default - the whole volume
   */
  readonly subPath?: string;
}
