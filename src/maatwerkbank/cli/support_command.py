# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank support`: how public money may come into one case."""

from datetime import date
from typing import TYPE_CHECKING

import click

from maatwerkbank.cli.options import (
    CaseName,
    as_json,
    echo_json,
    known_on,
    language,
    official,
    outlook,
    variant,
)
from maatwerkbank.ground.language import Language

if TYPE_CHECKING:
    from maatwerkbank.rules.instrument import Condition, Lacking, Offer
    from maatwerkbank.support.assessment import SupportAssessment
    from maatwerkbank.support.state_aid import Verdict


@click.command("support")
@click.argument("case", type=CaseName())
@variant
@known_on
@outlook
@official
@as_json
@language
def command(
    case: str,
    variant: str | None,
    known_on: date | None,
    outlook: str,
    official: bool,
    wants_json: bool,
    language: Language,
) -> None:
    """Show the ladder of support for CASE: each scheme, what is left, State aid.

    CASE is a path, or the id of a shipped case. What the case says is awarded plays no part in the
    ladder: it stands beside what the schemes give.

    \b
    Examples:
      maatwerkbank support yara
      maatwerkbank support nobian --variant levy_abolished --json
      maatwerkbank support plan.yaml --known-on 2025-06-30 --lang en
    """
    from maatwerkbank.portfolio.cases import load_case
    from maatwerkbank.support.assessment import assess_support

    found = assess_support(load_case(case), variant=variant, known_on=known_on, outlook=outlook)
    if official:
        found.require_official()
    if wants_json:
        echo_json(found.as_json())
    else:
        _show(found, language)


def _show(found: "SupportAssessment", language: Language) -> None:
    from maatwerkbank.letter.numbers import judged
    from maatwerkbank.letter.words import word

    click.echo(found.case.title.into(language))
    for key, value in (
        ("funding_gap_eur", found.gap),
        ("left_after_generic_eur", found.left),
        ("tailor_made_grant_eur", found.grant),
    ):
        click.echo(f"  {word(key, language)}: {judged(key, value, language)}")
    click.echo(word("heading.ladder", language))
    for rung in found.ladder.rungs:
        click.echo(f"  {word(f'scheme.{rung.scheme}', language)} ({rung.project})")
        amount = judged("_eur", (rung.amount_eur, None), language)
        outcome = word(f"outcome.{rung.offer.outcome}", language)
        click.echo(f"    {outcome}{'' if rung.amount_eur is None else f', {amount}'}")
        if rung.excluded:
            click.echo(f"    {rung.excluded.says.into(language)}")
        _reasons(rung.offer, language)
    nearest = found.ladder.nearest
    if nearest:
        named = word(f"scheme.{nearest.scheme}", language)
        click.echo(f"{word('support.nearest', language)}: {named} ({nearest.project})")
    click.echo(word("heading.state_aid", language))
    for project, verdicts in found.stacking.verdicts.items():
        for verdict in verdicts:
            name = word(f"framework.{verdict.framework}", language)
            ceiling = judged("_eur", (verdict.ceiling_eur, None), language)
            outcome = word(f"outcome.{verdict.outcome}", language)
            told = "" if verdict.ceiling_eur is None else f", {word('ceiling', language)} {ceiling}"
            click.echo(f"  {name}, {verdict.section} ({project}): {outcome}{told}")
            _reasons(verdict, language)
    click.echo(f"{word('receipt', language)}: {found.base.receipt.number}")


def _reasons(judged: "Offer | Verdict", language: Language) -> None:
    """What stands in the way, and what cannot be judged yet."""
    from maatwerkbank.letter.words import word

    def told(kind: str, rows: "tuple[Condition, ...]") -> None:
        for each in rows:
            click.echo(f"    {word(kind, language)}: {each.says.into(language)} [{each.source}]")

    told("outcome.not_met", judged.refused)
    told("outcome.open", judged.open_questions)
    lacks: tuple[Lacking, ...] = judged.lacks
    for lack in lacks:
        click.echo(f"    {word('lacking', language)}: {lack.name}, {lack.where.into(language)}")
