# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of the reports, by key and language.

Takes     a key such as `npv_eur` or `heading.core`.
Gives     the text in words.yaml or another file whose name ends so, with its placeholders filled.
Leaves    words that belong to a case, a law or a price to where those stand.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from maatwerkbank.ground.errors import MaatwerkError
from maatwerkbank.ground.language import Language

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def vocabulary() -> dict[str, dict[Language, str]]:
    """Every key with its text in both languages, from every `*words.yaml` of this folder.

    Raises
    ------
    MaatwerkError   a key stands in two files
    """
    folder = files("maatwerkbank.letter")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith("words.yaml"))
    texts = {name: (folder / name).read_text("utf-8") for name in names}
    return merged({name: yaml.load(text, Loader=_Loader) for name, text in texts.items()})  # noqa: S506  (safe)


def merged(
    contents: Mapping[str, dict[str, dict[Language, str]]],
) -> dict[str, dict[Language, str]]:
    """The words of several files as one vocabulary; a key may stand in one of them only."""
    found: dict[str, dict[Language, str]] = {}
    for name, content in contents.items():
        twice = sorted(found.keys() & content.keys())
        if twice:
            raise MaatwerkError(
                f"{name} holds words that another file holds already: {', '.join(twice)}.",
                remedy="keep each word in one file, or give one of the two another key",
            )
        found |= content
    return found


def word(key: str, language: Language, **filled: object) -> str:
    """The text under `key`. A key that stands in no file is a KeyError.

    >>> word("npv_eur", "nl"), word("verdict.npv_value", "en", value="EUR 1")
    ('Netto contante waarde', 'The net present value is EUR 1, with awarded support.')
    """
    text = vocabulary()[key][language]
    return text.format_map(filled) if filled else text


def has_word(key: str) -> bool:
    """Whether a text stands under `key`."""
    return key in vocabulary()


def within_sentence(text: str) -> str:
    """The text as it reads within a sentence; an abbreviation such as CO2 keeps its capitals.

    >>> within_sentence("Netto contante waarde"), within_sentence("CO2-heffing")
    ('netto contante waarde', 'CO2-heffing')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def capitalised(text: str) -> str:
    """The text with its first letter in upper case and the rest as it is.

    >>> capitalised("stikstofoxiden (NOx)")
    'Stikstofoxiden (NOx)'
    """
    return text[:1].upper() + text[1:]
