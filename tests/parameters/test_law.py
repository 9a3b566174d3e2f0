# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law on two time axes: what held on a day, as it was known on another day."""

from datetime import date

import numpy as np
import pytest

from maatwerkbank.ground.errors import (
    NoValueOnDate,
    ParameterError,
    RequiredValue,
    UnknownOutlook,
    UnknownParameter,
    UnknownVariant,
)
from maatwerkbank.parameters.files import (
    outlook_file,
    parameter_file,
    parameter_names,
    variant_file,
    variant_names,
)
from maatwerkbank.parameters.law import Law
from maatwerkbank.sources.register import Seen

LETTER = date(2025, 6, 30)
TARIEF = "co2_heffing/tarief"
TARIEF_AVI = "co2_heffing/tarief_avi"
FACTOR = "co2_heffing/reductiefactor"


def day(text):
    return date.fromisoformat(text)


def new_year(year):
    return date(year, 1, 1)


# --- two axes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "on", "known_on", "value"),
    [
        (FACTOR, "2030-01-01", "2025-06-30", 0.667),
        (FACTOR, "2023-01-01", "2025-06-30", 1.213),
        (FACTOR, "2025-01-01", "2025-06-30", 1.057),
        (FACTOR, "2026-01-01", "2025-06-30", 0.979),
        (FACTOR, "2026-01-01", "2025-12-23", 0.979),
        (FACTOR, "2026-01-01", "2025-12-24", 1.023),
        (FACTOR, "2026-01-01", "2026-01-31", 1.023),
        (FACTOR, "2021-01-01", "2022-12-31", 1.2),
        (FACTOR, "2030-01-01", "2022-12-31", 0.687),
        (TARIEF, "2026-01-01", "2026-01-01", 78.67),
        (TARIEF, "2026-01-01", "2025-06-30", 100.74),
        (TARIEF, "2025-01-01", "2026-01-01", 87.9),
        (TARIEF, "2030-01-01", "2025-06-30", 152.1),
        (TARIEF, "2030-01-01", "2021-01-01", 127.05),
        (TARIEF_AVI, "2030-01-01", "2026-01-01", 303.55),
        (TARIEF_AVI, "2035-01-01", "2026-01-01", 303.55),
        (TARIEF, "2035-01-01", "2026-01-01", 78.67),
        (FACTOR, "2035-01-01", "2026-01-01", 1.023),
        ("co2_heffing/minimumprijs", "2022-01-01", "2025-06-30", 0),
        ("co2_heffing/minimumprijs", "2035-01-01", "2025-06-30", 31.9),
        ("co2_heffing/correctiefactor_avi", "2033-01-01", "2026-01-31", 0),
        ("co2_heffing/benchmarkperiode", "2026-01-01", "2025-06-30", 2021),
        ("co2_heffing/benchmarkperiode", "2026-01-01", "2026-01-31", 2026),
        ("eu_ets/price", "2024-01-01", "2025-06-30", 65.0),
        ("tax/corporate_rate", "2025-01-01", "2025-06-30", 0.258),
    ],
)
def test_a_value_is_that_of_the_latest_text_known_on_the_day(name, on, known_on, value):
    assert Law(day(known_on)).on(name, day(on)).value == value


def test_a_stated_amount_says_its_price_year_and_what_it_rests_on():
    value = Law(LETTER).on(TARIEF, new_year(2026))

    assert value.as_json() == {
        "name": "co2_heffing/tarief",
        "value": 100.74,
        "low": None,
        "high": None,
        "unit": "EUR/t",
        "price_year": 2025,
        "on": "2026-01-01",
        "known_on": "2025-06-30",
        "valid_from": "2026-01-01",
        "known_from": "2025-01-01",
        "status": "enacted",
        "source": {
            "id": "wbm",
            "place": "art. 71p lid 1 onder a en lid 2, version 2025-01-01",
            "seen": "official",
        },
    }


def test_a_value_holds_from_its_day_and_not_the_day_before():
    law = Law(LETTER)

    assert law.on(FACTOR, day("2023-12-31")).value == 1.213
    assert law.on(FACTOR, day("2024-01-01")).value == 1.135
    assert law.on(FACTOR, day("2022-12-31")).value == 1.143


# --- silence -----------------------------------------------------------------------------------


