# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank schema`: the published JSON Schema of a document."""

import click

from maatwerkbank.cli.options import as_json, echo_json


@click.command("schema")
@click.argument("document", type=click.Choice(["case"]), metavar="DOCUMENT")
@as_json
def command(document: str, wants_json: bool) -> None:
    """Print the JSON Schema of DOCUMENT (case), for editors and for other programs.

    \b
    Examples:
      maatwerkbank schema case > case.schema.json
    """
    from maatwerkbank.plant.case_file import case_schema

    echo_json(case_schema())
