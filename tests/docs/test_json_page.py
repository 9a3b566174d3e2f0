# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""docs/reference/json.md names every key that a program can meet, and no other."""

import contextlib
import json
import re
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from tests.risk.example import LATE, MONEY, SOURCED, TONNES, case_file

from maatwerkbank.cli.main import main
from maatwerkbank.dossier.publication.publication import Withdrawal
from maatwerkbank.dossier.publication.shipped import shipped_publication
from maatwerkbank.economics.assessment import assess
from maatwerkbank.economics.elsewhere import elsewhere
from maatwerkbank.letter.progress import progress_letter
from maatwerkbank.letter.progress.as_data import as_data
from maatwerkbank.parameters import Law
from maatwerkbank.parameters.countries import country_names
from maatwerkbank.plant.case_file import read_case
from maatwerkbank.portfolio.cases import case_ids, case_path, load_case
from maatwerkbank.portfolio.effect import effect
from maatwerkbank.portfolio.register import register
from maatwerkbank.risk.case_risk import case_risk
from maatwerkbank.risk.simulation import Draws
from maatwerkbank.support.assessment import assess_support

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "json.md").read_text("utf-8")
EXAMPLE = ROOT / "tests" / "example_case.yaml"
EXAMPLE_PAGE = ROOT / "docs" / "reference" / "example-case.yaml"
# Objects whose keys are names of other things; the page writes <key>.
OPEN = (
    "ranges",
    "difference_ranges",
    "substances_2030_kg",
    "additional_by_track_t",
    "co_benefit_weights",
    "co_benefits",
    "counts",
    "used",
    "uses",
)


def documented(heading: str) -> set[str]:
    """Every key path in the first column of the table under a heading."""
    return {path for path, _ in _rows(heading)}


def always_there(heading: str) -> set[str]:
    """The key paths that the page does not say may be left out."""
    return {path for path, said in _rows(heading) if "left out" not in said.lower()}


def _rows(heading: str) -> list[tuple[str, str]]:
    section = re.split(rf"^## {re.escape(heading)}$", PAGE, flags=re.MULTILINE)[1]
    section = re.split(r"^## ", section, flags=re.MULTILINE)[0]
    found = []
    for line in section.splitlines():
        cells = line.split("|")
        if line.startswith("| `"):
            for key in re.findall(r"`([^`]+)`", cells[1]):
                found += [(path, cells[4]) for path in _unfolded(key)]
    return found


def _unfolded(key: str) -> list[str]:
    parts = re.split(r"\{([^}]+)\}", key)
    choices = [part.split(",") if n % 2 else [part] for n, part in enumerate(parts)]
    return ["".join(choice) for choice in product(*choices)]


def with_parents(paths: set[str]) -> set[str]:
    """The paths and every object and list on the way to them."""
    whole = set()
    for path in paths:
        steps = path.split(".")
        whole |= {".".join(steps[: n + 1]).removesuffix("[]") for n in range(len(steps))}
    return whole


def printed(value: object, here: str = "") -> set[str]:
    """Every key path in plain values, written as the page writes them."""
    found: set[str] = set()
    if isinstance(value, dict):
        for key, inner in value.items():
            path = f"{here}.{_spelled(key, here)}".removeprefix(".")
            found |= {path} | printed(inner, path)
    elif isinstance(value, list):
        found = set().union(*(printed(inner, f"{here}[]") for inner in value))
    return found


def _spelled(key: str, here: str) -> str:
    if re.fullmatch(r"\d{4}", key):
        return "<year>"
    return "<key>" if here.rpartition(".")[2] in OPEN else key


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> set[str]:
    """The key paths that a command prints, whatever its exit code."""
    with contextlib.suppress(SystemExit):
        main([*arguments, "--json"])
    return printed(json.loads(capsys.readouterr().out))


def assert_same(heading: str, found: set[str]) -> None:
    assert documented(heading)
    assert sorted(found - with_parents(documented(heading))) == []
    assert sorted(always_there(heading) - found) == []


def test_the_page_names_every_key_of_a_complete_case():
    found = printed(assess(read_case(EXAMPLE)).as_json())

    assert_same("assess", found)


def test_the_page_names_every_key_of_every_shipped_case():
    found = set().union(*(printed(assess(load_case(case)).as_json()) for case in case_ids()))

    assert sorted(found - with_parents(documented("assess"))) == []


def test_the_page_names_every_key_of_support():
    cases = [EXAMPLE, *(case_path(case) for case in ("aeb", "yara"))]

    found = set().union(*(printed(assess_support(read_case(case)).as_json()) for case in cases))

    assert_same("support", found)


def test_the_page_names_every_key_of_conditions():
    asked_for = [(load_case("aeb"), ("de",)), (load_case("yara"), country_names())]
    asked_for.append((read_case(EXAMPLE), country_names()))

    found = set().union(
        *(printed(elsewhere(*each, hurdle_rate=0.12).as_json()) for each in asked_for)
    )

    assert_same("conditions", found)


