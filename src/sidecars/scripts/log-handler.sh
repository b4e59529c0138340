# shellcheck shell=dash
# The end of the text of every log handler: runs what stands before it, stream, rotate or both. When one of them fails, all end.
if ! command -v rotate >/dev/null; then
  stream
elif ! command -v stream >/dev/null; then
  rotate
else
  # the two agree there on what is written out
  [ -n "$LOG_STATE" ] || LOG_STATE=$(mktemp -d "$LOG_TMP/log-handler.XXXXXX")
  [ -d "$LOG_STATE" ] || mkdir -p "$LOG_STATE"
  : >"$LOG_STATE/started"
  { rotate || { kill "$SELF"; false; }; } &
  rotator=$!
  stream && wait "$rotator"
fi
