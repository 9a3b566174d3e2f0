# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""On which ground may a passage stay out of a published paper, and how is that marked in it?

Takes     a ground by its id, what the passage is about, and of which day the paper is.
Gives     whether the law lets it, with the reason; the short mark that stands in its place.
Leaves    the grounds of article 5.1 to `dossier.confidentiality`; here comes what only a request
          needs: personal views (5.2), the age of the paper (5.3), the mark.

Source    Wet open overheid art. 5.1 (source `woo`); art. 5.2 and 5.3 as quoted in a commentary
          (source `woo-artikelsgewijs`), so these are not verified on the text of the law.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from maatwerkbank.dossier.confidentiality import GROUNDS, Ground, Withholding, may_withhold
from maatwerkbank.ground.dates import last_day
from maatwerkbank.ground.language import Text

OLD_AFTER_YEARS = 5
IN_CONFIDENCE = "bedrijfsgegevens"
PERSONAL_VIEWS = "beleidsopvattingen"
UNVERIFIED = frozenset({PERSONAL_VIEWS})
"""Grounds whose text was read in a commentary only."""

_VIEWS = Ground(
    PERSONAL_VIEWS,
    Text(
        nl="Persoonlijke beleidsopvattingen voor intern beraad",
        en="Personal views on policy in internal consultation",
    ),
    "Woo 5.2 lid 1",
    absolute=False,
)
ALL_GROUNDS: Mapping[str, Ground] = MappingProxyType({**GROUNDS, PERSONAL_VIEWS: _VIEWS})


@dataclass(frozen=True)
class About:
    """What a passage is about, as far as the law makes a difference of it."""

    emission_data: bool = False
    environmental: bool = False
    supplied_in_confidence: bool = False


ABOUT_NOTHING = About()


def mark_of(ground: str) -> str:
    """The mark that stands in the place of a passage: the number of the ground.

    >>> mark_of("levenssfeer"), mark_of("onevenredige_benadeling"), mark_of("beleidsopvattingen")
    ('5.1.2.e', '5.1.5', '5.2.1')
    """
    article = ALL_GROUNDS[ground].article
    return ".".join(re.findall(r"(?<= )(\d+\.\d+|\d+|[a-z])(?=\s|$)", article))


def may_be_withheld(ground: str, about: About) -> Withholding:
    """Whether the law lets a passage be withheld on this ground, and why (not)."""
    known = ALL_GROUNDS[ground]
    if ground == PERSONAL_VIEWS:
        if about.emission_data:
            return Withholding(allowed=False, because=_FACTS)
        return Withholding(
            allowed=True, because=_VIEWS_WEIGHED if about.environmental else _VIEWS_ONLY
        )
    found = may_withhold(
        known, emission_data=about.emission_data, environmental=about.environmental
    )
    if found.allowed and ground == IN_CONFIDENCE and not about.supplied_in_confidence:
        return Withholding(allowed=False, because=_NOT_GIVEN)
    return found


def is_old(dated: str | None, on: date) -> bool:
    """Whether a paper is more than five years old; one without a date is not known to be."""
    if not dated:
        return False
    made = last_day(dated)
    limit = date(on.year - OLD_AFTER_YEARS, on.month, min(on.day, 28))
    return made < limit


def asks_more(ground: str) -> bool:
    """Whether a refusal on this ground takes extra reasons once the paper is old (5.3)."""
    return not ALL_GROUNDS[ground].absolute


_FACTS = Text(
    nl="Gegevens over emissies zijn feiten. Feiten zijn geen persoonlijke beleidsopvattingen.",
    en="Data on emissions are facts. Facts are no personal views on policy.",
)
_VIEWS_ONLY = Text(
    nl="Alleen voor adviezen, visies en standpunten in een stuk voor intern beraad, niet voor "
    "feiten, prognoses of beleidsalternatieven.",
    en="Only for advice, opinions and positions in a paper for internal consultation, not for "
    "facts, forecasts or policy alternatives.",
)
_VIEWS_WEIGHED = Text(
    nl="Milieu-informatie: weeg het belang van de opvattingen af tegen openbaarheid (lid 4).",
    en="Environmental information: weigh the interest of the views against openness (paragraph 4).",
)
_NOT_GIVEN = Text(
    nl="Deze grond geldt alleen voor wat vertrouwelijk aan de overheid is meegedeeld.",
    en="This ground holds only for what was given to the authorities in confidence.",
)
