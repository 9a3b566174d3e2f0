# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Prints the reference pages from the data itself, so that they cannot drift from it.

Takes     commands, parameters, variants, sources, coverage, schema, trajectories of the package.
Gives     commands.md, parameters.md, variants.md, coverage.md, case-file.md, sources.md and
          trajectories.md here, and the pictures of the tracks in ../images.
Leaves    json.md and glossary.md, which are written by hand and held by tests.

    python docs/reference/print_pages.py            write what changed
    python docs/reference/print_pages.py --check    exit 1, naming every page that is stale
"""

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any, get_args, get_origin

import click
import yaml
from pydantic import AfterValidator, BaseModel

from maatwerkbank.cli.main import cli
from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS
from maatwerkbank.dossier.publication.shipped import shipped_publication
from maatwerkbank.dossier.roles import ROLES, TOPICS
from maatwerkbank.dossier.trajectory import (
    Criterion,
    Gate,
    Track,
    Trajectory,
    criteria,
    trajectory,
    trajectory_ids,
)
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.open_data import Addresses, table_schema, tables
from maatwerkbank.letter.trajectory_diagram import trajectory_svg
from maatwerkbank.parameters import reference_classes as distribution_models
from maatwerkbank.parameters.files import (
    Citation,
    Interval,
    Parameter,
    Statement,
    outlook_file,
    outlook_names,
    parameter_file,
    parameter_names,
    variant_file,
    variant_names,
)
from maatwerkbank.parameters.price_sets import Price, price_set, price_set_names
from maatwerkbank.plant import case as case_models
from maatwerkbank.plant import scheme_facts as scheme_models
from maatwerkbank.plant import uncertainty as uncertainty_models
from maatwerkbank.plant.case_file import case_schema
from maatwerkbank.portfolio.portfolio import PORTFOLIO_DATE
from maatwerkbank.sources import figure as figure_models
from maatwerkbank.sources.register import load_sources

HERE = Path(__file__).parent
NOTICE = "<!-- Printed by docs/reference/print_pages.py. Change the data, not this page. -->"
VALUES_SHOWN = 8  # a longer series is summarised by its ends


# ── markdown ──────────────────────────────────────────────────────────────────────────────────


def page(title: str, *blocks: str) -> str:
    """A page: notice, title, blocks, one newline at the end."""
    return "\n\n".join([NOTICE, f"# {title}", *(block for block in blocks if block)]) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, or nothing where there are no rows."""
    body = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    rule = "|" + "---|" * len(heads)
    return "\n".join(["| " + " | ".join(heads) + " |", rule, *body]) if body else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").strip()


def plain(text: str | None) -> str:
    """Text of the data as text of a page: one line, no HTML, no mark-up but names in backticks."""
    one_line = " ".join((text or "").split())
    return re.sub(r"([*\[\]])", r"\\\1", one_line).replace("<", "&lt;").replace(">", "&gt;")


def code(text: str) -> str:
    """A name as the program spells it."""
    return f"`{text}`"


def bullets(lines: Iterable[str]) -> str:
    """A list."""
    return "\n".join(f"- {line}" for line in lines)


# ── commands ──────────────────────────────────────────────────────────────────────────────────


def commands_page() -> str:
    """Every command with its help text, arguments, options and examples."""
    root = click.Context(cli, info_name="maatwerkbank")
    blocks = [_command(command, context) for command, context in _commands(cli, root)]
    return page(
        "Commands",
        "Exit codes: 0 done, 1 findings (`check`), 2 bad input or a refused official run. Errors "
        "go to stderr as `error [code]: what`, with a remedy on the next line. What `--json` "
        "gives is written down in [JSON](json.md).",
        *blocks,
    )


