# shellcheck shell=dash
# Log files to standard output, whole lines, one process a file. Needs log-files.sh and generations.sh before it; with process.sh and
# writers.sh, in a pod that shares its process namespace, it sees when the last writer of a renamed file has let go of it; without
# them it goes by silence.
#
# Environment:
#   STREAM_PREFIX  name: each line begins with the name of its file and ': '; empty: lines as they are
#   STREAM_POLL    seconds between two looks at a file, may be a fraction; 1
#   STREAM_GRACE   seconds that a new file waits for the writers of the one before it, so that lines stay in order; 10
#   STREAM_HOLD    seconds of silence after which a renamed file is let go of, where its writers cannot be seen; 60
#   STREAM_DRAIN   seconds that it goes on after TERM while somebody still writes; 10
#   STREAM_MAX     files at a time, those beyond it are not streamed; 200
# With LOG_STATE a restart after TERM neither loses nor doubles a line, one after KILL doubles those of the last look.
STREAM_POLL=${STREAM_POLL:-1}

# is_written FD SECONDS: somebody may still write to a generation. Where writers cannot be seen: it was not silent for so long
is_written() {
  local quiet
  if command -v writers >/dev/null; then
    writers "/proc/self/fd/$1" && return 0
    [ -n "$BLIND" ] || return 1
  fi
  now
  eval "quiet=\$quiet_$1"
  [ $((NOW - quiet)) -lt "$2" ]
}

# turn: everything new of one name; sets got
turn() {
  local g fd next
  [ $((last - first)) -lt 5 ] || { log "$name: five files wait, the oldest is let go of"; release; }
  hold_new
  g=$first got=''
  while [ "$g" -lt "$last" ]; do
    fd=$((5 + g % 5)) g=$((g + 1))
    if copy "$fd"; then
      now; eval "quiet_$fd=$NOW"
      save "$fd"; got=1
    fi
    [ "$g" -lt "$last" ] || break
    # the next one after the last line of this one, unless that takes too long
    eval "next=\$came_$((5 + g % 5))"
    if is_written "$fd" 2 && now && [ $((NOW - next)) -lt "${STREAM_GRACE:-10}" ]; then break; fi
    while copy "$fd"; do save "$fd"; done
  done
  while [ "$first" -lt "$last" ]; do
    fd=$((5 + first % 5))
    if [ "/proc/self/fd/$fd" -ef "$DIR/$name" ] || is_written "$fd" "${STREAM_HOLD:-60}"; then break; fi
    release
  done
}

# rest: what a turn without news is for: a file that was truncated is read from its start; of several names, one whose file is gone
# or written no more ends here. Less and less often, for it costs a process
rest() {
  local fd=$((5 + (last - 1) % 5)) carry
  idle=$((idle + 1))
  [ "$idle" -ge "$check" ] || return 0
  check=$((check < 64 ? check * 2 : check + 64))
  if [ "$first" = "$last" ]; then
    [ -z "$WHOLE" ] || [ "$idle" -lt 32 ] || over=1
    return 0
  fi
  position "$fd"
  if [ "$POS" -gt "$(stat -L -c %s "/proc/self/fd/$fd")" ]; then
    log "$name was truncated: lines may be lost"
    eval "raw_$fd=''"; finish "$fd"
    eval "sum_$fd='0 -'; exec $fd<\"/proc/self/fd/$fd\""
  elif [ -n "$WHOLE" ] && [ "$idle" -ge 64 ] && ! is_written "$fd" 21600; then
    over=1
  fi
}

# drained: after TERM: nobody writes any more, or it takes too long
drained() {
  local g=$first
  now
  if [ -z "$deadline" ]; then deadline=$((NOW + ${STREAM_DRAIN:-10})); fi
  if [ "$NOW" -ge "$deadline" ]; then log "$name is still open for writing ${STREAM_DRAIN:-10} s after TERM: what comes now is left"; return 0; fi
  if [ -n "$got" ]; then still=0; return 1; fi
  still=$((still + 1)) BLIND=''
  command -v writers >/dev/null || BLIND=1
  while [ "$g" -lt "$last" ] && [ -z "$BLIND" ]; do
    if writers "/proc/self/fd/$((5 + g % 5))"; then still=0; return 1; fi
    g=$((g + 1))
  done
  # seen to be closed, then looked at once more; or silent for 2 s
  if [ -n "$BLIND" ]; then [ "$still" -ge 10 ]; else [ "$still" -ge 2 ]; fi
}

# follow PIPE NAME [NAME PATH]...: streams one name, older generations of it first
follow() {
  local idle=0 check=1 still=0 deadline='' over='' got pipe=$1
  name=$2 prefix=''
  trap '' TERM # the end is that WORK/run is gone
  exec 0<>"$pipe"
  if [ "${STREAM_PREFIX-}" = name ]; then prefix=$(printf '%s: ' "$name" | tr '\n' '?'); fi
  # shellcheck disable=SC2034 # for sed
  escaped=$(printf '%s' "$prefix" | sed 's/[\\&/]/\\&/g')
  shift 2
  while [ $# -gt 0 ]; do
    [ "$1" != "$name" ] || hold "$2"
    shift 2
  done
  while [ -z "$over" ]; do
    turn
    if [ ! -e "$WORK/run" ]; then
      drained && break
      nap 0.2
      continue
    fi
    if [ -n "$got" ]; then idle=0 check=1; else rest; fi
    nap "$STREAM_POLL"
  done
  STREAM_GRACE=0
  turn # also what waited for the writers of an older generation
  while [ "$first" -lt "$last" ]; do
    finish $((5 + first % 5))
    first=$((first + 1))
  done
  rm -f "$pipe"
  echo >&3 # have a look whether the name is there again
}
