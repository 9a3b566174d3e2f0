# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Results that cannot be judged, or not in full: why, and who can give what is lacking.

Takes     the key of a result and what stands in its way.
Gives     values, in Dutch and English; a null without a reason does not leave this program.
Leaves    finding out what stands in the way to `assessment`.
"""

from dataclasses import dataclass

from maatwerkbank.economics.unknowns import Swing


@dataclass(frozen=True)
class Lack:
    """A result that cannot be judged, or not in full: why, and who can give what is lacking."""

    figure: str
    reason: str  # absent | interval | sign_open | undefined
    place: str  # of the figure, or the name that several move with
    members: tuple[str, ...]
    why: dict[str, str]
    ask: dict[str, str]


NO_SPLIT = {
    "nl": "zonder openbare verdeling over producten is het benchmarkbedrag na 2025 niet te geven",
    "en": "without a public split by product the benchmark amount after 2025 cannot be given",
}
ASK_SPLIT = {
    "nl": "de onderneming of de Nederlandse Emissieautoriteit",
    "en": "the firm or the Dutch Emissions Authority",
}
_INTERVAL = {
    "nl": "alleen een bereik is bekend, zonder midden uit een bron",
    "en": "only a range is known, without a centre from a source",
}
_GIVE_CENTRE = {
    "nl": "geef een waarde met bron",
    "en": "give a value with a source",
}


def only_a_range(key: str, place: str, members: tuple[str, ...]) -> Lack:
    """A result that hangs on a range without a centre."""
    return Lack(key, "interval", place, members, _INTERVAL, _GIVE_CENTRE)


def undefined(key: str) -> Lack:
    """A result that does not exist for this case."""
    return Lack(
        key,
        "undefined",
        "",
        (),
        {
            "nl": "er zijn geen tonnen om door te delen, of het jaar 2030 valt buiten de casus",
            "en": "there are no tonnes to divide by, or the year 2030 is outside the case",
        },
        {"nl": "niemand: de uitkomst bestaat niet", "en": "nobody: the outcome does not exist"},
    )


def sign_open(swings: tuple[Swing, ...]) -> Lack:
    """A net present value of which the ranges leave the sign open."""
    widest = ", ".join(swing.place for swing in swings[:3])
    return Lack(
        "npv_eur",
        "sign_open",
        widest,
        tuple(member for swing in swings[:3] for member in swing.members),
        {
            "nl": "de bereiken laten het teken van de netto contante waarde open",
            "en": "the ranges leave the sign of the net present value open",
        },
        {
            "nl": "versmal de bereiken die het meest wegen",
            "en": "narrow the ranges that weigh most",
        },
    )