def _commands(
    group: click.Group, context: click.Context
) -> Iterator[tuple[click.Command, click.Context]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            raise LookupError(f"{name} is listed and does not exist")
        inner = click.Context(command, info_name=name, parent=context)
        yield command, inner
        if isinstance(command, click.Group):
            yield from _commands(command, inner)


def _command(command: click.Command, context: click.Context) -> str:
    name = context.command_path.removeprefix("maatwerkbank ")
    said, _, examples = inspect.cleandoc(command.help or "").partition("\b\nExamples:\n")
    paragraphs = [plain(part) for part in said.split("\n\n") if part.strip()]
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    blocks = [f"## {name}", *paragraphs, f"```\n{usage}\n```"]
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    blocks.append(table(["option", "value", "meaning"], [_option(each) for each in options]))
    if examples.strip():
        blocks.append("```console\n" + _prompts(examples) + "\n```")
    return "\n\n".join(block for block in blocks if block)


def _option(option: click.Option) -> tuple[str, str, str]:
    value = "" if option.is_flag else option.make_metavar(click.Context(cli))
    said = plain(option.help)
    if option.required:
        said += " Required."
    if option.show_default and option.default is not None:
        said += f" Default: {code(str(option.default))}."
    return ", ".join(code(each) for each in option.opts), code(value) if value else "", said


def _prompts(examples: str) -> str:
    lines = [line.strip() for line in examples.splitlines() if line.strip()]
    return "\n".join(f"$ {line}" for line in lines)


# ── parameters ────────────────────────────────────────────────────────────────────────────────


def parameters_page() -> str:
    """Every parameter with every text that ever set it."""
    blocks = []
    for chapter, names in groupby(parameter_names(), key=lambda name: name.split("/")[0]):
        blocks.append(f"## {chapter}")
        blocks += [_parameter(parameter_file(name)) for name in names]
    return page(
        "Parameters",
        "Each row is a *statement*: what one text, known from a day, says about a run of dates. "
        "Of the enacted statements known on the day of a run, the latest that speaks about a date "
        "prevails. *Stated* amounts stand at the level of the price year and are indexed by the "
        "program; *nominal* amounts are what they are. Sources: [the register](sources.md). How "
        "each was seen: [honesty](../explanation/honesty.md). Long series show their ends; "
        "`maatwerkbank parameter NAME --on DATE` gives any value.",
        *blocks,
    )


def _parameter(parameter: Parameter) -> str:
    traits = [f"{key}: {value}" for key, value in sorted(parameter.traits.items())]
    facts = [
        f"unit {code(parameter.unit)}",
        *([f"{parameter.price_basis} amounts"] if parameter.price_basis != "none" else []),
        *([f"indexed by {code(parameter.indexed_by)}"] if parameter.indexed_by else []),
        *([f"rounded to {parameter.rounding} decimals"] if parameter.rounding is not None else []),
        *traits,
    ]
    rows = [
        (
            str(each.known_from),
            _stated(each),
            str(each.price_year or ""),
            each.status,
            *_cited(each.citation),
        )
        for each in parameter.statements
    ]
    heads = ["known from", "values", "price year", "status", "source", "seen"]
    notes = [plain(each.note.en) for each in parameter.statements if each.note]
    return "\n\n".join(
        block
        for block in [
            f"### {parameter.name}",
            (
                f"**{plain(parameter.label.en)}** (*{plain(parameter.label.nl)}*). "
                f"{plain(parameter.description.en)}"
            ),
            "; ".join(facts) + ".",
            table(heads, rows),
            bullets(f"Note: {note}" for note in notes),
        ]
        if block
    )


def _basis(parameter: Parameter) -> str:
    return "" if parameter.price_basis == "none" else f"{parameter.price_basis} "


def _cited(citation: Citation) -> tuple[str, str]:
    place = f", {plain(citation.place)}" if citation.place else ""
    return f"[{citation.source}](sources.md){place}", str(citation.seen)


def _stated(statement: Statement) -> str:
    """The values of a statement in one line, with how they go on."""
    values = [f"{_day(day)}: {_value(value)}" for day, value in statement.values]
    if len(values) > VALUES_SHOWN:
        left_out = len(values) - VALUES_SHOWN
        half = VALUES_SHOWN // 2
        values = [*values[:half], f"({left_out} more)", *values[-half:]]
    said = [", ".join(values)]
    step = statement.step
    if step:
        said.append(f"{step.add:+.10g} each later year to {step.until}")
        if step.goes_on:
            said.append("the rule has no end; an outlook goes on with it")
        if step.floor is not None:
            said.append(f"not below {step.floor:.10g}")
    if statement.carries_on:
        said.append("carries on")
    elif statement.until:
        said.append(f"to {statement.until}")
    if statement.required_where:
        said.append(f"required; stands in {plain(statement.required_where)}")
    return "; ".join(said)


def _day(day: date) -> str:
    return str(day.year) if (day.month, day.day) == (1, 1) else day.isoformat()


def _value(value: float | Interval | None) -> str:
    if value is None:
        return "not public"
    if isinstance(value, Interval):
        return f"{value.low:.10g} to {value.high:.10g}"
    return f"{value:.10g}"


# ── variants, outlooks, price sets ────────────────────────────────────────────────────────────


def variants_page() -> str:
    """What may be assumed instead of, or beyond, the law as it is known."""
    return page(
        "Variants, outlooks, price sets",
        "A *variant* changes the law, an *outlook* continues it where it is silent, a *price set* "
        "holds the market prices of a case. Each says why. Values of the first two are shown with "
        "status `scenario`.",
        "## Variants",
        *[_variant(name) for name in variant_names()],
        "## Outlooks",
        *[_outlook(name) for name in outlook_names()],
        "## Price sets",
        *[_price_set(name) for name in price_set_names()],
    )


def _variant(name: str) -> str:
    variant = variant_file(name)
    source, seen = _cited(variant.citation)
    does = [
        *[f"removes {code(what)}" for what in variant.removes],
        *[
            f"takes {code(chapter)} as known on {day}"
            for chapter, day in sorted(variant.as_known_on.items())
        ],
        *[
            f"sets {code(key)} to {_basis(override)}{_stated(override.statements[0])}"
            for key, override in sorted(variant.sets.items())
        ],
    ]
    return "\n\n".join(
        [
            f"### {name}",
            (
                f"**{plain(variant.label.en)}** (*{plain(variant.label.nl)}*), from "
                f"{variant.since}. {plain(variant.because.en)}"
            ),
            f"Source: {source} ({seen}).",
            bullets(does),
        ]
    )


def _outlook(name: str) -> str:
    outlook = outlook_file(name)
    source, seen = _cited(outlook.citation)
    return "\n\n".join(
        [
            f"### {name}",
            (
                f"**{plain(outlook.label.en)}** (*{plain(outlook.label.nl)}*). "
                f"{plain(outlook.because.en)}"
            ),
            bullets(
                [
                    f"inflation {outlook.inflation:.10g} a year; source {source} ({seen})",
                    (
                        f"carry {outlook.carry:.10g}: what the one-year forward stands above the "
                        "mean of last year, where the deducted ETS price is not published"
                    ),
                ]
            ),
        ]
    )


def _price_set(name: str) -> str:
    found = price_set(name)
    rows = [_price(carrier, price) for carrier, price in found.prices.items()]
    heads = ["carrier", "label", "unit", "price year", "prices", "source", "seen"]
    return "\n\n".join(
        [
            f"### {name}",
            f"**{plain(found.label.en)}** (*{plain(found.label.nl)}*). {plain(found.because.en)}",
            table(heads, rows),
        ]
    )


def _price(carrier: str, price: Price) -> tuple[str, ...]:
    if price.by_year is not None:
        stated = [f"{year}: {_number(value)}" for year, value in sorted(price.by_year.items())]
        shape = f"; between: {price.between}; beyond: {price.beyond}"
        prices = ", ".join(stated) + shape
    else:
        prices = _number(price.value if price.range is None else price.range)
    seen = price.seen or load_sources()[price.source].seen
    place = f", {plain(price.place)}" if price.place else ""
    return (
        code(carrier),
        plain(price.label.en),
        code(price.unit),
        str(price.price_year or "nominal"),
        prices,
        f"[{price.source}](sources.md){place}",
        str(seen),
    )


def _number(value: Any) -> str:
    if isinstance(value, figure_models.Range):
        centre = "" if value.central is None else f", centre {value.central:.10g}"
        return f"{value.low:.10g} to {value.high:.10g}{centre}"
    return f"{value:.10g}"


# ── coverage ──────────────────────────────────────────────────────────────────────────────────


def coverage_page() -> str:
    """What each rule of law holds, was checked against, and leaves out."""
    text = (files("maatwerkbank.rules") / "coverage.yaml").read_text("utf-8")
    return page(
        "Coverage of the law",
        "What each rule holds, from which texts, what it was checked against, which readings it "
        "chooses where the law is open, and what it does not hold.",
        *[_covered(entry) for entry in yaml.safe_load(text).values()],
    )


def _covered(entry: dict[str, Any]) -> str:
    lists = ("law", "checked_against", "open_norms", "not_modelled")
    blocks = [
        f"## {plain(entry['label'])}",
        (
            f"Module {code(entry['module'])}; {plain(entry['status'])}; years "
            f"{plain(str(entry['years']))}."
        ),
    ]
    for key in lists:
        if entry.get(key):
            blocks.append(f"**{key.replace('_', ' ').capitalize()}**")
            blocks.append(bullets(plain(str(line)) for line in entry[key]))
    return "\n\n".join(blocks)


# ── the case file ─────────────────────────────────────────────────────────────────────────────


def case_file_page() -> str:
    """Every field of the case file, from its JSON Schema, and an example."""
    schema = case_schema()
    example = (HERE / "example-case.yaml").read_text("utf-8").split("\n\n", 1)[1]
    names = ["Case", *_by_use(schema)]
    return page(
        "Case file",
        "One company's plan as YAML or JSON. `maatwerkbank schema case` prints the JSON Schema "
        "(2020-12) from which this page is made; `maatwerkbank check FILE` shows all findings at "
        "once. No other field is allowed. *Unit* names the kind of unit that a figure must have: "
        "any unit of that kind will do, so `kt/year` where `t/year` stands.",
        *[_section(name, schema) for name in names],
        "## Example",
        "A case that `maatwerkbank check` accepts, in round numbers that nobody verified: it gives "
        "a warning for each, and an official run refuses it. The file lies beside this page as "
        "`example-case.yaml`.",
        f"```yaml\n{example.strip()}\n```",
    )


def _by_use(schema: dict[str, Any]) -> list[str]:
    """Definitions in the order in which a reader of the file meets them."""
    met: list[str] = []

    def meet(part: Any) -> None:
        for name in _references(part):
            if name not in met:
                met.append(name)
                meet(schema["$defs"][name])

    meet({key: value for key, value in schema.items() if key != "$defs"})
    return met


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield value.removeprefix("#/$defs/")
            else:
                yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)


