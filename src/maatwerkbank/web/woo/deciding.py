# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds at the end: freeze the inventory, decide or send it back, publish.

Takes     a part, an inventory or a paper, a person, words.
Gives     what was made or changed; or everything that lacks, at once (422).
Leaves    what may be withheld to `dossier.disclosure`. Who freezes does not decide.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from maatwerkbank.dossier.disclosure.categories import CATEGORIES
from maatwerkbank.dossier.disclosure.inventory import inventory_rows, sealed
from maatwerkbank.dossier.disclosure.judging import lacks_of
from maatwerkbank.dossier.disclosure.terms import first_release
from maatwerkbank.dossier.disclosure.work_list import COMES_OUT
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.deeds import NOTHING, SOME_WORDS, finding, refuse, role_of
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict, NotAllowed
from maatwerkbank.web.woo.models import (
    Inventory,
    PaperPublication,
    RequestedPaper,
    RequestPart,
)
from maatwerkbank.web.woo.redacting import redacted_of
from maatwerkbank.web.woo.registering import refuse_closed
from maatwerkbank.web.woo.stored import found_paper, open_work_of, with_work

OUTCOMES: Mapping[str, Text] = {
    "decided": Text(nl="Besluiten zoals de lijst zegt", en="Decide as the list says"),
    "sent_back": Text(nl="Terugsturen", en="Send back"),
}


@transaction.atomic
def freeze(*, part: RequestPart, by: Person) -> Inventory:
    """Freeze what was judged, for whoever decides.

    Raises
    ------
    NotAllowed   `by` does not keep requests here, or may not read one of the papers
    Unfit        something lacks: all of it
    Conflict     there is nothing to freeze, or a frozen list waits for a decision
    """
    access.require(by, Deed.KEEP_DISCLOSURE, part.dossier)
    RequestPart.objects.select_for_update().get(pk=part.pk)
    part = with_work(RequestPart.objects.filter(pk=part.pk)).get()
    refuse_closed(part)
    if any(not each.outcome for each in part.inventories.all()):
        raise Conflict(
            Text(
                nl="Er wacht al een bevroren lijst op een besluit.",
                en="A frozen list waits for a decision already.",
            ),
            remedy=Text(nl="wacht dat besluit af", en="wait for that decision"),
        )
    work = open_work_of(part)
    if not work.papers and part.papers.exists():
        raise Conflict(
            Text(nl="Er is niets nieuws om te bevriezen.", en="There is nothing new to freeze."),
            remedy=Text(nl="voeg eerst documenten toe", en="add papers first"),
        )
    refuse([each for each in lacks_of(work, timezone.localdate()) if each.severity == "error"])
    papers = [each for each in part.papers.all() if each.inventory_id is None]
    readable = set(access.requested_papers_of(by).filter(part=part).values_list("pk", flat=True))
    if {each.pk for each in papers} - readable:
        raise NotAllowed(access.REFUSALS["level"], remedy=access.ASK_THE_LEAD)
    last = part.inventories.aggregate(last=Max("number"))["last"] or 0
    with changed_by(by):
        inventory = Inventory.objects.create(
            dossier=part.dossier,
            part=part,
            number=last + 1,
            content=inventory_rows(work.papers),
            sha256=sealed(work.papers),
            frozen_by=by,
        )
        for each in papers:
            each.inventory = inventory
            each.save()
    return inventory


def lacks_of_outcome(fields: Mapping[str, Any]) -> list[Finding]:
    """What is not right in a decision: all of it."""
    found = []
    outcome = fields.get("outcome") or ""
    if outcome not in OUTCOMES:
        found.append(finding("outcome", ", ".join(OUTCOMES), outcome or NOTHING))
    if not (fields.get("because") or "").strip():
        found.append(finding("because", SOME_WORDS, NOTHING))
    return found


