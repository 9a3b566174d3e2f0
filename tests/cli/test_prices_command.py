# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank prices`: a fit that a run can read, what is shown, and what is refused."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import maatwerkbank
from maatwerkbank.parameters.price_families import family_names
from maatwerkbank.parameters.price_processes import process, process_names, processes_of

EUA = "prices_eua/eua_monthly_means.csv"
POWER = "prices_electricity_hourly/nl_day_ahead_2020_2021.csv"
UNTIL = ["--until", "2025-01-01"]
SHIPPED = (
    Path(maatwerkbank.__file__).parent / "parameters" / "price_processes" / "nl-2025-06-30.yaml"
)


@pytest.fixture
def folder(histories, tmp_path):
    """The made-up histories, to be spoilt."""
    return Path(shutil.copytree(histories, tmp_path / "histories"))


def change(folder, name, old, new):
    text = (folder / name).read_text("utf-8")
    assert text.count(old) == 1
    (folder / name).write_text(text.replace(old, new), "utf-8")


# ── fit ───────────────────────────────────────────────────────────────────────────────────────


def test_without_a_file_the_processes_go_to_stdout_and_the_table_to_stderr(run, histories):
    code, out, err = run("prices", "fit", str(histories), *UNTIL, "--lang", "en")

    fitted = processes_of(yaml.safe_load(out), "mine")
    assert code == 0
    assert list(fitted.drawn) == ["eua", "natural_gas", "electricity", "iron_ore"]
    assert err.startswith("Price processes, fitted to what was known on 1 January 2025\n")


def test_with_a_file_the_processes_go_there_and_the_table_to_stdout(run, histories, tmp_path):
    path = tmp_path / "mine.yaml"

    code, out, err = run("prices", "fit", str(histories), *UNTIL, "--out", str(path))

    assert (code, err) == (0, f"wrote {path}\n")
    assert out.startswith("Prijsprocessen, geschat op wat op 1 januari 2025 bekend was\n")
    assert path.read_text("utf-8") == run("prices", "fit", str(histories), *UNTIL)[1]
    assert [each.name for each in tmp_path.iterdir()] == ["mine.yaml"]


def test_the_table_gives_each_figure_with_its_standard_error_months_and_source(
    run, histories, tmp_path
):
    path = str(tmp_path / "mine.yaml")

    out = run("prices", "fit", str(histories), *UNTIL, "--out", path, "--lang", "en")[1]

    row = next(line for line in out.splitlines() if line.startswith("  Emission allowance"))
    error = r"\d\.\d\d ± \d\.\d\d"
    assert re.search(rf" \d+\.\d +{error} +\d\.\d\d +{error} +none seen +– ", row)
    assert row.endswith("2011-01 – 2024-12 (168)")
    assert re.search(r"^    Natural gas: World Bank, .+ \[derived\]$", out, re.MULTILINE)


@pytest.mark.parametrize(
    ("language", "column", "never"),
    [
        ("nl", "Halfwaardetijd (jaar)", r"Half-life|none seen|months in common|Sources"),
        ("en", "Half-life (years)", r"Halfwaardetijd|geen gezien|gedeelde|Bronnen"),
    ],
)
def test_the_table_speaks_the_language_that_was_asked_and_no_other(run, language, column, never):
    code, out, err = run("prices", "show", "nl-2025-06-30", "--lang", language)

    assert (code, err) == (0, "")
    assert column in out
    assert not re.search(never, out)
    assert not re.search(r"\bnan\b|\bNone\b", out)


def test_the_table_names_the_prices_that_may_never_return(run):
    out = run("prices", "show", "nl-2025-06-30", "--lang", "en")[1]

    assert "never return: natural gas, electricity.\n" in out


