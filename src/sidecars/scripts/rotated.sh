# shellcheck shell=dash disable=SC2231 # patterns of files are meant
# What becomes of rotated files: compressed, and removed at last. Needs log-files.sh, process.sh and writers.sh before it.
#
# Environment:
#   ROTATE_KEEP      rotated files of each name that are kept; 5
#   ROTATE_TOTAL     bytes on disk of all files, rotated or not: above it the oldest rotated files go; 0: no bound
#   ROTATE_COMPRESS  level of gzip, 1 to 9; 0: none; 1
# A file is compressed only once nobody can write to it any more: never, where the open files of the target cannot be seen. In a
# handler that streams too it is streamed before it is compressed or removed; ROTATE_TOTAL alone does not wait.
ROTATE_KEEP=${ROTATE_KEEP:-5} ROTATE_COMPRESS=${ROTATE_COMPRESS:-1} dirty=1 full=0

# is_streamed PATH: it is written out, or nobody streams it: a file from before this container started of which nothing is noted
is_streamed() {
  local inode offset
  command -v stream >/dev/null || return 0
  inode=$(stat -c '%i %s' "$1") || return 1
  if { read -r offset _ <"$LOG_STATE/stream.${inode% *}"; } 2>/dev/null; then [ "$offset" -ge "${inode#* }" ]
  else [ "$1" -ot "$LOG_STATE/started" ]; fi
}

# is_closed PATH: nobody writes to it any more, and it is streamed
is_closed() { ! writers "$1" && [ -z "$BLIND" ] && is_streamed "$1"; }

# tidy: removes what is over ROTATE_KEEP, compresses
tidy() {
  local path base last=''
  for path in "$DIR"/*.$NUMBER "$DIR"/*.$NUMBER.gz; do
    base=${path%.gz} base=${base%.*}
    if [ ! -f "$path" ] || ! is_log_name "${base##*/}"; then continue; fi
    if [ -n "$dirty" ] && [ "$base" != "$last" ]; then last=$base; prune "$base"; fi
    case $path in *.gz) continue ;; esac
    [ ! -e "$path.gz" ] || rm -f "$path.gz" # killed while it was compressed
    if [ "$path" -ef "$base" ]; then rm -f "$path"; continue; fi # killed while it was given its name back
    if [ "$ROTATE_COMPRESS" = 0 ] || [ "$NOW" -lt "$full" ] || ! is_closed "$path"; then continue; fi
    if ! gzip -"$ROTATE_COMPRESS" "$path"; then
      rm -f "$path.gz"
      full=$((NOW + 300)); log "cannot compress ${path##*/}: again in five minutes"
    fi
  done
  dirty=''
}

# prune BASE
prune() {
  local path base=$1
  set --
  for path in "$base".$NUMBER*; do
    if is_rotated "${path##*/}"; then set -- "$@" "$path"; fi
  done
  while [ $# -gt "$ROTATE_KEEP" ]; do
    case $1 in *.gz) ;; *) if writers "$1" || ! is_streamed "$1"; then return; fi ;; esac
    rm -f "$1"
    shift
  done
}

# bound: keeps ROTATE_TOTAL
bound() {
  local path oldest blocks sum=1
  while [ "${ROTATE_TOTAL:-0}" -gt 0 ]; do
    oldest='' sum=0
    set --
    for path in "$DIR"/*; do
      if is_rotated "${path##*/}"; then
        if [ -z "$oldest" ] || [ "$path" -ot "$oldest" ]; then oldest=$path; fi
      elif ! is_log "$path"; then continue; fi
      set -- "$@" "$path"
    done
    [ $# -gt 0 ] || return 0
    for blocks in $(stat -c %b "$@" 2>/dev/null); do sum=$((sum + blocks * 512)); done
    [ "$sum" -gt "$ROTATE_TOTAL" ] || return 0
    [ -n "$oldest" ] || { log "$sum bytes in files that are not rotated: more than ROTATE_TOTAL"; return 0; }
    log "$sum bytes: ${oldest##*/} is removed"
    rm -f "$oldest" || return 0
  done
}
