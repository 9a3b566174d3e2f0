#!/bin/sh
# Makes a virtual environment in the folder $1 with the first suitable Python that is found.
# Suitable: 3.11 or newer, with the modules venv and ensurepip. PYTHON=... goes before all others.
set -eu

venv=$1
seen=""
for python in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
  # A name on the path may still be a stub that refuses to start, so ask it for its version.
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
  seen="$seen  $python is $version"
  if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    seen="$seen: too old
"
  elif ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    seen="$seen: its module venv is missing; on Debian and Ubuntu: apt install python$version-venv
"
  else
    echo "Setting up $venv with Python $version (first time: a minute or two)"
    "$python" -m venv --clear "$venv" || {
      rm -rf "$venv"
      echo "error: $python could not make a virtual environment in $venv." >&2
      exit 1
    }
    exit 0
  fi
done

{
  echo "error: Maatwerkbank needs Python 3.11 or newer with its module venv. Found:"
  printf '%s' "${seen:-  no Python at all
}"
  echo "  Remedy: install one, or name it: make setup PYTHON=/path/to/python3.12"
} >&2
exit 1