def test_silence_is_an_error_that_names_the_remedy():
    with pytest.raises(NoValueOnDate) as silence:
        Law(LETTER).on(FACTOR, new_year(2031))

    assert silence.value.what == (
        "co2_heffing/reductiefactor has no value on 2031-01-01 as known on 2025-06-30: "
        "its values run from 2021-01-01 to 2030."
    )
    assert "`--outlook hold`" in silence.value.remedy
    assert "parameters/data/co2_heffing/reductiefactor.yaml" in silence.value.remedy


def test_the_text_of_2026_has_no_end_and_so_is_not_silent_after_2030():
    statuses = {
        Law(day("2026-01-01"), outlook="hold").on(name, new_year(2040)).status
        for name in (TARIEF, TARIEF_AVI, FACTOR)
    }

    assert statuses == {"enacted"}


def test_before_the_first_text_nothing_is_known_and_an_outlook_does_not_help():
    with pytest.raises(NoValueOnDate) as silence:
        Law(day("2020-12-31"), outlook="hold").on(FACTOR, new_year(2025))

    assert "nothing about it was known before 2021-01-01" in silence.value.what
    with pytest.raises(NoValueOnDate):
        Law(LETTER, outlook="hold").on(FACTOR, new_year(2020))


def test_a_value_that_nobody_could_read_is_required_and_says_where_to_look():
    with pytest.raises(RequiredValue) as required:
        Law(LETTER).on("co2_heffing/ets_prijs", new_year(2025))

    assert "no public source that we could read" in required.value.what
    assert "tariff page of the Dutch Emissions Authority (NEa), levy year 2025" in (
        required.value.remedy
    )


def test_the_ets_price_of_2022_was_read():
    assert Law(LETTER).on("co2_heffing/ets_prijs", new_year(2022)).value == 60.78


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("co2_heffing/tarieff", "co2_heffing/tarief"),
        ("tarief", "co2_heffing/tarief"),
        ("ammonia", "eu_ets/benchmark/ammonia"),
        ("zzz", "run `maatwerkbank parameter`"),
        ("../law", "run `maatwerkbank parameter`"),
        ("", "run `maatwerkbank parameter`"),
    ],
)
def test_an_unknown_parameter_is_refused_with_the_nearest_names(name, near):
    with pytest.raises(UnknownParameter) as unknown:
        Law(LETTER).on(name, new_year(2025))

    assert near in unknown.value.remedy


def test_an_unknown_variant_or_outlook_is_refused_with_all_names():
    with pytest.raises(UnknownVariant) as variant:
        Law(LETTER, variant="levy_abolish")
    with pytest.raises(UnknownOutlook) as outlook:
        Law(LETTER, outlook="hope")

    assert "levy_abolished, levy_factor_frozen" in variant.value.remedy
    assert outlook.value.remedy == "choose from: hold"


# --- outlook -----------------------------------------------------------------------------------


def test_the_outlook_holds_the_last_value_and_calls_it_scenario():
    value = Law(LETTER, outlook="hold").on(TARIEF, new_year(2035))

    assert (value.value, value.status, value.price_year) == (152.1, "scenario", 2025)


def test_a_rule_without_an_end_goes_on_under_the_outlook_and_not_below_its_floor():
    law = Law(LETTER, outlook="hold")

    assert law.on(FACTOR, new_year(2031)).value == 0.589
    assert law.on(FACTOR, new_year(2038)).value == 0.043
    assert law.on(FACTOR, new_year(2039)).value == 0
    assert law.on(FACTOR, new_year(2050)).value == 0


def test_the_outlook_says_nothing_where_the_law_speaks():
    with_outlook, without = Law(LETTER, outlook="hold"), Law(LETTER)

    assert with_outlook.on(FACTOR, new_year(2030)) == without.on(FACTOR, new_year(2030))


def test_without_an_outlook_there_is_no_inflation():
    with pytest.raises(NoValueOnDate):
        _ = Law(LETTER).inflation

    assert Law(LETTER, outlook="hold").inflation == 0.02
    assert outlook_file("hold").carry == 0


# --- intervals ---------------------------------------------------------------------------------


def test_a_value_that_nobody_has_seen_is_an_interval_with_two_ends():
    law = Law(day("2026-07-31"))
    value = law.on("eu_ets/benchmark/aluminium", new_year(2026))

    assert value.is_interval
    assert value.at("low") == value.low < value.value < value.high == value.at("high")
    assert value.at(None) == (value.low + value.high) / 2
    assert value.as_json()["value"] is None


