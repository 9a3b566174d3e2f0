# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The risk register of a dossier: entries, and whether they agree with the plan of the company.

Takes     a dossier or a risk, a person, values; never a request.
Gives     what was made or changed; where register and plan say different things.
Leaves    the rules to `dossier.promises.risk_register`; what a gate asks to `stored_risks.py`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from maatwerkbank.dossier.promises import risk_register as pure
from maatwerkbank.dossier.promises.held_up import DelayOdds
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.plant.uncertainty import Uncertainties
from maatwerkbank.web.dossiers.deeds import NOTHING, finding, refuse, said
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.access import case_versions_of, require, runs_of
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.promises.models import Risk
from maatwerkbank.web.promises.stored_risks import as_risk

Fields = Mapping[str, Any]
WEIGHTS = ("before", "after_own", "after_all")
BOTH = Text(nl="kans en gevolg, of geen van beide", en="likelihood and impact, or neither")


def lacks_of_risk(fields: Fields, declared: Uncertainties | None) -> list[Finding]:
    """What is not right in an entry, or says something else than the plan: all of it."""
    found = [
        finding(f"{name}_likelihood", BOTH, NOTHING)
        for name in WEIGHTS
        if bool(fields.get(f"{name}_likelihood")) != bool(fields.get(f"{name}_impact"))
    ]
    if found:
        return found
    entry = as_risk(Risk(**_of_model(fields)))
    return list(pure.lacks_of(entry) or pure.contradictions_of(entry, declared))


@transaction.atomic
def add_risk(*, dossier: Dossier, by: Person, because: str = "", **fields: Any) -> Risk:
    """Put a risk into the register.

    Parameters
    ----------
    fields : as `models.Risk`

    Raises
    ------
    Unfit   something lacks, or the plan that was handed in last says something else
    """
    require(by, Deed.KEEP_RISKS, dossier)
    refuse(lacks_of_risk(fields, uncertainties_of(by, dossier)))
    with changed_by(by, because):
        return Risk.objects.create(dossier=dossier, **fields)


@transaction.atomic
def change_risk(*, risk: Risk, by: Person, because: str, **fields: Any) -> Risk:
    """Put a risk right. What was there stays in the history.  Raises as `add_risk`."""
    require(by, Deed.KEEP_RISKS, risk.dossier)
    reason = said(because, "because")
    refuse(lacks_of_risk(fields, uncertainties_of(by, risk.dossier)))
    now = Risk.objects.select_for_update().get(pk=risk.pk)
    for name, value in fields.items():
        setattr(now, name, value)
    with changed_by(by, reason):
        now.save(update_fields=list(fields))
    return now


def _of_model(fields: Fields) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "because"}


# ── the plan ──────────────────────────────────────────────────────────────────────────────────


def uncertainties_of(person: Person, dossier: Dossier) -> Uncertainties | None:
    """What the last plan that was handed in declares not to know; None without such a plan."""
    last = (
        case_versions_of(person, dossier)
        .filter(state="handed_in")
        .order_by("-number")
        .only("document")
        .first()
    )
    if last is None or last.document is None:
        return None
    return Uncertainties.model_validate(last.document.get("uncertainties") or {})


def contradictions(rows: Iterable[Risk], declared: Uncertainties | None) -> tuple[Finding, ...]:
    """Where the register and the plan say different things."""
    return pure.contradictions([as_risk(row) for row in rows], declared)


def odds_of(person: Person, dossier: Dossier, keys: Mapping[str, str]) -> DelayOdds | None:
    """What the draws of the last run say of delay; None where nothing was drawn.

    Parameters
    ----------
    keys : per id of a project in the plan its name in the network
    """
    runs = runs_of(person, dossier).filter(state="done", variant="", draws__isnull=False)
    drawn = runs.order_by("-asked_at").values_list("result__draws", flat=True).first()
    if not drawn:
        return None
    laws = drawn.get("laws") or [{}]
    kept = laws[0].get("promise_kept") or {}
    return DelayOdds(
        kept.get("probability"),
        {
            keys[each["project"]]: each["after_2030"]["probability"]
            for each in drawn.get("starts", ())
            if each["project"] in keys and each.get("after_2030")
        },
    )
