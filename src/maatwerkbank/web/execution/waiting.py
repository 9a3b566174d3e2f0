# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of money and execution waits for somebody: reports, verification, payments.

Takes     dossiers with which a person may report, verify, or keep money; and a day.
Gives     what waits, with its day; in one query a kind, however many dossiers there are.
Leaves    the list in which it stands to `overview/my_work.py`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from maatwerkbank.dossier.money.amounts import NIL
from maatwerkbank.web.execution.models import Report, ReportDue, Tranche
from maatwerkbank.web.templatetags.words import in_language


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what, about which firm, by when, since when."""

    kind: str
    what: str
    firm: str
    href: str
    due: date | None = None
    since: date | None = None


def reports_to_hand_in(dossiers: Collection[int], today: date) -> Iterator[Waiting]:
    """Periods that have ended, of which nothing was handed in, or it was sent back."""
    standing = Report.objects.filter(asked=OuterRef("pk"), state="handed_in").exclude(
        verification__verdict="sent_back"
    )
    asked = ReportDue.objects.filter(~Exists(standing), dossier__in=dossiers, last_day__lt=today)
    for each in asked.select_related("dossier__company"):
        yield Waiting(
            kind=_("Reporting"),
            what=_("Hand in the report on %(period)s") % {"period": each.period},
            firm=each.dossier.company.name,
            href=reverse("execution:report", args=[each.dossier.code, each.code]),
            due=each.due,
        )


def reports_to_verify(dossiers: Collection[int]) -> Iterator[Waiting]:
    """Reports that were handed in and that nobody went over."""
    waiting = Report.objects.filter(
        asked__dossier__in=dossiers, state="handed_in", verification=None
    )
    for each in waiting.select_related("asked__dossier__company"):
        yield Waiting(
            kind=_("Reporting"),
            what=_("Verify the report on %(period)s") % {"period": each.asked.period},
            firm=each.asked.dossier.company.name,
            href=reverse("execution:report", args=[each.asked.dossier.code, each.asked.code]),
            since=timezone.localdate(each.handed_in_at) if each.handed_in_at else None,
        )


def payments(dossiers: Collection[int], until: date) -> Iterator[Waiting]:
    """Tranches that are planned before that day, and not paid in full."""
    rows = (
        Tranche.objects.filter(Q(planned__lt=until), dossier__in=dossiers)
        .annotate(so_far=Coalesce(Sum("payments__amount"), NIL))
        .filter(so_far__lt=F("amount"))
    )
    for each in rows.select_related("dossier__company"):
        yield Waiting(
            kind=_("Payment"),
            what=_("Pay the tranche, or see what blocks it: %(tranche)s")
            % {"tranche": in_language(each, "name")},
            firm=each.dossier.company.name,
            href=reverse("execution:money", args=[each.dossier.code]),
            due=each.planned,
        )
