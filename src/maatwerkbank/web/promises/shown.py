# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Promises in words of the page: states, rows of tables, amounts, facts.

Takes     the network of a dossier as one person may see it (`reckoning.Seen`).
Gives     plain values for the components.
Leaves    what is at risk and the picture to `chains.py`; sums and states to `dossier.promises`; who
          sees what to `people/access.py`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maatwerkbank.dossier.promises import Moment, Stake
from maatwerkbank.dossier.promises.dependency import BANDS, CONTRACTS, KINDS, NETTING
from maatwerkbank.dossier.promises.held_up import Holder
from maatwerkbank.dossier.promises.lateness import chances_behind, months_late
from maatwerkbank.dossier.promises.promise import STATES
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.numbers import ratio, stated
from maatwerkbank.letter.timeline_picture import slip_text
from maatwerkbank.web.dossiers.models import Milestone
from maatwerkbank.web.promises.models import Dependency, Promise
from maatwerkbank.web.promises.reckoning import Seen, Thing
from maatwerkbank.web.templatetags.words import day, euros, figure, page_language, say, tonnes

Cell = dict[str, Any]
TONES: Mapping[str, tuple[str, str]] = {
    "open": ("info", "circle"),
    "at_risk": ("warning", "warning"),
    "kept": ("positive", "check"),
    "broken": ("negative", "cross"),
    "waived": ("neutral", "minus"),
}
DONE = Text(nl="er", en="there")
LATE = Text(nl="later", en="late")
ON_TIME = Text(nl="op tijd", en="on time")
NO_DATE = Text(nl="geen datum", en="no date")


# ── states ────────────────────────────────────────────────────────────────────────────────────


def state_of(seen: Seen, key: str) -> Cell:
    """The state of a thing: of a promise as it is judged, of anything else by its dates."""
    if key in seen.standings:
        found = seen.standings[key]
        tone, icon = TONES[found.state]
        return {"text": say(STATES[found.state]), "tone": tone, "icon": icon}
    moment = seen.outlook.moments[key]
    if moment.node.dates.actual is not None:
        return {"text": say(DONE), "tone": "positive", "icon": "check"}
    if moment.is_late:
        return {"text": say(LATE), "tone": "warning", "icon": "clock"}
    if moment.expected is None:
        return {"text": say(NO_DATE), "tone": "neutral", "icon": "dot"}
    return {"text": say(ON_TIME), "tone": "info", "icon": "circle"}


def expected(moment: Moment) -> Cell | str:
    """The earliest date, with the slip below it."""
    if moment.expected is None:
        return "–"
    if moment.slip_days and moment.node.dates.actual is None:
        return {"text": day(moment.expected), "note": say(slip_text(moment.slip_days))}
    return day(moment.expected)


def lateness(seen: Seen, key: str) -> dict[str, Any]:
    """Whole months late by the planning; and where a run has draws, the chance of what waits."""
    moment = seen.outlook.moments[key]
    months = months_late(moment.node.dates.planned, moment.expected)
    return {
        "months": None if months is None else figure(months),
        "chances": [
            {"label": say(node.label), "chance": ratio(chance, page_language())}
            for node, chance in chances_behind(seen.outlook, key).items()
        ],
    }


def address(seen: Seen, row: Thing) -> str:
    """The page of a thing; empty where it has none of its own."""
    if isinstance(row, Promise):
        return reverse("promises:promise", args=[seen.dossier.code, row.code])
    if isinstance(row, Dependency):
        return reverse("promises:dependency", args=[seen.dossier.code, row.code])
    if isinstance(row, Milestone):
        return reverse("dossiers:milestone", args=[seen.dossier.code, row.code])
    return ""


def label(seen: Seen, key: str) -> str:
    """What a thing is called."""
    return say(seen.outlook.network.nodes[key].label)


# ── tables ────────────────────────────────────────────────────────────────────────────────────


def promises(seen: Seen, side: str) -> dict[str, Any]:
    """What one side promises, the first due first."""
    rows = [
        [
            {
                "text": label(seen, key),
                "href": address(seen, row),
                "note": " · ".join(filter(None, [row.by_name, amount(row)])),
            },
            day(row.planned) if row.planned else "–",
            expected(seen.outlook.moments[key]),
            {**state_of(seen, key), "note": say(seen.standings[key].because)},
            _awaited(seen, key),
        ]
        for key, row in seen.rows.items()
        if isinstance(row, Promise) and row.by_side == side
    ]
    return {
        "columns": [
            {"label": _("Promise")},
            {"label": _("Due on")},
            {"label": _("Expected now")},
            {"label": _("Status")},
            {"label": _("Waits for")},
        ],
        "rows": rows,
    }


def dependencies(seen: Seen) -> dict[str, Any]:
    """What must be there first."""
    rows = [
        [
            {
                "text": label(seen, key),
                "href": address(seen, row),
                "note": " · ".join(filter(None, [say(KINDS[row.kind].label), row.operator])),
            },
            capacity(row),
            say(CONTRACTS[row.contract]) if row.contract else None,
            say(BANDS[row.band][2]) if row.band else None,
            day(row.planned) if row.planned else "–",
            expected(seen.outlook.moments[key]),
            state_of(seen, key),
        ]
        for key, row in seen.rows.items()
        if isinstance(row, Dependency)
    ]
    return {
        "columns": [
            {"label": _("What")},
            {"label": _("Capacity"), "numeric": True},
            {"label": _("Contract")},
            {"label": _("Likelihood")},
            {"label": _("Planned")},
            {"label": _("Expected now")},
            {"label": _("Status")},
        ],
        "rows": rows,
    }