def test_as_json_it_gives_the_processes_and_nothing_else(run, histories, tmp_path):
    path = tmp_path / "mine.yaml"
    code, out, err = run("prices", "fit", str(histories), *UNTIL, "--out", str(path), "--json")

    found = json.loads(out)
    drawn = [each for each in found["carriers"] if each["kind"] == "drawn"]
    assert (code, err) == (0, f"wrote {path}\n")
    assert found["format"] == "maatwerkbank-price-processes-1"
    assert (found["known_on"], found["starts_after"]) == ("2025-01-01", 2024)
    assert [each["months"]["n"] for each in drawn] == [168, 117, 60, 168]
    assert drawn[0]["half_life_years"] == pytest.approx(0.693147 / drawn[0]["speed_per_year"], 1e-5)
    assert len(found["correlation"]["pairs"]) == 6


def test_a_later_day_knows_more_months(run, histories):
    earlier = json.loads(run("prices", "fit", str(histories), "--until", "2024-01-01", "--json")[1])
    later = json.loads(run("prices", "fit", str(histories), *UNTIL, "--json")[1])

    last = {
        found["known_on"]: {
            each["months"]["last"] for each in found["carriers"] if "months" in each
        }
        for found in (earlier, later)
    }
    assert last == {"2024-01-01": {"2023-12"}, "2025-01-01": {"2024-12"}}