def _section(name: str, schema: dict[str, Any]) -> str:
    part = schema if name == "Case" else schema["$defs"][name]
    title = f"## {name}"
    if "enum" in part:
        return "\n\n".join([title, plain(part.get("description", "")), _choices(part["enum"])])
    required = set(part.get("required", ()))
    kinds = _kinds_of_fields(name)
    rows = [
        (
            code(field),
            _type(content),
            ", ".join(code(kind) for kind in kinds.get(field, ())),
            "yes" if field in required else _default(content),
            plain(content.get("description")),
        )
        for field, content in part["properties"].items()
    ]
    heads = ["field", "type", "unit", "required", "meaning"]
    return "\n\n".join([title, plain(part.get("description", "")), table(heads, rows)])


def _choices(values: list[Any]) -> str:
    return "one of " + ", ".join(code(str(value)) for value in values)


def _default(content: dict[str, Any]) -> str:
    default = content.get("default")
    return "no" if default is None else f"no; {code(str(default).lower())}"


def _type(content: dict[str, Any]) -> str:
    if "$ref" in content:
        name = content["$ref"].removeprefix("#/$defs/")
        return f"[{name}](#{name.lower()})"
    if "const" in content:
        return code(str(content["const"]).replace("True", "true"))
    if "enum" in content:
        return _choices(content["enum"])
    for union in ("anyOf", "oneOf"):
        if union in content:
            parts = [_type(each) for each in content[union] if each.get("type") != "null"]
            return " or ".join(parts)
    if content["type"] == "array":
        return f"list of {_type(content['items'])}"
    if content["type"] == "object":
        inner = [*content.get("patternProperties", {}).values()]
        held = _type(inner[0] if inner else content["additionalProperties"])
        keys = content.get("propertyNames", {}).get("enum")
        return f"mapping to {held}" + (f", keys {_choices(keys)}" if keys else "")
    return _simple(content)