def test_the_page_names_every_key_of_risk():
    law = Law(date(2025, 6, 30), outlook="hold")
    policy = [{"variant": "levy_abolished", "probability": 0.2, **SOURCED}]
    uncertainties = {
        "figures": [*MONEY, *TONNES],
        "delays": LATE,
        "policy": policy,
        "dependence": [{"between": ["capex", "upkeep"], "rank_correlation": 0.5, **SOURCED}],
    }
    complete = case_file(uncertainties=uncertainties)

    found = set().union(
        printed(case_risk(complete, {"enacted": law}, Draws(n=512), return_share=0.5).as_json()),
        printed(case_risk(load_case("yara"), {"enacted": law}, Draws(n=64)).as_json()),
    )

    assert_same("risk", found)


def test_the_page_names_every_key_of_the_risk_of_every_shipped_case():
    law = Law(date(2025, 6, 30), outlook="hold")

    found = set().union(
        *(
            printed(case_risk(load_case(case), {"enacted": law}, Draws(n=64)).as_json())
            for case in case_ids()
        )
    )

    assert sorted(found - with_parents(documented("risk"))) == []


def test_the_page_names_every_key_of_discovery(capsys):
    complete = asked(capsys, "discover", str(EXAMPLE_PAGE), "--draws", "512")
    lacking = asked(capsys, "discover", "alco", "--draws", "64")

    assert_same("discover", complete | lacking)


@pytest.mark.slow
def test_the_page_names_every_key_of_a_choice(capsys):
    reference, few = ROOT / "docs" / "reference", ("--draws", "16")
    document = ("--candidates", str(reference / "example-choice.yaml"))
    plan = str(reference / "example-case.yaml")

    given = asked(capsys, "portfolio", "choose", *document, *few, "--frontier", "--shadow-prices")
    valued = asked(capsys, "portfolio", "choose", plan, *few, "--later", "0")

    assert_same("portfolio choose", given | valued)


def test_the_page_names_every_key_of_price_processes(capsys, histories):
    fitted = asked(capsys, "prices", "fit", str(histories), "--until", "2025-01-01")
    shipped = asked(capsys, "prices", "show", "nl-2025-06-30")

    assert "name" in shipped
    assert_same("prices fit", fitted | shipped)


def test_the_page_names_every_key_of_the_list_of_prices(capsys):
    assert_same("prices show", asked(capsys, "prices", "show"))


def test_the_page_names_every_key_of_a_price_family(capsys):
    assert_same("prices show of a family", asked(capsys, "prices", "show", "mid"))


def test_the_page_names_every_key_of_an_effect():
    assert_same("effect", printed(effect("levy_abolished").as_json()))


def test_the_page_names_every_key_of_a_parameter(capsys):
    known = ("--on", "2026-01-01", "--known-on", "2025-06-30")

    assert_same("parameter", asked(capsys, "parameter", "co2_heffing/tarief", *known))


def test_a_parameter_of_which_only_bounds_are_known_has_the_same_keys():
    law = Law(date(2026, 7, 1))
    bounded = law.on("eu_ets/benchmark/soda_ash", date(2026, 1, 1))

    assert bounded.is_interval
    assert_same("parameter", printed(bounded.as_json()))


def test_the_page_names_every_key_of_the_register():
    assert_same("register", printed(register(date(2025, 6, 30)).as_json()))


def test_the_page_names_every_key_of_a_letter():
    then, now = (shipped_publication(date(year, 6, 30)) for year in (2024, 2025))
    gone = Withdrawal("statement", "dow", "dow", then.as_of, now.as_of)
    letter = progress_letter(replace(now, withdrawn=(gone,)), before=then)
    assert_same("letter", printed(as_data(letter)))


def test_the_page_names_the_notice_after_the_cut_off():
    notice = register(date(2026, 6, 30)).as_json()["notice"]

    assert set(notice) == {"nl", "en"}
    assert "later: `nl` and `en`" in PAGE


def test_the_page_names_every_key_of_a_check(capsys, tmp_path):
    poor = tmp_path / "poor.yaml"
    poor.write_text("format: maatwerkbank-case-1\nid: poor\n", "utf-8")

    assert_same("check", asked(capsys, "check", str(poor)))


def test_the_page_names_every_key_of_an_imported_register(capsys, tmp_path):
    table = tmp_path / "register.csv"
    table.write_text(
        "installation_id,name,operator,city,activity_id,nace,verified_2024_t\n"
        "NL_65,Suiker,Suiker BV,Dinteloord,20,10.81,129062\n",
        "utf-8",
    )

    found = asked(capsys, "import", "euets", str(table))

    assert_same("import euets", found)


def test_a_table_of_the_page_can_be_unfolded():
    assert _unfolded("a.{b,c}.d") == ["a.b.d", "a.c.d"]
    assert with_parents({"a[].b.c"}) == {"a", "a[].b", "a[].b.c"}
