# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The made-up case of the tests with uncertainties, contracts and sales, for the kernel."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from maatwerkbank.ground.receipt import digest
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.case_file import CaseFile

DOCUMENT: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "example_case.yaml").read_text("utf-8")
)
KNOWN_ON = date(2025, 6, 30)
SOURCED = {"source": "voorbeeld-plan", "place": "blad 10"}


def law(variant: str | None = None, **other: Any) -> Law:
    """The law of the tests."""
    return Law(KNOWN_ON, variant=variant, outlook="hold", **other)


def case_file(**changes: Any) -> CaseFile:
    """The example with some of its top-level fields replaced."""
    document = {**deepcopy(DOCUMENT), **changes}
    return CaseFile(Case.model_validate(document), digest(changes), ())


def ratio(id_: str, *places: str, low: float = 0.7, high: float = 1.4) -> dict[str, Any]:
    """Figures that a draw multiplies with one number between two bounds."""
    distribution = {"kind": "uniform", "low": low, "high": high}
    return {"id": id_, "of": list(places), "as": "ratio", "distribution": distribution, **SOURCED}


def delay(id_: str, project: str, years: list[float], cause: str = "grid") -> dict[str, Any]:
    """A project that is late by one of some numbers of years."""
    sample = {"kind": "empirical", "sample": years}
    return {"id": id_, "cause": cause, "projects": [project], "years": sample, **SOURCED}


TONNES = [
    ratio("emission", "installations[0].emissions.scope1"),
    ratio("capture", "projects[0].emissions.scope1", "projects[0].emissions.levy_base"),
    ratio("rights", "installations[0].rights.free_allocation_2025"),
    ratio("waste", "installations[1].emissions.scope1", low=0.5, high=1.6),
]
MONEY = [
    ratio("capex", "projects[0].capex", low=0.9, high=1.8),
    ratio("upkeep", "projects[0].fixed_opex"),
    ratio("power", "projects[0].energy.electricity", "projects[1].energy.electricity"),
    ratio("stored", "projects[0].storage.volume"),
    ratio("sold", "projects[0].premium.volume"),
    ratio("part", "projects[0].replacements[0].cost"),
    ratio("saving", "counterfactual[0].capex"),
    ratio("grant", "awards[0].amount", low=0.5, high=1.0),
]
LATE = [
    delay("grid", "elektrische-ketel", [0, 0, 1, 2, 3]),
    delay("permit", "afvang", [0, 1, 1, 4], cause="permit"),
    delay("storage", "afvang", [0, 2], cause="co2_storage"),
]


def figure(value: float, unit: str, **other: Any) -> dict[str, Any]:
    """A figure of the made-up plan."""
    return {"value": value, "unit": unit, **SOURCED, **other}


def contract_award(project: str, most: float, deadline: Any = None, **contract: Any) -> Any:
    """An award along a price."""
    return {
        "id": "contract",
        "instrument": "sde",
        "name": {"nl": "Contract", "en": "Contract"},
        "project": project,
        "form": "operating_aid",
        "amount": figure(most, "MEUR"),
        "contract": contract,
        **({"deadline": {**deadline, **SOURCED}} if deadline else {}),
    }


ONE_SIDED = contract_award(
    "afvang",
    250,
    deadline={"first_year": 2030, "then": "shortened"},
    kind="one_sided",
    volume=figure(250, "kt/year"),
    strike=figure(165, "EUR/t"),
    price="eua",
    floor=figure(70, "EUR/t"),
    term_years=12,
    most_a_year=figure(240, "kt/year"),
    carried_over=0.25,
)
TWO_SIDED = contract_award(
    "elektrische-ketel",
    60,
    deadline={"first_year": 2029, "then": "lapses"},
    kind="two_sided",
    volume=figure(65, "GWh/year"),
    strike=figure(95, "EUR/MWh", price_year=2024),
    price="electricity",
    price_share=0.9,
    term_years=10,
)
BEYOND_PAID = {
    **TWO_SIDED,
    "id": "beyond",
    "contract": {**TWO_SIDED["contract"], "beyond_paid": True},
}


def with_sale() -> list[dict[str, Any]]:
    """The installations, of which the first sells what rights it has left."""
    installations = deepcopy(DOCUMENT["installations"])
    installations[0]["rights_sale"] = {
        "volume": figure(40, "kt/year"),
        "price": figure(31, "EUR/t"),
    }
    return installations
