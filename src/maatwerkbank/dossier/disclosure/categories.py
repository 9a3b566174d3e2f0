# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Under which category of information of the Woo does a published paper fall?

Takes     nothing.
Gives     the categories that occur in this work, with their place in article 3.3, and which kind of
          paper falls under which of them.
Leaves    the other categories of article 3.3 out: they do not occur here.

Source    Wet open overheid art. 3.3 (source `woo`): in force for parliamentary papers only, for
          the others there is a duty of effort (art. 3.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from maatwerkbank.ground.language import Text


@dataclass(frozen=True)
class Category:
    """A category of information. `in_force`: whether publishing it is a duty yet."""

    id: str
    label: Text
    article: str
    in_force: bool


def _category(identity: str, nl: str, en: str, article: str, *, in_force: bool) -> Category:
    return Category(identity, Text(nl=nl, en=en), article, in_force)


CATEGORIES: Mapping[str, Category] = MappingProxyType(
    {
        each.id: each
        for each in (
            _category(
                "parliament",
                "Stukken voor het parlement",
                "Papers for parliament",
                "Woo 3.3 lid 2 onder b",
                in_force=True,
            ),
            _category("covenant", "Convenant", "Covenant", "Woo 3.3 lid 2 onder f", in_force=False),
            _category("advice", "Advies", "Advice", "Woo 3.3 lid 2 onder e", in_force=False),
            _category("study", "Onderzoek", "Research", "Woo 3.3 lid 2 onder j", in_force=False),
            _category(
                "decision",
                "Beschikking, zoals een subsidie",
                "Decision, such as a grant",
                "Woo 3.3 lid 2 onder k",
                in_force=False,
            ),
            _category(
                "disclosure",
                "Openbaar gemaakt op verzoek",
                "Disclosed on request",
                "Woo 4.4",
                in_force=True,
            ),
        )
    }
)
