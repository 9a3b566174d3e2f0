# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The made-up case, changed as a test needs it."""

from datetime import date
from pathlib import Path

import yaml

from maatwerkbank.ground.receipt import digest
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.support.assessment import assess_support

FILE = Path(__file__).parents[1] / "example_case.yaml"
LAW = Law(date(2025, 6, 30), outlook="hold")
AFVANG, KETEL = "afvang", "elektrische-ketel"


def as_it_is(content):
    return content


def case_file(change=as_it_is):
    content = yaml.safe_load(FILE.read_text("utf-8"))
    change(content)
    return CaseFile(Case.model_validate(content), digest(content), ())


def case(change=as_it_is):
    return case_file(change).case


def supported(change=as_it_is, **law):
    return assess_support(case_file(change), **law)


def before_any_round(content):
    """Both projects were applied for when no round of SDE++ was open."""
    for project in content["projects"]:
        project["schemes"]["applications"]["sde"]["value"] = "2025-03-03"


def dearer(content):
    """As `before_any_round`, and capture costs more than it brings in."""
    before_any_round(content)
    content["projects"][0]["capex"]["range"] = {"low": 500, "central": 600, "high": 700}


def rung(ladder, scheme, project=AFVANG):
    return next(r for r in ladder.rungs if (r.scheme, r.project) == (scheme, project))
