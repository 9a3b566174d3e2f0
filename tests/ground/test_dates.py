# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The last day of the period that a whole or reduced date names."""

from datetime import date

import pytest

from maatwerkbank.ground.dates import last_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-12-19", date(2024, 12, 19)),
        ("2023-12", date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 28)),
        ("2023", date(2023, 12, 31)),
        ("0001", date(1, 12, 31)),
        ("9999-12", date(9999, 12, 31)),
    ],
)
def test_a_date_is_certain_from_the_last_day_of_its_period(text, day):
    assert last_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "19-12-2024",
        "2024-13",
        "2024-00",
        "2024-02-30",
        "2023-02-29",
        "0000",
        "2024-1-1",
        "2024-12-19T00:00",
        "24-12-19",
        "2024/12/19",
        " 2024",
        "20245",
    ],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        last_day(text)
