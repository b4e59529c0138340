/**
 * A tool whose image our sidecars use, and the image that is used unless the settings name another.
 *
 * The default is a stock image by its full version tag. A tag can be moved: pin a digest for a whole app with
 * `SharedPidSettings.of(app).useImage(SidecarImage.BUSYBOX, 'busybox:1.37.0@sha256:...')`.
 */
export class SidecarImage {
  /**
   * A shell with `ps`, `kill`, `head`, `nc` and the other small tools: `busybox:1.37.0`, about 2 MB.
   *
   * @see https://hub.docker.com/_/busybox
   */
  public static readonly BUSYBOX = new SidecarImage('busybox', 'busybox:1.37.0');

  private constructor(
    /** The tool's name. */
    public readonly tool: string,
    /** The image that is used unless the settings name another. */
    public readonly defaultReference: string,
  ) {}
}
