# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank parameter`: the value of a parameter of law or market on a date."""

from datetime import date

import click

from maatwerkbank.cli.options import Day, as_json, echo_json, known_on, language, variant
from maatwerkbank.ground.language import Language, Text, say

_LEVEL = Text(nl="prijspeil", en="price level")
_DATES = Text(nl="op {on}, zoals bekend op {known_on}", en="on {on}, as known on {known_on}")
_STATUS = {
    "enacted": Text(nl="vastgesteld", en="enacted"),
    "proposed": Text(nl="voorgesteld", en="proposed"),
    "scenario": Text(nl="scenario", en="scenario"),
}


@click.command("parameter")
@click.argument("name", required=False)
@click.option("--on", "day", type=Day(), help="Reference date (1 January of a year, as a rule).")
@known_on
@variant
@click.option("--outlook", help="Fill the years on which the law is silent, such as: hold.")
@as_json
@language
def command(
    name: str | None,
    day: date | None,
    known_on: date | None,
    variant: str | None,
    outlook: str | None,
    wants_json: bool,
    language: Language,
) -> None:
    """Print the value of NAME on a day, as known on a day, with unit, status and source.

    Without NAME: list all parameters. --known-on left out: as known today.

    \b
    Examples:
      maatwerkbank parameter
      maatwerkbank parameter co2_heffing/reductiefactor --on 2030-01-01 --known-on 2025-06-30
      maatwerkbank parameter co2_heffing/tarief --on 2027-01-01 --variant levy_2026_flat --json
    """
    from maatwerkbank.parameters import Law, parameter_file, parameter_names

    if name is None:
        if day or known_on or variant or outlook:
            raise click.UsageError("NAME is missing: of which parameter is the value asked?")
        listed = [(each, parameter_file(each)) for each in parameter_names()]
        if wants_json:
            echo_json([{"name": n, "label": vars(p.label), "unit": p.unit} for n, p in listed])
            return
        width = max(len(each) for each, _ in listed)
        for each, parameter in listed:
            click.echo(f"{each:<{width}}  {parameter.label.into(language)} [{parameter.unit}]")
        return
    if day is None:
        parameter_file(name)
        raise click.UsageError("--on is missing: on which day is the value asked?")
    law = Law(known_on or date.today(), variant=variant, outlook=outlook)  # noqa: DTZ011
    value = law.on(name, day)
    if wants_json:
        echo_json(value.as_json())
        return
    from maatwerkbank.sources import citation, source

    amount = f"{value.low} … {value.high}" if value.is_interval else f"{value.value:.10g}"
    level = f" ({say(_LEVEL, language)} {value.price_year})" if value.price_year else ""
    click.echo(f"{parameter_file(name).label.into(language)}")
    click.echo(f"  {amount} {value.unit}{level}")
    dates = say(_DATES, language).format(on=value.on, known_on=value.known_on)
    click.echo(f"  {dates}, {say(_STATUS[value.status], language)}")
    cited = citation(source(value.citation.source), value.citation.place, language)
    click.echo(f"  {cited} [{value.citation.seen}]")
