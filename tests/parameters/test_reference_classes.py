# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What earlier projects went through: each class cited, and as its published numbers say."""

import math

import pytest

from maatwerkbank.ground.errors import ParameterError
from maatwerkbank.parameters.reference_classes import (
    KINDS,
    ReferenceClass,
    reference_class,
    reference_class_names,
)
from maatwerkbank.sources.register import Seen, load_sources

NAMES = reference_class_names()
COST = [name for name in NAMES if reference_class(name).kind == "cost_ratio"]
DELAY = [name for name in NAMES if reference_class(name).kind == "delay_years"]
LOGNORMAL = {
    # mean, share above 1: the two published moments; and the 80th and 90th percentile of the fit
    "process_megaproject_before_fid": (1.59, 0.64, 2.23, 3.00),
    "process_megaproject_after_fid": (1.23, 0.65, 1.56, 1.84),
    "energy_project_general": (1.40, 0.60, 1.94, 2.53),
}


def test_the_shipped_classes():
    assert COST == [
        "energy_project_general",
        "first_dutch_infrastructure",
        "process_megaproject_after_fid",
        "process_megaproject_before_fid",
    ]
    assert DELAY == ["delay_after_fid", "first_projects_delay", "process_project_delay"]


def test_an_unknown_class_is_refused_with_all_names():
    with pytest.raises(ParameterError) as unknown:
        reference_class("process_megaproject")

    assert unknown.value.what == "there is no reference class 'process_megaproject'."
    assert unknown.value.remedy == f"choose from: {', '.join(NAMES)}"


@pytest.mark.parametrize("name", NAMES)
def test_a_class_cites_a_known_source_and_says_where_and_how_it_was_seen(name):
    found = reference_class(name)

    assert found.source in load_sources()
    assert found.place
    assert isinstance(found.seen, Seen)


@pytest.mark.parametrize("name", NAMES)
def test_a_class_is_no_better_seen_than_what_it_rests_on(name):
    found = reference_class(name)

    assert found.seen == load_sources()[found.source].seen
    assert found.seen in {Seen.DERIVED, Seen.UNVERIFIED}


@pytest.mark.parametrize("name", list(LOGNORMAL))
def test_a_cost_class_says_that_it_never_goes_on_top_of_a_contingency(name):
    note = reference_class(name).note

    assert "Not to be applied on top of a contingency" in note.en
    assert "Niet toepassen boven op een post onvoorzien" in note.nl


@pytest.mark.parametrize("name", NAMES)
def test_a_class_is_of_a_form_that_a_case_file_may_have_too(name):
    assert reference_class(name).distribution.kind in KINDS


@pytest.mark.parametrize(("name", "moments"), LOGNORMAL.items(), ids=LOGNORMAL)
def test_a_lognormal_class_has_the_published_moments(name, moments):
    fit = reference_class(name).distribution
    mean, above, p80, p90 = moments

    assert math.exp(fit.mu + fit.sigma**2 / 2) == pytest.approx(mean, abs=0.005)
    assert 0.5 * math.erfc(-fit.mu / fit.sigma / math.sqrt(2)) == pytest.approx(above, abs=0.005)
    assert math.exp(fit.mu + 0.841621 * fit.sigma) == pytest.approx(p80, abs=0.01)
    assert math.exp(fit.mu + 1.281552 * fit.sigma) == pytest.approx(p90, abs=0.01)


def test_first_infrastructure_became_as_much_dearer_as_was_reported():
    # Klemetsrud 9.5 / 5.5, Hynetwork 3.8 / 1.5, Porthos between 1.3 / 0.5 and 1.3 / 0.45
    found = reference_class("first_dutch_infrastructure").distribution.sample

    assert found == pytest.approx([9.5 / 5.5, 3.8 / 1.5, (1.3 / 0.5 + 1.3 / 0.45) / 2], abs=0.01)


def test_the_judgement_on_delay_is_marked_as_one():
    found = reference_class("delay_after_fid")

    assert found.seen == Seen.UNVERIFIED
    assert (found.distribution.low, found.distribution.mode, found.distribution.high) == (0, 1.5, 4)


def test_of_large_projects_a_good_quarter_is_on_time():
    delay = reference_class("process_project_delay").distribution

    assert dict(zip(delay.values, delay.probabilities, strict=True))[0] == 1 - 0.73
    assert math.fsum(delay.probabilities) == pytest.approx(1, abs=1e-12)


def test_those_that_are_late_are_as_late_as_first_projects_were():
    # a sixth was 1 year late, a third 2, a sixth 2.5 and a third 3
    late = reference_class("process_project_delay").distribution
    sample = reference_class("first_projects_delay").distribution.sample

    assert sorted(sample) == [1, 2, 2, 2.5, 3, 3]
    assert [p / 0.73 for p in late.probabilities[1:]] == pytest.approx([1 / 6, 1 / 3, 1 / 6, 1 / 3])


def test_a_class_with_another_field_is_refused():
    content = reference_class("delay_after_fid").model_dump()

    with pytest.raises(ValueError, match="mean"):
        ReferenceClass.model_validate({**content, "mean": 1.8})
