# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The picture of milestones, and the sentences that stand beside it."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from maatwerkbank.dossier.timeline import Forecast, Milestone
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.timeline_picture import slip_text, summary, timeline_svg

ON = date(2026, 11, 29)
SVG = "{http://www.w3.org/2000/svg}"


def milestone(name: str = "Natuurvergunning", **dates) -> Milestone:
    """A milestone on the track of permits."""
    forecasts = tuple(
        Forecast(date=day, said_on=date(2026, 1, n + 1), by="Projectteam", because="bezwaar")
        for n, day in enumerate(dates.pop("forecasts", ()))
    )
    return Milestone(
        id=name,
        track="permits",
        label=Text(nl=name, en=name),
        planned=dates.get("planned"),
        actual=dates.get("actual"),
        forecasts=forecasts,
    )


LATE = milestone(planned=date(2025, 11, 1), forecasts=[date(2026, 6, 1), date(2027, 2, 1)])
DONE = milestone("Omgevingsvergunning", planned=date(2026, 3, 1), actual=date(2026, 2, 20))


def drawn(*milestones: Milestone, **options) -> ET.Element:
    """The picture, read as XML."""
    return ET.fromstring(timeline_svg(milestones, "nl", on=ON, **options))  # noqa: S314  (our own)


def test_it_has_a_title_and_says_what_it_shows():
    picture = drawn(LATE, DONE)

    title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title.text == "Mijlpalen per spoor"
    assert description.text == (
        "2 mijlpalen: 1 gehaald, 1 te laat, 0 nog te gaan. "
        "De grootste verschuiving: Natuurvergunning, 15 maanden later."
    )
    assert picture.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_it_tells_a_slip_in_words_beside_the_line():
    words = [each.text for each in drawn(LATE).iter(f"{SVG}text")]

    assert "+15 mnd" in words
    assert "Vergunningen en stikstof" in words


def test_it_draws_every_forecast_that_was_made():
    before = len(list(drawn(LATE).iter(f"{SVG}circle")))
    after = len(
        list(
            drawn(
                milestone(
                    planned=date(2025, 11, 1),
                    forecasts=[date(2026, 6, 1), date(2026, 9, 1), date(2027, 2, 1)],
                )
            ).iter(f"{SVG}circle")
        )
    )

    assert after == before + 1


@pytest.mark.parametrize("options", [{}, {"narrow": True}], ids=["wide", "narrow"])
def test_it_stays_within_its_own_width(options):
    picture = drawn(LATE, DONE, **options)

    width = float(picture.get("viewBox").split()[2])
    assert all(0 <= float(each.get("x")) <= width for each in picture.iter(f"{SVG}text"))
    assert all(0 <= float(each.get("cx")) <= width for each in picture.iter(f"{SVG}circle"))


def test_it_writes_a_name_as_text_and_never_as_markup():
    picture = drawn(milestone("<script>alert('x')</script>", planned=ON))

    assert "script" not in {each.tag.removeprefix(SVG) for each in picture.iter()}


def test_it_draws_nothing_where_nothing_has_a_date():
    assert timeline_svg([milestone()], "nl", on=ON) == ""


def test_it_says_that_there_are_no_milestones():
    assert summary([], "en", on=ON) == "There are no milestones."


@pytest.mark.parametrize(
    ("days", "nl", "en"),
    [
        (0, "volgens plan", "as planned"),
        (1, "1 dag later", "1 day later"),
        (45, "45 dagen later", "45 days later"),
        (457, "15 maanden later", "15 months later"),
        (-92, "3 maanden eerder", "3 months earlier"),
    ],
)
def test_it_says_a_slip_in_months_once_it_is_long(days: int, nl: str, en: str):
    assert slip_text(days) == Text(nl=nl, en=en)
