#!/bin/sh
# What a reader should not have to check: layers, looks, a few kinds of bug, man pages, scripts.
#
#   tools/lint.sh BUILD [SINCE]     BUILD has the compile_commands.json for clang-tidy, which looks at all sources, or at
#                                   those that changed SINCE ("12 hours ago"); where the history is not there, at all
#
# Exit status 0 when nothing was found. Everything is run before it says so.
# shellcheck disable=SC2317 # the steps are called by name
set -u
build=${1:?build folder}
since=${2:-}
tree=$(cd "$(dirname "$0")/.." && pwd)
cd "$tree" || exit 1
rooms='base tongues mail foreign auth net search store spool lists commands bin'
found=0

step() {
  name=$1
  shift
  if "$@"; then echo "lint: $name: ok"; else
    echo "lint: $name: see above"
    found=1
  fi
}

sources() { # shellcheck disable=SC2086 # a list of folders
  find $rooms tests -name '*.cc' -o -name '*.h'
}

looks() { sources | xargs clang-format --dry-run -Werror; }

# Sources that the build knows; a header is looked at through those that include it.
tidy() {
  python3 - "$build/compile_commands.json" "$tree" "$since" <<'PY' | xargs -r -P "$(nproc)" -n 4 \
    clang-tidy --quiet --extra-arg=-Wno-unknown-warning-option \
    --extra-arg=-enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang -p "$build" 2>/dev/null
import json, pathlib, subprocess, sys
commands, tree, since = json.load(open(sys.argv[1])), sys.argv[2], sys.argv[3]
files = sorted({c["file"] for c in commands if c["file"].startswith(tree + "/")})
files = [f for f in files if not f.startswith((tree + "/tests/", tree + "/build/"))]

def git(*words):
    return subprocess.run(["git", "-C", tree, *words], capture_output=True, text=True).stdout.split()

# A header is looked at through the source beside it.
if since and int((git("rev-list", "--count", "HEAD") or ["0"])[0]) > 1:
    changed = {pathlib.Path(tree, name).with_suffix(".cc") for name in git("log", "--since", since, "--name-only", "--format=")}
    files = [f for f in files if pathlib.Path(f) in changed]
print(f"clang-tidy: {len(files)} sources", file=sys.stderr)
print("\n".join(files))
PY
}

man_pages() {
  set -- doc/man/*.[1-8]
  [ -e "$1" ] || return 0
  mandoc -T lint -W warning "$@"
}

scripts() {
  for file in .ci/* tools/*.sh $(find tests -name '*.sh'); do
    if [ -f "$file" ]; then shellcheck "$file" || return 1; fi
  done
}

python_scripts() {
  find tools tests -name '*.py' -print0 | xargs -0 python3 -c '
import ast, sys
for name in sys.argv[1:]:
    ast.parse(open(name).read(), name)'
}

step layers python3 tools/layers.py
step looks looks
step "man pages" man_pages
step scripts scripts
step "python scripts" python_scripts
step clang-tidy tidy
exit $found
