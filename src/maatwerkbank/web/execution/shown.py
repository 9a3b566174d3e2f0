# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Amounts and figures of execution in words of the page, and cells for its tables.

Takes     amounts, figures with their unit, standings.
Gives     text and cells for `components/table.html`; absent is "unknown", never nought.
Leaves    which of them somebody sees to the views.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from maatwerkbank.dossier.execution import Kpi, Step
from maatwerkbank.dossier.money import Standing
from maatwerkbank.dossier.money.amounts import in_words
from maatwerkbank.letter import numbers
from maatwerkbank.letter.numbers import SPACE
from maatwerkbank.web.templatetags.words import UNKNOWN, page_language, say

Cell = Any


def amount(value: Decimal | None) -> str:
    """An amount of booked money, to the cent where there are cents."""
    return say(UNKNOWN if value is None else in_words(value))


def plain(value: Decimal | float) -> str:
    """A number with the decimals that it has, and no more."""
    exact = Decimal(str(value)).normalize()
    exponent = exact.as_tuple().exponent
    decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
    return numbers.number(float(exact), page_language(), decimals)


def figure(value: Decimal | float | None, kpi: Kpi) -> str:
    """A figure with the unit of its indicator."""
    return say(UNKNOWN) if value is None else f"{plain(value)}{SPACE}{say(kpi.unit)}"


def percent(share: Decimal | None) -> str:
    """A share in per cent."""
    return say(UNKNOWN) if share is None else f"{plain(share * 100)}%"


def step_value(step: Step, unit: str) -> str:
    """What a line of a sum comes to. `unit` is that of the indicator."""
    shown = {
        "eur": lambda: amount(step.value),
        "share": lambda: percent(step.value),
        "quantity": lambda: f"{plain(step.value)}{SPACE}{unit}",
        "eur_per_t": lambda: f"{amount(step.value)} / t",
        "eur_per_month": lambda: _("%(amount)s a month") % {"amount": amount(step.value)},
        "eur_per_unit": lambda: amount(step.value),
        "months": lambda: plain(step.value),
        "days": lambda: plain(step.value),
    }
    return shown[step.unit]()


def columns(*labels: str, numeric: Iterable[int] = ()) -> list[dict[str, Any]]:
    """Heads of a table; `numeric` are the places of columns with numbers."""
    places = set(numeric)
    return [{"label": label, "numeric": place in places} for place, label in enumerate(labels)]


def tranche_status(standing: Standing) -> Mapping[str, str]:
    """Where a tranche stands, as a cell: paid, payable, or what blocks it."""
    if standing.tranche.paid >= standing.amount:
        return {"text": _("paid"), "tone": "positive", "icon": ""}
    if standing.payable > 0:
        label = _("%(amount)s can be paid") % {"amount": amount(standing.payable)}
        return {"text": label, "tone": "positive", "icon": "", "note": _reasons(standing)}
    return {"text": _("blocked"), "tone": "warning", "icon": "stop", "note": _reasons(standing)}


def _reasons(standing: Standing) -> str:
    return " ".join(say(each) for each in standing.reasons)