def test_bounded_takes_one_end_of_what_is_an_interval_and_the_value_of_what_is_not():
    law = Law(day("2026-07-31"))
    years = np.array([2025, 2026])

    low = law.bounded("eu_ets/benchmark/aluminium", years, "low")
    high = law.bounded("eu_ets/benchmark/aluminium", years, "high")

    assert low[0] == high[0] == 1.464
    assert low[1] < high[1]


# --- indexation --------------------------------------------------------------------------------


def test_amounts_are_indexed_by_published_factors_and_then_by_inflation():
    law = Law(LETTER, outlook="hold")

    amounts = law.nominal(TARIEF, np.arange(2025, 2031))

    # 87.90; (87.90 + 12.84) x 1.02 = 102.75; (102.75 + 13.10) x 1.02 = 118.17; ...
    assert amounts.tolist() == [87.9, 102.75, 118.17, 134.16, 150.75, 167.94]


@pytest.mark.parametrize("first", [2023, 2024, 2025, 2026, 2027, 2029])
@pytest.mark.parametrize("variant", [None, "levy_2020", "levy_2026", "levy_no_step"])
@pytest.mark.parametrize("name", [TARIEF, TARIEF_AVI, "energy_tax/electricity/1"])
def test_the_amount_of_a_year_does_not_depend_on_the_year_in_which_a_run_starts(
    first, variant, name
):
    whole = Law(LETTER, variant=variant, outlook="hold").nominal(name, np.arange(2025, 2036))
    part = Law(LETTER, variant=variant, outlook="hold").nominal(name, np.arange(first, 2036))

    assert part[max(0, 2025 - first) :].tolist() == whole[max(0, first - 2025) :].tolist()


def test_the_text_of_2021_indexed_to_2025_is_the_text_of_2025():
    law = Law(LETTER, variant="levy_2020", outlook="hold")

    # 30.48, four times a step that is indexed: 41.75, 55.94, 74.17, 87.90; then as above.
    assert law.nominal(TARIEF, np.arange(2026, 2029)).tolist() == [102.75, 118.17, 134.16]


def test_published_amounts_of_past_years_are_printed_as_the_law_printed_them():
    law = Law(day("2025-01-01"), outlook="hold")

    assert law.nominal(TARIEF, np.arange(2021, 2026)).tolist() == [30.48, 41.75, 55.94, 74.17, 87.9]


def test_the_text_of_2026_is_indexed_from_2027_and_the_announced_amount_is_not():
    years = np.arange(2026, 2031)

    text = Law(LETTER, variant="levy_2026", outlook="hold").nominal(TARIEF, years)
    flat = Law(LETTER, variant="levy_2026_flat", outlook="hold").nominal(TARIEF, years)

    assert text.tolist() == [78.67, 80.24, 81.84, 83.48, 85.15]
    assert flat.tolist() == [78.67] * 5


def test_a_published_factor_of_a_later_year_prevails_over_inflation():
    known = Law(day("2026-06-04"), outlook="hold")

    # Indexed with 1.029, the factor of 2026: 0.10154 x 1.029 is not in the text, which restates.
    assert known.on("tax/tabelcorrectiefactor", new_year(2026)).value == 1.029
    assert known.nominal("energy_tax/electricity/1", np.array([2026])).tolist() == [0.09161]


def test_stated_amounts_are_at_the_price_level_of_their_first_year_or_an_earlier_one():
    late = [
        name
        for name in parameter_names()
        for statement in parameter_file(name).statements
        if statement.price_year and statement.price_year > statement.values[0][0].year
    ]

    assert late == []


# --- variants ----------------------------------------------------------------------------------


def test_all_variants_are_there():
    assert variant_names() == (
        "cbam_proposal_2026",
        "grid_cost_as_neighbours",
        "ikc_extended",
        "ikc_to_2030",
        "levy_2020",
        "levy_2023",
        "levy_2026",
        "levy_2026_flat",
        "levy_abolished",
        "levy_factor_frozen",
        "levy_no_step",
    )


YEARS = np.arange(2021, 2036)
LEVY = (TARIEF, TARIEF_AVI, FACTOR, "co2_heffing/minimumprijs", "co2_heffing/correctiefactor_avi")


