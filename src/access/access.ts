/**
 * What a container may do to a process of another container of its pod, or to the files of that container.
 *
 * Each is one access that was measured on real container runtimes. It is about what Linux allows a plain program of the
 * observing container, started by `kubectl exec` or by a shell.
 */
export enum Access {
  /** See that the process runs, its name, user and state: `ps`, `/proc/PID/stat`. */
  LIST_PROCESSES = 'list-processes',

  /** Read its command line: `/proc/PID/cmdline`. A password that is an argument is readable by every container of the pod. */
  READ_ARGUMENTS = 'read-arguments',

  /** Read its environment variables as they were at its start: `/proc/PID/environ`. A program may have overwritten them. */
  READ_ENVIRONMENT = 'read-environment',

  /** List its root directory: `/proc/PID/root`. */
  LIST_FILES = 'list-files',

  /** Read the container's own private files: of mode 0600, made by the user that its program was started as. */
  READ_FILES = 'read-files',

  /** Read the container's files that everybody may read: `/proc/PID/root/etc/nginx/nginx.conf`. */
  READ_WORLD_READABLE_FILES = 'read-world-readable-files',

  /** Read the container's files that only root may read: root's, of mode 0600. */
  READ_ROOT_FILES = 'read-root-files',

  /** Make a file in a directory of the container that everybody may write, such as `/tmp`. */
  WRITE_FILES = 'write-files',

  /** Open a private file that the process has open, such as its log: `/proc/PID/fd/4`. A deleted file too. */
  OPEN_DESCRIPTORS = 'open-descriptors',

  /** Connect to a Unix socket in the container's files, of the process's user and mode 0755. */
  CONNECT_SOCKETS = 'connect-sockets',

  /** Read its memory: `/proc/PID/mem`. */
  READ_MEMORY = 'read-memory',

  /** Write its memory: `/proc/PID/mem`. Whoever may do it can make the process do anything. */
  WRITE_MEMORY = 'write-memory',

  /** Attach with ptrace, as `strace -p` and `gdb -p` do. Whoever may do it can make the process do anything. */
  TRACE = 'trace',

  /** Send it a signal: `kill`. */
  SIGNAL = 'signal',

  /** Change to its UID and GID (`setpriv`, `su`), and reach it as that user. */
  BECOME_USER = 'become-user',

  /** End the whole pod: `kill -TERM 1`, where PID 1 is the pod's pause process. */
  END_POD = 'end-pod',
}

/** Every access, in the order of reports. */
export const ACCESSES: readonly Access[] = Object.values(Access);

/** The column of the measured table that says it. */
export const MEASURED_COLUMNS: { readonly [access in Access]: string } = {
  [Access.LIST_PROCESSES]: 'stat',
  [Access.READ_ARGUMENTS]: 'cmdline',
  [Access.READ_ENVIRONMENT]: 'environ',
  [Access.LIST_FILES]: 'root_list',
  [Access.READ_FILES]: 'rootfile_targetown0600',
  [Access.READ_WORLD_READABLE_FILES]: 'rootfile_root0644',
  [Access.READ_ROOT_FILES]: 'rootfile_root0600',
  [Access.WRITE_FILES]: 'root_write_tmp',
  [Access.OPEN_DESCRIPTORS]: 'fd4_open_log0600',
  [Access.CONNECT_SOCKETS]: 'root_connect_sock',
  [Access.READ_MEMORY]: 'mem_read',
  [Access.WRITE_MEMORY]: 'mem_write',
  [Access.TRACE]: 'ptrace_attach',
  [Access.SIGNAL]: 'kill0',
  [Access.BECOME_USER]: 'su_environ',
  [Access.END_POD]: 'kill0', // of PID 1, which handles TERM
};
