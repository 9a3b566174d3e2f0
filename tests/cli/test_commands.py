# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The commands as a person or a program meets them: output, exit codes, refusals."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import maatwerkbank
from maatwerkbank.cli.main import COMMANDS
from maatwerkbank.parameters.files import variant_names
from maatwerkbank.portfolio.cases import case_ids, case_path

EXAMPLE = str(Path(__file__).parents[1] / "example_case.yaml")
FACTOR = "co2_heffing/reductiefactor"
TARIEF = ["parameter", "co2_heffing/tarief", "--on", "2026-01-01"]


# --- help --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", [*sorted(set(COMMANDS) - {"import"}), "import euets", "import parliament"]
)
def test_every_command_explains_itself_with_examples(run, command):
    code, out, err = run(*command.split(), "--help")

    assert (code, err) == (0, "")
    assert "Examples:\n" in out
    assert f"  maatwerkbank {command}" in out


def test_the_whole_lists_every_command_without_importing_any(run):
    code, out, _ = run("--help")

    assert code == 0
    assert all(f"  {name} " in out for name in COMMANDS)


def test_the_version_is_that_of_the_package(run):
    assert run("--version") == (0, f"maatwerkbank, version {maatwerkbank.__version__}\n", "")


@pytest.mark.parametrize("arguments", [[], ["import"]])
def test_without_a_command_the_help_is_shown_and_nothing_was_done(run, arguments):
    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert err.startswith("Usage: maatwerkbank")


# --- refusals ----------------------------------------------------------------------------------

REFUSED = {
    "an unknown command": (["asses"], "usage", "No such command 'asses'"),
    "no case": (["assess"], "usage", "Missing argument 'CASE'"),
    "an unknown case": (["assess", "nobain"], "case.unknown", "'nobain' is neither a file"),
    "an unknown path": (["check", "no/such.yaml"], "case.unknown", "neither a file"),
    "an unknown variant": (
        ["assess", "yara", "--variant", "levy_abolish"],
        "variant.unknown",
        "there is no variant 'levy_abolish'",
    ),
    "an unknown variant of the portfolio": (
        ["effect", "--variant", "x"],
        "variant.unknown",
        "there is no variant 'x'",
    ),
    "no variant": (["effect"], "usage", "Missing option '--variant'"),
    "an unknown outlook": (
        ["assess", "yara", "--outlook", "hope"],
        "outlook.unknown",
        "there is no outlook 'hope'",
    ),
    "an unknown parameter": (
        ["parameter", "co2_heffing/tarif", "--on", "2026-01-01"],
        "parameter.unknown",
        "there is no parameter 'co2_heffing/tarif'",
    ),
    "no day": (["parameter", "co2_heffing/tarief"], "usage", "--on is missing"),
    "an unknown parameter and no day": (["parameter", "zzz"], "parameter.unknown", "'zzz'"),
    "a month thirteen": (
        ["assess", "yara", "--known-on", "2025-13-01"],
        "usage",
        "'2025-13-01' is not a date of the form 2025-06-30",
    ),
    "a day in words": (["register", "--as-of", "yesterday"], "usage", "'yesterday' is not a date"),
    "a day with a time": ([*TARIEF, "--known-on", "2025-06-30T00:00"], "usage", "is not a date"),
    "silence of the law": (
        ["parameter", "co2_heffing/tarief", "--on", "2031-01-01", "--known-on", "2025-06-30"],
        "parameter.no-value-on-date",
        "co2_heffing/tarief has no value on 2031-01-01 as known on 2025-06-30",
    ),
    "a value that nobody read": (
        ["parameter", "co2_heffing/ets_prijs", "--on", "2025-01-01", "--known-on", "2025-06-30"],
        "parameter.required",
        "co2_heffing/ets_prijs on 2025-01-01 is required",
    ),
    "a day before the law": (
        ["assess", "yara", "--known-on", "2019-01-01"],
        "parameter.no-value-on-date",
        "nothing about it was known before 2021-05-31",
    ),
    "no date of the register": (["register"], "usage", "Missing option '--as-of'"),
    "an unknown schema": (["schema", "plan"], "usage", "'plan' is not 'case'"),
    "an unknown shell": (["completion", "tcsh"], "usage", "'tcsh' is not one of"),
    "an unknown language": (["check", "yara", "--lang", "fr"], "usage", "'fr' is not one of"),
    "an unknown option": (
        ["assess", "yara", "--varint", "x"],
        "usage",
        "No such option '--varint'",
    ),
    "official use": (
        ["assess", "yara", "--official"],
        "official.refused",
        "an official run may not rest on these values:",
    ),
    "official use of the example": (["assess", EXAMPLE, "--official"], "official.refused", "capex"),
    "a register that is not there": (
        ["import", "euets", "no/such.csv"],
        "document.unreadable",
        "such.csv cannot be read",
    ),
    "a name too long for a file": (["check", "x" * 300], "file", "File name too long"),
}