def changed_by(variant, known_on=LETTER):
    """Names of which some value from 2021 to 2035 is another one under the variant."""
    return {
        name
        for name in parameter_names()
        if values(Law(known_on, outlook="hold"), name)
        != values(Law(known_on, variant=variant, outlook="hold"), name)
    }


def values(law, name):
    return [value_or_silence(law, name, new_year(int(year))) for year in YEARS]


def value_or_silence(law, name, on):
    try:
        value = law.on(name, on)
    except (NoValueOnDate, RequiredValue) as silence:
        return type(silence)
    return value.value, value.low, value.high, value.price_year


OF_2026 = {
    TARIEF,
    TARIEF_AVI,
    FACTOR,
    "co2_heffing/avi_handel_apart",
    "co2_heffing/benchmarkperiode",
    "co2_heffing/correctiefactor_avi",
    "co2_heffing/verrekening_laatste_periode",
    "co2_heffing/volgorde_verrekening",
    # The price of 2026 is known to be required, though nobody has read it.
    "co2_heffing/ets_prijs",
}


@pytest.mark.parametrize(
    ("variant", "names"),
    [
        ("levy_abolished", {TARIEF, TARIEF_AVI, "co2_heffing/minimumprijs"}),
        (
            "levy_2020",
            {
                TARIEF,
                TARIEF_AVI,
                FACTOR,
                "co2_heffing/minimumprijs",
                "co2_heffing/benchmarkperiode",
                "co2_heffing/correctiefactor_avi",
            },
        ),
        ("levy_2023", set()),
        ("levy_2026", OF_2026),
        ("levy_2026_flat", OF_2026),
        ("levy_factor_frozen", {FACTOR}),
        ("levy_no_step", {TARIEF, TARIEF_AVI}),
        ("cbam_proposal_2026", {"eu_ets/cbam_factor"}),
        ("grid_cost_as_neighbours", {"economics/grid_cost_factor"}),
        ("ikc_extended", {"ikc/laatste_jaar"}),
        ("ikc_to_2030", {"ikc/laatste_jaar"}),
    ],
)
def test_a_variant_changes_what_it_says_and_nothing_else(variant, names):
    assert changed_by(variant) - {"co2_heffing/ets_prijs"} == names - {"co2_heffing/ets_prijs"}


def test_the_act_of_2026_known_in_2026_is_no_change_and_that_of_2023_is():
    known_on = day("2026-06-30")

    assert changed_by("levy_2026", known_on) == set()
    assert {TARIEF, FACTOR} <= changed_by("levy_2023", known_on)


@pytest.mark.parametrize("variant", variant_names())
def test_no_variant_changes_a_year_before_it_begins(variant):
    before = np.arange(2021, variant_file(variant).since.year)
    plain, changed = Law(LETTER, outlook="hold"), Law(LETTER, variant=variant, outlook="hold")

    assert [changed.yearly(name, before).tolist() for name in LEVY] == [
        plain.yearly(name, before).tolist() for name in LEVY
    ]


def test_the_abolished_levy_is_nil_and_removed_from_2026():
    law = Law(LETTER, variant="levy_abolished", outlook="hold")
    years = np.array([2025, 2026, 2040])

    assert law.removes("levy")
    assert not Law(LETTER).removes("levy")
    assert law.nominal(TARIEF, years).tolist() == [87.9, 0, 0]
    assert law.nominal(TARIEF_AVI, years).tolist() == [87.9, 0, 0]
    assert law.yearly("co2_heffing/minimumprijs", years).tolist() == [19.8, 0, 0]


@pytest.mark.parametrize(
    ("variant", "factor_2026", "tarief_2026", "vintage_2026"),
    [
        ("levy_2020", 0.915, 84.13, 2013),
        ("levy_2023", 0.979, 100.74, 2021),
        ("levy_2026", 1.023, 78.67, 2026),
        ("levy_2026_flat", 1.023, 78.67, 2026),
        ("levy_factor_frozen", 1.057, 100.74, 2021),
        ("levy_no_step", 0.979, 87.9, 2021),
    ],
)
def test_a_variant_brings_factor_tariff_and_benchmarks_of_its_own_act(
    variant, factor_2026, tarief_2026, vintage_2026
):
    law = Law(LETTER, variant=variant)
    found = [law.on(name, new_year(2026)).value for name in (FACTOR, TARIEF)]

    assert found == [factor_2026, tarief_2026]
    assert law.on("co2_heffing/benchmarkperiode", new_year(2026)).value == vintage_2026


