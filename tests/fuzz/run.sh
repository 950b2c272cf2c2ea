#!/bin/sh
# Runs every fuzz target in BIN for SECONDS each, from the seeds and what earlier runs found (build/fuzz/corpus/NAME).
# An input that breaks one is left in build/fuzz/crashes; put it into tests/seeds/NAME with the fix.
#
#   tests/fuzz/run.sh BIN SECONDS      exit status 0 when none broke
set -u
bin=${1:?folder of the fuzz targets} seconds=${2:?seconds}
tree=$(cd "$(dirname "$0")/../.." && pwd)
found=$(dirname "$bin")
mkdir -p "$found/crashes"
broken=0 count=0
for target in "$bin"/*_fuzz; do
  [ -x "$target" ] || continue
  count=$((count + 1))
  name=$(basename "$target" _fuzz)
  seeds=$tree/tests/seeds/$name
  mkdir -p "$found/corpus/$name"
  [ -d "$seeds" ] || seeds=
  echo "fuzz: $name, $seconds s"
  # shellcheck disable=SC2086 # no word at all when there are no seeds
  if ! "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="$found/crashes/$name-" "$found/corpus/$name" ${seeds:+"$seeds"} >"$found/$name.log" 2>&1; then
    tail -n 40 "$found/$name.log"
    broken=$((broken + 1))
  else
    grep -E 'stat::(number_of_executed_units|average_exec_per_sec|peak_rss_mb)' "$found/$name.log" | sed 's/^/  /'
  fi
done
echo "fuzz: $count targets, $broken broken"
[ "$count" -gt 0 ] && [ "$broken" -eq 0 ]
