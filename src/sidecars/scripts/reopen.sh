# shellcheck shell=dash disable=SC2231
# Rotates files of a program that reopens them: renames, signals, waits until nobody holds the old file. Put after rotate.sh.
#
# Environment:
#   ROTATE_SIGNAL   the signal that has the target reopen its log files: HUP, USR1, USR2 or WINCH; empty: it does so by itself
#   ROTATE_TIMEOUT  seconds to wait for it; a file that is still written to then gets its name back; 30

# is_open PATH: somebody still writes to a renamed file; where writers cannot be seen: nobody has made a new one
is_open() {
  writers "$1" && return 0
  [ -n "$BLIND" ] && [ ! -e "${1%.*}" ]
}

# later PATH SECONDS: a file is not tried again before
later() { eval "hold_$(stat -c %i "$1")=$((NOW + $2))"; }

# give_back PATH: a renamed file gets its name back, unless there is a new one by now
give_back() {
  local name=${1%.*}
  dirty=1
  later "$1" 600
  if ln "$1" "$name" 2>/dev/null; then rm -f "$1"; elif [ ! -e "$name" ]; then mv "$1" "$name"; fi
}

# reopened PATH...: has renamed files reopened; those that are still written to after ROTATE_TIMEOUT are given back
reopened() {
  local path until wait=0.05
  now; until=$((NOW + ${ROTATE_TIMEOUT:-30}))
  # it may have been restarted since it was found
  [ -z "$TARGETS" ] || signal_target "$ROTATE_SIGNAL" || { await_target "$ROTATE_SIGNAL" && signal_target "$ROTATE_SIGNAL"; } || until=$NOW
  while true; do
    for path; do
      shift
      if is_open "$path"; then set -- "$@" "$path"; fi
    done
    now
    # at TERM it stays as it is: the next start goes on from here
    if [ $# = 0 ] || [ -n "$ending" ]; then return; fi
    [ "$NOW" -lt "$until" ] || break
    nap "$wait"
    case $wait in 0.05) wait=0.1 ;; 0.1) wait=0.2 ;; 0.2) wait=0.5 ;; *) wait=1 ;; esac
  done
  for path; do
    if writers "$path"; then log "process$WRITERS did not let go of ${path##*/}: it gets its name back"
    else log "no new file came for ${path##*/}, and $(denied "$BLIND"): it gets its name back"; fi
    give_back "$path"
  done
}

# resume: takes up what an earlier run renamed and did not see reopened
resume() {
  local path name
  set --
  for path in "$DIR"/*.$NUMBER; do
    name=${path%.*}
    if [ -f "$path" ] && [ ! "$path" -ef "$name" ] && is_log_name "${name##*/}" && is_open "$path"; then set -- "$@" "$path"; fi
  done
  TARGETS=''
  if [ $# = 0 ] || { [ -n "${ROTATE_SIGNAL-}" ] && ! await_target "$ROTATE_SIGNAL"; }; then return; fi
  log "going on with a rotation that was broken off"
  reopened "$@"
}

# rotate_files PATH...
rotate_files() {
  local path
  TARGETS=''
  if [ -n "${ROTATE_SIGNAL-}" ]; then
    await_target "$ROTATE_SIGNAL"
    case $? in
      1) # nobody to signal: only what nobody writes to
        for path; do
          shift
          if writers "$path" || [ -n "$BLIND" ]; then
            log "${path##*/} is due, but no process is found to signal"
            later "$path" 60
          else set -- "$@" "$path"; fi
        done ;;
      2)
        for path; do later "$path" 60; done
        return ;;
    esac
  fi
  for path; do
    shift
    next_name "$path"
    if mv "$path" "$NEW"; then moved=$moved${path##*/}/; set -- "$@" "$NEW"; fi
  done
  [ $# = 0 ] || reopened "$@"
}
