# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does a clause come to, along these facts, and how?

Takes     a clause as data and the facts of a year: promised, realised, months late, prices.
Gives     an amount with every step of the sum, or what is lacking: absent stays absent.
Leaves    the decision. A person decides, and may decide otherwise with a reason (hardship, force
          majeure); what is reckoned here is shown before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from maatwerkbank.dossier.execution.clauses import CLAUSE_KINDS, Clause
from maatwerkbank.dossier.execution.facts import Facts, Step
from maatwerkbank.dossier.execution.sums import SUMS
from maatwerkbank.ground.language import Text

__all__ = ["Consequence", "Facts", "Step", "consequence"]


@dataclass(frozen=True)
class Consequence:
    """What the clause comes to. `amount` is None where something is lacking."""

    clause: Clause
    effect: str
    amount: Decimal | None
    steps: tuple[Step, ...] = ()
    lacks: tuple[Text, ...] = ()


def consequence(clause: Clause, facts: Facts) -> Consequence:
    """The amount that the clause gives for these facts, step by step."""
    effect = CLAUSE_KINDS[clause.kind].effect
    lacks = tuple(told for name, told in NEEDS[clause.kind].items() if _absent(facts, name))
    if lacks:
        return Consequence(clause, effect, None, lacks=lacks)
    steps = tuple(SUMS[clause.kind](clause.terms, facts))
    return Consequence(clause, effect, steps[-1].value, steps)


def _absent(facts: Facts, name: str) -> bool:
    if name == "prices":
        return facts.year not in facts.prices
    return getattr(facts, name) is None


_BASELINE = {"baseline": Text(nl="de uitgangswaarde", en="the baseline")}
_RESULT = {
    **_BASELINE,
    "promised": Text(nl="wat voor dit jaar is beloofd", en="what is promised for this year"),
    "realised": Text(
        nl="een geverifieerd cijfer over dit jaar", en="a verified figure of this year"
    ),
}
NEEDS: Mapping[str, Mapping[str, Text]] = MappingProxyType(
    {
        "linear_payment": _RESULT,
        "holdback_lost": _RESULT,
        "claw_back": _RESULT,
        "late_delivery": {
            "months_late": Text(
                nl="hoeveel maanden het te laat is", en="how many months it is late"
            )
        },
        "interest": {
            "principal": Text(
                nl="een besluit over wat wordt teruggevorderd",
                en="a decision on what is taken back",
            ),
            "since": Text(nl="de dag van de betaling", en="the day of the payment"),
            "until": Text(nl="de dag tot wanneer", en="the day until which"),
        },
        "return_of_gains": {
            "prices": Text(
                nl="de werkelijke prijs van dit jaar", en="the actual price of this year"
            ),
            "price_from": Text(nl="de bron van die prijs", en="the source of that price"),
        },
    }
)
