# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case file, checked: every finding at once, each with its place.

Takes     a path to YAML or JSON, or its bytes.
Gives     the case with the hash of its bytes, and findings in Dutch and English.
Leaves    judgement about the plan itself: a case without errors may still be a poor plan.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from maatwerkbank.ground.documents import Document, document_of, read_document
from maatwerkbank.ground.errors import DocumentError, DocumentRefused
from maatwerkbank.ground.findings import Finding, has_errors
from maatwerkbank.ground.language import Text
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.coherence import coherence, coherence_of_the_rest
from maatwerkbank.plant.scheme_facts import Stated
from maatwerkbank.plant.structure import SEE_SCHEMA, shown, structural, uncited
from maatwerkbank.sources.figure import Figure
from maatwerkbank.sources.register import Seen, Source, load_sources


@dataclass(frozen=True)
class CaseFile:
    """A case that was read, the hash of what was read, and warnings that came along."""

    case: Case
    sha256: str
    warnings: tuple[Finding, ...]

    def source(self, identity: str) -> Source:
        """The source that a figure cites: of the case itself, or of the shared register."""
        own = self.case.sources.get(identity)
        if own is None:
            return load_sources()[identity]
        return Source(identity, own.title, own.publisher or "", own.date, own.url, own.seen)

    def seen(self, figure: Figure | Stated) -> Seen:
        """How a figure or a statement was seen: by its own word, or as its source was."""
        return figure.seen or self.source(figure.source).seen


def read_case(path: Path) -> CaseFile:
    """The case at `path`.  Raises DocumentUnreadable, or DocumentRefused with all findings."""
    found, findings = check_case(path)
    if found is None:
        raise DocumentRefused(str(path), findings)
    return found


def check_case(path: Path) -> tuple[CaseFile | None, tuple[Finding, ...]]:
    """The case at `path` if it has no errors, and every finding."""
    return _checked(lambda: read_document(path), path.name)


def check_case_bytes(raw: bytes, name: str) -> tuple[CaseFile | None, tuple[Finding, ...]]:
    """The same for the bytes of a file that was handed in under `name`."""
    return _checked(lambda: document_of(raw, name), name)


def _checked(
    read: Callable[[], Document], name: str
) -> tuple[CaseFile | None, tuple[Finding, ...]]:
    try:
        document = read()
    except DocumentRefused as refused:
        return None, refused.findings
    except DocumentError as error:
        readable = Text(nl="een leesbaar bestand", en="a file that can be read")
        return None, (Finding("error", error.code, name, readable, error.what, error.remedy),)
    findings = list(document.findings)
    case: Case | None = None
    if isinstance(document.data, dict):
        try:
            case = Case.model_validate(document.data)
            findings += uncited(document)
            findings += list(coherence(case, lambda *path: document.place(path)))
        except ValidationError as error:
            findings += [structural(each, document) for each in error.errors()]
            findings += uncited(document)
            findings += coherence_of_the_rest(document)
    else:
        wanted = Text(nl="een casusbestand (sleutels en waarden)", en="a case file (keys, values)")
        found = shown(document.data)
        findings.append(Finding("error", "case.not-a-mapping", "line 1", wanted, found, SEE_SCHEMA))
    findings.sort(key=lambda finding: finding.severity)
    if case is None or has_errors(tuple(findings)):
        return None, tuple(findings)
    return CaseFile(case, document.sha256, tuple(findings)), tuple(findings)


def case_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the case file."""
    schema = Case.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:maatwerkbank:schema:case:1",
        "description": "One company's plan; every figure with unit and source.",
        **{key: value for key, value in schema.items() if key != "description"},
    }
