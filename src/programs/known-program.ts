import { BecomesUser } from '../kernel/process-facts';

/** One process of a known program. */
export interface KnownProcess {
  readonly name: string;
  /** The user that it changes to when the program is started as root. */
  readonly becomes?: BecomesUser;
}

/** What is known of a program that a well-known image runs by default. */
export interface KnownProgram {
  readonly name: string;
  /** Image repositories, with the registry: `docker.io/library/nginx`. */
  readonly repositories: readonly string[];
  /** The UID that the image runs as when the manifest says none. */
  readonly user: number;
  /** GIDs that the image's /etc/passwd gives its users. */
  readonly groups: { readonly [uid: number]: number };
  /** `args` that still run the program as described; `command` must be left to the image. */
  readonly args: readonly (readonly string[])[];
  /** Capabilities without which the program does not start as root. */
  readonly rootNeeds: readonly string[];
  /** Files and directories that decide about the users; a volume over one of them may change everything. */
  readonly configuration: readonly string[];
  /** Main process first; empty where only the user of the image is known. */
  readonly processes: readonly KnownProcess[];
}
