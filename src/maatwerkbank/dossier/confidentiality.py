# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How confidential is this, on which legal ground may a passage be withheld, and what never may be?

Takes     levels, markings and grounds by name.
Gives     the level of a derived thing, a refusal of state secrets, and whether a ground may be
          used, with the reason.
Leaves    who may see what to `web/people/access.py` (need to know beats level), the weighing to a
          person, and Woo 5.2 (personal views in internal consultation) to `disclosure.grounds`.

Source    the eight levels of the ZGW standard; Wet open overheid (BWBR0045754) article 5.1, text of
          2025-02-12; the markings of the VIRBI, whose text was not read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from maatwerkbank.ground.errors import StateSecretRefused
from maatwerkbank.ground.language import Text


class Level(IntEnum):
    """The ordered levels of confidentiality (vertrouwelijkheidaanduiding), the most open first."""

    OPENBAAR = 0
    BEPERKT_OPENBAAR = 1
    INTERN = 2
    ZAAKVERTROUWELIJK = 3
    VERTROUWELIJK = 4
    CONFIDENTIEEL = 5
    GEHEIM = 6
    ZEER_GEHEIM = 7

    @property
    def label(self) -> Text:
        """The level in words."""
        return _LEVELS[self]


_LEVELS: Mapping[Level, Text] = MappingProxyType(
    {
        Level.OPENBAAR: Text(nl="Openbaar", en="Public"),
        Level.BEPERKT_OPENBAAR: Text(nl="Beperkt openbaar", en="Restricted public"),
        Level.INTERN: Text(nl="Intern", en="Internal"),
        Level.ZAAKVERTROUWELIJK: Text(nl="Zaakvertrouwelijk", en="Confidential to the case"),
        Level.VERTROUWELIJK: Text(nl="Vertrouwelijk", en="Confidential"),
        Level.CONFIDENTIEEL: Text(nl="Confidentieel", en="Highly confidential"),
        Level.GEHEIM: Text(nl="Geheim", en="Secret"),
        Level.ZEER_GEHEIM: Text(nl="Zeer geheim", en="Top secret"),
    }
)


def highest(levels: Iterable[Level]) -> Level:
    """The level of what is made from things of these levels; public where it is made from nothing.

    >>> highest([Level.INTERN, Level.VERTROUWELIJK]).name
    'VERTROUWELIJK'
    """
    return max(levels, default=Level.OPENBAAR)


# ── the State's own marking ───────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Marking:
    """A marking of the State (rubricering), beside the level."""

    id: str
    label: Text
    state_secret: bool


def _marking(identity: str, label: str, english: str, *, state_secret: bool) -> Marking:
    return Marking(identity, Text(nl=label, en=english), state_secret)


MARKINGS: Mapping[str, Marking] = MappingProxyType(
    {
        each.id: each
        for each in (
            _marking(
                "dep_vertrouwelijk",
                "Departementaal Vertrouwelijk",
                "Departmental confidential",
                state_secret=False,
            ),
            _marking(
                "stg_confidentieel",
                "Staatsgeheim confidentieel",
                "State secret, confidential",
                state_secret=True,
            ),
            _marking(
                "stg_geheim", "Staatsgeheim geheim", "State secret, secret", state_secret=True
            ),
            _marking(
                "stg_zeer_geheim",
                "Staatsgeheim zeer geheim",
                "State secret, top secret",
                state_secret=True,
            ),
        )
    }
)


def refuse_state_secret(marking: str | None) -> None:
    """Refuse what is marked as a state secret: this program is not accredited to hold it.

    Raises
    ------
    StateSecretRefused   the marking is one of a state secret, or one that is not known: then nobody
                         can say that it is none
    """
    if marking is None or marking == "":
        return
    known = MARKINGS.get(marking)
    if known is None or known.state_secret:
        raise StateSecretRefused(known.label.nl if known else marking)


# ── Wet open overheid ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Ground:
    """A ground on which a passage may be withheld. `absolute`: without weighing."""

    id: str
    label: Text
    article: str
    absolute: bool


def _ground(identity: str, article: str, nl: str, en: str, *, absolute: bool) -> Ground:
    return Ground(identity, Text(nl=nl, en=en), article, absolute)


