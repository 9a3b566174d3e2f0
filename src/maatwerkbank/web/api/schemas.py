# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the API gives, field by field. Nothing that is not named here leaves through it."""

from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from ninja import Field, Schema

Item = TypeVar("Item")
LARGEST_PAGE = 100


class Paging(Schema):
    """Which part of a list."""

    page: int = Field(1, ge=1)
    page_size: int = Field(25, ge=1, le=LARGEST_PAGE)


class Page(Schema, Generic[Item]):
    """A part of a list; `count` is of what you may see."""

    count: int
    page: int
    items: list[Item]


class Problem(Schema):
    """An error (RFC 9457)."""

    status: int
    title: str
    detail: str


class DossierOut(Schema):
    """One firm in one track of the approach."""

    code: UUID
    company: str = Field(alias="company.slug")
    name: str = Field(alias="company.name")
    trajectory: str = Field(alias="trajectory_id")
    track: str = Field(alias="track_id")
    stage: str
    stage_since: date | None
    exit: str | None
    exit_reasons: list[str]
    level: int
    public_reconstruction: bool

    @staticmethod
    def resolve_exit(dossier: Any) -> str | None:
        """Null while it runs."""
        return dossier.exit or None


class SignatoryOut(Schema):
    """Who signed, in what capacity, when."""

    organisation: str
    capacity: str
    signed_on: str | None


class VersionOut(Schema):
    """One version of a paper."""

    code: UUID
    number: int
    state: str
    dated: str | None
    media_type: str
    size: int | None
    sha256: str
    signatories: list[SignatoryOut]


class DocumentOut(Schema):
    """A paper with its versions."""

    code: UUID
    dossier: UUID = Field(alias="dossier.code")
    kind: str
    title: str
    topic: str
    level: int
    source: str
    versions: list[VersionOut]


class RunOut(Schema):
    """A run: what was asked, how it stands, what it gave."""

    code: UUID
    dossier: UUID = Field(alias="dossier.code")
    case_version: int = Field(alias="case_version.number")
    variant: str
    outlook: str
    known_on: date
    official: bool
    draws: int | None
    seed: int | None
    state: str
    asked_at: datetime
    ended_at: datetime | None
    receipt: dict[str, Any] | None
    figures: dict[str, Any]
    result_sha256: str


class DecisionOut(Schema):
    """A decision and its place in the chain."""

    code: UUID
    sequence: int
    dossier: UUID = Field(alias="dossier.code")
    kind: str
    outcome: str
    gate: str
    from_stage: str
    to_stage: str
    role: str
    decided_on: date
    evidence_sha256: str
    previous_hash: str
    hash: str
