# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that a page says is there in Dutch too."""

import polib
import pytest

from maatwerkbank.web.translations import catalogues, strings_of


@pytest.mark.parametrize("app", catalogues())
def test_it_has_a_dutch_text_for_every_string(app: str):
    path = catalogues()[app]
    known = {}
    if path.exists():
        known = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))}

    missing = [
        f"{place}: {singular!r}"
        for (context, singular), (plural, place) in strings_of(app).items()
        if not _translated(known.get((context, singular)), plural)
    ]

    assert missing == []


@pytest.mark.parametrize("app", catalogues())
def test_it_keeps_every_variable_of_the_english(app: str):
    path = catalogues()[app]
    if not path.exists():
        return
    for entry in polib.pofile(str(path)):
        assert not entry.msgstr or _variables(entry.msgstr) == _variables(entry.msgid)
        if entry.msgstr_plural:
            one, many = entry.msgstr_plural[0], entry.msgstr_plural[1]
            assert not many or _variables(many) == _variables(entry.msgid_plural)
            assert _variables(one) <= _variables(entry.msgid_plural)


def _translated(entry: polib.POEntry | None, plural: str | None) -> bool:
    if entry is None:
        return False
    return all(entry.msgstr_plural.values()) if plural else bool(entry.msgstr)


def _variables(text: str) -> set[str]:
    return {part.split(")")[0] for part in text.split("%(")[1:]}


def test_it_translates_a_string_in_one_way_in_all_apps():
    """Django lays all catalogues on one pile: of two translations one would be lost."""
    found: dict[tuple[str | None, str], set[str]] = {}
    for path in catalogues().values():
        for entry in polib.pofile(str(path)) if path.exists() else ():
            dutch = entry.msgstr or "|".join(entry.msgstr_plural.values())
            if dutch:
                found.setdefault((entry.msgctxt, entry.msgid), set()).add(dutch)

    assert {key: ways for key, ways in found.items() if len(ways) > 1} == {}