@pytest.mark.parametrize(("arguments", "code", "what"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_says_what_is_wrong_and_what_to_do_on_stderr(run, arguments, code, what):
    exit_code, out, err = run(*arguments)

    assert (exit_code, out) == (2, "")
    assert err.startswith(f"error [{code}]: ")
    assert what in err
    assert err.count("\n  Remedy: ") == 1


@pytest.mark.parametrize("name", case_ids())
def test_an_unknown_case_is_told_which_there_are(run, name):
    assert name in run("assess", "nobain")[2]


def test_a_refused_case_is_not_assessed_and_points_to_check(run, tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("a: 1\n")

    code, out, err = run("assess", str(path))

    assert (code, out) == (2, "")
    assert err.startswith(f"error [document.refused]: {path} has 15 error(s), the first at ")
    assert f"run `maatwerkbank check {path}`" in err


# --- check -------------------------------------------------------------------------------------


@pytest.fixture
def sound(tmp_path):
    """A case without any finding: Yara, without the assumptions on how it spreads."""
    case = yaml.safe_load(case_path("yara").read_text("utf-8"))
    del case["uncertainties"]
    path = tmp_path / "yara.yaml"
    path.write_text(yaml.safe_dump(case), "utf-8")
    return str(path)


def test_check_of_a_sound_case_ends_in_nil(run, sound):
    assert run("check", sound, "--lang", "en") == (0, "yara.yaml: no findings\n", "")


def test_check_knows_the_shipped_cases_by_name(run):
    code, out, _ = run("check", "yara", "--lang", "en")

    assert code == 0
    assert out.startswith("warning [case.unverified] uncertainties.figures[0], line ")


def test_check_shows_every_finding_and_ends_in_one(run, tmp_path):
    path = tmp_path / "plan.yaml"
    text = Path(EXAMPLE).read_text("utf-8")
    path.write_text(text.replace("unit: MEUR,", "unit: MEURO,", 1), encoding="utf-8")

    code, out, err = run("check", str(path))

    assert (code, err) == (1, "")
    line = text[: text.index("unit: MEUR,")].count("\n") + 1
    assert out.startswith(
        f"fout [case.unit-unknown] counterfactual[0].capex.unit, line {line}\n"
        "  verwacht een bekende eenheid; gevonden 'MEURO'\n"
        "  Doe: schrijf bijvoorbeeld EUR, MEUR"
    )
    assert "let op [case.unverified]" in out


def test_check_as_json_counts_errors_and_warnings(run, tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("- 1\n")

    code, out, _ = run("check", str(path), "--json", "--lang", "en")

    assert code == 1
    assert json.loads(out) == {
        "file": "plan.yaml",
        "errors": 1,
        "warnings": 0,
        "findings": [
            {
                "severity": "error",
                "code": "case.not-a-mapping",
                "place": "line 1",
                "expected": "a case file (keys, values)",
                "found": "[1]",
                "remedy": "see `maatwerkbank schema case`",
            }
        ],
    }


def test_warnings_alone_end_in_nil(run):
    code, out, _ = run("check", EXAMPLE, "--json")

    assert code == 0
    assert json.loads(out)["errors"] == 0
    assert json.loads(out)["warnings"] > 10


def test_a_folder_is_a_finding(run, tmp_path):
    code, out, _ = run("check", str(tmp_path))

    assert code == 1
    assert "is a folder" in out


def test_the_language_may_come_from_the_environment(run, sound, monkeypatch):
    monkeypatch.setenv("MAATWERKBANK_LANG", "en")

    assert run("check", sound)[1] == "yara.yaml: no findings\n"


# --- parameter ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "value", "price_year"),
    [
        (f"{FACTOR} --on 2030-01-01 --known-on 2025-06-30", 0.667, None),
        (f"{FACTOR} --on 2023-01-01 --known-on 2025-06-30", 1.213, None),
        (f"{FACTOR} --on 2026-01-01 --known-on 2025-06-30", 0.979, None),
        (f"{FACTOR} --on 2026-01-01 --known-on 2026-01-31", 1.023, None),
        ("co2_heffing/tarief --on 2026-01-01 --known-on 2026-01-01", 78.67, 2026),
        ("co2_heffing/tarief --on 2026-01-01 --known-on 2025-06-30", 100.74, 2025),
        ("co2_heffing/tarief --on 2028-01-01 --variant levy_2026_flat", 78.67, None),
        ("co2_heffing/tarief --on 2030-01-01 --variant levy_abolished", 0, None),
    ],
)  # fmt: skip
def test_parameter_as_json_gives_the_value_of_the_day_as_known_on_a_day(
    run, arguments, value, price_year
):
    code, out, err = run("parameter", *arguments.split(), "--json")

    found = json.loads(out)
    assert (code, err) == (0, "")
    assert (found["value"], found["price_year"]) == (value, price_year)
    assert found["source"]["id"]


def test_parameter_shows_amount_level_status_and_source(run):
    _, out, _ = run(*TARIEF, "--known-on", "2025-06-30", "--lang", "en")

    assert out.startswith(
        "Rate of the Dutch CO2 levy on industry\n"
        "  100.74 EUR/t (price level 2025)\n"
        "  on 2026-01-01, as known on 2025-06-30, enacted\n"
    )
    assert "[official]" in out


def test_parameter_shows_the_bounds_of_what_nobody_has_seen(run):
    name = "eu_ets/benchmark/aluminium"
    code, out, _ = run("parameter", name, "--on", "2026-01-01", "--known-on", "2026-07-31")

    assert code == 0
    assert "0.757 … 1.423 t/t" in out


def test_parameter_without_a_name_lists_all(run):
    _, text, _ = run("parameter")
    _, plain, _ = run("parameter", "--json")

    assert "co2_heffing/tarief " in text
    assert len(text.splitlines()) == len(json.loads(plain))


def test_an_outlook_fills_silence_and_says_so(run):
    _, out, _ = run(
        "parameter", "co2_heffing/reductiefactor", "--on", "2031-01-01",
        "--known-on", "2025-06-30", "--outlook", "hold", "--json",
    )  # fmt: skip

    assert (json.loads(out)["value"], json.loads(out)["status"]) == (0.589, "scenario")


# --- register, schema, completion, import ------------------------------------------------------


def test_register_as_json_and_as_a_table_name_the_same_firms(run):
    _, plain, _ = run("register", "--as-of", "2025-06-30", "--json")
    names = [company["name"] for company in json.loads(plain)["companies"]]

    _, text, _ = run("register", "--as-of", "2025-06-30")

    assert len(names) == 17
    assert [line[: len(name)] for line, name in zip(text.splitlines()[1:], names, strict=True)] == (
        names
    )


@pytest.mark.parametrize(
    ("language", "told"),
    [("nl", "uiterlijk 30 juni 2025 bekend"), ("en", "known by 30 June 2025")],
)
def test_the_table_says_by_when_an_exit_was_known(run, language, told):
    _, text, _ = run("register", "--as-of", "2025-06-30", "--lang", language)

    assert text.count(told) == 7
    assert "None" not in text


@pytest.mark.parametrize("day", ["0001-01-01", "2020-01-01"])
def test_before_the_first_event_the_register_is_empty(run, day):
    code, out, _ = run("register", "--as-of", day, "--json")

    assert (code, json.loads(out)["companies"]) == (0, [])
    assert run("register", "--as-of", day)[0] == 0


def test_schema_is_a_json_schema(run):
    code, out, _ = run("schema", "case")

    assert code == 0
    assert json.loads(out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert run("schema", "case", "--json")[1] == out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script_of_a_shell(run, shell):
    code, out, _ = run("completion", shell)

    assert code == 0
    assert f"_MAATWERKBANK_COMPLETE={shell}_complete" in out


def test_names_of_variants_and_cases_complete():
    from click.shell_completion import ShellComplete

    from maatwerkbank.cli.main import cli

    complete = ShellComplete(cli, {}, "maatwerkbank", "_MAATWERKBANK_COMPLETE")

    variants = complete.get_completions(["effect", "--variant"], "levy_2026")
    cases = complete.get_completions(["assess"], "ya")

    assert [item.value for item in variants] == ["levy_2026", "levy_2026_flat"]
    assert cases[0].value == "yara"
    assert set(variant_names()) >= {item.value for item in variants}


HOUSE = Path(__file__).parents[1] / "sources" / "parliament" / "made_up"


def test_import_parliament_tells_what_the_house_says(run):
    files = [
        str(HOUSE / f"{name}.json") for name in ("commitments", "motions", "papers", "debates")
    ]

    code, out, err = run("import", "parliament", *files, "--json")

    told = json.loads(out)
    assert (code, err) == (0, "")
    assert {key: len(rows) for key, rows in told.items()} == {
        "commitments": 3,
        "motions": 1,
        "letters": 1,
        "debates": 1,
        "removed": 1,
        "findings": 4,
    }
    assert told["commitments"][1]["due"] is None
    code, out, err = run("import", "parliament", *files)
    assert (code, out.count("\n"), err.count("warning [house.")) == (0, 6, 4)


def test_import_parliament_refuses_what_is_no_response(run, tmp_path):
    file = tmp_path / "house.json"
    file.write_text('{"value": [1]}', "utf-8")

    code, _, err = run("import", "parliament", str(file))

    assert code == 2
    assert "house.json: @odata.context" in err


def test_import_euets_ranks_the_largest_emitters(run, shared):
    path = shared / "data" / "eu_ets_nl" / "nl_installations_2022_2025.csv"

    code, out, err = run("import", "euets", str(path), "--json")

    found = json.loads(out)
    assert (code, err) == (0, "")
    assert len(found["installations"]) == 30
    assert run("import", "euets", str(path))[0] == 0


def test_import_of_a_country_that_is_not_there_is_no_traceback(run, shared):
    path = shared / "data" / "eu_ets_nl" / "nl_installations_2022_2025.csv"

    code, _, err = run("import", "euets", str(path), "--country", "ZZ", "--year", "1900")

    assert code in (0, 2)
    assert "Traceback" not in err


# --- assess and effect -------------------------------------------------------------------------


def test_assess_as_json_is_the_contract(run):
    code, out, err = run("assess", EXAMPLE, "--json")

    found = json.loads(out)
    assert (code, err) == (0, "")
    assert found["gross_2030_t"] == 253_000
    assert found["receipt"]["variant"] is None


def test_assess_under_a_variant_and_a_day_says_so_in_its_receipt(run):
    _, out, _ = run(
        "assess", EXAMPLE, "--variant", "levy_2026", "--known-on", "2025-12-31", "--json"
    )

    receipt = json.loads(out)["receipt"]
    assert (receipt["variant"], receipt["known_on"]) == ("levy_2026", "2025-12-31")


@pytest.mark.parametrize("name", case_ids())
def test_every_shipped_case_is_sound_and_can_be_assessed(run, name):
    assert run("check", name)[0] == 0

    code, out, _ = run("assess", name, "--json")

    assert code == 0
    assert json.loads(out)["id"] == name


@pytest.mark.parametrize(("language", "shown"), [("nl", "Bruto reductie in 2030"), ("en", "Gross")])
def test_assess_in_text_speaks_the_language_that_was_asked(run, language, shown):
    code, out, _ = run("assess", EXAMPLE, "--lang", language)

    assert code == 0
    assert shown in out
    assert not re.search(r"\bnan\b", out)


def test_support_in_text_is_short_and_in_full_on_request(run):
    code, short, _ = run("support", EXAMPLE, "--lang", "en")
    _, full, _ = run("support", EXAMPLE, "--lang", "en", "--all")

    assert code == 0
    assert "Ladder of support" in short
    assert len(full.splitlines()) > 2 * len(short.splitlines())
    assert "GBER, article\N{NO-BREAK SPACE}36: " in short
    assert not re.search(r"\d{4}-\d{2}-\d{2}|\bnan\b", short)


def test_effect_in_text_names_every_firm(run):
    code, out, _ = run("effect", "--variant", "levy_abolished", "--lang", "en")

    assert code == 0
    assert all(firm in out for firm in ("Nobian", "Dow", "Tata Steel"))
    assert not re.search(r"\bnan\b", out.lower())


@pytest.mark.slow
def test_assess_writes_a_page_and_a_pdf(run, tmp_path):
    page, pdf = tmp_path / "plan.html", tmp_path / "plan.pdf"

    code, _, err = run("assess", EXAMPLE, "--html", str(page), "--pdf", str(pdf), "--lang", "en")

    assert code == 0
    assert f"wrote {page}" in err
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert pdf.read_bytes().startswith(b"%PDF-")


OUTPUTS = [
    ["assess", EXAMPLE, "--html"],
    ["assess", EXAMPLE, "--pdf"],
    ["effect", "--variant", "levy_abolished", "--html"],
]


@pytest.mark.parametrize("arguments", OUTPUTS)
@pytest.mark.parametrize(
    ("name", "what"),
    [("no/folder/plan", "there is no folder"), (".", "is a folder"), ("file/x", "no folder")],
)
def test_a_path_that_cannot_be_written_is_refused_before_anything_is_computed(
    run, tmp_path, arguments, name, what
):
    (tmp_path / "file").touch()

    code, out, err = run(*arguments, str(tmp_path / name))

    assert (code, out) == (2, "")
    assert err.startswith("error [usage]: Invalid value for '--")
    assert what in err


def test_a_folder_for_pages_that_cannot_be_made_is_refused(run, tmp_path):
    (tmp_path / "file").touch()

    code, out, err = run("demo", "--pages", str(tmp_path / "file" / "demo"))

    assert (code, out) == (2, "")
    assert err.startswith("error [file]: ")


# --- as a program among others -----------------------------------------------------------------


def started(*arguments, **environment):
    return subprocess.Popen(
        [sys.executable, "-m", "maatwerkbank", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": ":".join(sys.path), **environment},
    )


def test_the_package_runs_as_a_module():
    with started("--version") as process:
        out, err = process.communicate(timeout=30)

    assert (process.returncode, err) == (0, b"")
    assert out.startswith(b"maatwerkbank, version ")


def test_a_reader_that_leaves_is_no_error():
    with started("register", "--as-of", "2025-06-30", "--json") as process:
        process.stdout.close()
        err = process.stderr.read()

    assert (process.returncode, err) == (0, b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-16"])
def test_what_is_printed_is_utf_8_whatever_the_terminal_expects(tmp_path, encoding):
    path = tmp_path / "plan.yaml"
    text = Path(EXAMPLE).read_text("utf-8")
    path.write_text(text.replace("{low: 240,", "{low: 940,", 1), encoding="utf-8")

    with started("check", str(path), PYTHONIOENCODING=encoding) as process:
        out, err = process.communicate(timeout=30)

    assert (process.returncode, err) == (1, b"")
    assert "low ≤ central ≤ high" in out.decode("utf-8")


def test_a_path_that_is_no_text_is_refused_without_a_traceback():
    with started("check", b"\xff.yaml") as process:
        _, err = process.communicate(timeout=30)

    assert process.returncode == 2
    assert err.startswith(b"error [case.unknown]: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_an_error_of_the_file():
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "maatwerkbank", *TARIEF],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
        )

    assert done.returncode == 2
    assert done.stderr.startswith(b"error [file]: No space left on device")


# --- import ------------------------------------------------------------------------------------

REGISTER = (
    "installation_id,name,operator,city,postalcode,latitude,longitude,activity_id,nace,sector,"
    "verified_2024_t,free_allocation_2025_t\n"
)


def test_import_shows_every_error_of_a_register_and_names_no_other_command(run, tmp_path):
    path = tmp_path / "register.csv"
    path.write_text(
        REGISTER + "NL_1,A,B,C,1,1,1,24,24.10,x,many,1\nNL_2,A,B,C,1,1,1,24,24.10,x,1,-7\n"
    )

    code, out, err = run("import", "euets", str(path), "--lang", "en")

    assert (code, out) == (2, "")
    assert err.count("error [euets.") == 2
    assert "maatwerkbank check" not in err


def test_import_of_a_year_without_figures_is_an_error(run, tmp_path):
    path = tmp_path / "register.csv"
    path.write_text(REGISTER + "NL_1,A,B,C,1,1,1,24,24.10,iron_and_steel,1000,1\n")

    code, out, err = run("import", "euets", str(path), "--year", "2031")

    assert (code, out) == (2, "")
    assert "can be ranked in 2031" in err


def test_options_without_a_name_are_not_dropped_in_silence(run):
    code, _, err = run("parameter", "--on", "2025-01-01")

    assert code == 2
    assert "NAME is missing" in err


def test_the_register_says_when_it_is_empty_and_when_it_ends(run):
    _, before, _ = run("register", "--as-of", "2019-01-01", "--lang", "en")
    _, after, _ = run("register", "--as-of", "2027-01-01", "--lang", "en")

    assert before == "No company stood in the register on this day yet.\n"
    assert after.startswith("This register holds events up to and including 2025-06-30")
