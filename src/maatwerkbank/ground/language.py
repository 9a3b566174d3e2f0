# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Text that an official or a firm will read: Dutch first, English complete.

Takes     both languages, written side by side where the text is born.
Gives     the one asked for.
Leaves    the words of the reports to `letter/words.yaml`, where a translator finds them together.
"""

from dataclasses import dataclass
from typing import Literal

Language = Literal["nl", "en"]


@dataclass(frozen=True)
class Text:
    """One sentence in two languages."""

    nl: str
    en: str

    def __str__(self) -> str:
        return self.en

    def into(self, language: Language) -> str:
        """The sentence in `language`."""
        return self.nl if language == "nl" else self.en


def say(text: "Text | str", language: Language) -> str:
    """`text` in `language`; a plain string (a number, a name, a path) is the same in both."""
    return text.into(language) if isinstance(text, Text) else text
