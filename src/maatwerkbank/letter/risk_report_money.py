# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Public money under what we do not know: what may be lost or overpaid, what a guarantee is worth.

Takes     the names of a risk (and so the risk itself).
Gives     money at risk, windfall and claw-back; guarantees; regret by policy and family of prices.
Leaves    how large a share goes back, and who gives a guarantee, to the decision.
"""

from collections.abc import Sequence

from maatwerkbank.letter.blocks import Block, Column, Paragraph, Row, Table
from maatwerkbank.letter.numbers import SPACE, euros, number, ratio, tonnes
from maatwerkbank.letter.risk_charts import Regrets, regret_table
from maatwerkbank.letter.risk_measures import listed
from maatwerkbank.letter.risk_names import RiskNames
from maatwerkbank.letter.words import within_sentence
from maatwerkbank.parameters.price_families import family
from maatwerkbank.risk.guarantees import Guarantee
from maatwerkbank.risk.public_money import AtRisk, Windfall
from maatwerkbank.risk.scenarios import Regret
from maatwerkbank.risk.summary import Summary

_DASH = "\N{EN DASH}"


# ── public money ──────────────────────────────────────────────────────────────────────────────


def money(names: RiskNames) -> list[Block]:
    """What the State pays, what that may fail to buy, and what it may pay too much."""
    found = names.risk.leading.money
    if not isinstance(found.nominal, Summary):
        return [names.unknown(found.nominal)]
    if not found.nominal.varies and found.nominal.mean == 0.0:
        return [names.note("risk_report.no_support")]
    paid = _paid(names, found.nominal, found.discounted)
    blocks: list[Block] = [Paragraph((paid,), "lead")]
    blocks += _at_risk(names, found.at_risk)
    blocks += _windfall(names, found.windfall)
    return blocks


def _paid(names: RiskNames, nominal: Summary, discounted: object) -> str:
    if nominal.varies:
        low, high = (euros(nominal.at(p), names.language) for p in (0.10, 0.90))
        said = names.word(
            "risk_report.paid_varies", mean=euros(nominal.mean, names.language), low=low, high=high
        )
    else:
        said = names.word("risk_report.paid", amount=euros(nominal.mean, names.language))
    if isinstance(discounted, Summary):
        year = names.risk.case.valuation_year
        worth = euros(discounted.mean, names.language)
        said = f"{said} {names.word('risk_report.paid_discounted', year=year, amount=worth)}"
    return said


def _at_risk(names: RiskNames, found: AtRisk | None) -> list[Block]:
    law = names.risk.leading
    if found is None:
        if names.risk.promise.tonnes is None:
            return [names.note("risk_report.nothing_promised")]
        return [names.unknown(law.outcomes["additional_2030_t"])]
    if found.missed.probability == 0.0:
        return [Paragraph((names.word("risk_report.never_missed"),))]
    rows = [
        ("missed", names.with_error(found.missed)),
        ("expected", euros(found.expected_eur, names.language)),
        ("if_missed", euros(found.mean_if_missed_eur, names.language)),
        ("p95", euros(found.p95_eur, names.language)),
    ]
    promised = tonnes(names.risk.promise.tonnes, names.language)
    lead = names.word("risk_report.at_risk_lead", tonnes=promised)
    return [Paragraph((lead,)), _pairs(names, "risk_report.table.at_risk", "at_risk", rows)]


def _windfall(names: RiskNames, found: Windfall | None) -> list[Block]:
    law = names.risk.leading
    if found is None:
        return [names.unknown(law.outcomes["npv_eur"])]
    lead = Paragraph((names.word("risk_report.windfall_lead"),))
    if found.chance.probability == 0.0:
        return [lead, Paragraph((names.word("risk_report.no_windfall"),))]
    rows = [
        ("chance", names.with_error(found.chance)),
        ("mean", euros(found.mean_eur, names.language)),
        ("expected", euros(found.expected_eur, names.language)),
    ]
    table = _pairs(names, "risk_report.table.windfall", "windfall", rows)
    back = found.claw_back
    if back is None:
        return [lead, table, names.note("risk_report.no_share")]
    rows = [
        ("share", ratio(back.share, names.language)),
        ("planned_gap", euros(back.planned_gap_eur, names.language)),
        ("taken_back", names.with_error(back.taken_back)),
        ("expected", euros(back.expected_eur, names.language)),
        ("of_windfall", euros(back.expected_of_windfall_eur, names.language)),
    ]
    return [lead, table, _pairs(names, "risk_report.table.claw_back", "claw_back", rows)]


def _pairs(names: RiskNames, caption: str, group: str, rows: list[tuple[str, str]]) -> Table:
    return Table(
        names.word(caption),
        (
            Column(names.word("column.measure"), share=2.6),
            Column(names.word("column.value"), "number"),
        ),
        tuple(Row(((names.word(f"risk_report.{group}.{key}"),), (value,))) for key, value in rows),
    )


# ── guarantees ────────────────────────────────────────────────────────────────────────────────


def guarantees(names: RiskNames) -> list[Block]:
    """What changes when somebody takes one uncertainty away."""
    found = _once(names.risk.leading.guarantees)
    if not found:
        return [names.note("risk_report.no_guarantees")]
    rows = tuple(_guarantee_row(names, each) for each in _by_worth(found))
    columns = ("worth", "loss", "worst", "tonnes", "paid")
    outcome = names.measure(found[0].outcome).in_sentence()
    table = Table(
        names.word("risk_report.table.guarantees", name=outcome),
        (
            Column(names.word("risk_report.column.guarantee"), share=2),
            *(Column(names.word(f"risk_report.column.{key}"), "number") for key in columns),
        ),
        rows,
    )
    earlier = any(each.kind != "price" and (each.mean_change_eur or 0.0) < 0.0 for each in found)
    note: list[Block] = [names.note("risk_report.earlier_is_dearer")] if earlier else []
    return [names.lead("risk_report.guarantees_lead"), *_dearest(names, found), table, *note]


def _once(found: Sequence[Guarantee]) -> list[Guarantee]:
    """Each once: one cause alone may be all that infrastructure is."""
    shared = {frozenset(each.of) for each in found if each.kind == "infrastructure"}
    return [each for each in found if each.kind != "delay" or frozenset(each.of) not in shared]


def _by_worth(found: Sequence[Guarantee]) -> list[Guarantee]:
    return sorted(found, key=lambda each: -(each.mean_change_eur or 0.0))


def _dearest(names: RiskNames, found: Sequence[Guarantee]) -> list[Block]:
    best = _by_worth(found)[0]
    if best.mean_change_eur is None or best.mean_change_eur < 0.5:
        return [Paragraph((names.word("risk_report.guarantees_nothing"),))]
    said = names.word(
        "risk_report.guarantee_best",
        name=_guarantee_name(names, best),
        amount=euros(best.mean_change_eur, names.language),
    )
    return [Paragraph((said,))]


def _guarantee_row(names: RiskNames, each: Guarantee) -> Row:
    worth = euros(each.mean_change_eur, names.language)
    if each.error_eur is not None and each.mean_change_eur:
        worth = f"{worth} ±{SPACE}{euros(each.error_eur, names.language)}"
    paid = _DASH if each.paid_eur is None else euros(each.paid_eur, names.language)
    loss = names.word("cannot_be_judged")
    if each.below_nil_change is not None:
        loss = number(100 * each.below_nil_change, names.language, 1)
    return Row(
        (
            (_guarantee_name(names, each),),
            (worth,),
            (loss,),
            (euros(each.shortfall_change_eur, names.language),),
            (tonnes(each.additional_2030_change_t, names.language),),
            (paid,),
        )
    )


def _guarantee_name(names: RiskNames, each: Guarantee) -> str:
    if each.kind == "price":
        carriers = [within_sentence(names.carrier(name)) for name in each.of]
        return names.word("risk_report.guarantee.price", name=listed(carriers, names.language))
    causes = [names.word(f"risk_report.cause.{cause}") for cause in each.of]
    listing = listed(causes, names.language) if causes else ""
    return names.word(f"risk_report.guarantee.{each.kind}", causes=listing)


# ── regret ────────────────────────────────────────────────────────────────────────────────────


def regret(names: RiskNames) -> list[Block]:
    """What each policy leaves on the table under each family of prices."""
    found = names.risk.regret
    if found is None:
        return [names.unknown(names.risk.leading.outcomes["npv_eur"])]
    policies = [names.law(names.risk.under(each)) for each in found.judged.policies]
    families = [family(each).label.into(names.language) for each in found.judged.families]
    measure = names.measure(found.outcome)
    shown = Regrets(measure, policies, families, found.judged.regret)
    blocks = regret_table(shown, names.language)
    return [
        names.lead("risk_report.regret_lead"),
        _means(names, found, policies, families),
        *blocks,
    ]


def _means(
    names: RiskNames, found: Regret, policies: Sequence[str], families: Sequence[str]
) -> Table:
    """The means that regret is counted from, each with its sampling error."""

    def cell(mean: float, error: float) -> str:
        told = names.figure(found.outcome, float(mean))
        return (
            told if not error > 0 else f"{told} ±{SPACE}{names.figure(found.outcome, float(error))}"
        )

    name = names.measure(found.outcome).in_sentence()
    return Table(
        names.word("risk_report.table.means", name=name),
        (
            Column(names.word("risk_chart.column.policy"), share=1.5),
            *(Column(each, "number") for each in families),
        ),
        tuple(
            Row(((policy,), *((cell(m, e),) for m, e in zip(means, errors, strict=True))))
            for policy, means, errors in zip(
                policies, found.judged.values, found.errors, strict=True
            )
        ),
    )
