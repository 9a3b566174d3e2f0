# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What things of a case are called on paper: items, places of figures, laws, firms, units.

Takes     the identity that the engine uses, such as `projects[0].capex`.
Gives     the name that a reader knows, such as "Carbon capture: investment".
Leaves    the words themselves to words.yaml, the case, the price set and the parameter files.
"""

import re
from functools import cache
from typing import Any

from maatwerkbank.economics.assessment import Assessment
from maatwerkbank.economics.carbon import BENCHMARK_BOUND
from maatwerkbank.economics.unknowns import unknowns_of
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.numbers import day
from maatwerkbank.letter.words import capitalised, has_word, word
from maatwerkbank.parameters.files import parameter_file
from maatwerkbank.parameters.price_sets import price_set
from maatwerkbank.plant.case import Case
from maatwerkbank.portfolio.portfolio import PORTFOLIO_DATE
from maatwerkbank.portfolio.register import CompanyState, register

_BOXES = ("energy", "sub_installations", "substances")
_STEP = re.compile(r"([a-z0-9_-]+)(?:\[(\d+)\])?")


def carrier_label(case: Case, carrier: str, language: Language) -> str:
    """The name of a priced carrier, as its price set gives it."""
    price = price_set(case.price_set).prices.get(carrier)
    return price.label.into(language) if price else carrier.replace("_", " ")


def item_label(assessment: Assessment, item: str, language: Language) -> str:
    """The name of a line of the cash flow."""
    if has_word(f"item.{item}"):
        return word(f"item.{item}", language)
    if item.startswith("support_"):
        names = {award.id: award.name.into(language) for award in assessment.case.awards}
        return word("item.support", language, name=names[item.removeprefix("support_")])
    return carrier_label(assessment.case, item.removeprefix("energy_"), language)


def place_label(assessment: Assessment, place: str, language: Language) -> str:
    """The name of a figure of the case, from its place in the file.

    `projects[0].energy.electricity` is the electricity of the first project.
    """
    if place == BENCHMARK_BOUND:
        return word("place.benchmarks", language)
    members = moving_together(assessment, place)
    if members != (place,):
        between = f" {word('and', language)} "
        case = assessment.case
        named = [_fields(case, member.split(".")[1:], language) for member in members]
        return capitalised(between.join(named))
    return figure_label(assessment.case, place, language)


def figure_label(case: Case, place: str, language: Language) -> str:
    """The name of a single figure of the case, or of a price that it uses."""
    group, *steps = place.split(".")
    if group == "prices":
        return word("place.prices", language, name=carrier_label(case, steps[0], language))
    name, number = _step(group)
    if number is None:
        return capitalised(_fields(case, [group, *steps], language))
    owner: Any = getattr(case, name)[number]
    owned = owner.name if isinstance(owner.name, str) else owner.name.into(language)
    fields = _fields(case, steps, language)
    return f"{owned}: {fields}" if fields else owned


def moving_together(assessment: Assessment, name: str) -> tuple[str, ...]:
    """The places of figures that move under one name; of any other figure its own place."""
    unknown = unknowns_of(assessment.case, assessment.law).get(name)
    return tuple(unknown.members) if unknown else (name,)


def _step(text: str) -> tuple[str, int | None]:
    match = _STEP.fullmatch(text)
    if match is None:
        return text, None
    return match[1], int(match[2]) if match[2] else None


def _fields(case: Case, steps: list[str], language: Language) -> str:
    """What a figure is; the box that it lies in is left out where the figure says enough."""
    told = [step for step in steps[:-1] if _step(step)[0] not in _BOXES] + steps[-1:]
    return ", ".join(_field(case, step, language) for step in told)


def _field(case: Case, text: str, language: Language) -> str:
    name, number = _step(text)
    for kind in ("field", "substance"):
        if has_word(f"{kind}.{name}"):
            found = word(f"{kind}.{name}", language)
            return found if number is None else f"{found} {number + 1}"
    label = carrier_label(case, name, language)
    return label[:1].lower() + label[1:]


def parameter_label(name: str, language: Language) -> str:
    """The name of a value of law, as its file gives it."""
    return parameter_file(name).label.into(language)


def law_label(assessment: Assessment, language: Language) -> str:
    """The variant, or the law as known on the day of the run."""
    variant = assessment.law.variant
    if variant:
        return variant.label.into(language)
    return word("enacted_law", language, day=day(assessment.law.known_on.isoformat(), language))


@cache
def _register() -> dict[str, CompanyState]:
    return {company.id: company for company in register(PORTFOLIO_DATE)}


def company(identity: str) -> CompanyState | None:
    """The firm in the public register, if it stands there."""
    return _register().get(identity)


def unit_label(text: str, language: Language) -> str:
    """A unit as a reader writes it: `kt/year` is "kt per jaar", `1/year` is "per jaar"."""
    above, _, below = text.partition("/")
    first = "" if above == "1" else _unit_token(above, language)
    if not below:
        return first
    per = word("unit.per" if below == "year" else "unit.per_thing", language)
    one = f"one.{below}"
    return f"{first} {per} {_unit_token(one, language, below)}".strip()


def _unit_token(token: str, language: Language, otherwise: str | None = None) -> str:
    if has_word(f"unit.{token}"):
        return word(f"unit.{token}", language)
    return token if otherwise is None else _unit_token(otherwise, language)
