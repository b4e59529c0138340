# shellcheck shell=dash disable=SC2231 # patterns of files are meant
# Rotates log files: decides when, and what the rotated file is called. Needs log-files.sh, process.sh, writers.sh and rotated.sh
# before it, and reopen.sh or punch.sh, which do it, after it.
#
# Environment:
#   ROTATE_SIZE      bytes from which on a file is rotated; 10485760
#   ROTATE_AGE       seconds after which a file that is not empty is rotated; 0: never
#   ROTATE_INTERVAL  seconds between two looks; 10
# A rotated file is NAME.00000001, NAME.00000002 and so on. Two rotators do not work in one directory: the second waits, and a file
# that something else renames is left alone for ten minutes. KILL at any point loses nothing: the next start goes on from the files
# that it finds.
ROTATE_SIZE=${ROTATE_SIZE:-10485760} ROTATE_AGE=${ROTATE_AGE:-0} claimed='' told='' known=// moved=/

# next_name PATH: NEW, which is no file yet; LATEST, the newest rotated file or empty
next_name() {
  local path number=0
  LATEST=''
  for path in "$1".$NUMBER*; do
    if is_rotated "${path##*/}"; then LATEST=$path number=${path#"$1".} number=${number%.gz}; fi
  done
  NEW=$1.$(printf %08d $((${number#"${number%%[!0]*}"} + 1)))
}

# claim: this is the only rotator in the directory; a link cannot be half written, also on a full disk
claim() {
  local owner lock=$DIR/.rotate.lock
  [ "$DIR" != "$claimed" ] || return 0
  stat_of "$SELF"
  while ! ln -s "$SELF $START" "$lock" 2>/dev/null; do
    if ! owner=$(readlink "$lock"); then
      [ -n "$told" ] || log "cannot write in $DIR"
      told=1
      return 1
    fi
    if [ "$owner" != "$SELF $START" ] && stat_of "${owner% *}" && [ "$START" = "${owner#* }" ]; then
      [ -n "$told" ] || log "another rotator, process ${owner% *}, works in $DIR: waiting"
      told=1
      return 1
    fi
    rm -f "$lock" || return 1
    stat_of "$SELF"
  done
  claimed=$DIR told=''
  resume
}

# is_due PATH INODE SIZE
is_due() {
  local name=${1##*/} since hold start
  eval "since=\${since_$2-} hold=\${hold_$2:-0} start=\${start_$2:-0}"
  [ "$3" -ge "$start" ] || start=0 # truncated
  case $seen in
    *"//$2/$name//"*) ;;
    *"/$name//"*)
      case $moved in
        *"/$name/"*) ;;
        *) hold=$((NOW + 600)); eval "hold_$2=$hold"; log "something else rotated $name: leaving it alone for a while" ;;
      esac ;;
  esac
  if [ "$ROTATE_AGE" -gt 0 ] && [ -z "$since" ]; then # the last rotation, else now that it is seen first
    next_name "$1"
    since=$NOW
    [ -z "$LATEST" ] || since=$((NOW - $(date +%s) + $(stat -c %Z "$LATEST")))
    eval "since_$2=$since"
  fi
  [ "$NOW" -ge "$hold" ] && [ "$3" -gt "$start" ] || return 1
  [ $(($3 - start)) -ge "$ROTATE_SIZE" ] || { [ "$ROTATE_AGE" -gt 0 ] && [ $((NOW - since)) -ge "$ROTATE_AGE" ]; }
}

# pass: one look at everything
pass() {
  local path inode seen=$known sizes size
  now
  set --
  for path in "$DIR"/*; do if is_log "$path"; then set -- "$@" "$path"; fi; done
  if [ $# -gt 0 ]; then
    sizes=$(stat -c %i:%s "$@" 2>/dev/null) || return 0 # one has just gone
    known=//
    for size in $sizes; do
      path=$1 inode=${size%:*}
      shift
      known=$known$inode/${path##*/}//
      if is_due "$path" "$inode" "${size#*:}"; then set -- "$@" "$path"; fi
    done
    moved=/
    if [ $# -gt 0 ]; then dirty=1; rotate_files "$@"; fi
  fi
  tidy
  bound
}

# rotate: the handler
rotate() {
  local pipe
  trap 'ending=1' TERM INT # again: a handler that streams too runs this in a process of its own
  pipe=$(mktemp -d "$LOG_TMP/log-handler.XXXXXX") && open_pipe "$pipe/pipe" || return 1
  rm -r "$pipe"
  while [ -z "$ending" ]; do
    nap "${ROTATE_INTERVAL:-10}"
    if [ -z "$ending" ] && find_directory && claim; then pass; fi
  done
  [ -z "$claimed" ] || rm -f "$claimed/.rotate.lock"
  [ -z "$failed" ]
}
