# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank letter`: four kinds of file, and refusals that say what to do."""

import json

import pytest

LETTER = ("letter", "--as-of", "2025-06-30")


def test_the_suffix_says_which_kind_of_document_it_is(run, tmp_path):
    for suffix, start in ((".pdf", b"%PDF"), (".odt", b"PK"), (".md", b"# Voortgang")):
        path = tmp_path / f"letter{suffix}"
        code, out, err = run(*LETTER, "--out", str(path))
        assert (code, out) == (0, "")
        assert f"wrote {path}" in err
        assert path.read_bytes().startswith(start)


def test_the_data_say_what_moved_and_doubts_are_shown(run, tmp_path):
    path = tmp_path / "letter.json"
    code, _, err = run(*LETTER, "--since", "2024-12-31", "--out", str(path), "--lang", "en")
    data = json.loads(path.read_text("utf-8"))
    assert code == 0
    assert (data["as_of"], data["since"], data["language"]) == ("2025-06-30", "2024-12-31", "en")
    assert {"firm": "nobian", "what": "stage"}.items() <= data["changes"][0].items()
    assert "warning [reference.number] motions.prospects-of-industry" in err


def test_an_official_letter_is_refused_and_nothing_is_written(run, tmp_path):
    path = tmp_path / "letter.md"
    code, _, err = run(*LETTER, "--out", str(path), "--official")
    assert code == 2
    assert "error [official.refused]" in err
    assert "statement of nobian is not approved" in err
    assert "rests on yara-eop-2023-07-12 (press)" in err
    assert not path.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--out", "letter.docx"), "'letter.docx' ends in none of: .odt, .pdf, .md, .json"),
        (("--out", "nowhere/letter.pdf"), "there is no folder nowhere"),
        (("--out", "letter.md", "--since", "2025-07-01"), "is not before --as-of 2025-06-30"),
        (("--out", "letter.md", "--as-of", "30-06-2025"), "is not a date of the form 2025-06-30"),
        ((), "Missing option '--out'"),
    ],
)
def test_what_cannot_be_is_refused(run, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*LETTER, *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert list(tmp_path.iterdir()) == []
