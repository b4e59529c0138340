# shellcheck shell=dash
# Writes out the new lines of an open file. Needs log-files.sh before it. Set by stream.sh: prefix, and the same for sed, escaped; WHOLE,
# when lines get a prefix or several files share the output.

# lock, unlock: one process at a time writes, so that the lines of several files do not mix
lock() { [ -z "$WHOLE" ] || read -r _ <&4; }
unlock() { [ -z "$WHOLE" ] || echo >&4; }

# position FD: POS, how far a file is read
position() { while read -r POS_KEY POS; do [ "$POS_KEY" != pos: ] || return 0; done <"/proc/self/fdinfo/$1"; }

# copy FD: writes out the new lines of a generation; status 1 when there was nothing new. The shell reads a few lines itself, so that
# a slow log starts no process; a line that has no end yet is carried over
copy() {
  local line carry lines=0 new=1
  eval "carry=\$carry_$1"
  while [ "$lines" -lt 5 ]; do
    line=''
    if ! IFS= read -r line; then
      [ -z "$line" ] || new=0
      carry=$carry$line
      break
    fi
    [ "$lines" != 0 ] || lock
    printf '%s%s\n' "$prefix" "$carry$line"
    carry='' new=0 lines=$((lines + 1))
  done <&"$1"
  eval "carry_$1=\$carry"
  while [ "$lines" = 5 ] && copy_block "$1"; do
    unlock; hold "$DIR/$name"; lock
  done
  [ "$lines" = 0 ] || unlock
  return "$new"
}

# copy_block FD: writes out at most 4 MiB; status 1 when that was all. With a prefix or several files it stops after a line, but one
# of more than 64 KiB may be cut
copy_block() {
  local size from
  position "$1"; from=$POS
  if [ -z "$WHOLE" ]; then
    eval "raw_$1=1"
    dd bs=64k count=64 status=none <&"$1"
  else
    size=$(stat -L -c %s "/proc/self/fd/$1")
    line_end "/proc/self/fd/$1" "$from" $((size - from > 4194304 ? from + 4194304 : size))
    size=$((END - from))
    [ "$size" -gt 0 ] || return 1
    if [ -n "$prefix" ]; then dd bs=64k count="$size" iflag=count_bytes status=none <&"$1" | sed "s/^/$escaped/"
    else dd bs=64k count="$size" iflag=count_bytes status=none <&"$1"; fi
  fi
  position "$1"
  [ $((POS - from)) -gt 4000000 ]
}

# finish FD: a last line without an end gets one
finish() {
  local carry raw
  eval "carry=\$carry_$1 raw=\$raw_$1 carry_$1='' raw_$1=''"
  if [ -n "$carry" ]; then
    lock; printf '%s%s\n' "$prefix" "$carry"; unlock
  elif [ -n "$raw" ] && [ -n "$(tail -c 1 "/proc/self/fd/$1")" ]; then
    echo
  fi
  save "$1"
}
