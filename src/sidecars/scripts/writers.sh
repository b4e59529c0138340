# shellcheck shell=dash
# Who holds a file open for writing. Needs process.sh before it.

# writers FILE: WRITERS, the PIDs that hold the file open for writing; BLIND, a process of the target's container (of any, when there
# is no target) whose open files we may not see. Status 1 when there are no writers
writers() {
  local dir pid fd key value TARGETS cgroup=''
  WRITERS='' BLIND=''
  [ "$SELF" != 1 ] || BLIND=1 # the process namespace is not shared
  for dir in /proc/[0-9]*; do
    pid=${dir#/proc/}
    if [ -e "$dir/root" ]; then
      for fd in "$dir"/fd/*; do
        [ "$fd" -ef "$1" ] || continue
        while read -r key value; do
          case $key$value in flags:*[12]) WRITERS="$WRITERS $pid"; break ;; esac
        done 2>/dev/null <"$dir/fdinfo/${fd##*/}"
      done
    elif [ "$pid" != 1 ] && stat_of "$pid" && ! is_ours "$pid"; then
      if [ -z "$cgroup" ] && [ -n "${TARGET_NAME-}${TARGET_ARGUMENT-}" ] && find_target; then
        cgroup=${TARGETS##* }
        cgroup_of "${cgroup%:*}"; cgroup=$CGROUP
      fi
      cgroup_of "$pid"
      [ "${cgroup:-$CGROUP}" != "$CGROUP" ] || BLIND=$pid
    fi
  done
  [ -n "$WRITERS" ]
}
