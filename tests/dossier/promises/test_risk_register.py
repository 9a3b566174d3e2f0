# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The risk register and the plan never say different things unseen."""

from dataclasses import replace

import pytest

from maatwerkbank.dossier.evidence import Evidence, RiskRegisterFact
from maatwerkbank.dossier.promises.checks import risks_agree_with_plan
from maatwerkbank.dossier.promises.risk_register import (
    Risk,
    Weight,
    contradictions,
    contradictions_of,
    lacks_of,
    probabilities,
)
from maatwerkbank.plant.uncertainty import Uncertainties

STATED = {"source": "x", "place": "p. 1"}
PLAN = Uncertainties.model_validate(
    {
        "figures": [
            {
                "id": "capex",
                "of": ["projects[0].capex"],
                "as": "ratio",
                "distribution": {"kind": "uniform", "low": 0.9, "high": 1.4},
                **STATED,
            }
        ],
        "delays": [
            {
                "id": "grid",
                "cause": "grid",
                "projects": ["boiler"],
                "years": {
                    "kind": "discrete",
                    "values": [0, 1, 2],
                    "probabilities": [0.3, 0.5, 0.2],
                },
                **STATED,
            }
        ],
        "policy": [{"variant": "levy_abolished", "probability": 0.4, **STATED}],
    }
)
GRID = Risk("r1", "station vol", "aansluiting laat", "start later", "netbeheerder",
            Weight("likely", "large"), uncertainties=("grid",))  # fmt: skip
CAPEX = replace(GRID, id="r2", event="duurder", uncertainties=("capex",))
LEVY = replace(GRID, id="r3", event="heffing weg", before=Weight("even", "large"),
               uncertainties=("levy_abolished",))  # fmt: skip


def test_a_delay_happens_when_it_counts():
    found = probabilities(PLAN)

    assert found["grid"] == pytest.approx(0.7, abs=1e-3)
    assert found["levy_abolished"] == 0.4
    assert found["capex"] is None


def test_a_register_that_agrees_gives_nothing():
    assert contradictions([GRID, CAPEX, LEVY], PLAN) == ()


def test_everything_that_disagrees_is_told_at_once():
    unlikely = replace(GRID, before=Weight("unlikely", "large"), uncertainties=("grid", "weather"))

    found = contradictions([unlikely, LEVY], PLAN)

    assert [each.code for each in found] == [
        "risk.other-likelihood", "risk.not-declared", "risk.no-entry",
    ]  # fmt: skip
    assert found[0].expected.nl == "de kans die het plan geeft: 70%"


def test_one_entry_is_told_by_its_fields():
    unlikely = replace(GRID, before=Weight("unlikely", "large"), uncertainties=("grid", "weather"))

    found = contradictions_of(unlikely, PLAN)

    assert [each.place for each in found] == ["before_likelihood", "uncertainties"]
    assert found[0].remedy
    assert contradictions_of(GRID, PLAN) == ()


def test_without_a_plan_nothing_can_disagree():
    assert contradictions([GRID], None) == ()
    assert contradictions_of(GRID, None) == ()


def test_a_gate_asks_that_no_risk_contradicts_the_plan():
    def found(register: RiskRegisterFact | None):
        return risks_agree_with_plan(Evidence(risk_register=register))

    assert not found(None).met
    assert found(RiskRegisterFact(plan=3, risks=0)).met
    assert found(RiskRegisterFact(plan=3, risks=2)).met
    shut = found(RiskRegisterFact(plan=3, risks=2, contradicted=("r1",)))
    assert not shut.met
    assert shut.because.nl.startswith("1 risico spreekt plan 3 tegen.")


def test_what_is_done_makes_no_risk_heavier():
    harmful = replace(GRID, after_own=Weight("very_likely", "large"))

    assert [each.place for each in lacks_of(harmful)] == ["after_own_likelihood"]
    assert lacks_of(GRID) == ()
    assert [each.place for each in lacks_of(replace(GRID, owner=" "))] == ["owner"]
