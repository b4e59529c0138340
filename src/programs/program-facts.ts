import { KnownProcess } from './known-program';
import { Signal } from './signal';

/**
 * What a signal does to the main process: `reload` reads the configuration again, `reopen` opens the log files again by their
 * names, `stop` ends it, `pause` leaves it running without serving.
 */
export type SignalEffect = 'reload' | 'reopen' | 'stop' | 'pause';

/** One signal, as it was measured. */
export interface SignalFacts {
  readonly signal: Signal;

  /** All of them; none when the program goes on as before. */
  readonly effects: readonly SignalEffect[];

  /** In words, where the effects do not say it all: the end of a sentence that begins with the signal. */
  readonly does?: string;

  /** What must be so for these effects. */
  readonly needs?: string;

  /** The effects where that is not so. */
  readonly otherwise?: readonly SignalEffect[];

  /** What Debian's package does, where that is not what the official image does. */
  readonly debian?: readonly SignalEffect[];
}

/** A log file of an image that is a symbolic link: what is written there never is a file. */
export interface LogSymlink {
  readonly path: string;
  readonly target: string;
}

/** What is known of an image that runs the program. */
export interface ProgramImage {
  /** Repositories, with the registry: `docker.io/library/nginx`. */
  readonly repositories: readonly string[];

  /** What must stand in the tag. Without it the entry is of all tags that no other entry names. */
  readonly tag?: string;

  /** UID and GID of the container when the manifest says none. */
  readonly user: number;
  readonly group: number;

  /** The user that the entrypoint becomes by an exec when it is root, as gosu and su-exec do: the processes stay dumpable. */
  readonly entrypointUser?: { readonly uid: number; readonly gid: number };

  /** Main process first. */
  readonly processes: readonly KnownProcess[];

  /** Where its default configuration lies. */
  readonly configuration?: string;

  readonly logSymlinks: readonly LogSymlink[];

  /** Repository, commit, file and date. */
  readonly source: string;
}

/** What is known of a program, measured by `npm run test:programs` but for what the images' sources say. */
export interface ProgramFacts {
  /** As its own documentation writes it. */
  readonly name: string;

  /** Names of the main process in `/proc/PID/comm`, at most 15 bytes each. Its workers may have them too: their parent is a match. */
  readonly comm: readonly string[];

  /** A text in the arguments that the main process has and others of that name have not. */
  readonly argument?: string;

  readonly signals: readonly SignalFacts[];

  /** The signal to take where several do it: the one that loses no request. */
  readonly reload?: Signal;
  readonly reopen?: Signal;

  /** Why there is no signal for it, and what to do instead; sentences without a full stop at the end. */
  readonly noReload?: string;
  readonly noReopen?: string;

  /** It opens its log file for each line: a renamed file is left alone at once, without any signal. */
  readonly opensLogForEachLine?: boolean;

  /** What `reload` does when the configuration is broken: `stays` goes on with the one that it has, `stop` ends it. */
  readonly brokenReload?: 'stays' | 'stop';

  /** Exits with 0 when the configuration is good. `{config}` is the file, or the directory. */
  readonly configTest?: readonly string[];

  readonly images: readonly ProgramImage[];

  /** What was run: versions and date. Nothing for a program that the user describes. */
  readonly measured?: string;

  /** Addresses and files that say the same, or that the measurement contradicts. */
  readonly sources: readonly string[];
}
