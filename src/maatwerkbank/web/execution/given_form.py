# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a clause asks of the year beside the reports: months late, an actual price, days.

Takes     what the planning says of each promise, prices that were published, what was filled in.
Gives     a value with where it comes from: never a price without its source.
Leaves    the sum to `dossier.execution`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from maatwerkbank.dossier.execution.actual_prices import (
    SERIES,
    ActualPrice,
    actual_price,
    typed_origin,
)
from maatwerkbank.dossier.promises.lateness import months_late
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.planning_forms import choices_of, day_field
from maatwerkbank.web.execution.following import Given
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.promises.models import Promise
from maatwerkbank.web.promises.reckoning import seen_by
from maatwerkbank.web.templatetags.words import page_language, say


@dataclass(frozen=True)
class Late:
    """A promise of the company that is late by the planning."""

    name: Text
    months: int

    @property
    def origin(self) -> Text:
        """Where the months come from."""
        return Text(
            nl=f"planning van “{self.name.nl}”: verwacht min gepland, hele maanden",
            en=f"planning of “{self.name.en}”: expected less planned, whole months",
        )


def late_promises(person: Person, dossier: Dossier) -> dict[str, Late]:
    """Per promise of the company that `person` sees: how many months it is late by the planning."""
    seen = seen_by(person, dossier)
    found = {}
    for key, row in seen.rows.items():
        if isinstance(row, Promise) and row.by_side == "company":
            months = months_late(row.planned, seen.outlook.moments[key].expected)
            if months is not None:
                found[str(row.code)] = Late(Text(nl=row.name_nl, en=row.name_en), months)
    return found


class GivenForm(forms.Form):
    """What a person knows of the year, for a clause that asks it."""

    ASKED: Mapping[str, tuple[str, ...]] = {
        "late_delivery": ("late_of", "months_late"),
        "interest": ("since", "until"),
        "return_of_gains": ("series", "price", "price_source"),
    }

    late_of = forms.ChoiceField(label=gettext_lazy("Take the months from"), required=False)
    months_late = forms.DecimalField(
        label=gettext_lazy("Whole months late"), min_value=0, max_value=600, required=False
    )
    series = forms.ChoiceField(label=gettext_lazy("Take the price from"), required=False)
    price = forms.DecimalField(
        label=gettext_lazy("Actual price of the year [euro per unit]"),
        max_digits=12,
        decimal_places=4,
        required=False,
    )
    price_source = forms.CharField(
        label=gettext_lazy("Source of that price"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Who published it, where, and of which day"),
    )
    since = day_field(label=gettext_lazy("Paid on"), required=False)
    until = day_field(label=gettext_lazy("Interest until"), required=False)

    def __init__(
        self,
        *args: Any,
        kind: str,
        late: Mapping[str, Late],
        prices: Mapping[str, ActualPrice],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.late, self.prices = late, prices
        by_hand = {"": _("none of these: I fill it in")}
        choices_of(
            self, "late_of", by_hand | {code: _told_late(each) for code, each in late.items()}
        )
        choices_of(
            self,
            "series",
            by_hand
            | {
                name: f"{say(SERIES[name])}: {_number(each.value)}" for name, each in prices.items()
            },
        )
        for name in set(self.fields) - set(self.ASKED.get(kind, ())):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """One origin for a value; and for a typed price its source."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for chosen, typed in (("late_of", "months_late"), ("series", "price")):
            if given.get(chosen) and given.get(typed) is not None:
                self.add_error(typed, _("Choose one: from the list, or filled in."))
        if given.get("price") is not None and not given.get("price_source"):
            self.add_error("price_source", _("A price that you fill in needs its source."))
        return given

    def given(self) -> Given:
        """What is known, with where it comes from."""
        known = self.cleaned_data
        late, price = self.late.get(known.get("late_of", "")), known.get("price")
        published = self.prices.get(known.get("series", ""))
        return Given(
            months_late=Decimal(late.months) if late else known.get("months_late"),
            late_from=late.origin if late else None,
            price=published.value if published else price,
            price_from=published.origin if published else _typed(price, known),
            since=known.get("since"),
            until=known.get("until"),
        )


def published_prices(year: int, known_on: Any) -> dict[str, ActualPrice]:
    """Per series the price of that year, as far as it was published."""
    found: Iterable[tuple[str, ActualPrice | None]] = (
        (name, actual_price(name, year, known_on)) for name in SERIES
    )
    return {name: price for name, price in found if price is not None}


def _typed(price: Decimal | None, known: Mapping[str, Any]) -> Text | None:
    return None if price is None else typed_origin(known["price_source"])


def _told_late(each: Late) -> str:
    told = ngettext("%(name)s: %(n)s month late", "%(name)s: %(n)s months late", each.months)
    return told % {"name": say(each.name), "n": each.months}


def _number(value: Decimal) -> str:
    return f"{value:f}".replace(".", "," if page_language() == "nl" else ".")
