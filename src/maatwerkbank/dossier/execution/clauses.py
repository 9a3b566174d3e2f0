# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a clause about money may say: its kinds, and the terms that each needs.

Takes     the kind of a clause and its terms, as the agreement gives them.
Gives     a value that `consequence` reads; every term that is lacking or wrong, at once.
Leaves    the arithmetic to `consequence`. Terms have no default: the agreement sets them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text


@dataclass(frozen=True)
class Term:
    """A number that a clause needs, or may have (`optional`)."""

    label: Text
    unit: str
    """`eur`, `share`, `eur_per_t`, `eur_per_month`, `months`, `units` or `eur_per_unit`."""
    optional: bool = False


@dataclass(frozen=True)
class ClauseKind:
    """A kind of clause. `effect`: `pays`, `withholds` or `takes_back`."""

    label: Text
    effect: str
    terms: Mapping[str, Term]
    needs_kpi: bool = True


AMOUNT = Term(Text(nl="Bedrag bij volle prestatie", en="Amount at full performance"), "eur")
CAP = Term(Text(nl="Ten hoogste", en="At most"), "eur", optional=True)
KINDS_OF_EFFECT: Mapping[str, Text] = MappingProxyType(
    {
        "pays": Text(nl="te betalen", en="to be paid"),
        "withholds": Text(nl="in te houden", en="to be withheld"),
        "takes_back": Text(nl="terug te vorderen", en="to be taken back"),
    }
)
CLAUSE_KINDS: Mapping[str, ClauseKind] = MappingProxyType(
    {
        "linear_payment": ClauseKind(
            Text(nl="Betaling naar prestatie", en="Payment by performance"),
            "pays",
            {"amount": AMOUNT},
        ),
        "holdback_lost": ClauseKind(
            Text(nl="Inhouding vervalt naar tekort", en="Holdback lost by shortfall"),
            "withholds",
            {"amount": Term(Text(nl="Ingehouden bedrag", en="Amount held back"), "eur")},
        ),
        "claw_back": ClauseKind(
            Text(nl="Terugvordering per ontbrekende ton", en="Claw-back per missing tonne"),
            "takes_back",
            {
                "rate": Term(
                    Text(nl="Bedrag per ontbrekende ton", en="Amount per missing tonne"),
                    "eur_per_t",
                ),
                "free_share": Term(
                    Text(nl="Vrij deel van de belofte", en="Share of the promise that is free"),
                    "share",
                    optional=True,
                ),
                "cap": CAP,
            },
        ),
        "late_delivery": ClauseKind(
            Text(nl="Te late oplevering, per maand", en="Late delivery, by the month"),
            "takes_back",
            {
                "rate": Term(
                    Text(nl="Bedrag per maand te laat", en="Amount per month late"),
                    "eur_per_month",
                ),
                "free_months": Term(
                    Text(nl="Maanden zonder gevolg", en="Months without consequence"),
                    "months",
                    optional=True,
                ),
                "cap": CAP,
            },
            needs_kpi=False,
        ),
        "interest": ClauseKind(
            Text(nl="Rente over terug te vorderen bedrag", en="Interest on what is taken back"),
            "takes_back",
            {"rate": Term(Text(nl="Rente per jaar", en="Interest a year"), "share")},
            needs_kpi=False,
        ),
        "return_of_gains": ClauseKind(
            Text(nl="Teruggave bij hoge prijzen", en="Return at high prices"),
            "takes_back",
            {
                "planned_price": Term(
                    Text(nl="Prijs waarmee is gerekend", en="Price that was reckoned with"),
                    "eur_per_unit",
                ),
                "quantity": Term(
                    Text(nl="Hoeveelheid per jaar", en="Quantity a year"),
                    "units",
                ),
                "planned_result": Term(
                    Text(nl="Resultaat dat was voorzien", en="Result that was foreseen"), "eur"
                ),
                "agreed_result": Term(
                    Text(nl="Resultaat dat het bedrijf houdt", en="Result that the company keeps"),
                    "eur",
                ),
                "share": Term(Text(nl="Deel dat terugvloeit", en="Share that flows back"), "share"),
            },
            needs_kpi=False,
        ),
    }
)


@dataclass(frozen=True)
class Clause:
    """A clause of an agreement or a subsidy decision, as data. `place` says where it stands."""

    key: str
    kind: str
    name: Text
    terms: Mapping[str, Decimal] = field(default_factory=dict)
    kpi: str = ""
    place: str = ""


def lacks_of_clause(clause: Clause) -> list[Finding]:
    """Why it cannot be reckoned with: every term that is lacking or wrong."""
    kind = CLAUSE_KINDS.get(clause.kind)
    if kind is None:
        return [_lack("kind", Text(nl="een soort", en="a kind"), clause.kind or "-")]
    found = [
        _lack(key, term.label, "-")
        for key, term in kind.terms.items()
        if key not in clause.terms and not term.optional
    ]
    found.extend(
        _lack(key, Text(nl="hoort hier niet bij", en="does not belong here"), str(value))
        for key, value in clause.terms.items()
        if key not in kind.terms
    )
    for key, value in clause.terms.items():
        share = key in kind.terms and kind.terms[key].unit == "share"
        if (value < 0 and "result" not in key) or (share and value > 1):
            limits = Text(nl="0 tot 100%", en="0 to 100%")
            found.append(
                _lack(key, limits if share else Text(nl="nul of meer", en="nought or more"), "-")
            )
    if kind.needs_kpi and not clause.kpi:
        found.append(_lack("kpi", Text(nl="een indicator", en="an indicator"), "-"))
    return found


def _lack(place: str, expected: Text, found: str) -> Finding:
    remedy = Text(nl="vul dit aan", en="complete this")
    return Finding("error", "clause", place, expected, found, remedy)
