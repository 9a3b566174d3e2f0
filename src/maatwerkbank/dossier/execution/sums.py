# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sum of each kind of clause, line by line.

Takes     the terms of the clause, and facts of which `consequence` made sure that they are there.
Gives     the lines; the last one is what the clause comes to.
Leaves    what is lacking to `consequence`. Every amount is positive.
"""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from maatwerkbank.dossier.execution.facts import Facts, Step
from maatwerkbank.dossier.execution.kpi import performance
from maatwerkbank.dossier.money.amounts import NIL, cents
from maatwerkbank.ground.language import Text

NONE_AT_ALL = Decimal(0)
DAYS_IN_A_YEAR = 365
RATIO = Decimal("0.000001")


# ── performance ───────────────────────────────────────────────────────────────────────────────


def _achieved(facts: Facts) -> tuple[Step, Decimal]:
    share = performance(
        baseline=_given(facts.baseline), target=facts.promised, realised=facts.realised
    )
    share = _rounded(NONE_AT_ALL if share is None else share)
    step = Step(
        Text(nl="Prestatie", en="Performance"),
        Text(
            nl="(uitgangswaarde − gerealiseerd) ÷ (uitgangswaarde − beloofd), van 0 tot 1",
            en="(baseline − realised) ÷ (baseline − promised), from 0 to 1",
        ),
        share,
        "share",
    )
    return step, share


def _of_the_year(facts: Facts) -> list[Step]:
    return [
        Step(
            Text(nl="Uitgangswaarde", en="Baseline"),
            Text(nl="uit de definitie van de indicator", en="from the definition of the indicator"),
            _given(facts.baseline),
            "quantity",
        ),
        *_promised_and_realised(facts),
    ]


def _promised_and_realised(facts: Facts) -> list[Step]:
    return [
        Step(
            Text(nl=f"Beloofd in {facts.year}", en=f"Promised in {facts.year}"),
            Text(nl="uit de afspraak", en="from the agreement"),
            _given(facts.promised),
            "quantity",
        ),
        Step(
            Text(nl=f"Gerealiseerd in {facts.year}", en=f"Realised in {facts.year}"),
            Text(nl="geverifieerd cijfer uit de rapportage", en="verified figure of the report"),
            _given(facts.realised),
            "quantity",
        ),
    ]


def _linear_payment(terms: Mapping[str, Decimal], facts: Facts) -> list[Step]:
    achieved, share = _achieved(facts)
    return [
        *_of_the_year(facts),
        achieved,
        _term("Bedrag bij volle prestatie", "Amount at full performance", terms["amount"]),
        _amount("bedrag × prestatie", "amount × performance", terms["amount"] * share),
    ]


def _holdback_lost(terms: Mapping[str, Decimal], facts: Facts) -> list[Step]:
    achieved, share = _achieved(facts)
    lost = terms["amount"] * (1 - share)
    return [
        *_of_the_year(facts),
        achieved,
        _term("Ingehouden bedrag", "Amount held back", terms["amount"]),
        _amount(
            "ingehouden bedrag × (1 − prestatie)", "amount held back × (1 − performance)", lost
        ),
    ]


def _claw_back(terms: Mapping[str, Decimal], facts: Facts) -> list[Step]:
    promised = _given(facts.promised)
    gap = max(abs(promised - _given(facts.baseline)) - _gained(facts), NONE_AT_ALL)
    free = abs(promised - _given(facts.baseline)) * terms.get("free_share", NONE_AT_ALL)
    counted = max(gap - free, NONE_AT_ALL)
    asked = cents(counted * terms["rate"])
    steps = [
        *_promised_and_realised(facts),
        Step(
            Text(nl="Ontbrekende tonnen", en="Missing tonnes"),
            Text(nl="beloofd − gerealiseerd, niet onder 0", en="promised − realised, not below 0")
            if promised >= _given(facts.baseline)
            else Text(
                nl="gerealiseerd − beloofd, niet onder 0", en="realised − promised, not below 0"
            ),
            gap,
            "quantity",
        ),
    ]
    if free:
        steps.append(
            Step(
                Text(nl="Daarvan zonder gevolg", en="Of which free"),
                Text(nl="vrij deel × belofte", en="free share × promise"),
                min(free, gap),
                "quantity",
            )
        )
    return [
        *steps,
        Step(
            Text(nl="Bedrag per ontbrekende ton", en="Amount per missing tonne"),
            Text(nl="uit de bepaling", en="from the clause"),
            terms["rate"],
            "eur_per_t",
        ),
        *_capped(
            asked,
            terms,
            facts,
            Text(
                nl="tonnen met gevolg × bedrag per ton", en="tonnes that count × amount per tonne"
            ),
        ),
    ]


def _gained(facts: Facts) -> Decimal:
    """How far from the baseline towards the promise; below nought where it went the other way."""
    up = _given(facts.promised) >= _given(facts.baseline)
    moved = _given(facts.realised) - _given(facts.baseline)
    return moved if up else -moved


def _late_delivery(terms: Mapping[str, Decimal], facts: Facts) -> list[Step]:
    late, free = _given(facts.months_late), terms.get("free_months", NONE_AT_ALL)
    counted = max(late - free, NONE_AT_ALL)
    return [
        Step(
            Text(nl="Maanden te laat", en="Months late"),
            facts.late_from or WHOLE_MONTHS,
            late,
            "months",
        ),
        Step(
            Text(nl="Maanden die tellen", en="Months that count"),
            Text(
                nl="maanden te laat − maanden zonder gevolg",
                en="months late − months without consequence",
            ),
            counted,
            "months",
        ),
        Step(
            Text(nl="Bedrag per maand", en="Amount a month"),
            Text(nl="uit de bepaling", en="from the clause"),
            terms["rate"],
            "eur_per_month",
        ),
        *_capped(
            cents(counted * terms["rate"]),
            terms,
            facts,
            Text(
                nl="maanden die tellen × bedrag per maand", en="months that count × amount a month"
            ),
        ),
    ]


def _capped(
    asked: Decimal, terms: Mapping[str, Decimal], facts: Facts, formula: Text
) -> list[Step]:
    """Never more than the cap of the clause, nor than what was paid."""
    limits = [("de betaling", "what was paid", facts.paid)]
    if "cap" in terms:
        limits.append(("het maximum van de bepaling", "the cap of the clause", terms["cap"]))
    name_nl, name_en, limit = min(limits, key=lambda each: each[2])
    steps = [Step(Text(nl="Gevraagd", en="Asked"), formula, asked, "eur")]
    for nl, en, value in limits:
        steps.append(
            Step(
                Text(nl=f"Grens: {nl}", en=f"Limit: {en}"),
                Text(nl="meer gaat niet terug", en="no more goes back"),
                value,
                "eur",
            )
        )
    bound = asked > limit
    told = (
        Text(nl=f"begrensd door {name_nl}", en=f"limited by {name_en}")
        if bound
        else Text(nl="gevraagd, binnen de grens", en="asked, within the limit")
    )
    return [*steps, Step(COMES_TO, told, min(asked, limit), "eur")]


# ── money ─────────────────────────────────────────────────────────────────────────────────────


def _interest(terms: Mapping[str, Decimal], facts: Facts) -> list[Step]:
    assert facts.since is not None  # noqa: S101  (`NEEDS` says so)
    assert facts.until is not None  # noqa: S101
    days = Decimal(max((facts.until - facts.since).days, 0))
    principal = _given(facts.principal)
    return [
        _term("Terug te vorderen bedrag", "Amount to be taken back", principal),
        Step(
            Text(nl="Dagen", en="Days"),
            Text(
                nl=f"van de betaling op {facts.since} tot {facts.until}",
                en=f"from the payment on {facts.since} to {facts.until}",
            ),
            days,
            "days",
        ),
        Step(
            Text(nl="Rente per jaar", en="Interest a year"),
            Text(nl="uit de bepaling; enkelvoudig", en="from the clause; simple"),
            terms["rate"],
            "share",
        ),
        _amount(
            "bedrag × rente × dagen ÷ 365",
            "amount × interest × days ÷ 365",
            principal * terms["rate"] * days / DAYS_IN_A_YEAR,
        ),
    ]


def _return_of_gains(terms: Mapping[str, Decimal], facts: Facts) -> list[Step]:
    price = facts.prices[facts.year]
    gained = (price - terms["planned_price"]) * terms["quantity"]
    result = terms["planned_result"] + gained
    above = max(result - terms["agreed_result"], NONE_AT_ALL)
    asked = cents(above * terms["share"])
    room = max(facts.paid - facts.returned, NIL)
    return [
        Step(
            Text(nl=f"Prijs in {facts.year}", en=f"Price in {facts.year}"),
            facts.price_from or ACTUAL_PRICE,
            price,
            "eur_per_unit",
        ),
        Step(
            Text(nl="Resultaat", en="Result"),
            Text(
                nl="voorzien resultaat + (prijs − gerekende prijs) × hoeveelheid",
                en="foreseen result + (price − reckoned price) × quantity",
            ),
            cents(result),
            "eur",
        ),
        Step(
            Text(nl="Boven het afgesproken resultaat", en="Above the agreed result"),
            Text(nl="resultaat − afgesproken, niet onder 0", en="result − agreed, not below 0"),
            cents(above),
            "eur",
        ),
        Step(
            Text(nl="Gevraagd", en="Asked"),
            Text(nl="deel dat terugvloeit × daarboven", en="share that flows back × above"),
            asked,
            "eur",
        ),
        Step(
            Text(nl="Nog niet teruggevloeid", en="Not flowed back yet"),
            Text(nl="betaald − eerder teruggevloeid", en="paid − flowed back before"),
            room,
            "eur",
        ),
        Step(
            COMES_TO,
            Text(nl="het laagste van beide", en="the lower of the two"),
            min(asked, room),
            "eur",
        ),
    ]


WHOLE_MONTHS = Text(
    nl="hele maanden na de afgesproken dag, zoals opgegeven",
    en="whole months after the agreed day, as given",
)
ACTUAL_PRICE = Text(nl="werkelijke prijs", en="actual price")
COMES_TO = Text(nl="Gevolg", en="Consequence")


def _amount(nl: str, en: str, value: Decimal) -> Step:
    return Step(COMES_TO, Text(nl=nl, en=en), cents(value), "eur")


def _term(nl: str, en: str, value: Decimal) -> Step:
    return Step(
        Text(nl=nl, en=en), Text(nl="uit de bepaling", en="from the clause"), cents(value), "eur"
    )


def _given(value: Decimal | None) -> Decimal:
    assert value is not None  # noqa: S101  (`NEEDS` says so)
    return value


def _rounded(share: Decimal) -> Decimal:
    """A share in six decimals, so that what is shown is what is reckoned with."""
    return share.quantize(RATIO, ROUND_HALF_UP)


SUMS: Mapping[str, Callable[[Mapping[str, Decimal], Facts], list[Step]]] = MappingProxyType(
    {
        "linear_payment": _linear_payment,
        "holdback_lost": _holdback_lost,
        "claw_back": _claw_back,
        "late_delivery": _late_delivery,
        "interest": _interest,
        "return_of_gains": _return_of_gains,
    }
)
