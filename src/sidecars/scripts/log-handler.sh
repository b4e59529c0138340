# shellcheck shell=dash
# The end of the text of every log handler: runs what stands before it, stream, rotate or both. When one of them fails, all end.
if ! command -v rotate >/dev/null; then
  stream
elif ! command -v stream >/dev/null; then
  rotate
else
  { rotate || { kill "$SELF"; false; }; } &
  rotator=$!
  stream && wait "$rotator"
fi
