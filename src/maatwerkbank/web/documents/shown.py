# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A version of a paper as a page shows it: what is known of it, and what this person may do.

Takes     versions with their people, signatories and passages fetched; what the person may do.
Gives     values for templates, with words in the language of the page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS
from maatwerkbank.ground.language import Text
from maatwerkbank.sources.register import Source, load_sources
from maatwerkbank.web.documents.file_kinds import FILE_KINDS
from maatwerkbank.web.documents.forms import JudgementForm, SignatoryForm
from maatwerkbank.web.documents.inspection import size_in_words
from maatwerkbank.web.documents.models import Document, DocumentVersion
from maatwerkbank.web.documents.services import state_label
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import day, level, say, topic

TONES: Mapping[str, str] = {
    "draft": "neutral",
    "handed_in": "info",
    "accepted": "positive",
    "refused": "negative",
}
ICONS: Mapping[str, str] = {
    "draft": "document",
    "handed_in": "clock",
    "accepted": "check",
    "refused": "stop",
}
ANY_STAGE = Text(nl="In elke fase", en="At any stage")


@dataclass(frozen=True)
class Shown:
    """One version, with the deeds that are open to who looks."""

    version: DocumentVersion
    person: Person
    deeds: frozenset[Deed]
    forms: Mapping[str, Form] = field(default_factory=dict)
    ambitions: tuple[tuple[Text, Text], ...] = ()

    @property
    def status(self) -> dict[str, str]:
        """Its state in words, with tone and icon."""
        return status_of(self.version)

    @property
    def held(self) -> bool:
        """Whether its file lies here."""
        return bool(self.version.sha256)

    @cached_property
    def source(self) -> Source | None:
        """The public source, where it is one."""
        identity = self.version.source or self.version.document.source
        return load_sources().get(identity)

    @property
    def facts(self) -> list[dict[str, Any]]:
        """What is known of it, each with its name."""
        version = self.version
        told: list[dict[str, Any]] = []
        if version.dated:
            told.append({"label": _("Date of the paper"), "value": day(version.dated)})
        told += [{"label": say(about), "value": say(aim)} for about, aim in self.ambitions]
        if self.held:
            told.append({"label": _("File"), "value": version.file_name, "note": self.file_note})
        maker = _("Handed in by") if version.handed_in_at else _("Made by")
        if version.handed_in_by:
            told.append(
                {
                    "label": maker,
                    "value": who(version.handed_in_by),
                    "note": moment(version.handed_in_at),
                }
            )
        if version.judged_by:
            told.append(
                {
                    "label": _("Judged by"),
                    "value": who(version.judged_by),
                    "note": moment(version.judged_at),
                }
            )
        if version.judgement:
            told.append({"label": _("Judgement"), "value": version.judgement})
        if version.remark:
            told.append({"label": _("Remark"), "value": version.remark})
        if self.held:
            told.append({"label": _("Hash (SHA-256)"), "value": version.sha256[:16] + "…"})
        return told

    @property
    def file_note(self) -> str:
        """Kind and size of the file."""
        kind = FILE_KINDS.get(self.version.media_type)
        size = say(size_in_words(self.version.size or 0))
        return f"{say(kind.label)}, {size}" if kind else size

    @property
    def missing_signatures(self) -> int:
        """How many sides have not signed yet."""
        kind = DOCUMENT_KINDS[self.version.document.kind]
        return max(0, len(kind.signed_by) - len(self.version.signatories.all()))

    @property
    def passages_label(self) -> str:
        """How many passages are marked."""
        number = len(self.version.passages.all())
        if not number:
            return _("No passages marked")
        return ngettext("%(number)s passage marked", "%(number)s passages marked", number) % {
            "number": number
        }

    # ── what is open to who looks ──

    @property
    def own(self) -> bool:
        """Whether the organisation of who looks made it."""
        maker = self.version.handed_in_by
        return maker is not None and maker.organisation_id == self.person.organisation_id

    @property
    def may_hand_in(self) -> bool:
        """A draft of one's own organisation."""
        return self.version.state == "draft" and self.own and Deed.ATTACH in self.deeds

    @property
    def may_judge(self) -> bool:
        """What somebody else handed in."""
        return (
            self.version.state == "handed_in"
            and Deed.JUDGE_DOCUMENT in self.deeds
            and self.version.handed_in_by_id != self.person.pk
        )

    @property
    def waits_for_another(self) -> bool:
        """What one handed in oneself and could judge otherwise."""
        return (
            self.version.state == "handed_in"
            and Deed.JUDGE_DOCUMENT in self.deeds
            and self.version.handed_in_by_id == self.person.pk
        )

    @property
    def may_sign(self) -> bool:
        """Anything but what was refused."""
        return Deed.ATTACH in self.deeds and self.version.state != "refused"

    @property
    def judgement_form(self) -> Form:
        """To accept or refuse it."""
        return self.forms.get("judge") or JudgementForm(auto_id=f"judge-{self.version.number}-%s")

    @property
    def signatory_form(self) -> Form:
        """To add a signatory."""
        return self.forms.get("sign") or SignatoryForm(auto_id=f"sign-{self.version.number}-%s")


