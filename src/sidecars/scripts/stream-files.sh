# shellcheck shell=dash
# Starts one process of stream.sh for each log file, as they come. Needs log-files.sh, generations.sh and stream.sh before it.
count=0 complained='' watcher='' rotator='' scans=0 interval=1

# start NAME [NAME PATH]...: after the name, older generations of any name
start() {
  local i=1
  while [ -p "$WORK/$i" ]; do i=$((i + 1)); done
  if [ "$i" -gt "${STREAM_MAX:-200}" ]; then
    [ -n "$complained" ] || log "more than ${STREAM_MAX:-200} files: $1 is not streamed"
    complained=1
    return 1
  fi
  [ "$i" -le "$count" ] || count=$i
  mkfifo -m 600 "$WORK/$i" || return 1
  eval "name_$i=\$1"
  follow "$WORK/$i" "$@" &
  eval "pid_$i=$!"
}

# wake NAME: its process looks at once; status 1 when it has none
wake() {
  local i=1
  while [ "$i" -le "$count" ]; do
    if eval "[ \"\$name_$i\" = \"\$1\" ]" && [ -p "$WORK/$i" ]; then
      [ -z "$CAN_WAIT" ] || echo 1<>"$WORK/$i"
      return 0
    fi
    i=$((i + 1))
  done
  return 1
}

# scan: starts what is not streamed yet
scan() {
  local i=1 pid path known=/
  while [ "$i" -le "$count" ]; do
    if [ -p "$WORK/$i" ]; then
      eval "known=\$known\$name_$i/ pid=\$pid_$i"
      if [ ! -e "/proc/$pid/fd/1" ] && [ -p "$WORK/$i" ]; then log 'the process of a file has died'; ending=1 failed=1; return; fi
    fi
    i=$((i + 1))
  done
  scans=$((scans + 1))
  [ $((scans % 120)) != 0 ] || forget "$OFFSETS/stream"
  for path in "$DIR"/*; do
    is_log "$path" || continue
    case $known in *"/${path##*/}/"*) continue ;; esac
    is_done "$path" || start "${path##*/}"
  done
}

# recover: files that were renamed while this container was away are streamed to their end first
recover() {
  local state path name offset
  set --
  for state in "$OFFSETS"/stream.*; do
    [ -f "$state" ] || continue
    path=$(find "$DIR/." -maxdepth 1 -type f -inum "${state##*.}"; echo .) path=${path%.} path=${path%?}
    if [ -z "$path" ]; then rm -f "$state"; continue; fi
    path=$DIR/${path##*/}
    name=$(cat "$state"; echo .) name=${name%??} name=${name#*| }
    read -r offset _ <"$state"
    if ! is_log "$path" && [ "${offset:-0}" -lt "$(stat -c %s "$path")" ]; then set -- "$@" "$name" "$path"; fi
  done
  while [ $# -gt 0 ]; do
    wake "$1" || start "$1" "$@"
    shift 2
  done
}

# watch: inotifyd, where there is one, tells of new names, also when the directory has become another one
watch() {
  if [ -z "$CAN_WAIT" ] || ! command -v inotifyd >/dev/null || [ "/proc/$watcher/cwd" -ef "$DIR" ]; then return; fi
  [ -z "$watcher" ] || kill "$watcher" 2>/dev/null
  (cd "$DIR" && exec inotifyd - .:nyMDx >&3 2>/dev/null) &
  watcher=$! interval=1
}

# end_all: what is still to be written out is, then the processes end. They look for the file, so that one just started sees it too
end_all() {
  local i=1 pid
  rm -f "$WORK/run"
  while [ "$i" -le "$count" ]; do
    if [ -n "$CAN_WAIT" ] && [ -p "$WORK/$i" ]; then echo 1<>"$WORK/$i"; fi
    i=$((i + 1))
  done
  while [ "$i" -gt 1 ]; do
    i=$((i - 1))
    eval "pid=\$pid_$i"
    while [ -e "/proc/$pid/fd/1" ]; do wait "$pid"; done
  done
  count=0
}

# listen: waits for a new name and acts on it, looks at all names now and then: often at first, for inotifyd takes a while to start
listen() {
  local event='' file='' tab limit
  if [ -z "$watcher" ] || [ ! -e "/proc/$watcher/cwd" ]; then
    nap "$STREAM_POLL"
  else
    tab=$(printf '\t') limit=$((LOG_IN_TARGET ? 5 : 30))
    # shellcheck disable=SC3045
    IFS=$tab read -r -t "$interval" event _ file
    case $event in
      '') interval=$((interval * 2 < limit ? interval * 2 : limit)) ;;
      n | y)
        if ! wake "$file" && is_log_name "$file"; then start "$file"; fi
        return ;;
    esac
  fi
  if [ "$LOG_IN_TARGET" = 1 ]; then
    event=$DIR
    if find_directory; then [ "$DIR" = "$event" ] || { file=$DIR DIR=$event; end_all; DIR=$file; : >"$WORK/run"; }; else DIR=$event; fi
  fi
  scan
}

# stream: the handler
stream() {
  case $LOG_FILES in *[*?[]* | *'
'*) WHOLE=1 ;; *) WHOLE=${STREAM_PREFIX:+1} ;; esac
  WORK=$(mktemp -d "$LOG_TMP/log-handler.XXXXXX") && mkfifo -m 600 "$WORK/lock" && exec 4<>"$WORK/lock" && echo >&4 &&
    open_pipe "$WORK/events" || return 1
  exec 3<&0
  : >"$WORK/run"
  OFFSETS=${LOG_STATE:-$WORK}
  [ -d "$OFFSETS" ] || mkdir -p "$OFFSETS"
  until find_directory || [ -n "$ending" ]; do nap 1; done
  recover
  [ -n "$WHOLE" ] || wake "$LOG_FILES" || start "$LOG_FILES"
  scan
  while [ -z "$ending" ]; do
    watch
    listen
  done
  [ -z "$rotator" ] || kill "$rotator" 2>/dev/null
  scan
  end_all
  [ -z "$watcher" ] || kill "$watcher" 2>/dev/null
  rm -rf "$WORK"
  [ -z "$failed" ]
}
