# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank conditions`: the same project under the conditions of another country."""

from datetime import date
from typing import Any

import click

from maatwerkbank.cli.options import (
    CaseName,
    as_json,
    echo_json,
    end_progress,
    known_on,
    language,
    outlook,
    report_progress,
    variant,
)
from maatwerkbank.ground.language import Language

EVERY = "all"


class CountryName(click.ParamType[str]):
    """The name of a country, or all; completes in a shell."""

    name = "country"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as given: the floor of parameters refuses unknown ones, with all names."""
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        """Names that start as typed."""
        from click.shell_completion import CompletionItem

        from maatwerkbank.parameters.countries import country_names

        names = [*country_names(), EVERY]
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


class Rate(click.ParamType[float]):
    """A rate as a fraction a year: 0.12 is 12 per cent."""

    name = "rate"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number, or a usage error that shows the form."""
        try:
            return float(value)
        except ValueError:
            self.fail(f"'{value}' is not a rate: write 0.12 for 12 per cent.", param, ctx)


@click.command("conditions")
@click.argument("case", type=CaseName())
@click.option(
    "--country",
    "countries",
    type=CountryName(),
    required=True,
    multiple=True,
    help="A country, as de; repeat for more, or all.",
)
@click.option("--hurdle-rate", type=Rate(), help="What the parent asks a year: 0.12 is 12%.")
@variant
@known_on
@outlook
@as_json
@language
def command(
    case: str,
    countries: tuple[str, ...],
    hurdle_rate: float | None,
    variant: str | None,
    known_on: date | None,
    outlook: str,
    wants_json: bool,
    language: Language,
) -> None:
    """Value CASE under the conditions of another country, factor by factor.

    CASE is a path, or the id of a shipped case. A gap is there minus here; what no source gives is
    null with the reason, never nil.

    \b
    Examples:
      maatwerkbank conditions aeb --country de
      maatwerkbank conditions plan.yaml --country all --hurdle-rate 0.12 --lang en
      maatwerkbank conditions yara --country se --variant levy_abolished --json
    """
    from maatwerkbank.economics.elsewhere import elsewhere
    from maatwerkbank.parameters.countries import country_names
    from maatwerkbank.portfolio.cases import load_case

    asked = country_names() if EVERY in countries else tuple(dict.fromkeys(countries))
    try:
        found = elsewhere(
            load_case(case),
            asked,
            hurdle_rate=hurdle_rate,
            variant=variant,
            known_on=known_on,
            outlook=outlook,
            progress=report_progress,
        )
    finally:
        end_progress()
    if wants_json:
        echo_json(found.as_json())
        return
    from maatwerkbank.letter.conditions_text import conditions_lines

    for line in conditions_lines(found, language):
        click.echo(line)
