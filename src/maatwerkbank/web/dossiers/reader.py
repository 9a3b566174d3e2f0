# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much of what a gate found may this person read, and where does it lie?

Takes     a person and a dossier; what a criterion rests on, by hashes and numbers of receipts.
Gives     yes or no per criterion, and links to the papers, plans, runs and sources behind it.
Leaves    who may read a paper or a run to `people/access.py`: nothing is readable here that is not
          readable there. That a criterion is met or lacks is told to all who see gates.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse
from django.utils.translation import gettext as _

from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.dossier.trajectory import Criterion
from maatwerkbank.sources import load_sources
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.dossiers.models import Ambition, Dossier
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed


@dataclass(frozen=True)
class Link:
    """Where a thing lies; `href` is empty where it has no page."""

    label: str
    href: str


@dataclass(frozen=True)
class Reader:
    """A person before the evidence of one dossier."""

    topics: frozenset[str]
    papers: Mapping[str, Link]
    runs: Mapping[str, Link]
    all_ambitions: bool
    name: str
    deeds: frozenset[Deed]

    @classmethod
    def of(cls, person: Person, dossier: Dossier) -> "Reader":
        """A handful of queries, whatever the dossier holds."""
        roles = access.roles_in(person, dossier)
        papers = {
            version.sha256: Link(
                f"{version.document.title} ({version.number})",
                reverse("documents:document", args=[version.document.code]),
            )
            for version in DocumentVersion.objects.filter(
                document__in=access.documents_of(person, dossier)
            )
            .exclude(sha256="")
            .select_related("document")
        }
        plans = {
            sha256: Link(
                _("plan, version %(number)s") % {"number": number},
                reverse("runs:case-version", args=[code]),
            )
            for sha256, number, code in access.case_versions_of(person, dossier).values_list(
                "sha256", "number", "code"
            )
        }
        runs = {
            number: Link(_("run %(number)s") % {"number": number}, reverse("runs:run", args=[code]))
            for number, code in access.runs_of(person, dossier)
            .exclude(receipt_number="")
            .values_list("receipt_number", "code")
        }
        told = access.ambitions_of(person, dossier).values("pk")
        hidden = Ambition.objects.filter(dossier=dossier).exclude(pk__in=told)
        topics = frozenset(topic for role in roles for topic in ROLES[role].topics)
        deeds = access.deeds_in(person, dossier)
        return cls(topics, {**plans, **papers}, runs, not hidden.exists(), person.name, deeds)

    def reads(
        self,
        criterion: Criterion,
        *,
        attached: Collection[tuple[str, str]],
        stated_by: Collection[str],
        run: str | None,
    ) -> bool:
        """Whether the reason that was found for `criterion` may be told.

        Parameters
        ----------
        attached : kind and SHA-256 of everything that lay there
        stated_by : who stated something about this criterion
        run : number of the receipt of the run that lay there
        """
        if criterion.kind == "attested":
            return criterion.topic in self.topics or self.name in stated_by
        if criterion.kind == "attached":
            lay_there = {sha256 for kind, sha256 in attached if kind == criterion.document_kind}
            return lay_there <= self.papers.keys()
        if criterion.check == PUBLIC_CHECK:
            return True
        if criterion.check in ON_AMBITIONS:
            return self.all_ambitions
        if criterion.check in ON_RUN:
            return run is None or run in self.runs
        deed = BY_DEED.get(criterion.check or "")
        return deed in self.deeds if deed else criterion.topic in self.topics

    def links(self, rests_on: Iterable[str]) -> list[Link]:
        """The ways to what a criterion rests on, as far as there are any."""
        sources = load_sources()
        found = []
        for each in rests_on:
            if link := self.papers.get(each) or self.runs.get(each):
                found.append(link)
            elif each in sources:
                found.append(Link(sources[each].title, reverse("source", args=[each])))
        return found


PUBLIC_CHECK = "among_largest_emitters"
ON_AMBITIONS = frozenset({"ambition_of_eop", "ambition_of_jloi", "ambition_of_agreement"})
ON_RUN = frozenset(
    {
        *("run_present", "run_without_unverified", "additional_in_2030", "net_zero_figures"),
        *("generic_instruments_judged", "fits_state_aid"),
    }
)
# Checks whose reason is told to who may do this deed.
BY_DEED: Mapping[str, Deed] = MappingProxyType(
    {
        "advice_given_and_answered": Deed.SEE_ADVICE,
        "no_blocking_review_finding": Deed.SEE_ADVICE,
        "risks_agree_with_plan": Deed.SEE_RISKS,
    }
)
