# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which words of a dossier may not turn up in a text for the public?

Takes     a dossier that the guard gave.
Gives     by where they stand: marked passages that were not disclosed, and what the State keeps to
          itself: the negotiation, internal promises, risks, dissent.
Leaves    comparing to `dossier.publication.passages`; what stands in papers and was not marked.
"""

from collections.abc import Iterator

from maatwerkbank.web.agreements.models import Mandate, Move
from maatwerkbank.web.documents.models import Passage
from maatwerkbank.web.dossiers.models import Decision, Dossier, Remark
from maatwerkbank.web.promises.models import Dependency, Promise, Risk


def confidential_words(dossier: Dossier) -> dict[str, str]:
    """By place the words; what says nothing is left out."""
    return {place: words for place, words in _words(dossier) if words.strip()}


def _words(dossier: Dossier) -> Iterator[tuple[str, str]]:
    passages = Passage.objects.filter(version__document__dossier=dossier)
    for passage in passages.exclude(judgement="disclose").select_related("version__document"):
        yield f"{passage.version.document.title}, {passage.place}", passage.about
    for move in Move.objects.filter(dossier=dossier):
        yield f"move {move.on}", move.words
    for mandate in Mandate.objects.filter(dossier=dossier):
        yield f"mandate {mandate.since}", mandate.words
    for risk in Risk.objects.filter(dossier=dossier):
        yield f"risk {risk.pk}", f"{risk.cause}"
        yield f"risk {risk.pk}, event", risk.event
        yield f"risk {risk.pk}, effect", risk.effect
    for promise in Promise.objects.filter(dossier=dossier, internal=True):
        yield f"promise {promise.pk}", promise.words or promise.name_nl
    for awaited in Dependency.objects.filter(dossier=dossier, internal=True):
        yield f"dependency {awaited.pk}", awaited.name_nl
    for decision in Decision.objects.filter(dossier=dossier).exclude(dissent=""):
        yield f"decision {decision.sequence}", decision.dissent
    for remark in Remark.objects.filter(dossier=dossier, source=""):
        yield f"remark {remark.pk}", remark.nl
