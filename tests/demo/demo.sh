#!/bin/sh
# The main job of a mailing list on real messages, in a scratch folder: demo.sh BIN
set -eu
exec python3 "$(dirname "$0")/demo.py" "$@"
