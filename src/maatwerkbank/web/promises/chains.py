# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What promises put at risk, the chains that explain it, and the picture, in words of the page.

Takes     the network of a dossier as one person may see it (`reckoning.Seen`).
Gives     tiles, chains with their links, the picture and what it says.
Leaves    tables and states to `shown.py`, sums to `dossier.promises`.
"""

from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maatwerkbank.dossier.promises import Moment, Stake, critical_chain
from maatwerkbank.dossier.promises.held_up import HeldUp
from maatwerkbank.dossier.promises.promise import STATES
from maatwerkbank.ground.language import Text
from maatwerkbank.letter import promise_network_picture
from maatwerkbank.letter.numbers import ratio
from maatwerkbank.letter.timeline_picture import slip_text
from maatwerkbank.web.promises.models import ProjectStart
from maatwerkbank.web.promises.reckoning import Seen, Thing, key_of
from maatwerkbank.web.promises.shown import DONE, ON_TIME, address, label, state_of
from maatwerkbank.web.templatetags.words import day, euros, page_language, say, tonnes


def tiles(seen: Seen, *, money: bool = True) -> list[dict[str, Any]]:
    """What is at risk by promises, and how sure that is where draws say so.

    Empty where nobody said when a project starts: then nothing can be said, and that is no zero.
    """
    late = len(seen.outlook.delayed)
    starts = [key for key, row in seen.rows.items() if isinstance(row, ProjectStart)]
    if not starts:
        return []
    undated = {each for key in starts for each in seen.outlook.moments[key].undated}
    lost = seen.outlook.at_risk if late else Stake(0.0, 0.0, 0.0)
    values = [
        (_("Gross tonnes in 2030 at risk"), lost.gross_t, tonnes(lost.gross_t)),
        (_("Additional tonnes in 2030 at risk"), lost.additional_t, tonnes(lost.additional_t)),
    ]
    if money:
        values.append((_("Support at risk"), lost.support_eur, euros(lost.support_eur)))
    found: list[dict[str, Any]] = [
        {
            "label": _("Projects that start later"),
            "value": _("%(late)s of %(all)s") % {"late": late, "all": len(starts)},
            "note": _undated(len(undated)),
        },
        *(
            {
                "label": name,
                "value": None if value is None else told,
                "note": _("nobody stated it") if value is None else "",
            }
            for name, value, told in values
        ),
    ]
    kept = seen.outlook.odds.promise_kept
    if kept is not None:
        found.append(
            {
                "label": _("Chance that the additional tonnes are reached"),
                "value": ratio(kept, page_language()),
                "note": _("as the draws of the last run say"),
            }
        )
    return found


def _undated(number: int) -> str:
    """That a start may be later still, where something it waits for has no date."""
    if not number:
        return ""
    told = ngettext(
        "1 thing that they wait for has no date",
        "%(number)s things that they wait for have no date",
        number,
    )
    return told % {"number": number}


def chains(seen: Seen) -> list[dict[str, Any]]:
    """Per project that starts later, the chain that decides it, the first link first."""
    return [_chain(seen, held) for held in seen.outlook.delayed]


def _chain(seen: Seen, held: HeldUp) -> dict[str, Any]:
    links = [link(seen, each) for each in critical_chain(held.project.id, seen.outlook.moments)]
    chance = held.after_target_year
    undated = seen.outlook.moments[held.project.id].undated
    return {
        "project": say(held.project.label),
        "slip": say(slip_text(held.delay_days)),
        "links": links,
        "gross": tonnes(held.at_risk.gross_t),
        "chance": None if chance is None else ratio(chance, page_language()),
        "undated": [label(seen, key) for key in undated],
    }


def link(seen: Seen, moment: Moment) -> dict[str, Any]:
    """A step of a chain: what it is, when, how much later than planned."""
    key = moment.node.id
    slip = moment.slip_days if moment.node.dates.actual is None else None
    return {
        "label": say(moment.node.label),
        "href": address(seen, seen.rows[key]),
        "planned": day(moment.planned) if moment.planned else "",
        "expected": day(moment.expected) if moment.expected else "",
        "slip": say(slip_text(slip)) if slip else "",
        "slack": moment.slack_days,
        "state": state_of(seen, key),
    }


def around(seen: Seen, row: Thing) -> dict[str, Any]:
    """Everything a thing waits for, and everything that waits for it, near and far."""
    network, moments = seen.outlook.network, seen.outlook.moments
    key = key_of(row)
    before, behind = network.before(key), network.behind(key)
    return {
        "before": [link(seen, moments[each]) for each in network.order if each in before],
        "behind": [link(seen, moments[each]) for each in network.order if each in behind],
        "slack": moments[key].slack_days,
    }


# ── the picture ───────────────────────────────────────────────────────────────────────────────


def picture(seen: Seen, *, narrow: bool = False) -> SafeString:
    """The network; empty where nothing has a date."""
    svg = promise_network_picture.network_svg(
        seen.outlook,
        _state_texts(seen),
        page_language(),
        on=seen.on,
        narrow=narrow,
        mark="network-narrow" if narrow else "network",
    )
    return mark_safe(svg)  # noqa: S308  (our own drawing; every word in it is escaped)


def summary(seen: Seen) -> str:
    """What the picture says."""
    return promise_network_picture.summary(seen.outlook, page_language())


def _state_texts(seen: Seen) -> dict[str, Text]:
    """States in both languages, for the picture; of what is late the picture tells the slip."""
    words: dict[str, Text] = {}
    for key, moment in seen.outlook.moments.items():
        if key in seen.standings:
            words[key] = STATES[seen.standings[key].state]
        elif moment.node.dates.actual is not None:
            words[key] = DONE
        else:
            words[key] = Text(nl="", en="") if moment.is_late else ON_TIME
    return words
