# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Does what is offered stay within the mandate, and what was traded for what?

Takes     mandates (by whom, range, until), and moves: asks, offers and concessions of both sides.
Gives     the mandate that held on a day; findings on an offer outside it or after its end.
Leaves    who may read this to `web/people/access.py`: the team of the State only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text


@dataclass(frozen=True)
class Subject:
    """Something that may be bargained over, and its unit; None for words without a figure."""

    label: Text
    unit: Text | None


SUBJECTS: Mapping[str, Subject] = MappingProxyType(
    {
        "subsidy_eur": Subject(Text(nl="Subsidie", en="Subsidy"), Text(nl="EUR", en="EUR")),
        "gross_t": Subject(
            Text(nl="Bruto reductie in 2030", en="Gross reduction in 2030"),
            Text(nl="t per jaar", en="t a year"),
        ),
        "additional_t": Subject(
            Text(nl="Additionele reductie in 2030", en="Additional reduction in 2030"),
            Text(nl="t per jaar", en="t a year"),
        ),
        "nox_t": Subject(
            Text(nl="Minder stikstofoxiden (NOx)", en="Less nitrogen oxides (NOx)"),
            Text(nl="t NOx per jaar", en="t NOx a year"),
        ),
        "holdback": Subject(
            Text(nl="Inhouding", en="Holdback"),
            Text(nl="procent van de subsidie", en="per cent of the subsidy"),
        ),
        "infrastructure": Subject(Text(nl="Infrastructuur", en="Infrastructure"), None),
        "permits": Subject(Text(nl="Vergunningen", en="Permits"), None),
        "other": Subject(Text(nl="Anders", en="Other"), None),
    }
)
MOVES: Mapping[str, Text] = MappingProxyType(
    {
        "ask": Text(nl="vraag", en="ask"),
        "offer": Text(nl="aanbod", en="offer"),
        "concession": Text(nl="toegeving", en="concession"),
    }
)
SIDES: Mapping[str, Text] = MappingProxyType(
    {"state": Text(nl="Staat", en="State"), "company": Text(nl="bedrijf", en="company")}
)


@dataclass(frozen=True)
class Mandate:
    """Who allows the team to offer what: from `low` to `high`, from a day until a day, both in it.

    A bound that is None is not set; a subject without figures has neither.
    """

    subject: str
    given_by: str
    low: float | None
    high: float | None
    since: date
    until: date

    def holds(self, on: date) -> bool:
        """Whether it held on that day."""
        return self.since <= on <= self.until


@dataclass(frozen=True)
class Move:
    """One step at the table; `amount` in the unit of the subject, None where it has no figure."""

    kind: str
    side: str
    subject: str
    amount: float | None
    on: date


def mandate_on(mandates: Iterable[Mandate], subject: str, on: date) -> Mandate | None:
    """The last given mandate on a subject that held on that day."""
    holding = [each for each in mandates if each.subject == subject and each.holds(on)]
    return max(holding, key=lambda each: each.since, default=None)


def lacks_of_mandate(mandate: Mandate) -> tuple[Finding, ...]:
    """A range that is upside down, or an end before its start."""
    found = []
    if mandate.low is not None and mandate.high is not None and mandate.high < mandate.low:
        found.append(
            _finding(
                "mandate.range",
                "high",
                Text(nl="ten minste de ondergrens", en="at least the lower bound"),
                _figure(mandate.high),
            )
        )
    if mandate.until < mandate.since:
        found.append(
            _finding(
                "mandate.until",
                "until",
                Text(nl="een dag na het begin", en="a day after the start"),
                mandate.until.isoformat(),
            )
        )
    return tuple(found)


def outside(move: Move, mandates: Iterable[Mandate]) -> tuple[Finding, ...]:
    """What is wrong with an offer or concession of the State, held against the mandates.

    A move of the company, and an ask, need no mandate.
    """
    if move.side != "state" or move.kind == "ask":
        return ()
    about = [each for each in mandates if each.subject == move.subject]
    mandate = mandate_on(about, move.subject, move.on)
    if mandate is None:
        return (_without(move, about),)
    if move.amount is None:
        return ()
    if mandate.high is not None and move.amount > mandate.high:
        return (_beyond(move, mandate, mandate.high, above=True),)
    if mandate.low is not None and move.amount < mandate.low:
        return (_beyond(move, mandate, mandate.low, above=False),)
    return ()


def _without(move: Move, about: list[Mandate]) -> Finding:
    ended = [each for each in about if each.until < move.on]
    label = SUBJECTS[move.subject].label
    if ended:
        last = max(ended, key=lambda each: each.until)
        return _finding(
            "negotiation.mandate-ended",
            "on",
            Text(
                nl=f"uiterlijk {last.until}: toen eindigde het mandaat van {last.given_by}",
                en=f"at the latest {last.until}: then the mandate of {last.given_by} ended",
            ),
            move.on.isoformat(),
        )
    return _finding(
        "negotiation.no-mandate",
        "subject",
        Text(nl=f"een mandaat over {label.nl.lower()}", en=f"a mandate on {label.en.lower()}"),
        Text(nl="geen", en="none"),
    )


def _beyond(move: Move, mandate: Mandate, bound: float, *, above: bool) -> Finding:
    unit = SUBJECTS[move.subject].unit or Text(nl="", en="")
    assert move.amount is not None  # noqa: S101  (who calls has looked)
    by = abs(move.amount - bound)
    return _finding(
        "negotiation.outside-mandate",
        "amount",
        Text(
            nl=f"{'ten hoogste' if above else 'ten minste'} {_figure(bound).nl} {unit.nl}, "
            f"volgens het mandaat van {mandate.given_by}",
            en=f"{'at most' if above else 'at least'} {_figure(bound).en} {unit.en}, "
            f"by the mandate of {mandate.given_by}",
        ),
        Text(
            nl=f"{_figure(move.amount).nl} {unit.nl}: {_figure(by).nl} "
            f"{'meer' if above else 'minder'}",
            en=f"{_figure(move.amount).en} {unit.en}: {_figure(by).en} "
            f"{'more' if above else 'less'}",
        ),
    )


def _figure(value: float) -> Text:
    shown = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
    return Text(nl=shown.translate(str.maketrans(",.", ".,")), en=shown)


def _finding(code: str, place: str, expected: Text, found: Text | str) -> Finding:
    remedy = Text(
        nl="vraag een ruimer mandaat, of wijzig het aanbod",
        en="ask for a wider mandate, or change the offer",
    )
    return Finding("error", code, place, expected, found, remedy)
