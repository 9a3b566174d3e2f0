# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of sources: complete, without doubles, and helpful when a name is wrong."""

import re
from datetime import date
from importlib.resources import files

import pytest

from maatwerkbank.ground.errors import SourceError, UnknownSource
from maatwerkbank.sources import Seen, Source, citation, load_sources, source
from maatwerkbank.sources.register import _entry


def identities_as_written() -> list[str]:
    folder = files("maatwerkbank") / "sources" / "data"
    texts = [file.read_text("utf-8") for file in folder.iterdir()]
    return [name for text in texts for name in re.findall(r"^([^\s#].*?):", text, re.MULTILINE)]


def test_the_letter_is_an_official_source_with_its_date_and_address():
    letter = source("kamerbrief-2025-06-30")

    assert letter.seen is Seen.OFFICIAL
    assert letter.date == "2025-06-30"
    assert letter.url == (
        "https://www.tweedekamer.nl/kamerstukken/brieven_regering/detail"
        "?did=2025D31003&id=2025D31003"
    )


@pytest.mark.parametrize(
    ("identity", "seen"),
    [
        ("wbm", "official"),
        ("wm", "official"),
        ("far-2019-331", "official"),
        ("benchmarks-2021-447", "official"),
        ("ecb-price-stability", "official"),
        ("benchmarks-2026-1412", "press"),
        ("cisaf-2025-3602", "press"),
        ("aeb-2020-04", "press"),
        ("dea-ccts", "database"),
        ("mpp-steel-model", "database"),
        ("besluit-sdek", "unverified"),
        ("overrun-fit", "derived"),
    ],
)
def test_a_source_says_how_it_was_seen(identity, seen):
    assert source(identity).seen == seen


def test_no_identity_is_written_twice():
    written = identities_as_written()

    assert len(written) == len(set(written)) == len(load_sources())


def test_identities_are_short_words_with_hyphens():
    odd = [name for name in load_sources() if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)]

    assert odd == []


def test_dates_are_iso_and_may_be_reduced_or_absent():
    dates = [entry.date for entry in load_sources().values() if entry.date is not None]
    odd = [day for day in dates if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", day)]

    assert odd == []
    assert source("alco-eop-2024-10").date == "2024-10"
    assert source("wbm").date is None


def test_full_dates_exist_in_the_calendar():
    full = [entry.date for entry in load_sources().values() if len(entry.date or "") == 10]

    assert min(date.fromisoformat(day) for day in full) >= date(1990, 1, 1)


def test_addresses_are_web_addresses():
    addresses = [entry.url for entry in load_sources().values() if entry.url is not None]

    assert [url for url in addresses if not re.match(r"https?://\S+$", url)] == []


def test_an_unknown_identity_is_refused_with_the_nearest_names():
    with pytest.raises(UnknownSource, match="did you mean kamerbrief-2025-06-30"):
        source("kamerbrief-2025-06-03")


def test_an_entry_with_a_missing_field_is_refused():
    with pytest.raises(SourceError, match="write all five fields"):
        _entry("some-letter", {"title": "A letter", "publisher": "Someone", "seen": "press"})


def test_an_entry_seen_in_an_unknown_way_is_refused():
    entry = {"title": "A", "publisher": "B", "date": None, "url": None, "seen": "hearsay"}

    with pytest.raises(SourceError, match="hearsay"):
        _entry("some-letter", entry)


def test_a_citation_is_one_line_in_dutch_with_place_date_and_address():
    line = citation(source("kamerbrief-2025-06-30"), "Vooruitblik")

    assert line == (
        "Ministerie van Klimaat en Groene Groei, Kamerbrief Voortgang Maatwerkafspraken "
        "Verduurzaming Industrie (Kamerstuk 29 826, nr. 260), Vooruitblik, 30 juni 2025 "
        "(officieel), https://www.tweedekamer.nl/kamerstukken/brieven_regering/detail"
        "?did=2025D31003&id=2025D31003"
    )


def test_a_citation_in_english_spells_a_reduced_date():
    report = Source("x", "A report", "A paper", "2024-10", None, Seen.PRESS)

    assert citation(report, language="en") == "A paper, A report, October 2024 (press)"


def test_a_citation_of_a_source_without_a_date_says_so():
    study = Source("x", "Een studie", "Een bureau", None, None, Seen.UNVERIFIED)

    assert citation(study) == "Een bureau, Een studie, zonder datum (niet geverifieerd)"
