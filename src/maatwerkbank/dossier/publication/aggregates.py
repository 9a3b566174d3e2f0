# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Does a total over firms reveal the figure of one of them?

Takes     a total with the firms that it is over, the totals that are public already, and the firms
          whose own figure is public.
Gives     a finding per firm that would be revealed. With findings a total needs a decision.
Leaves    what can be guessed: that no figure is below nought, that two firms are of one size. Of
          totals that are about different things nothing is compared.

Two kinds of readers reckon with totals. The public has the totals; a firm has its own figure
besides. So a total over two firms tells each of them what the other has. Whether somebody can
compute a figure is a matter of linear algebra: the totals are equations, the figures that are not
public are the unknowns, and a figure is revealed where the equations fix it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text


@dataclass(frozen=True, slots=True)
class Total:
    """A total over firms. `about` says of what: quantity, version, kind, unit and year in one."""

    id: str
    about: str
    firms: frozenset[str]


def reveals(
    total: Total, released: Iterable[Total] = (), public: Collection[str] = ()
) -> tuple[Finding, ...]:
    """The firms whose figure `total` gives away beside what was `released` already.

    `public`: firms whose own figure of this is public. What the released totals gave away before,
    is not told again.

    >>> [each.code for each in reveals(Total("t", "co2", frozenset({"a", "b"})))]
    ['total.reveals', 'total.reveals']
    >>> reveals(Total("t", "co2", frozenset({"a", "b", "c"})))
    ()
    """
    others = [each for each in released if each.about == total.about]
    before = solvable(others, public)
    after = solvable([*others, total], public)
    return tuple(_finding(firm, after[firm]) for firm in sorted(after) if firm not in before)


def solvable(totals: Iterable[Total], public: Collection[str] = ()) -> dict[str, str | None]:
    """Firms whose figure follows from these totals, each with who can compute it.

    None: everybody can. Otherwise a firm that knows its own figure.
    """
    hidden = [each.firms - set(public) for each in totals]
    names = sorted(set().union(*hidden))
    rows = [[Fraction(name in firms) for name in names] for firms in hidden]
    found: dict[str, str | None] = dict.fromkeys(_solved(rows, names))
    for place, insider in enumerate(names):
        own = [Fraction(place == each) for each in range(len(names))]
        for firm in _solved([*rows, own], names):
            if firm != insider:
                found.setdefault(firm, insider)
    return found


def _solved(rows: Iterable[list[Fraction]], names: list[str]) -> list[str]:
    """The unknowns that the equations fix: alone in a row of the reduced form."""
    reduced = _reduced(rows, len(names))
    alone = [[place for place, value in enumerate(row) if value] for row in reduced]
    return [names[places[0]] for places in alone if len(places) == 1]


def _reduced(rows: Iterable[list[Fraction]], width: int) -> list[list[Fraction]]:
    """The rows in reduced echelon form, in exact fractions; rows of nought are left out."""
    left = [list(row) for row in rows]
    done: list[list[Fraction]] = []
    for column in range(width):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        left = [_without(row, pivot, column) for row in left]
        done = [*(_without(row, pivot, column) for row in done), pivot]
    return done


def _without(row: list[Fraction], pivot: list[Fraction], column: int) -> list[Fraction]:
    factor = row[column]
    if not factor:
        return row
    return [value - factor * other for value, other in zip(row, pivot, strict=True)]


def _finding(firm: str, insider: str | None) -> Finding:
    if insider is None:
        found = Text(
            nl="een totaal waaruit iedereen het cijfer van dit bedrijf kan uitrekenen",
            en="a total from which everybody can compute the figure of this firm",
        )
    else:
        found = Text(
            nl=f"een totaal waaruit {insider} het cijfer van dit bedrijf kan uitrekenen",
            en=f"a total from which {insider} can compute the figure of this firm",
        )
    return Finding(
        "error",
        "total.reveals",
        firm,
        Text(
            nl="een totaal dat geen cijfer van één bedrijf prijsgeeft",
            en="a total that gives away no figure of one firm",
        ),
        found,
        Text(
            nl="neem meer bedrijven in het totaal op, of besluit met een reden dat het zo kan",
            en="put more firms in the total, or decide with a reason that it can be so",
        ),
    )
