import { ProcessFacts } from '../kernel/process-facts';

/** One process of a container, as stated. */
export interface NamedProcessFacts extends ProcessFacts {
  /**
   * What to call it in reports.
   *
   * @default - it has no name
   */
  readonly name?: string;
}

/** What is stated about a container beside its manifest. */
export interface ContainerFacts {
  /**
   * The UID that its image runs as where the manifest says none: `USER` of the Dockerfile.
   *
   * @default - not known, unless the image is
   */
  readonly user?: number;

  /**
   * The GID that its image's /etc/passwd gives that user; 0 for a user that is not in it.
   *
   * @default - not known, unless the image is
   */
  readonly group?: number;

  /**
   * Its processes, main process first.
   *
   * @default - one plain process, unless the program is known
   */
  readonly processes?: readonly NamedProcessFacts[];

  /**
   * The program by which it looks at others, where that is not a plain one.
   *
   * @default - a plain program
   */
  readonly tool?: ProcessFacts;
}