@transaction.atomic
def decide(
    *,
    inventory: Inventory,
    by: Person,
    outcome: str,
    because: str,
    objection_expected: bool = False,
) -> Inventory:
    """Decide as the list says, or send it back to be judged again.

    Raises
    ------
    NotAllowed   `by` does not decide here, or froze the list
    Conflict     it was decided already, or the papers are not those that were frozen
    """
    access.require(by, Deed.DECIDE_DISCLOSURE, inventory.dossier)
    inventory = Inventory.objects.select_for_update().get(pk=inventory.pk)
    part = with_work(RequestPart.objects.filter(pk=inventory.part_id)).get()
    refuse_closed(part)
    if inventory.outcome:
        raise Conflict(
            Text(nl="Over deze lijst is al besloten.", en="This list was decided on already."),
            remedy=Text(nl="ververs de pagina", en="reload the page"),
        )
    if inventory.frozen_by_id == by.pk:
        raise NotAllowed(
            Text(
                nl="U hebt deze lijst zelf bevroren. Een ander besluit.",
                en="You froze this list yourself. Another person decides.",
            ),
            remedy=access.ASK_THE_LEAD,
        )
    refuse(lacks_of_outcome({"outcome": outcome, "because": because}))
    papers = [each for each in part.papers.all() if each.inventory_id == inventory.pk]
    if sealed(found_paper(each) for each in papers) != inventory.sha256:
        raise Conflict(
            Text(
                nl="De documenten zijn niet meer zoals zij zijn bevroren.",
                en="The papers are no longer as they were frozen.",
            ),
            remedy=Text(nl="stuur de lijst terug", en="send the list back"),
        )
    with changed_by(by, because):
        if outcome == "sent_back":
            for each in papers:
                each.inventory = None
                each.save()
        inventory.outcome = outcome
        inventory.outcome_on = timezone.localdate()
        inventory.outcome_by = by
        inventory.because = because.strip()
        inventory.objection_expected = objection_expected and outcome == "decided"
        inventory.save()
    return inventory


def lacks_of_publication(fields: Mapping[str, Any]) -> list[Finding]:
    """What is not right in a publication: all of it."""
    category = fields.get("category") or ""
    if category in CATEGORIES:
        return []
    return [finding("category", ", ".join(CATEGORIES), category or NOTHING)]


@transaction.atomic
def publish(
    *, paper: RequestedPaper, by: Person, category: str, place: str = ""
) -> PaperPublication:
    """Make a paper public: a new document without the words that are withheld.

    Raises
    ------
    NotAllowed       `by` does not decide here
    Conflict         it is not decided, not yet to be released, or not to come out
    TextUnreadable   the paper has no words of which a new document can be made
    """
    access.require(by, Deed.DECIDE_DISCLOSURE, paper.dossier)
    refuse(lacks_of_publication({"category": category}))
    paper = (
        RequestedPaper.objects.select_for_update(of=("self",))
        .select_related("version__document", "part__request", "inventory", "dossier")
        .get(pk=paper.pk)
    )
    refuse_closed(paper.part)
    _refuse_unripe(paper)
    made = redacted_of(paper)
    if made.outcome.not_found:
        raise Conflict(
            Text(
                nl="Woorden die moeten wegblijven, zijn niet in het document gevonden.",
                en="Words that must stay out were not found in the paper.",
            ),
            remedy=Text(
                nl="stuur de lijst terug en neem de passage opnieuw over",
                en="send the list back, and copy the passage anew",
            ),
        )
    with changed_by(by):
        return PaperPublication.objects.create(
            dossier=paper.dossier,
            paper=paper,
            title=made.title[:300],
            category=category,
            place=place,
            published_on=timezone.localdate(),
            published_by=by,
            role=role_of(by, paper.dossier, Deed.DECIDE_DISCLOSURE),
            grounds=list(found_paper(paper).grounds),
            pdf=made.pdf,
            text=made.text,
            sha256=hashlib.sha256(made.pdf).hexdigest(),
        )


def _refuse_unripe(paper: RequestedPaper) -> None:
    inventory = paper.inventory
    if inventory is None or inventory.outcome != "decided" or inventory.outcome_on is None:
        raise Conflict(
            Text(nl="Hierover is nog niet besloten.", en="This has not been decided yet."),
            remedy=Text(
                nl="bevries de lijst en laat besluiten", en="freeze the list, have it decided"
            ),
        )
    if paper.judgement not in COMES_OUT:
        raise Conflict(
            Text(nl="Dit document komt niet naar buiten.", en="This paper does not come out."),
            remedy=Text(nl="lees het besluit", en="read the decision"),
        )
    if PaperPublication.objects.filter(paper=paper).exists():
        raise Conflict(
            Text(nl="Dit document is al openbaar.", en="This paper is public already."),
            remedy=Text(nl="ververs de pagina", en="reload the page"),
        )
    first = first_release(inventory.outcome_on, objection_expected=inventory.objection_expected)
    if timezone.localdate() < first:
        raise Conflict(
            Text(
                nl=f"Dit mag op zijn vroegst op {first} naar buiten: er wordt bezwaar verwacht.",
                en=f"This may come out on {first} at the earliest: an objection is expected.",
            ),
            remedy=Text(nl="wacht die dag af", en="wait for that day"),
        )