def _simple(content: dict[str, Any]) -> str:
    name = {"number": "number", "integer": "whole number", "string": "text", "boolean": "yes or no"}
    said = name[content["type"]]
    if "minimum" in content and "maximum" in content:
        said += f", {content['minimum']:g} to {content['maximum']:g}"
    if "pattern" in content:
        said += f", like {code(content['pattern'])}"
    return said


def _kinds_of_fields(model: str) -> dict[str, tuple[str, ...]]:
    """The kinds of unit that each field of a model accepts: the schema cannot say this."""
    rooms = (case_models, scheme_models, figure_models, uncertainty_models, distribution_models)
    found = next(getattr(room, model) for room in rooms if hasattr(room, model))
    fields = found.model_fields if issubclass(found, BaseModel) else {}
    return {
        name: tuple(dict.fromkeys([*_kinds(field.metadata), *_kinds([field.annotation])]))
        for name, field in fields.items()
    }


def _kinds(parts: Iterable[Any]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, AfterValidator):
            yield from inspect.getclosurevars(part.func).nonlocals.get("kinds", ())
        elif get_origin(part) is not None:
            yield from _kinds(get_args(part))
        yield from _kinds(getattr(part, "__metadata__", ()))


# ── sources ───────────────────────────────────────────────────────────────────────────────────


