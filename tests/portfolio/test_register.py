# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The public register, against what the letter of 30 June 2025 and its forerunners say."""

import csv
import json
import subprocess
import sys
from datetime import date
from importlib.resources import files

import pytest
import yaml

from maatwerkbank.ground.errors import PortfolioError, UnknownSource
from maatwerkbank.portfolio.register import Span, _event, last_day, register
from maatwerkbank.sources import load_sources

LETTER = date(2025, 6, 30)
STOPPED = {
    "dow",
    "shell",
    "lyondellbasell",
    "bp",
    "air-liquide",
    "air-products",
    "exxonmobil",
}
FIRST_EIGHT = (
    "tata-steel",
    "dow",
    "nobian",
    "oci",
    "shell",
    "yara",
    "anqore",
    "zeeland-refinery",
)
FIRST_ELEVEN = (*FIRST_EIGHT, "lyondellbasell", "bp", "air-liquide")


def portfolio_file(name: str) -> dict:
    file = files("maatwerkbank") / "portfolio" / "nl-2025-06-30" / name
    return yaml.safe_load(file.read_text("utf-8"))


def ids(companies) -> set[str]:
    return {company.id for company in companies}


def ambition(company: str, quantity: str, version: str, on: date = LETTER):
    found = [
        ambition
        for ambition in register(on).company(company).ambitions
        if (ambition.quantity, ambition.version) == (quantity, version)
    ]
    assert len(found) == 1
    return found[0]


def gross_megatonnes(companies) -> tuple[float, float]:
    """The sum of the low ends and of the high ends of the CO2 ambitions in the EoPs."""
    amounts = [ambition(company, "co2", "eop").gross for company in companies]
    spans = [amount if isinstance(amount, Span) else Span(amount, amount) for amount in amounts]
    return sum(span.low for span in spans) / 1e6, sum(span.high for span in spans) / 1e6


@pytest.mark.parametrize(
    ("company", "stage"),
    [
        ("nobian", "execution"),
        ("yara", "execution"),
        ("cosun", "jloi"),
        ("anqore", "advice"),
        ("tata-steel", "working_out"),
        ("zeeland-refinery", "working_out"),
        ("alco", "working_out"),
        ("oci", "working_out"),
        ("aeb", "exploration"),
        ("avr", "exploration"),
    ],
)
def test_the_stage_on_30_june_2025_is_the_one_in_the_letter(company, stage):
    state = register(LETTER).company(company)

    assert state.stage == stage
    assert state.exit is None
    assert "kamerbrief-2025-06-30" in state.sources[stage]


def test_thirteen_companies_have_signed_an_expression_of_principles():
    signed = [company for company in register(LETTER) if company.eop_signed]

    assert ids(signed) == {*FIRST_ELEVEN, "alco", "cosun"}
    assert len(signed) == 13


def test_one_company_went_through_all_three_steps():
    bound = [company for company in register(LETTER) if company.agreement_date]

    assert ids(bound) == {"nobian"}
    assert bound[0].agreement_date == "2024-12-19"


def test_cosun_signed_its_joint_letter_of_intent_on_23_june_2025():
    cosun = register(LETTER).company("cosun")

    assert cosun.jloi_date == "2025-06-23"
    assert cosun.sources["jloi"] == ("kamerbrief-2025-06-30",)


def test_the_date_of_cosuns_expression_of_principles_is_not_public():
    cosun = register(LETTER).company("cosun")

    assert cosun.eop_signed
    assert cosun.eop_date is None


def test_the_companies_that_work_towards_a_joint_letter_of_intent_are_those_of_the_letter():
    working = [
        company
        for company in register(LETTER)
        if company.stage in {"working_out", "draft_jloi", "advice"} and company.exit is None
    ]

    assert ids(working) == {"tata-steel", "anqore", "alco", "zeeland-refinery", "oci"}


def test_seven_companies_stopped_with_the_door_open():
    stopped = [company for company in register(LETTER) if company.exit is not None]

    assert ids(stopped) == STOPPED
    assert {company.exit.kind for company in stopped} == {"stopped_door_open"}


