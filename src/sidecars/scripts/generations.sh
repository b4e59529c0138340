# shellcheck shell=dash
# Reads the files that one name stands for, one after the other: its generations. Each is held open (descriptors 5 to 9, a ring, from
# number first to last - 1) from when it appears until nobody writes to it and it is copied to its end: renaming, removing or
# compressing it loses nothing; truncating it does. Needs log-files.sh and copy.sh before it.
# OFFSETS/stream.INODE keeps how far a generation is written out. Set by stream.sh: name.
first=0 last=0 warned=''

# head_sum FD BYTES: the number and the checksum of its first bytes, which tell a file from a later one with the same inode number
head_sum() {
  local sum
  sum=$(head -c "$2" "/proc/self/fd/$1" | md5sum)
  echo "$2 ${sum%% *}"
}

# is_held PATH: it is one of the generations that are open
is_held() {
  local g=$first
  while [ "$g" -lt "$last" ]; do
    [ ! "/proc/self/fd/$((5 + g % 5))" -ef "$1" ] || return 0
    g=$((g + 1))
  done
  return 1
}

# hold PATH: takes a file as the newest generation of the name, if it is none yet, from where the last run stopped
hold() {
  local fd offset sum bytes
  if [ ! -f "$1" ] || [ -L "$1" ] || [ $((last - first)) -ge 5 ] || is_held "$1"; then return 1; fi
  fd=$((5 + last % 5))
  if ! eval "command exec $fd<\"\$1\"" 2>/dev/null; then
    if [ -e "$1" ] && [ -z "$warned" ]; then warned=1; log "cannot read $1"; fi
    return 1
  fi
  # shellcheck disable=SC2046 # words are meant
  set -- $(stat -L -c '%i %s' "/proc/self/fd/$fd")
  now
  eval "inode_$fd=$1 carry_$fd='' sum_$fd='0 -' raw_$fd='' came_$fd=$NOW quiet_$fd=$NOW"
  if { read -r offset bytes sum _ <"$OFFSETS/stream.$1"; } 2>/dev/null && [ "$offset" -le "$2" ] &&
    [ "$(head_sum "$fd" "$bytes")" = "$bytes $sum" ]; then
    dd bs=64k skip="$offset" count=0 iflag=skip_bytes status=none <&"$fd"
    sum="$bytes $sum"
    eval "sum_$fd=\$sum"
  fi
  last=$((last + 1))
  save "$fd"
}

# is_done PATH: the file was written out to its end, perhaps under another name
is_done() {
  local inode offset
  inode=$(stat -c '%i %s' "$1") || return 0
  { read -r offset _ <"$OFFSETS/stream.${inode% *}"; } 2>/dev/null && [ "$offset" = "${inode#* }" ] && [ "$offset" != 0 ]
}

# hold_new: takes what the name stands for now, and the generations that came and went since the newest one held, or since this
# container started: NAME and a suffix of digits. Twice, for the name may change meanwhile
hold_new() {
  local path turn since=$WORK/lock
  [ "$first" = "$last" ] || since=/proc/self/fd/$((5 + (last - 1) % 5))
  [ ! "$since" -ef "$DIR/$name" ] || return 0
  for turn in 1 2; do
    for path in "$DIR/$name"?*; do
      case ${path#"$DIR/$name"} in *[!-._:T0-9]*) continue ;; esac
      if [ "$path" -ot "$since" ] || is_held "$path" || is_done "$path"; then continue; fi
      hold "$path"
    done
    [ "$turn" = 2 ] || hold "$DIR/$name"
  done
}

# save FD: what of a generation is written out; in place and of one length, so that neither KILL nor a full disk spoils it
save() {
  local carry inode sum
  eval "carry=\$carry_$1 inode=\$inode_$1 sum=\$sum_$1"
  position "$1"
  POS=$((POS - ${#carry}))
  if [ "$POS" != 0 ] && [ "${sum% *}" -lt 1024 ] && { [ "${sum% *}" = 0 ] || [ "$POS" -ge 1024 ]; }; then
    sum=$(head_sum "$1" $((POS < 1024 ? POS : 1024)))
    eval "sum_$1=\$sum"
  fi
  printf '%-20s %-4s %-32s | %s\n' "$POS" "${sum% *}" "${sum#* }" "$name" 1<>"$OFFSETS/stream.$inode"
}

# release: the oldest generation is done
release() {
  local fd=$((5 + first % 5)) inode
  while copy "$fd"; do :; done
  finish "$fd"
  eval "inode=\$inode_$fd"
  # where the file stays under another name, what is known of it keeps it from being streamed again
  [ "$(stat -L -c %h "/proc/self/fd/$fd")" != 0 ] || rm -f "$OFFSETS/stream.$inode"
  eval "exec $fd<&-"
  first=$((first + 1))
}
