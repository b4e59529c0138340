# shellcheck shell=dash
# Finds processes and signals them. Needs log-files.sh before it, and a pod that shares its process namespace.
#
# Environment:
#   TARGET_NAME      name of the process as in /proc/PID/comm; its first 15 bytes count, the kernel keeps no more; empty: any
#   TARGET_ARGUMENT  part of its command line, the arguments joined by blanks; empty: any
#   TARGET_PICK      main: of those that match, the one whose parent is outside of the pod (the first process of a container), else
#                    one whose parent does not match; of several the oldest. oldest: the oldest of all. all: all of them; main
#   TARGET_WAIT      seconds to wait for a process that does not handle the signal yet, before giving up; 30
# Nothing is remembered: a process is looked for at each use and known by PID and start time. Processes of this container are never
# meant. A process that neither catches, ignores nor blocks a signal is not sent it: it would end.
TARGET_COMM=$(printf '%.15s' "${TARGET_NAME-}")

# stat_of PID: PARENT and START of a process; status 1 when it is gone or just going. Its name, in brackets, may be anything
stat_of() {
  local line='' part
  while IFS= read -r part; do line="$line$part "; done 2>/dev/null <"/proc/$1/stat"
  [ -n "$line" ] || return 1
  # shellcheck disable=SC2086 # words are meant
  set -- ${line##*) }
  PARENT=$2 START=${20}
  [ "$1" != Z ] && [ $(($7 & 4)) = 0 ]
}

# cgroup_of PID: CGROUP, which is another for each container; everybody may read it
cgroup_of() {
  local line
  CGROUP=''
  while read -r line; do CGROUP="$CGROUP$line;"; done 2>/dev/null <"/proc/$1/cgroup"
}

stat_of "$SELF"
# the cgroup of this container, when this shell is its first process
if [ "$PARENT" = 0 ]; then cgroup_of "$SELF" && OWN_CGROUP=$CGROUP; else OWN_CGROUP=''; fi

# is_ours PID: this shell, what it started, or what somebody runs in this container with kubectl exec
is_ours() {
  local pid=$1
  if [ -n "$OWN_CGROUP" ]; then cgroup_of "$pid"; [ "$CGROUP" != "$OWN_CGROUP" ] || return 0; fi
  while [ "$pid" -gt 1 ]; do
    [ "$pid" != "$SELF" ] || return 0
    stat_of "$pid" || return 1
    pid=$PARENT
  done
  return 1
}

# matching: MATCHES, ' PID:PARENT:START' each: the processes that TARGET_NAME and TARGET_ARGUMENT fit
matching() {
  local dir pid comm
  MATCHES=' '
  for dir in /proc/[0-9]*; do
    pid=${dir#/proc/}
    if [ -n "$TARGET_COMM" ]; then { IFS= read -r comm && [ "$comm" = "$TARGET_COMM" ]; } 2>/dev/null <"$dir/comm" || continue; fi
    if [ -n "${TARGET_ARGUMENT-}" ]; then
      case $(tr '\0' ' ' 2>/dev/null <"$dir/cmdline") in *"$TARGET_ARGUMENT"*) ;; *) continue ;; esac
    fi
    if [ "$pid" = 1 ] || ! stat_of "$pid"; then continue; fi
    comm="$pid:$PARENT:$START "
    is_ours "$pid" || MATCHES="$MATCHES$comm"
  done
}