def test_the_day_on_which_a_company_stopped_is_not_public_but_that_of_the_letter_is():
    days = {
        (company.exit.date, company.exit.known_by)
        for company in register(LETTER)
        if company.exit is not None
    }

    assert days == {(None, "2025-06-30")}


def test_only_for_dow_does_a_source_name_reasons_for_stopping():
    with_reasons = {
        company.id: company.exit.reasons
        for company in register(LETTER)
        if company.exit is not None and company.exit.reasons
    }

    assert with_reasons == {"dow": ("R2", "R3")}


@pytest.mark.parametrize("company", ["air-products", "exxonmobil"])
def test_two_companies_stopped_without_an_expression_of_principles(company):
    state = register(LETTER).company(company)

    assert state.stage == "exploration"
    assert not state.eop_signed
    assert state.ambitions == ()


def test_yara_left_the_standard_order_for_an_incidental_subsidy():
    assert register(date(2023, 10, 22)).company("yara").track == "standard"
    assert register(date(2023, 10, 23)).company("yara").track == "incidental_subsidy"
    assert register(LETTER).company("yara").jloi_date is None


def test_all_other_companies_follow_the_standard_track():
    others = [company for company in register(LETTER) if company.id != "yara"]

    assert {company.track for company in others} == {"standard"}


def test_the_reservation_about_oci_is_kept():
    assert register(LETTER).company("oci").qualifier.nl.startswith("“mogelijk”")


def test_the_day_before_the_letter_nobody_had_stopped():
    before = register(date(2025, 6, 29))

    assert [company.id for company in before if company.exit is not None] == []
    assert before.company("nobian").stage == "agreement"
    assert before.company("anqore").stage == "eop"


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        (date(2022, 12, 12), "eop"),
        (date(2023, 6, 29), "eop"),
        (date(2023, 6, 30), "advice"),
        (date(2023, 12, 31), "jloi"),
        (date(2024, 12, 18), "jloi"),
        (date(2024, 12, 19), "agreement"),
        (LETTER, "execution"),
    ],
)
def test_nobian_can_be_asked_for_at_any_date(on, stage):
    assert register(on).company("nobian").stage == stage


def test_a_company_is_absent_before_its_first_event():
    assert ids(register(date(2022, 12, 5))) == {"tata-steel"}
    assert ids(register(date(2022, 12, 6))) == {"tata-steel", "dow"}


def test_the_register_is_empty_before_the_first_document():
    assert register(date(2021, 3, 29)).companies == ()


def test_tata_steel_has_two_versions_of_its_expression_of_principles():
    old, new = register(date(2022, 7, 14)), register(date(2022, 7, 16))

    assert old.company("tata-steel").eop_date == "2021-03-30"
    assert old.company("tata-steel").ambitions == ()
    assert new.company("tata-steel").eop_date == "2022-07-15"


def test_three_companies_had_an_expression_of_principles_at_the_end_of_2022():
    signed = [company for company in register(date(2022, 12, 31)) if company.eop_signed]

    assert ids(signed) == {"tata-steel", "dow", "nobian"}


def test_a_reduced_date_counts_from_the_last_day_of_its_period():
    assert "alco" not in ids(register(date(2024, 10, 30)))
    assert register(date(2024, 10, 31)).company("alco").eop_date == "2024-10"


def test_a_reduced_date_counts_earlier_where_a_source_shows_that_it_had_happened():
    assert "air-liquide" not in ids(register(date(2023, 12, 20)))
    assert register(date(2023, 12, 21)).company("air-liquide").eop_date == "2023-12"