def test_the_same_folder_and_day_give_the_same_bytes(histories):
    command = [sys.executable, "-m", "maatwerkbank", "prices", "fit", str(histories), *UNTIL]

    printed = {
        (done.stdout, done.stderr)
        for done in (
            subprocess.run(
                command,
                capture_output=True,
                check=True,
                env={**os.environ, "PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed},
            )
            for seed in ("1", "2")
        )
    }

    assert len(printed) == 1


def test_the_histories_of_2025_give_the_file_that_comes_along(run, shared):
    code, out, _ = run("prices", "fit", str(shared / "data"), "--until", "2025-06-30")

    assert code == 0
    assert out == SHIPPED.read_text("utf-8")


# ── fit: a file that is there already ─────────────────────────────────────────────────────────


def test_a_file_that_is_there_is_kept(run, histories, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("precious", "utf-8")

    code, out, err = run("prices", "fit", str(histories), *UNTIL, "--out", str(path))

    assert (code, out) == (2, "")
    assert err == (
        f"error [document.unreadable]: {path} is there already.\n"
        "  Remedy: name another file, or add --force to write over it\n"
    )
    assert path.read_text("utf-8") == "precious"


def test_with_force_it_is_written_over(run, histories, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("old", "utf-8")

    code, _, err = run("prices", "fit", str(histories), *UNTIL, "--out", str(path), "--force")

    assert (code, err) == (0, f"wrote {path}\n")
    assert path.read_text("utf-8").startswith("# SPDX")


def test_a_link_stays_a_link_to_the_file_that_is_written(run, histories, tmp_path):
    path, link = tmp_path / "mine.yaml", tmp_path / "link.yaml"
    path.write_text("old", "utf-8")
    link.symlink_to(path)

    code = run("prices", "fit", str(histories), *UNTIL, "--out", str(link), "--force")[0]

    assert code == 0
    assert link.is_symlink()
    assert path.read_text("utf-8").startswith("# SPDX")


def test_a_device_is_never_replaced(run, histories):
    code, _, err = run("prices", "fit", str(histories), *UNTIL, "--out", os.devnull, "--force")

    assert code == 2
    assert f"{os.devnull} is not a file." in err
    assert not Path(os.devnull).is_file()


def test_a_write_that_fails_halfway_leaves_the_old_file_whole(
    run, histories, tmp_path, monkeypatch
):
    path = tmp_path / "mine.yaml"
    path.write_text("old", "utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    code, _, err = run("prices", "fit", str(histories), *UNTIL, "--out", str(path), "--force")

    assert code == 2
    assert err.startswith("error [file]: No space left on device")
    assert path.read_text("utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["mine.yaml"]


# ── fit: refused ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def spoilt(folder):
    """Two cells that are no price, and a file that is not there."""
    eua = (folder / EUA).read_text("utf-8").splitlines()
    eua[5] = "2011-05,many"
    eua[7] = "2011-07,-3"
    (folder / EUA).write_text("\n".join(eua), "utf-8")
    (folder / POWER).unlink()
    return folder


def test_all_mistakes_are_told_at_once_with_their_place_in_dutch(run, spoilt, tmp_path):
    path = tmp_path / "mine.yaml"

    code, out, err = run("prices", "fit", str(spoilt), *UNTIL, "--out", str(path))

    assert (code, out) == (2, "")
    assert f"fout [history-number] {EUA}, line 6, eua_auction_mean_eur\n" in err
    assert "  verwacht een getal; gevonden many\n  Doe: herstel de reeks bij de bron\n" in err
    assert f"fout [history-price] {EUA}, 2011-07\n" in err
    assert f"fout [history-file] {POWER}\n" in err
    assert f"error [document.unreadable]: nothing can be fitted to {spoilt}: it has 3 err" in err
    assert not path.exists()


def test_all_mistakes_are_told_in_english_where_asked(run, spoilt):
    code, out, err = run("prices", "fit", str(spoilt), *UNTIL, "--lang", "en")

    assert (code, out) == (2, "")
    assert "error [history-price] " in err
    assert "  expected a price above zero; found -3\n  Remedy: mend the series at its" in err
    assert not re.search(r"fout|verwacht|Doe:", err)


def test_prices_that_never_leave_a_line_are_no_traceback(run, folder):
    text = re.sub(r"(\d{4}-\d\d),.+", r"\1,40", (folder / EUA).read_text("utf-8"))
    (folder / EUA).write_text(text, "utf-8")

    code, _, err = run("prices", "fit", str(folder), *UNTIL, "--lang", "en")

    assert code == 2
    assert "error [history-flat] eua\n" in err
    assert "Traceback" not in err


def test_a_day_that_the_histories_do_not_come_near_is_refused(run, histories):
    code, out, err = run("prices", "fit", str(histories), "--until", "2031-01-01", "--lang", "en")

    assert (code, out) == (2, "")
    assert "error [history-ends] eua, natural_gas, electricity, iron_ore\n" in err
    assert "  expected at least one series up to 2030-12" in err


HERE = str(Path(__file__).parent)
REFUSED = {
    "no folder": (["prices", "fit"], "Missing argument 'FOLDER'"),
    "no day": (["prices", "fit", HERE], "Missing option '--until'"),
    "a folder that is not there": (["prices", "fit", "no/such", *UNTIL], "does not exist"),
    "a file in place of a folder": (["prices", "fit", __file__, *UNTIL], "is a file"),
    "a day in words": (["prices", "fit", HERE, "--until", "today"], "'today' is not a date"),
    "force without a file": (["prices", "fit", HERE, *UNTIL, "--force"], "without --out"),
    "a file in no folder": (["prices", "fit", HERE, *UNTIL, "--out", "no/x"], "no folder no"),
    "a folder to write": (["prices", "fit", HERE, *UNTIL, "--out", HERE], "is a folder"),
    "an unknown command": (["prices", "draw"], "No such command 'draw'"),
    "an unknown language": (["prices", "show", "--lang", "de"], "'de' is not one of"),
}


@pytest.mark.parametrize(("arguments", "what"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_says_what_is_wrong_and_what_to_do(run, arguments, what):
    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert err.startswith("error [usage]: ")
    assert what in err
    assert err.count("\n  Remedy: ") == 1


def test_a_folder_without_the_files_names_each_of_them(run, tmp_path):
    code, _, err = run("prices", "fit", str(tmp_path), *UNTIL)

    assert code == 2
    assert err.count("fout [history-file]") == 5
    assert EUA in err


def test_without_a_command_the_help_is_shown(run):
    code, out, err = run("prices")

    assert (code, out) == (2, "")
    assert err.startswith("Usage: maatwerkbank prices")


@pytest.mark.parametrize("command", ["fit", "show"])
def test_each_explains_itself_with_examples(run, command):
    code, out, err = run("prices", command, "--help")

    assert (code, err) == (0, "")
    assert f"Examples:\n    maatwerkbank prices {command}" in out


# ── show ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", [*process_names(), *family_names()])
def test_the_list_names_everything_and_each_can_be_shown(run, name):
    code, out, err = run("prices", "show", name)

    assert (code, err) == (0, "")
    assert len(out.splitlines()) > 5
    assert f"  {name} " in run("prices", "show")[1]


@pytest.mark.parametrize("name", [*process_names(), *family_names()])
def test_each_can_be_shown_to_a_program(run, name):
    code, out, err = run("prices", "show", name, "--json")

    found = json.loads(out)
    assert (code, err) == (0, "")
    assert found["name"] == name
    assert re.fullmatch(r"maatwerkbank-price-(processes|family)-1", found["format"])


def test_no_family_has_the_name_of_processes():
    assert not set(process_names()) & set(family_names())


def test_the_list_for_a_program_has_the_same_names(run):
    found = json.loads(run("prices", "show", "--json")[1])

    assert [each["name"] for each in found["processes"]] == list(process_names())
    assert [each["name"] for each in found["families"]] == list(family_names())


def test_a_family_says_which_end_it_takes(run):
    out = run("prices", "show", "low", "--lang", "en")[1]

    assert re.search(r"^  Natural gas +low end$", out, re.MULTILINE)


def test_a_file_that_a_fit_wrote_can_be_shown(run, tmp_path):
    path = tmp_path / "mine.yaml"
    shutil.copyfile(SHIPPED, path)

    found = json.loads(run("prices", "show", str(path), "--json")[1])

    assert found == {"name": str(path), **process("nl-2025-06-30").as_json()}


def test_an_unknown_name_is_told_which_there_are(run):
    code, out, err = run("prices", "show", "middle")

    assert (code, out) == (2, "")
    assert err.startswith("error [parameter]: 'middle' is neither a file nor shipped")
    assert "nl-2025-06-30, constant_real, high, low, mid" in err


UNREADABLE = {
    "no text": (b"\xff\xfe", "is not text in UTF-8"),
    "no YAML": (b"a: [1", "fout [document.malformed] line 2"),
    "an anchor": (b"a: &x 1\nb: *x\n", "een anker of verwijzing"),
    "a key twice": (b"a: 1\na: 2\n", "fout [document.duplicate-key] a, line 2"),
    "a list": (b"- 1\n", "holds no price processes"),
    "nothing": (b"", "holds no price processes"),
    "something else": (b"format: maatwerkbank-case-1\n", "- carriers: Field required"),
    "unknown declared carriers": (b"takes_along: x\ncarriers: {}\n", "there is no file 'x'"),
    "declared carriers in a list": (b"takes_along: [x]\ncarriers: {}\n", "there is no file"),
}


@pytest.mark.parametrize(("content", "what"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_holds_no_processes_is_refused_with_its_place(run, tmp_path, content, what):
    path = tmp_path / "poor.yaml"
    path.write_bytes(content)

    code, out, err = run("prices", "show", str(path))

    assert (code, out) == (2, "")
    assert what in err
    assert err.count("\n  Remedy: ") == 1


def test_a_folder_is_refused(run, tmp_path):
    code, _, err = run("prices", "show", str(tmp_path))

    assert code == 2
    assert err.startswith(f"error [document.unreadable]: {tmp_path} is a folder.")


def test_names_complete():
    from click.shell_completion import ShellComplete

    from maatwerkbank.cli.main import cli

    complete = ShellComplete(cli, {}, "maatwerkbank", "_MAATWERKBANK_COMPLETE")

    found = complete.get_completions(["prices", "show"], "nl")

    assert found[0].value == "nl-2025-06-30"
