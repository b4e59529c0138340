# shellcheck shell=dash disable=SC2231
# Rotates files of a program that never reopens them, and stops nobody: copies whole lines, then punches a hole where they were. The
# writer, with or without O_APPEND, goes on at its own offset; the file keeps its length and gives its blocks back: `ls` shows it
# growing, `du` and the kubelet do not, and who reads it from its start reads NUL bytes. Put after rotate.sh.
# Needs fallocate of util-linux, which busybox has not, a file system that can do it (ext4, xfs, btrfs, tmpfs), and LOG_STATE, where
# rotate.INODE keeps the offset that is done, and, while a copy is made, its end and its number. ROTATE_KEEP=0 makes no copies: for
# files that are streamed at the same time; then, as always, what is not streamed yet stays.

# mark INODE DONE TO NUMBER: in place and of one length, so that neither KILL nor a full disk spoils it
mark() {
  eval "start_$1=\$2"
  printf '%-20s %-20s %-8s\n' "$2" "$3" "$4" 1<>"$LOG_STATE/rotate.$1"
}

# is_copied FILE FROM TO COPY: the file has there what was copied; it may have been truncated meanwhile
is_copied() {
  local bytes=$(($3 - $2 < 1024 ? $3 - $2 : 1024)) there copied
  there=$(dd if="$1" bs=64k skip="$2" count="$bytes" iflag=skip_bytes,count_bytes status=none | md5sum)
  copied=$(if [ -e "$4" ]; then head -c "$bytes" "$4"; else gzip -dc "$4.gz" | head -c "$bytes"; fi | md5sum)
  [ "$there" = "$copied" ]
}

# is_hole FILE OFFSET: it reads as NUL, as what is done does
is_hole() { [ "$(dd if="$1" bs=64k skip="$2" count=1 iflag=skip_bytes,count_bytes status=none; echo .)" = . ]; }

# settle PATH INODE SIZE: DONE; ends a rotation that was broken off
settle() {
  local to=0 number=0
  DONE=0
  { read -r DONE to number <"$LOG_STATE/rotate.$2"; } 2>/dev/null || return 0
  # truncated, or another file that got the inode number
  if [ "$DONE" -gt "$3" ] || { [ "$DONE" != 0 ] && ! is_hole "$1" 0; }; then DONE=0 to=0; mark "$2" 0 0 0; fi
  [ "$to" != 0 ] || return 0
  if [ -e "$1.$number" ] || [ -e "$1.$number.gz" ]; then
    if is_hole "$1" "$DONE"; then DONE=$to
    elif is_copied "$1" "$DONE" "$to" "$1.$number"; then
      fallocate -p -o "$DONE" -l $((to - DONE)) "$1" || return 1
      DONE=$to
    else DONE=0; fi
  fi
  mark "$2" "$DONE" 0 0
}

# punch PATH
punch() {
  local inode size offset copy
  size=$(stat -c '%i %s' "$1") || return 1
  inode=${size% *} size=${size#* }
  settle "$1" "$inode" "$size" || return 1
  if eval "[ -z \"\${start_$inode-}\" ]" && [ "$DONE" != 0 ]; then # seen first by this run: is it due all the same?
    eval "start_$inode=\$DONE"
    return 0
  fi
  if command -v stream >/dev/null; then
    { read -r offset _ <"$LOG_STATE/stream.$inode"; } 2>/dev/null || return 1
    [ "$offset" -ge "$size" ] || size=$offset
  fi
  [ "$size" -gt "$DONE" ] || return 1
  line_end "$1" "$DONE" "$size"
  [ "$END" -gt "$DONE" ] || return 1
  next_name "$1"
  copy=$DIR/.${NEW##*/}
  mark "$inode" "$DONE" "$END" "${NEW##*.}"
  if [ "$ROTATE_KEEP" != 0 ]; then
    dd if="$1" bs=64k skip="$DONE" count=$((END - DONE)) iflag=skip_bytes,count_bytes status=none >"$copy"
    if [ "$(stat -c %s "$copy")" != $((END - DONE)) ]; then
      rm -f "$copy"
      mark "$inode" "$DONE" 0 0
      log "cannot copy ${1##*/}: later"
      return 1
    fi
    # a copy is not to be streamed again
    if command -v stream >/dev/null; then printf '%-20s %-4s %-32s | \n' $((END - DONE)) 0 - >"$LOG_STATE/stream.$(stat -c %i "$copy")"; fi
    mv "$copy" "$NEW"
    if ! is_copied "$1" "$DONE" "$END" "$NEW"; then mark "$inode" 0 0 0; return; fi
  elif [ "$(stat -c %s "$1")" -lt "$END" ]; then return; fi
  fallocate -p -o "$DONE" -l $((END - DONE)) "$1" && mark "$inode" "$END" 0 0
}

# resume: removes copies that were not finished; status 1 where it cannot work
resume() {
  local probe=$DIR/.rotate.probe works=''
  # shellcheck disable=SC2086
  rm -f "$DIR"/.*.$NUMBER
  echo . >"$probe"
  if [ -n "$LOG_STATE" ] && fallocate -p -o 0 -l 1 "$probe" 2>/dev/null; then works=1; fi
  rm -f "$probe"
  if [ -n "$works" ]; then forget "$LOG_STATE/rotate"; return; fi
  log "cannot punch holes in $DIR: it takes LOG_STATE, fallocate of util-linux and a file system that can"
  ending=1 failed=1
  return 1
}

# rotate_files PATH...
rotate_files() {
  local path
  for path; do punch "$path"; done
}
