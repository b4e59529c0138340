/**
 * What to type to use a debug container: each a string that can be pasted into a POSIX shell as it is.
 */
export interface DebugCommands {
  /**
   * Attaches to the shell of the container; press enter to see its prompt. Leaving the shell ends it, and the kubelet
   * restarts the container.
   *
   * @default - not there where the container has no terminal (`DebugProfile.custom`): use `exec`
   */
  readonly attach?: string;

  /** Starts another shell in the container. Leaving it restarts nothing. */
  readonly exec: string;

  /**
   * Adds an ephemeral container of the same image and profile to a pod that runs, for when a rollout is not wanted:
   * `kubectl debug`. Needs kubectl 1.31 where it says `--custom`.
   */
  readonly ephemeral: string;
}
