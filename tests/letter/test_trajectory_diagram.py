# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The road of a track as a picture: what it shows, in words too, and what it carries along."""

import re
from xml.etree import ElementTree as ET

import pytest

from maatwerkbank.dossier.trajectory import trajectory
from maatwerkbank.letter.trajectory_diagram import trajectory_svg

TRACKS = trajectory("maatwerk-2025").tracks
STANDARD = TRACKS["standard"]
SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg):
    return ET.fromstring(svg)  # noqa: S314  (made here)


def states(svg):
    classes = [each.get("class") for each in parsed(svg).iter(f"{SVG}g")]
    return [each.split()[1] for each in classes if each.startswith("trajectory-stage")]


@pytest.mark.parametrize("width", [900, 360])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("track", TRACKS.values(), ids=TRACKS)
def test_it_draws_every_stage_and_gate_of_every_track(track, language, width):
    svg = trajectory_svg(track, language, width=width)

    root = parsed(svg)
    gates = list(root.iter(f"{SVG}polygon"))
    assert len(states(svg)) == len(track.stages)
    assert len(gates) == len(track.stages) - 1
    assert root.find(f"{SVG}title").text == track.label.into(language)


def test_it_shows_what_is_passed_and_where_we_stand():
    svg = trajectory_svg(STANDARD, "nl", here="working_out")

    assert states(svg) == ["is-passed", "is-passed", "is-here", *["is-ahead"] * 5]


def test_it_takes_the_stages_that_were_passed_when_told():
    svg = trajectory_svg(STANDARD, "nl", here="working_out", passed={"eop"})

    assert states(svg)[:3] == ["is-ahead", "is-passed", "is-here"]


def test_no_state_hangs_on_colour_alone():
    svg = trajectory_svg(STANDARD, "nl", here="eop")

    assert "✓" in svg
    assert "▶" in svg
    assert svg.count("stroke-dasharray") == 6


def test_it_tells_the_same_in_words():
    told = parsed(trajectory_svg(STANDARD, "en", here="advice")).find(f"{SVG}desc").text

    assert "Exploration (passed); To the ambition document: 6 criteria" in told
    assert "Advice AMVI (here), or back: Draft JLoI" in told
    assert told.endswith("Execution (ahead).")


def test_outsiders_read_other_names_and_no_way_back():
    svg = trajectory_svg(STANDARD, "nl", here="advice", outward=True)

    assert "adviescommissie</text>" in svg
    assert "of terug" not in svg
    assert "Advies AMVI" not in svg.split("</desc>")[1]


def test_it_takes_its_colour_from_the_text_around_it_and_carries_no_style():
    svg = trajectory_svg(STANDARD, "nl", here="advice")

    assert "style" not in svg
    assert "<script" not in svg
    assert re.findall(r"#[0-9a-fA-F]{3,6}\b", svg) == []


def test_two_widths_on_one_page_share_no_names():
    wide, narrow = (trajectory_svg(STANDARD, "nl", width=each) for each in (900, 360))

    names = re.findall(r'\bid="([^"]+)"', wide + narrow)

    assert len(names) == len(set(names)) == 4


def test_every_part_lies_within_the_picture():
    root = parsed(trajectory_svg(STANDARD, "nl", width=360))
    _, _, width, height = (float(each) for each in root.get("viewBox").split())

    boxes = [
        (
            float(each.get("x")) + float(each.get("width")),
            float(each.get("y")) + float(each.get("height")),
        )
        for each in root.iter(f"{SVG}rect")
    ]

    assert max(right for right, _ in boxes) <= width
    assert max(below for _, below in boxes) <= height
