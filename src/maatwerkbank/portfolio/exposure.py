# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Firms in the register without a business case: what the levy asks at constant emissions.

Takes     the public figures of their EU ETS installations.
Gives     a case without projects for each firm, of the kind `exposure_only`.
Leaves    firms in a joint permit without a public share, and waste incinerators outside the ETS
          data: their exposure is absent, and said to be so.

The benchmark amount follows from the allocation of 2025 as METHOD §4 says, with the carbon-leakage
factor 1: all these sectors are on the list. The emission is that of the last year known; how much
of it is exempt from the levy is not public, so every amount is an upper bound.
"""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from maatwerkbank.ground.dates import last_day
from maatwerkbank.ground.receipt import digest
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.portfolio.cases import PORTFOLIO
from maatwerkbank.portfolio.register import CompanyState

PRICE_SET = "public-2025-06-30"
FIRST_YEAR, LAST_YEAR = 2025, 2030
_ABSENT = {
    "nl": "geen openbaar cijfer voor deze installatie, of een gezamenlijke vergunning",
    "en": "no public figure for this installation, or a joint permit",
}
_ASK = {
    "nl": "de onderneming of de Nederlandse Emissieautoriteit",
    "en": "the firm or the Dutch Emissions Authority",
}
_EXEMPT = (
    "Power made without residual gas is exempt, and so is some district heat (Wbm art. 71j(2)); "
    "how much of the emission that is, is not public. High: nothing is exempt. Low: all of it."
)
_NO_PLAN = {"nl": "Er is geen openbaar plan.", "en": "There is no public plan."}


@cache
def _installations() -> dict[str, Any]:
    path = files("maatwerkbank.portfolio") / PORTFOLIO / "installations.yaml"
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content


def exposure_case(company: CompanyState, known_on: date) -> CaseFile | None:
    """The firm at constant emissions, or None where no installation has public figures."""
    installations = [
        found
        for row in _installations()["installations"]
        if row.get("firm") == company.id and (found := _installation(row, known_on))
    ]
    if not installations:
        return None
    content = {
        "format": "maatwerkbank-case-1",
        "id": company.id,
        "company": company.id,
        "title": {"nl": company.name, "en": company.name},
        "summary": {
            "nl": "Blootstelling aan de CO2-heffing bij gelijkblijvende uitstoot.",
            "en": "Exposure to the CO2 levy at constant emissions.",
        },
        "kind": "exposure_only",
        "known_on": known_on.isoformat(),
        "valuation_year": FIRST_YEAR,
        "last_year": LAST_YEAR,
        "price_set": PRICE_SET,
        # A firm without a plan has no cash flow to discount; the rate changes nothing.
        "discount_rate": {"value": 0.0, "unit": "1/year", "source": "ecb-price-stability"},
        "installations": installations,
        "counterfactual_description": _NO_PLAN,
        "projects": [],
    }
    return CaseFile(Case.model_validate(content), digest(content), ())


def _installation(row: dict[str, Any], known_on: date) -> dict[str, Any] | None:
    if row.get("joint_permit"):
        return None
    emission = _latest(row.get("verified") or [], known_on)
    allocation = _latest(row.get("free_allocation") or [], known_on)
    if emission is None:
        return None
    absent = {"absent": True, "why": _ABSENT, "ask": _ASK}
    return {
        "id": row["id"].lower(),
        "name": row["name"],
        "ets_id": row["id"],
        "levy": "ets",
        "boundary": row.get("boundary"),
        "emissions": {"scope1": _figure(emission), "levy_base": _at_most(emission)},
        "rights": {"free_allocation_2025": _figure(allocation)} if allocation else absent,
    }


def _latest(values: list[dict[str, Any]], known_on: date) -> dict[str, Any] | None:
    known = [v for v in values if v["t"] is not None and last_day(str(v["known_from"])) <= known_on]
    return max(known, key=lambda v: int(v["year"])) if known else None


def _at_most(value: dict[str, Any]) -> dict[str, Any]:
    """The emission under the levy: the verified one is the most it can be."""
    whole = _figure(value)
    high = whole.pop("value")
    return {**whole, "range": {"low": 0.0, "high": high}, "seen": "derived", "note": _EXEMPT}


def _figure(value: dict[str, Any]) -> dict[str, Any]:
    return {
        "value": float(value["t"]),
        "unit": "t/year",
        "source": _installations()["source"],
        "place": str(value["year"]),
    }