def holders(seen: Seen, found: Iterable[Holder], *, money: bool = True) -> dict[str, Any]:
    """What holds up what: each late thing with the projects behind it."""
    rows = [
        [
            {
                "text": label(seen, each.moment.node.id),
                "href": address(seen, seen.rows[each.moment.node.id]),
                "note": _whose(seen.rows[each.moment.node.id]),
            },
            expected(each.moment),
            ", ".join(say(held.project.label) for held in each.projects),
            *amounts(each.at_risk, money=money),
        ]
        for each in found
    ]
    return {
        "columns": [
            {"label": _("Late")},
            {"label": _("Expected now")},
            {"label": _("Projects behind it")},
            *amount_columns(money=money),
        ],
        "rows": rows,
    }


def amount_columns(*, money: bool = True) -> list[dict[str, Any]]:
    """Headings of what is at risk."""
    columns = [
        _("Gross in 2030"),
        _("Additional tonnes in 2030"),
        *([_("Support")] if money else []),
    ]
    return [{"label": column, "numeric": True} for column in columns]


def amounts(stake: Stake, *, money: bool = True) -> list[str]:
    """What is at risk, each kind by itself; what nobody stated is unknown."""
    found = [tonnes(stake.gross_t), tonnes(stake.additional_t)]
    return [*found, euros(stake.support_eur)] if money else found


def waits(seen: Seen) -> dict[str, Any]:
    """What waits for what: the picture as a table."""
    moments = seen.outlook.moments
    rows = [
        [
            label(seen, wait.waiter),
            label(seen, wait.awaited),
            ngettext("%(n)s day", "%(n)s days", wait.lag_days) % {"n": wait.lag_days},
            day(moments[wait.awaited].expected) if moments[wait.awaited].expected else "–",
            day(moments[wait.waiter].expected) if moments[wait.waiter].expected else "–",
        ]
        for wait in seen.outlook.network.waits
    ]
    return {
        "columns": [
            {"label": _("This waits")},
            {"label": _("for this")},
            {"label": _("Days in between")},
            {"label": _("It is expected on")},
            {"label": _("So this on")},
        ],
        "rows": rows,
    }


def _awaited(seen: Seen, key: str) -> str:
    return ", ".join(
        label(seen, wait.awaited) for wait in seen.outlook.network.awaited_by.get(key, ())
    ) or "–"  # fmt: skip


def _whose(row: Thing) -> str:
    if isinstance(row, Promise):
        return row.by_name
    return row.operator if isinstance(row, Dependency) else ""


# ── amounts ───────────────────────────────────────────────────────────────────────────────────


def amount(row: Promise) -> str:
    """What was promised as a quantity; empty for a deed."""
    if not row.quantity:
        return ""
    low, high = row.amount_low, row.amount_high
    if low is not None and high is not None and low != high:
        told = f"{_measured(low, row.unit)} – {_measured(high, row.unit)}"
    elif low is not None and high is None:
        told = _("at least %(amount)s") % {"amount": _measured(low, row.unit)}
    elif low is None and high is not None:
        told = _("at most %(amount)s") % {"amount": _measured(high, row.unit)}
    else:
        told = _measured(low or 0.0, row.unit)
    kinds = {"gross": _("gross"), "additional": _("additional")}
    return f"{told} {kinds.get(row.tonnes_are, '')}".strip()


def capacity(row: Dependency) -> str | None:
    """A capacity with its unit; None where it is not known."""
    return None if row.capacity is None else _measured(row.capacity, row.capacity_unit)


def facts_of(row: Dependency) -> list[dict[str, Any]]:
    """What is known of a dependency; what is not is unknown."""
    miek = " · ".join(filter(None, [row.miek_number, row.miek_status]))
    cost = row.public_cost_eur
    always = [
        {"label": _("Operator or authority"), "value": row.operator or None},
        {"label": _("Location"), "value": row.location or None},
        {"label": _("Likelihood"), "value": say(BANDS[row.band][2]) if row.band else None},
        {"label": _("What if it does not come"), "value": row.fallback or None},
    ]
    if KINDS[row.kind].topic == "permits":
        return always
    return [
        *always,
        {"label": _("Capacity"), "value": capacity(row)},
        {"label": _("Contract"), "value": _in(CONTRACTS, row.contract)},
        {"label": _("MIEK"), "value": miek or None},
        {"label": _("Edition of the Cluster Energy Strategy"), "value": row.ces_edition or None},
        {"label": _("Public cost"), "value": None if cost is None else euros(cost)},
    ]


def nitrogen_of(row: Dependency) -> list[dict[str, Any]]:
    """The nitrogen route of a permit."""
    deposition = row.deposition
    return [
        {"label": _("Reference situation"), "value": row.nitrogen_reference or None},
        {"label": _("Netting"), "value": _in(NETTING, row.netting)},
        {
            "label": _("Deposition"),
            "value": None if deposition is None else figure(deposition, 2),
            "unit": _("mol per hectare a year"),
        },
        {"label": _("Legal risk"), "value": row.nitrogen_risk or None},
    ]


def _in(words: Mapping[str, Text], key: str) -> str | None:
    return say(words[key]) if key else None


def _measured(value: float, unit: str) -> str:
    if unit == "EUR":
        return euros(value)
    if unit == "t/year":
        return _("%(tonnes)s a year") % {"tonnes": tonnes(value)}
    return f"{stated(value, page_language())} {unit}"
