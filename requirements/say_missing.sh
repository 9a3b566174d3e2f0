#!/bin/sh
# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
# Says which system programs the tests miss here, what is left out without them, and how to get them.
# Nothing fails: the tests that need one skip, with the reason.

say() {
  printf 'note: %s is not here: %s.\n  Remedy: on Debian and Ubuntu: apt install %s\n' "$1" "$2" "$3" >&2
}

if ! command -v chromium >/dev/null 2>&1 && ! command -v chromium-browser >/dev/null 2>&1; then
  say "Chromium" "the tests in a browser are skipped" chromium
fi
if ! command -v initdb >/dev/null 2>&1 && [ -z "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ]; then
  say "a PostgreSQL server of the machine" "its tests run on the embedded one only" postgresql
fi
if ! command -v soffice >/dev/null 2>&1; then
  say "LibreOffice" "no test opens a letter as officials do" libreoffice-writer-nogui
fi
exit 0