def sources_page() -> str:
    """Every source that a figure of the package cites."""
    rows = [
        (
            code(each.identity),
            f"[{plain(each.title)}]({each.url})" if each.url else plain(each.title),
            plain(each.publisher),
            each.date or "undated",
            str(each.seen),
        )
        for _, each in sorted(load_sources().items())
    ]
    return page(
        "Sources",
        "The register of sources: laws, letters, registers, reports and data sets. A case file "
        "may add its own. *Seen* says by whom the text that we read was published; see "
        "[honesty](../explanation/honesty.md).",
        table(["identity", "title", "publisher", "date", "seen"], rows),
    )


# ── trajectories ──────────────────────────────────────────────────────────────────────────────

LATEST = trajectory_ids()[-1]
PAPER = '<rect width="100%" height="100%" fill="#ffffff"/>'  # a picture by itself has no page


def trajectories_page() -> str:
    """Every version of the approach: stages, gates, criteria, exits; roles and documents."""
    return page(
        "Trajectories",
        "The tables from which the screens, the checks and these pictures are drawn. A running "
        "dossier stays on its version; moving it to another is a decision. How gates, evidence "
        "and decisions work together: [the dossier](../explanation/dossier.md).",
        *(_trajectory(trajectory(identity)) for identity in reversed(trajectory_ids())),
        "## Criteria",
        "*Computed* is answered by a run, an ambition or the register; *attested* is declared by "
        "a person in a role; *attached* is a document. *Derived*: the source names the subject, "
        "and the criterion is ours.",
        table(
            ["criterion", "kind", "asks", "given by", "subject", "source"],
            [_criterion(each) for each in criteria().values()],
        ),
        "## Roles",
        table(
            ["role", "name", "side", "subjects"],
            [
                (code(each.id), _both(each.label), each.side, _topics(each.topics))
                for each in ROLES.values()
            ],
        ),
        "## Kinds of document",
        table(
            ["kind", "name", "subject", "given by", "signed by"],
            [
                (
                    code(each.id),
                    _both(each.label),
                    _topics((each.topic,)),
                    _roles(each.given_by),
                    ", ".join(each.signed_by),
                )
                for each in DOCUMENT_KINDS.values()
            ],
        ),
    )


def _trajectory(found: Trajectory) -> str:
    cited = ", ".join(code(each) for each in found.sources)
    blocks = [
        f"## {plain(found.label.en)}",
        (
            f"{code(found.id)}, valid from {found.valid_from}. {plain(found.because.en)} "
            f"Sources: {cited}."
        ),
        *(_track(found, track) for track in found.tracks.values()),
        f"### Exits of {code(found.id)}",
        table(
            ["exit", "name", "door", "asks for", "ways back"],
            [
                (
                    code(each.id),
                    _both(each.label),
                    "open" if each.door_open else "shut",
                    " and ".join(
                        [
                            *(["a reason"] if each.needs_reason else []),
                            *(["a date of next contact"] if each.needs_next_contact else []),
                        ]
                    ),
                    "; ".join(
                        f"{code(way.track)} at {code(way.stage) if way.stage else 'where it stood'}"
                        for way in each.ways_back
                    ),
                )
                for each in found.exits.values()
            ],
        ),
    ]
    if found.id == LATEST:
        reasons = [(code(key), _both(said)) for key, said in found.reasons.items()]
        blocks += [
            "### Reasons for which a case stops or slows",
            table(["code", "reason"], reasons),
        ]
    return "\n\n".join(blocks)