GROUNDS: Mapping[str, Ground] = MappingProxyType(
    {
        each.id: each
        for each in (
            _ground(
                "eenheid_kroon",
                "Woo 5.1 lid 1 onder a",
                "Eenheid van de Kroon",
                "Unity of the Crown",
                absolute=True,
            ),
            _ground(
                "veiligheid_staat",
                "Woo 5.1 lid 1 onder b",
                "Veiligheid van de Staat",
                "Security of the State",
                absolute=True,
            ),
            _ground(
                "bedrijfsgegevens",
                "Woo 5.1 lid 1 onder c",
                "Bedrijfs- en fabricagegegevens, vertrouwelijk meegedeeld",
                "Business and production data, given in confidence",
                absolute=True,
            ),
            _ground(
                "bijzondere_persoonsgegevens",
                "Woo 5.1 lid 1 onder d",
                "Bijzondere persoonsgegevens",
                "Special personal data",
                absolute=True,
            ),
            _ground(
                "identificatienummers",
                "Woo 5.1 lid 1 onder e",
                "Identificatienummers",
                "Identification numbers",
                absolute=True,
            ),
            _ground(
                "internationale_betrekkingen",
                "Woo 5.1 lid 2 onder a",
                "Betrekkingen met andere landen en internationale organisaties",
                "Relations with other countries and international organisations",
                absolute=False,
            ),
            _ground(
                "financieel_belang",
                "Woo 5.1 lid 2 onder b",
                "Economische of financiële belangen van de Staat",
                "Economic or financial interests of the State",
                absolute=False,
            ),
            _ground(
                "opsporing",
                "Woo 5.1 lid 2 onder c",
                "Opsporing en vervolging",
                "Investigation and prosecution",
                absolute=False,
            ),
            _ground(
                "toezicht",
                "Woo 5.1 lid 2 onder d",
                "Inspectie, controle en toezicht",
                "Inspection, control and supervision",
                absolute=False,
            ),
            _ground(
                "levenssfeer",
                "Woo 5.1 lid 2 onder e",
                "Persoonlijke levenssfeer",
                "Personal privacy",
                absolute=False,
            ),
            _ground(
                "concurrentiegevoelig",
                "Woo 5.1 lid 2 onder f",
                "Andere concurrentiegevoelige bedrijfs- en fabricagegegevens",
                "Other business and production data that are sensitive for competition",
                absolute=False,
            ),
            _ground(
                "bescherming_milieu",
                "Woo 5.1 lid 2 onder g",
                "Bescherming van het milieu",
                "Protection of the environment",
                absolute=False,
            ),
            _ground(
                "beveiliging",
                "Woo 5.1 lid 2 onder h",
                "Beveiliging van personen en bedrijven en voorkomen van sabotage",
                "Security of persons and companies, and preventing sabotage",
                absolute=False,
            ),
            _ground(
                "functioneren_staat",
                "Woo 5.1 lid 2 onder i",
                "Goed functioneren van de Staat en andere overheden",
                "Proper functioning of the State and other public bodies",
                absolute=False,
            ),
            _ground(
                "onevenredige_benadeling",
                "Woo 5.1 lid 5",
                "Onevenredige benadeling van een ander belang",
                "Disproportionate harm to another interest",
                absolute=False,
            ),
        )
    }
)


@dataclass(frozen=True)
class Withholding:
    """Whether a ground may be used for a passage, and why (not), or on which condition."""

    allowed: bool
    because: Text


def may_withhold(
    ground: Ground, *, emission_data: bool, environmental: bool = False
) -> Withholding:
    """May a passage be withheld on this ground?

    Emission data never may: neither the first nor the second paragraph applies to information on
    emissions into the environment, and the fifth does not hold for environmental information.
    Emission data are environmental information; `environmental` is the rest of it.

    Source        Wet open overheid art. 5.1, paragraphs 1, 2, 5, 6 and 7.
    """
    if emission_data:
        return Withholding(allowed=False, because=_EMISSIONS)
    if environmental and ground.id in _ENVIRONMENTAL:
        return _ENVIRONMENTAL[ground.id]
    if ground.absolute:
        return Withholding(allowed=True, because=_ABSOLUTE)
    return Withholding(allowed=True, because=_WEIGHED)


_EMISSIONS = Text(
    nl="Dit zijn gegevens over emissies in het milieu. Die zijn altijd openbaar: het eerste en "
    "tweede lid van artikel 5.1 Woo gelden er niet voor (lid 7), en het vijfde lid geldt niet voor "
    "milieu-informatie.",
    en="These are data on emissions into the environment. They are always public: the first and "
    "second paragraph of article 5.1 Woo do not apply to them (paragraph 7), and the fifth does "
    "not hold for environmental information.",
)
_ABSOLUTE = Text(
    nl="Een absolute grond: er wordt niet afgewogen. Motiveer uitdrukkelijk.",
    en="An absolute ground: nothing is weighed. Give explicit reasons.",
)
_WEIGHED = Text(
    nl="Een relatieve grond: weeg het belang af tegen openbaarheid en motiveer dat uitdrukkelijk.",
    en="A relative ground: weigh the interest against openness, and give explicit reasons.",
)
_ENVIRONMENTAL: Mapping[str, Withholding] = MappingProxyType(
    {
        "bedrijfsgegevens": Withholding(
            allowed=True,
            because=Text(
                nl="Milieu-informatie: alleen als openbaarheid ernstig schaadt én het algemeen "
                "belang niet zwaarder weegt (lid 6).",
                en="Environmental information: only if openness harms seriously and the public "
                "interest does not outweigh that (paragraph 6).",
            ),
        ),
        "financieel_belang": Withholding(
            allowed=True,
            because=Text(
                nl="Milieu-informatie: alleen voor handelingen met een vertrouwelijk karakter.",
                en="Environmental information: only for acts of a confidential nature.",
            ),
        ),
        "onevenredige_benadeling": Withholding(
            allowed=False,
            because=Text(
                nl="Deze grond geldt niet voor milieu-informatie (lid 5).",
                en="This ground does not hold for environmental information (paragraph 5).",
            ),
        ),
    }
)