# find_target: TARGETS, ' PID:START' each; status 1 when there is none, or when it cannot be told which one is meant
find_target() {
  local one pid parent start first='' best='' best_start cgroup
  matching
  TARGETS=''
  for one in $MATCHES; do
    pid=${one%%:*} start=${one##*:} parent=${one#*:} parent=${parent%:*}
    if [ "${TARGET_PICK:-main}" = all ]; then TARGETS="$TARGETS $pid:$start"; continue; fi
    if [ "${TARGET_PICK:-main}" = main ]; then
      case $MATCHES in *" $parent:"*) continue ;; esac
      # the first process of a container goes before one that has a parent in the pod
      if [ "$parent" = 0 ] && [ -z "$first" ]; then first=1 best=''; elif [ "$parent" != 0 ] && [ -n "$first" ]; then continue; fi
    fi
    if [ -z "$best" ] || [ "$start" -lt "$best_start" ]; then best=$pid best_start=$start; fi
  done
  [ -n "$best" ] || { [ -n "$TARGETS" ]; return; }
  TARGETS=" $best:$best_start"
  [ "${TARGET_PICK:-main}" = main ] || return 0
  cgroup_of "$best"; cgroup=$CGROUP
  for one in $MATCHES; do
    cgroup_of "${one%%:*}"
    if [ -z "$CGROUP" ] || [ "$CGROUP" = "$cgroup" ]; then continue; fi # gone, or of the same container
    log "processes $best and ${one%%:*} of two containers match: TARGET_ARGUMENT has to tell them apart"
    TARGETS=''
    return 1
  done
}

# handles PID NUMBER: the process catches or ignores the signal, or blocks it for good (a shell that starts a command blocks all for a
# moment)
handles() {
  local key value looks=0 blocked
  while [ "$looks" -lt 5 ]; do
    blocked=0
    while read -r key value; do
      case $key in
        SigBlk:) blocked=$((0x$value >> ($2 - 1) & 1)) ;;
        SigIgn: | SigCgt:) [ $((0x$value >> ($2 - 1) & 1)) = 0 ] || return 0 ;;
      esac
    done 2>/dev/null <"/proc/$1/status"
    [ "$blocked" = 1 ] || return 1
    looks=$((looks + 1))
    nap 0.1
  done
}

# await_target SIGNAL: TARGETS, all of them ready for the signal; status 1 when there are none, 2 when they are not ready in time
await_target() {
  local number one unready until
  case $1 in
    HUP) number=1 ;; USR1) number=10 ;; USR2) number=12 ;; WINCH) number=28 ;;
    *) log "SIG$1 is no signal to reopen log files with"; return 2 ;;
  esac
  now; until=$((NOW + ${TARGET_WAIT:-30}))
  while find_target; do
    unready=''
    for one in $TARGETS; do handles "${one%:*}" "$number" || unready=${one%:*}; done
    [ -n "$unready" ] || return 0
    now
    if [ -n "$ending" ] || [ "$NOW" -ge "$until" ]; then log "process $unready does not handle SIG$1 and would end: not sent"; return 2; fi
    nap 0.5
  done
  return 1
}

# field PID NAME: the value in /proc/PID/status, its words joined by blanks
field() { while read -r key value; do [ "$key" != "$2:" ] || { printf '%s' "$value" | tr '\t' ' '; return; }; done 2>/dev/null <"/proc/$1/status"; }

# denied PID: why the kernel may have refused a signal to the process, or a look into it
denied() {
  local comm yama=absent
  read -r comm 2>/dev/null <"/proc/$1/comm"
  read -r yama 2>/dev/null </proc/sys/kernel/yama/ptrace_scope
  printf '%s (%s) was denied: our UIDs (real, effective, saved, file) %s and CapEff %s, its UIDs %s and CapEff %s, Yama ptrace_scope %s. %s' \
    "to process $1" "$comm" "$(field self Uid)" "$(field self CapEff)" "$(field "$1" Uid)" "$(field "$1" CapEff)" "$yama" \
    'A signal takes the same UID or KILL; to see open files takes the same UID and GID and all its capabilities, or SYS_PTRACE'
}

# signal_target SIGNAL: sends it to TARGETS as they were found; status 1 when one of them is gone or may not be signalled
signal_target() {
  local one failed=0
  for one in $TARGETS; do
    if ! stat_of "${one%:*}" || [ "$START" != "${one#*:}" ]; then failed=1
    elif ! kill -s "$1" "${one%:*}" 2>/dev/null; then failed=1; stat_of "${one%:*}" && log "SIG$1 $(denied "${one%:*}")"; fi
  done
  return "$failed"
}