@pytest.mark.parametrize(
    ("reduced", "day"),
    [
        ("2023", date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2023-11-22", date(2023, 11, 22)),
    ],
)
def test_the_last_day_of_a_reduced_date(reduced, day):
    assert last_day(reduced) == day


def test_the_first_eight_ambitions_add_up_to_the_published_range():
    low, high = gross_megatonnes(FIRST_EIGHT)

    assert low == pytest.approx(14.8)
    assert high == pytest.approx(15.7)


def test_the_first_eleven_ambitions_add_up_to_the_published_range():
    low, high = gross_megatonnes(FIRST_ELEVEN)

    assert low == pytest.approx(17.4)
    assert high == pytest.approx(18.5)


@pytest.mark.parametrize(
    ("company", "gross", "additional"),
    [
        ("shell", 3_900_000, 500_000),
        ("bp", 1_200_000, 200_000),
        ("air-liquide", 1_050_000, 250_000),
    ],
)
def test_gross_and_additional_tonnes_stand_apart(company, gross, additional):
    aim = ambition(company, "co2", "eop")

    assert aim.gross == gross
    assert aim.additional == additional
    assert aim.additional_to is not None


def test_only_three_companies_name_additional_tonnes():
    named = {
        company.id
        for company in register(LETTER)
        for aim in company.ambitions
        if aim.additional is not None
    }

    assert named == {"shell", "bp", "air-liquide"}


def test_what_cosun_aims_at_was_not_known_yet():
    cosun = register(LETTER).company("cosun")

    assert cosun.stage == "jloi"
    assert cosun.ambitions == ()


def test_a_range_stays_a_range():
    assert ambition("oci", "co2", "eop").gross == Span(800_000, 1_700_000)


def test_a_percentage_stays_a_share_of_its_base_year():
    aim = ambition("alco", "co2", "eop")

    assert (aim.gross, aim.unit, aim.base_year, aim.bound) == (0.70, "fraction", 2021, "at_least")


def test_the_versions_of_nobians_ambition_are_kept_beside_one_another():
    versions = {
        aim.version: aim.gross
        for aim in register(LETTER).company("nobian").ambitions
        if aim.quantity == "co2"
    }

    assert versions == {"eop": 500_000, "jloi": 600_000, "agreement": 500_000}


def test_every_event_cites_a_source_of_the_register_of_sources():
    events = [
        event
        for company in portfolio_file("register.yaml")["companies"]
        for event in company["events"]
    ]

    assert {event["source"] for event in events} <= set(load_sources())


def test_no_event_is_later_than_the_cut_off():
    document = portfolio_file("register.yaml")
    days = [
        last_day(str(event.get("known_by") or event["date"]))
        for company in document["companies"]
        for event in company["events"]
    ]

    assert max(days) == document["cut_off"] == LETTER


def test_an_ambition_in_tonnes_is_never_a_fraction_and_the_reverse():
    amounts = [
        (event["unit"], event["gross"])
        for company in portfolio_file("register.yaml")["companies"]
        for event in company["events"]
        if event["kind"] == "ambition"
    ]
    ends = [
        (unit, end)
        for unit, gross in amounts
        for end in (gross.values() if isinstance(gross, dict) else [gross])
    ]

    assert {unit for unit, _ in ends} == {"t/year", "fraction"}
    assert [end for unit, end in ends if unit == "fraction" and not 0 < end <= 1] == []
    assert [end for unit, end in ends if unit == "t/year" and end < 100] == []


def test_the_register_is_plain_json_with_null_for_what_is_unknown():
    printed = json.loads(json.dumps(register(LETTER).as_json()))
    cosun = next(company for company in printed["companies"] if company["id"] == "cosun")

    assert printed["as_of"] == "2025-06-30"
    assert printed["notice"] is None
    assert len(printed["companies"]) == 17
    assert cosun["eop_signed"] is True
    assert cosun["eop_date"] is None
    assert cosun["exit"] is None
    assert cosun["sources"] == {
        "eop": ["kamerbrief-2025-06-30"],
        "jloi": ["kamerbrief-2025-06-30"],
    }


def test_json_prints_ranges_as_low_and_high():
    printed = register(LETTER).as_json()
    oci = next(company for company in printed["companies"] if company["id"] == "oci")

    assert oci["ambitions"][0]["gross"] == {"low": 800_000, "high": 1_700_000}
    assert oci["ambitions"][0]["additional"] is None
    assert set(oci["qualifier"]) == {"nl", "en", "date", "source"}


def test_a_date_after_the_cut_off_gives_the_last_state_and_says_so():
    later = register(date(2026, 1, 1))

    assert later.company("tata-steel").stage == "working_out"
    assert later.as_json()["notice"]["nl"] == (
        "Dit register bevat gebeurtenissen tot en met 2025-06-30; latere ontbreken."
    )


def test_an_unknown_company_is_refused_with_the_known_ones():
    with pytest.raises(PortfolioError, match="ask for one of: tata-steel"):
        register(date(2022, 7, 16)).company("fibrant")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"kind": "rumour", "date": "2024", "source": "wbm"}, "'rumour'"),
        ({"kind": "stage", "stage": "hope", "date": "2024", "source": "wbm"}, "'hope'"),
        ({"kind": "note", "date": None, "source": "wbm"}, "known_by"),
    ],
)
def test_an_event_that_the_register_does_not_know_is_refused(body, message):
    with pytest.raises(PortfolioError, match=message):
        _event("nobian", body)


