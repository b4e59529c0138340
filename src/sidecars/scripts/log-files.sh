# shellcheck shell=dash
# The log files, the clock and the sleep: what every log handler needs. Functions only, put before the others.
#
# Environment of every handler:
#   LOG_DIRECTORY  absolute path of the directory of the log files
#   LOG_FILES      names of the files, patterns as of `find -name` without a slash, one a line. Names that begin with a dot, links
#                  and rotated files (NAME.00000001, NAME.00000001.gz) are never log files
#   LOG_EXCLUDE    names that are no log files although they match, the same way; none
#   LOG_IN_TARGET  1: LOG_DIRECTORY is a path in the file system of the target, /proc/PID/root (needs process.sh); 0
#   LOG_STATE      directory that outlives a restart of this container: offsets, marks; empty: none are kept
#   LOG_TMP        directory for pipes, gone with the container; /dev/shm
trap 'ending=1' TERM INT
LC_ALL=C
LOG_STATE=${LOG_STATE-} LOG_IN_TARGET=${LOG_IN_TARGET:-0} LOG_TMP=${LOG_TMP:-/dev/shm} DIR='' ending='' failed=''
NUMBER='[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
read -r SELF _ </proc/self/stat
# shellcheck disable=SC3045 # read -t: busybox has it; where it is missing, sleep does
if echo | read -r -t 1 _ 2>/dev/null; then CAN_WAIT=1; else CAN_WAIT=''; fi

log() { printf 'log-handler: %s\n' "$*" >&2; }

# now: NOW, whole seconds since the node started
now() { read -r NOW _ </proc/uptime && NOW=${NOW%.*}; }

# open_pipe PATH: standard input becomes a pipe of our own: to sleep on, and to be woken through
open_pipe() {
  rm -f "$1" && mkfifo -m 600 "$1" && exec 0<>"$1"
}

# nap SECONDS: sleeps, without a process where the shell can. A line on standard input or TERM ends it
nap() {
  # shellcheck disable=SC3045
  if [ -n "$CAN_WAIT" ]; then read -r -t "$1" _; else sleep "$1"; fi
}

# matches NAME PATTERNS: one of the patterns, one a line, fits the name
matches() {
  local pattern IFS='
'
  set -f
  for pattern in $2; do
    # shellcheck disable=SC2254 # a pattern is meant
    case $1 in $pattern) set +f; return 0 ;; esac
  done
  set +f
  return 1
}

# is_rotated NAME: it is one of the names that rotation gives
is_rotated() {
  # shellcheck disable=SC2254
  case ${1%.gz} in *.$NUMBER) ;; *) return 1 ;; esac
}

# is_log_name NAME, is_log PATH
is_log_name() { ! is_rotated "$1" && matches "$1" "$LOG_FILES" && ! matches "$1" "${LOG_EXCLUDE-}"; }
is_log() { [ -f "$1" ] && [ ! -L "$1" ] && is_log_name "${1##*/}"; }

# line_end FILE FROM TO: END, where the last whole line between two offsets ends; looks at the last 64 KiB, and cuts a longer line
line_end() {
  local from=$(($3 - 65536 > $2 ? $3 - 65536 : $2)) partial
  partial=$(dd if="$1" bs=64k skip="$from" count=$(($3 - from)) iflag=skip_bytes,count_bytes status=none | { cat; echo .; } | tail -n 1 | wc -c)
  # shellcheck disable=SC2034 # for copy.sh and punch.sh
  END=$(($3 - partial + 2))
}

# forget PREFIX: removes what is noted, as PREFIX.INODE, of files that are gone
forget() {
  local path inodes
  inodes=" $(stat -c %i "$DIR"/* 2>/dev/null | tr '\n' ' ')"
  for path in "$1".*; do
    case $inodes in *" ${path##*.} "*) ;; *) rm -f "$path" ;; esac
  done
}

# no_link ROOT PATH: no part of the path is a link, which would lead out of that root into our own
no_link() {
  local part path=$1 IFS=/
  set -f
  for part in $2; do
    path=$path/$part
    if [ -L "$path" ]; then set +f; log "$path is a link: write the directory that it stands for"; return 1; fi
  done
  set +f
}

# find_directory: DIR, where the log files are now; status 1 while it is not there
find_directory() {
  DIR=$LOG_DIRECTORY
  if [ "$LOG_IN_TARGET" = 1 ]; then
    find_target || return 1
    DIR=${TARGETS# } DIR=/proc/${DIR%%:*}/root
    no_link "$DIR" "${LOG_DIRECTORY#/}" || return 1
    DIR=$DIR$LOG_DIRECTORY
  fi
  [ -d "$DIR" ]
}
