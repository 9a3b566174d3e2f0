# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One figure in several runs, as a picture."""

from xml.etree import ElementTree as ET

from maatwerkbank.letter.range_picture import Ranged, range_svg


def drawn(*rows: Ranged) -> str:
    """The picture of these rows."""
    return range_svg(
        rows, title="Waarde", not_known="niet te beoordelen", write="{:.0f}".format, mark="m"
    )


def parsed(svg: str) -> ET.Element:
    """The elements of a picture that was drawn here."""
    return ET.fromstring(svg)  # noqa: S314  (our own)


def test_it_tells_in_words_what_it_shows():
    svg = parsed(drawn(Ranged("eerste", 5.0, -10.0, 20.0), Ranged("tweede", None)))

    told = [each.text for each in svg if each.tag.endswith(("title", "desc"))]

    assert told == ["Waarde", "eerste: 5 (-10 – 20); tweede: niet te beoordelen"]


def test_nil_lies_between_what_is_below_and_above_it():
    svg = parsed(drawn(Ranged("eerste", None, -100.0, 100.0)))

    line = next(each for each in svg if each.tag.endswith("line"))

    assert float(line.attrib["x1"]) == 190.0


def test_names_are_escaped_and_cut():
    text = drawn(Ranged("<script>" + "a" * 100, 1.0))

    assert "<script>" not in text
    assert "…" in text


def test_a_single_nil_can_be_drawn():
    assert "<circle" in drawn(Ranged("nul", 0.0))