def who(person: Person) -> str:
    """A person with the organisation."""
    return f"{person.name} ({person.organisation})"


def moment(at: datetime | None) -> str:
    """A moment, by its day; nothing where there was none."""
    return day(at) if at else ""


def status_of(version: DocumentVersion) -> dict[str, str]:
    """The state of a version in words, with tone and icon."""
    if not version.sha256:
        return {"label": _("known, not held here"), "tone": "neutral", "icon": "link"}
    return {
        "label": say(state_label(version.state)),
        "tone": TONES[version.state],
        "icon": ICONS[version.state],
    }


def with_versions(person: Person, documents: Any) -> Any:
    """Papers with the versions that `person` may read, the newest first, all in three queries."""
    versions = (
        access.versions_of(person)
        .select_related("handed_in_by__organisation", "judged_by__organisation", "document")
        .prefetch_related("signatories", "passages")
        .order_by("-number")
    )
    return documents.prefetch_related(Prefetch("versions", versions, to_attr="readable"))


# ── the list ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Stage:
    """Papers that are first made at one stage, as rows of a table."""

    id: str
    label: str
    rows: list[list[Any]]


def columns() -> list[dict[str, Any]]:
    """The columns of the list of papers."""
    labels = (
        _("Document"),
        _("Version"),
        _("Status"),
        _("Subject"),
        _("Confidentiality"),
        _("Signed by"),
    )
    return [{"label": label} for label in labels]


def by_stage(dossier: Dossier, documents: Iterable[Document]) -> list[Stage]:
    """Papers under the stage at which their kind is first made; then those of any stage."""
    track = dossier.trajectory.track(dossier.track_id)
    places: dict[str, list[Document]] = {stage.id: [] for stage in track.stages}
    anywhere: list[Document] = []
    for document in documents:
        stages = DOCUMENT_KINDS[document.kind].stages
        first = next((stage.id for stage in track.stages if stage.id in stages), None)
        (places[first] if first else anywhere).append(document)
    found = [
        Stage(stage.id, say(stage.label), _rows(places[stage.id]))
        for stage in track.stages
        if places[stage.id]
    ]
    return [*found, Stage("any", say(ANY_STAGE), _rows(anywhere))] if anywhere else found


def _rows(documents: Iterable[Document]) -> list[list[Any]]:
    return [_row(document) for document in documents]


def _row(document: Document) -> list[Any]:
    latest: DocumentVersion | None = next(iter(document.readable), None)  # type: ignore[attr-defined]
    href = reverse("documents:document", args=[document.code])
    kind = say(DOCUMENT_KINDS[document.kind].label)
    title = {"text": document.title, "href": href, "note": kind if kind != document.title else ""}
    if latest is None:
        return [title, "–", "–", topic(document.topic), level(document.level), "–"]
    older = len(document.readable) - 1  # type: ignore[attr-defined]
    note = ngettext("%(number)s older", "%(number)s older", older) % {"number": older}
    dated = day(latest.dated) if latest.dated else moment(latest.handed_in_at or document.made_at)
    return [
        title,
        {"text": f"{latest.number} · {dated}", "note": note if older > 0 else ""},
        {"text": status_of(latest)["label"], **_tone(latest)},
        topic(document.topic),
        {
            "text": level(document.level),
            "note": _("the company reads it") if document.with_company else "",
        },
        ", ".join(dict.fromkeys(each.organisation for each in latest.signatories.all())) or "–",
    ]


def _tone(version: DocumentVersion) -> dict[str, str]:
    status = status_of(version)
    return {"tone": status["tone"], "icon": status["icon"]}
