# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The picture of what was promised and realised draws what is known, and nothing else."""

import xml.etree.ElementTree as ET

from maatwerkbank.letter.promised_picture import Words, YearBar, promised_svg

WORDS = Words("Gross <tonnes>", "promised", "realised", "not verified", "unknown")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*rows: YearBar) -> ET.Element:
    svg = promised_svg(rows, WORDS, write=lambda value: f"{value:.0f} t", mark="k")
    return ET.fromstring(svg)  # noqa: S314  (our own)


def test_it_draws_a_bar_for_what_was_realised_and_a_mark_for_the_promise():
    picture = drawn(YearBar(2027, 40, 30, verified=True), YearBar(2028, 40, 20))

    bars = [float(each.get("width")) for each in picture.iter(f"{SVG}rect")]
    assert bars[0] / bars[1] == 1.5
    assert len(list(picture.iter(f"{SVG}line"))) == 3  # the rule and two promises


def test_what_is_absent_is_said_and_not_drawn():
    picture = drawn(YearBar(2027, 40, None), YearBar(2028, None, 0, verified=True))

    assert len(list(picture.iter(f"{SVG}rect"))) == 1
    assert picture.find(f"{SVG}desc").text == (
        "2027: promised 40 t, realised unknown; 2028: promised unknown, realised 0 t"
    )


def test_the_words_of_a_bar_stand_beside_it_or_in_it_and_never_across_the_mark():
    picture = drawn(
        YearBar(2027, 100, 20, verified=True),  # room before the mark
        YearBar(2028, 100, 90, verified=True),  # none: in the bar
        YearBar(2029, 100, None),
    )

    words = list(picture.iter(f"{SVG}text"))[1::2]  # beside each year
    far, near, absent = (float(each.get("x")) for each in words)
    bars = [float(each.get("x")) + float(each.get("width")) for each in picture.iter(f"{SVG}rect")]
    assert bars[0] < far < bars[0] + 10
    assert near < bars[1]
    assert absent < bars[0]