def test_the_cbam_proposal_lets_allocation_fall_more_slowly():
    name = "eu_ets/cbam_factor"
    years = np.arange(2026, 2035)
    proposed = Law(LETTER, variant="cbam_proposal_2026").yearly(name, years)
    enacted = Law(LETTER).yearly(name, years)

    assert proposed.tolist() == [0.975, 0.95, 0.915, 0.81, 0.59, 0.48, 0.375, 0.27, 0.15]
    assert (proposed >= enacted).all()


def test_the_levy_act_of_2026_brings_its_own_benchmark_values():
    law = Law(LETTER, variant="levy_2026")
    name = "eu_ets/benchmark/heat"

    assert law.on(name, new_year(2026), chapter="co2_heffing").value == 31.2
    with pytest.raises(NoValueOnDate):
        law.on(name, new_year(2026))


# --- a variant in a later year, and changes on top ---------------------------------------------


def test_a_variant_may_take_force_in_a_later_year_than_its_file_says():
    law = Law(LETTER, variant="levy_abolished", outlook="hold", since=new_year(2029))
    plain = Law(LETTER, outlook="hold")
    years = np.array([2028, 2029, 2040])

    assert law.nominal(TARIEF, years).tolist() == [plain.nominal(TARIEF, years)[0], 0, 0]
    assert law.removes("levy")
    assert law.removed_since("levy") == new_year(2029)
    assert law.variant.name == "levy_abolished"


def test_a_law_as_known_on_another_day_may_come_later_too():
    law = Law(LETTER, variant="levy_2026", outlook="hold", since=new_year(2028))

    assert law.on(FACTOR, new_year(2027)).value == 0.901
    assert law.on(FACTOR, new_year(2028)).value == 1.023


@pytest.mark.parametrize("since", ["2025-01-01", "2029-07-01"])
def test_a_variant_takes_force_on_new_years_day_and_not_before_its_file_speaks(since):
    with pytest.raises(ParameterError) as refused:
        Law(LETTER, variant="levy_abolished", since=day(since))

    assert "its file speaks from 2026-01-01" in refused.value.what
    assert refused.value.remedy == "name the first of January of 2026 or of a later year"


def test_a_day_without_a_variant_is_refused():
    with pytest.raises(ParameterError) as refused:
        Law(LETTER, since=new_year(2029))

    assert "name the variant" in refused.value.remedy


def test_a_change_on_top_prevails_over_the_variant_and_leaves_the_rest_of_it_in_force():
    law = Law(LETTER, variant="levy_abolished", outlook="hold", since=new_year(2028))
    changed = law.under(variant_file("levy_no_step"))
    years = np.array([2027, 2028])

    assert changed.on(TARIEF, new_year(2028)).value == 87.9
    assert changed.yearly("co2_heffing/minimumprijs", years).tolist() == [24, 0]
    assert changed.removes("levy")


def test_a_law_with_a_change_on_top_still_knows_the_law_as_it_stands():
    changed = Law(LETTER, outlook="hold").under(variant_file("levy_abolished"))

    assert changed.on(TARIEF, new_year(2027)).value == 0
    assert changed.without_variant.on(TARIEF, new_year(2027)).value == 113.58


# --- what a run remembers ----------------------------------------------------------------------


def test_a_run_remembers_every_value_that_it_asked_for_by_year():
    law = Law(LETTER, outlook="hold")

    law.yearly(FACTOR, np.array([2030, 2031]))
    law.nominal(TARIEF, np.array([2025, 2026]))

    statuses = {key: value.status for key, value in law.used.items()}
    assert statuses[FACTOR, 2030] == "enacted"
    assert statuses[FACTOR, 2031] == "scenario"
    assert {name for name, _ in statuses} >= {FACTOR, TARIEF}


def test_an_official_run_may_not_rest_on_press_or_unverified_values():
    law = Law(LETTER)

    law.on("eu_ets/price", new_year(2024))
    law.yearly("eu_ets/price", np.array([2024]))
    law.yearly(FACTOR, np.array([2025]))

    assert law.not_official() == ["eu_ets/price: seen as 'press' in dehst-auctions-2024-press"]


def test_a_citation_says_how_a_value_was_seen():
    assert Law(LETTER).on(FACTOR, new_year(2025)).citation.seen is Seen.OFFICIAL