def _track(found: Trajectory, track: Track) -> str:
    picture = f"![{track.label.en}](../images/trajectory-{track.id}.svg)"
    return "\n\n".join(
        [
            f"### {track.label.en}, {code(found.id)}",
            plain(track.purpose.en),
            *([picture] if found.id == LATEST else []),
            table(
                ["stage", "name", "for company and outsiders", "step", "time seen"],
                [
                    (
                        code(stage.id),
                        _both(stage.label),
                        _both(stage.outward_label),
                        str(stage.step or ""),
                        f"{stage.usual_months:g} months: {stage.usual_because.en} "
                        f"({code(stage.usual_source)})"
                        if stage.usual_because and stage.usual_source
                        else "",
                    )
                    for stage in track.stages
                ],
            ),
            table(["gate", "from, to", "question", "decides", "criteria"], map(_gate, track.gates)),
        ]
    )


def _gate(gate: Gate) -> tuple[str, ...]:
    return (
        code(gate.id),
        f"{code(gate.from_stage)}, {code(gate.to_stage)}",
        plain(gate.question.en),
        ROLES[gate.decides].label.en,
        ", ".join(code(each.id) for each in gate.criteria),
    )


def _criterion(criterion: Criterion) -> tuple[str, ...]:
    return (
        code(criterion.id),
        criterion.kind + (", signed" if criterion.signed else ""),
        f"**{plain(criterion.label.en)}.** {plain(criterion.help.en)}",
        _roles(criterion.given_by),
        _topics((criterion.topic,)),
        f"{code(criterion.source)}, {plain(criterion.place)}",
    )


def _both(text: Text) -> str:
    return plain(text.en) if text.en == text.nl else f"{plain(text.en)} ({plain(text.nl)})"


def _roles(roles: Iterable[str]) -> str:
    return ", ".join(ROLES[each].label.en for each in roles)


def _topics(topics: Sequence[str]) -> str:
    if len(topics) == len(TOPICS):
        return "all"
    return ", ".join(TOPICS[each].en for each in topics)


def trajectory_picture(track: str) -> str:
    """The picture of a track of the latest version, on white paper."""
    return trajectory_svg(trajectory(LATEST).track(track), "en").replace(
        "</desc>", f"</desc>{PAPER}"
    )


# ── open data ─────────────────────────────────────────────────────────────────────────────────


def open_data_page() -> str:
    """Every table of open data with its columns."""
    blocks = []
    for each in tables(shipped_publication(PORTFOLIO_DATE), Addresses("/openbaar/")):
        rows = (
            (
                code(field["name"]),
                field.get("format", field["type"]),
                f"in `{field['unit_in']}`" if "unit_in" in field else field.get("unit", ""),
                "yes" if field.get("constraints", {}).get("required") else "",
                plain(field["description"]),
            )
            for field in table_schema(each)["fields"]
        )
        blocks.append(f"## `{each.name}`")
        blocks.append(f"{plain(each.description.en)} Key: {', '.join(map(code, each.key))}.")
        blocks.append(table(("Column", "Type", "Unit", "Always", "Meaning"), rows))
    return page(
        "Open data",
        "The tables that the public pages give as CSV and JSON, of what is public on a day. What "
        "is not known is empty in CSV and null in JSON; it is never a zero. In a cell several "
        "identities are separated by `; `. A cell of CSV that a spreadsheet would run as a formula "
        "begins with an apostrophe. See "
        "[Use the open data](../how-to/use-the-open-data.md).",
        *blocks,
    )


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "parameters.md": parameters_page,
    "variants.md": variants_page,
    "coverage.md": coverage_page,
    "case-file.md": case_file_page,
    "sources.md": sources_page,
    "trajectories.md": trajectories_page,
    "open-data.md": open_data_page,
    **{
        f"../images/trajectory-{track}.svg": partial(trajectory_picture, track)
        for track in trajectory(LATEST).tracks
    },
}


def stale_pages() -> dict[str, str]:
    """Name -> new text of every page that differs from what lies here."""
    printed = {name: make() for name, make in PAGES.items()}
    return {name: text for name, text in printed.items() if _lying_here(name) != text}


def _lying_here(name: str) -> str | None:
    path = HERE / name
    return path.read_text("utf-8") if path.exists() else None


def main(arguments: Sequence[str]) -> int:
    """Write the pages that changed, or with --check only name them."""
    checks = "--check" in arguments
    stale = stale_pages()
    for name, text in stale.items():
        if checks:
            print(f"docs/reference/{name} is stale: run python docs/reference/print_pages.py")
        else:
            (HERE / name).write_text(text, "utf-8")
            print(f"wrote docs/reference/{name}")
    return 1 if checks and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
