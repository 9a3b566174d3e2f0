# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the parts of support are called on paper: projects, values, places, frameworks, days.

Takes     the name that a program uses, such as `sde_tables/2024/fasen` or `section 4.1`.
Gives     the name that a reader knows, in the language; never the name of a program.
Leaves    the words themselves to support_words.yaml, the parameters, rounds and tables.
"""

import re
from datetime import date
from functools import cache

from maatwerkbank.ground.language import Language, Text
from maatwerkbank.letter.names import parameter_label
from maatwerkbank.letter.numbers import SPACE, day
from maatwerkbank.letter.words import has_word, word
from maatwerkbank.parameters.files import content_of, folder_of, names_in, parameter_names
from maatwerkbank.parameters.sde_tables import Table, sde_table
from maatwerkbank.support.assessment import SupportAssessment
from maatwerkbank.support.state_aid import Verdict

DASH = "\N{EN DASH}"
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_ROUNDS = re.compile(r"(?:parameters/)?rounds/(\w+)(?:\.yaml)?")


def project_name(found: SupportAssessment, identity: str, language: Language) -> str:
    """The name of a project of the case."""
    names = {project.id: project.name.into(language) for project in found.case.projects}
    return names[identity]


def framework_name(verdict: Verdict, language: Language) -> str:
    """The framework with its article or section."""
    kind, _, number = verdict.section.partition(" ")
    named = word(f"framework.{verdict.framework}", language)
    return f"{named}, {word(f'framework.{kind}', language)}{SPACE}{number}"


def value_label(name: str, language: Language) -> str | None:
    """The name of a value, table, round or fact; None where nothing here gives it one."""
    if name in parameter_names():
        return parameter_label(name, language)
    if has_word(f"lacking.{name}"):
        return word(f"lacking.{name}", language)
    group, _, rest = name.partition("/")
    if group == "sde_tables":
        return _table_label(rest, language)
    if rest == "exclusions":
        named = word(f"framework.{group}", language)
        return word("lacking.exclusions", language, framework=named)
    if group in _round_names():
        label = Text(**content_of(folder_of("rounds") / f"{group}.yaml")["label"]).into(language)
        return f"{label} ({rest})" if rest.isdigit() else label
    return None


def _table_label(rest: str, language: Language) -> str:
    """The table of a round, the row in it, and what was read there, as far as named."""
    round_id, *steps = rest.split("/")
    table = _tables().get(round_id)
    told = [
        table.label.into(language) if table else word("lacking.sde_table", language, round=round_id)
    ]
    for step in steps:
        label = category_label(step, language)
        key = f"sde_term.{step}"
        told += [label] if label else [word(key, language)] if has_word(key) else []
    return ": ".join([told[0], ", ".join(told[1:])]) if told[1:] else told[0]


def category_label(identity: str, language: Language) -> str | None:
    """The name of a category of SDE++, from the last table that holds it."""
    rows = [row for table in _tables().values() if (row := table.row(identity))]
    return rows[-1].label.into(language) if rows else None


@cache
def _tables() -> dict[str, Table]:
    found = {name: sde_table(name, date.max) for name in sorted(names_in(folder_of("sde_tables")))}
    return {name: table for name, table in found.items() if table}


@cache
def _round_names() -> frozenset[str]:
    return frozenset(names_in(folder_of("rounds")))


def source_label(source: str | Text, language: Language) -> str:
    """Where a condition stands; the opening of a round or framework in words."""
    if isinstance(source, Text):
        return source.into(language)
    match = _ROUNDS.fullmatch(source)
    if match is None:
        return source
    of = "framework" if has_word(f"framework.{match[1]}") else "round"
    return word(f"conditions.term_of_{of}", language)


def days_in_words(text: str, language: Language) -> str:
    """A text with each day that it names written out.

    >>> days_in_words("known on 2025-06-30", "en").replace("\N{NO-BREAK SPACE}", " ")
    'known on 30 June 2025'
    """
    return _DAY.sub(lambda found: day(found[0], language).replace(" ", SPACE), text)


def scheme_name(identity: str, language: Language) -> str | None:
    """The name of a scheme; None where it is not one of those told apart here."""
    key = f"scheme.{identity}"
    return word(key, language) if has_word(key) else None