def test_an_event_with_an_unknown_source_is_refused():
    with pytest.raises(UnknownSource, match="no source has the identity 'hearsay'"):
        _event("nobian", {"kind": "note", "date": "2024", "source": "hearsay"})


def test_asking_the_register_loads_no_heavy_library():
    program = (
        "import sys; from datetime import date; "
        "from maatwerkbank.portfolio.register import register; register(date(2025, 6, 30)); "
        "print(sorted({'numpy', 'pandas', 'pydantic', 'xarray'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


def test_every_installation_stands_for_a_company_of_the_register():
    installations = portfolio_file("installations.yaml")["installations"]
    firms = {entry["firm"] for entry in installations if entry["firm"] is not None}

    assert firms | {"oci", "anqore", "aeb", "avr"} == ids(register(LETTER))


def test_a_joint_permit_is_attributed_to_nobody():
    installations = portfolio_file("installations.yaml")["installations"]
    joint = [entry for entry in installations if entry.get("joint_permit")]

    assert [(entry["id"], entry["firm"], entry["firms"]) for entry in joint] == [
        ("NL_107", None, ["oci", "anqore"])
    ]


def test_the_power_stations_on_works_gases_are_marked_as_vattenfalls():
    installations = portfolio_file("installations.yaml")["installations"]
    marked = {
        entry["id"]: entry["operator"] for entry in installations if entry.get("works_gas_power")
    }

    assert set(marked) == {"NL_185", "NL_188"}
    assert set(marked.values()) == {"Vattenfall Power Generation Netherlands B.V."}


def test_installation_figures_are_those_of_the_union_registry(shared):
    with (shared / "data/eu_ets_nl/nl_installations_2022_2025.csv").open(encoding="utf-8") as file:
        rows = {row["installation_id"]: row for row in csv.DictReader(file)}
    ours = {
        entry["id"]: (
            entry["name"],
            entry["operator"],
            entry["nace"],
            str(entry["verified"][0]["t"]),
            str(entry["free_allocation"][0]["t"]),
        )
        for entry in portfolio_file("installations.yaml")["installations"]
        if entry["id"] != "NL_106"
    }

    theirs = {
        identity: (
            rows[identity]["name"],
            rows[identity]["operator"],
            rows[identity]["nace"],
            rows[identity]["verified_2024_t"],
            rows[identity]["free_allocation_2025_t"],
        )
        for identity in ours
    }

    assert ours == theirs
    assert len(ours) == 21


def test_nobian_hengelo_is_absent_from_the_list_and_has_no_figure(shared):
    with (shared / "data/eu_ets_nl/nl_installations_2022_2025.csv").open(encoding="utf-8") as file:
        listed = {row["installation_id"] for row in csv.DictReader(file)}
    with (shared / "data/eu_ets_nl/nl_compliance_2013_2020.csv").open(encoding="utf-8") as file:
        emissions = {
            (row["installation_id"], row["year"]): row["verified_t"] for row in csv.DictReader(file)
        }
    hengelo = next(
        entry
        for entry in portfolio_file("installations.yaml")["installations"]
        if entry["id"] == "NL_106"
    )

    assert "NL_106" not in listed
    assert hengelo["verified"][0]["t"] is None
    assert emissions["NL_106", "2020"] == "252731"
    assert "252.731" in hengelo["boundary"]["nl"]
