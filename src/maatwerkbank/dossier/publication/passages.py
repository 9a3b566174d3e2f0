# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Does a text for the public quote something that is confidential?

Takes     a text, and the confidential passages with where each stands.
Gives     a finding per passage that is quoted.
Leaves    what is told in other words: a person reads every text before it is released.
"""

import re
from collections.abc import Mapping

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text

WORDS_IN_COMMON = 6
"""So many words in a row that a text and a passage share, and the text quotes it."""

_WORD = re.compile(r"\w+", re.UNICODE)


def quotes(text: Text | str, passages: Mapping[str, str]) -> tuple[Finding, ...]:
    """The passages that `text` quotes, in either language; by where each stands.

    A passage of fewer than six words counts where all of it is quoted, and one word alone does not.
    """
    told = (text.nl, text.en) if isinstance(text, Text) else (text,)
    return tuple(
        Finding(
            "error",
            "statement.quotes",
            place,
            Text(nl="geen vertrouwelijke passage", en="no confidential passage"),
            quoted,
            Text(
                nl="zeg het zonder deze woorden, of maak de passage eerst openbaar",
                en="say it without these words, or disclose the passage first",
            ),
        )
        for place, passage in passages.items()
        for quoted in [_quoted(told, passage)]
        if quoted
    )


def _quoted(texts: tuple[str, ...], passage: str) -> str:
    """The first words in common; empty where there are none."""
    words = _words(passage)
    length = min(WORDS_IN_COMMON, len(words))
    if length < 2:
        return ""
    runs = [tuple(words[start : start + length]) for start in range(len(words) - length + 1)]
    for text in texts:
        told = _words(text)
        spoken = {tuple(told[start : start + length]) for start in range(len(told) - length + 1)}
        common = next((run for run in runs if run in spoken), None)
        if common:
            return " ".join(common)
    return ""


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
