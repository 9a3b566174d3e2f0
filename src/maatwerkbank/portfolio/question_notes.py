# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a reader of a choice has to know: what its figures rest on, and what they leave out.

Takes     the drafts that take part, where they come from, the limits.
Gives     sentences in Dutch and English, only those that apply.
Leaves    what is not public about infrastructure to `shared_use`.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.candidates import (
    HYDROGEN_NETWORK,
    POWER_GRID,
    Counts,
    Draft,
    FromCases,
)
from maatwerkbank.portfolio.candidates_file import FromFile
from maatwerkbank.portfolio.choice.terms import Limits

_COUNTS: dict[Counts, Text] = {
    "2030": Text(
        nl="Additionele tonnen zijn die van 2030.", en="Additional tonnes are those of 2030."
    ),
    "all_years": Text(
        nl=(
            "Additionele tonnen zijn die van alle jaren samen, teruggebracht naar het "
            "waarderingsjaar tegen de rentevoet van de casus."
        ),
        en=(
            "Additional tonnes are those of all years together, brought to the valuation year at "
            "the rate of the case."
        ),
    ),
}
_MONEY = Text(
    nl=(
        "Publiek geld van een casus is wat is toegekend, in de jaren waarin het wordt betaald, en "
        "wat dan nog nodig is: het gemiddelde over de trekkingen van wat het plan tekortkomt, als "
        "subsidie betaald zoals de investering. Zo veel kost gemiddeld een contract dat precies "
        "het tekort dekt; een vast bedrag vooraf kost iets anders."
    ),
    en=(
        "Public money of a case is what was awarded, in the years in which it is paid, and what "
        "is then still needed: the mean over the draws of what the plan is short of, as a grant "
        "paid as the investment is made. That is the mean cost of a contract that covers just the "
        "shortfall; a sum that is fixed beforehand costs something else."
    ),
)
_PLANNED = Text(
    nl="Betaling en gebruik van leidingen staan in het jaar dat bij de start hoort, ook in "
    "trekkingen waarin het project later komt.",
    en="Payments and use of pipelines stand in the year that goes with the start, also in draws in "
    "which the project comes later.",
)
_GIVEN = Text(
    nl="Opties uit het document zijn niet nagerekend; elke is voor zich getrokken, tenzij het "
    "document een lijst per trekking geeft.",
    en="Options of the document were not checked by a sum of our own; each is drawn for itself, "
    "unless the document gives a list by draw.",
)
_POWER = Text(
    nl="Vermogen en waterstof van een casus zijn gemiddelden over de uren van een jaar: een casus "
    "noemt geen aansluiting.",
    en="Power and hydrogen of a case are means over the hours of a year: a case states no "
    "connection.",
)
_NO_BUDGET = Text(nl="Er is geen budget gegeven.", en="No budget was given.")


def notes_of(
    drafts: Mapping[str, Draft],
    from_cases: FromCases | None,
    from_file: FromFile | None,
    limits: Limits,
) -> Iterator[Text]:
    """What the figures rest on, and what they leave out."""
    of_cases = [each for each in drafts.values() if each.origin.kind == "case"]
    if from_cases:
        yield _COUNTS[from_cases.counts]
        yield _MONEY
        yield _PLANNED
        if from_cases.law.removes("levy"):
            yield _FROZEN
    if from_file and from_file.file.content.options:
        yield _GIVEN
    if any(POWER_GRID in each.uses or HYDROGEN_NETWORK in each.uses for each in of_cases):
        yield _POWER
    spent = [each.id for each in of_cases if each.money and each.money.before_eur > 0.0]
    if spent:
        named = ", ".join(spent)
        yield Text(
            nl=f"Betaald voor {limits.years[0]}, en dus niet meegeteld: een deel van {named}.",
            en=f"Paid before {limits.years[0]}, and so not counted: part of {named}.",
        )
    large = [e.id for e in of_cases if e.money and e.money.needed_eur > e.money.investment_eur]
    if large:
        named = ", ".join(large)
        yield Text(
            nl=(
                "Meer nodig dan de hele investering, wat als subsidie daarop niet kan en om steun "
                f"in de exploitatie vraagt: {named}."
            ),
            en=(
                "More is needed than the whole investment, which cannot be a grant on it and asks "
                f"for aid in operation: {named}."
            ),
        )
    for name in limits.co_benefit_weights:
        silent = [each.id for each in drafts.values() if name not in each.co_benefits]
        if silent:
            yield Text(
                nl=f"Zonder opgave van {name}, die daar dus niet meetelt: {', '.join(silent)}.",
                en=f"Without a figure for {name}, which is not counted there: {', '.join(silent)}.",
            )
    if not np.isfinite(limits.budget_eur).any():
        yield _NO_BUDGET


_FROZEN = Text(
    nl="Zonder heffing bindt haar pad niet meer en telt elke reductie; de tonnen op het bevroren "
    "pad van de wet zonder variant staan ernaast.",
    en="Without the levy its path no longer binds and every cut counts; the tonnes on the frozen "
    "path of the law without the variant stand beside it.",
)
