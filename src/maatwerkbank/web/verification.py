# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is everything that must never change still as it was?

Takes     the database and the folder with handed-in files.
Gives     findings with their place: a break in the chain of decisions, a dossier that moved without
          one; evidence, a paper, a plan, a run, a frozen set or terms of an agreement that are not
          what their hash says; a guard of the database that is gone.
Leaves    putting things back to people and their backup.

Everything is read a few rows at a time, so that memory does not grow with the archive. What no
check from inside can see is a chain cut off at its end: keep number and hash of the last decision
elsewhere, and give them along.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pgtrigger
from django.db import ProgrammingError
from django.db.models import F, OuterRef, Subquery
from psycopg.errors import UndefinedTable

from maatwerkbank.dossier.agreement import amendments
from maatwerkbank.dossier.decision_chain import GENESIS, Link, verify_chain
from maatwerkbank.ground.errors import MaatwerkError
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.ground.receipt import digest
from maatwerkbank.web.agreements.models import Agreement, Draft
from maatwerkbank.web.agreements.stored import text_of, versions_of
from maatwerkbank.web.documents.content import Damaged, opened
from maatwerkbank.web.documents.models import DocumentVersion, FrozenSet
from maatwerkbank.web.dossiers import chain
from maatwerkbank.web.dossiers.models import Decision, Dossier
from maatwerkbank.web.runs.models import CaseVersion, Run

AT_ONCE = 100


class NoTables(MaatwerkError):
    """The database is there, and has no tables of this program."""

    code = "database.no-tables"

    def __init__(self) -> None:
        super().__init__(
            "the database has no tables of Maatwerkbank.",
            remedy="run `python -m maatwerkbank.web.manage migrate`, or name another database",
        )


@dataclass
class Verification:
    """What was looked at, and everything that is wrong."""

    checked: dict[str, int] = field(default_factory=dict)
    last: tuple[int, str] = (0, GENESIS)
    findings: list[Finding] = field(default_factory=list)


def verify(
    *, last: tuple[int, str] | None = None, tell: Callable[[str], None] = lambda _step: None
) -> Verification:
    """Look at everything.

    Parameters
    ----------
    last : number and hash of the last decision, as kept elsewhere
    tell : called with the name of each part before it is looked at

    Raises
    ------
    NoTables   the database was never set up
    """
    found = Verification()
    parts: dict[str, Callable[[Verification], int]] = {
        "decisions": lambda found: _decisions(found, last),
        "dossiers": _dossiers,
        "documents": _documents,
        "case_files": _case_files,
        "runs": _runs,
        "frozen_sets": _frozen_sets,
        "agreements": _agreements,
        "guards": _guards,
    }
    try:
        for name, look in parts.items():
            tell(name)
            found.checked[name] = look(found)
    except ProgrammingError as error:
        if isinstance(error.__cause__, UndefinedTable):
            raise NoTables from error
        raise
    return found


def _decisions(found: Verification, last: tuple[int, str] | None) -> int:
    """Every link of the chain, and that the evidence beside it is what it sealed."""

    def links() -> Iterator[Link]:
        for decision in chain.decisions():
            evidence = digest(decision.evidence) if decision.evidence else ""
            if evidence != decision.evidence_sha256:
                found.findings.append(
                    _altered(
                        "evidence.altered",
                        f"decision[{decision.sequence}].evidence",
                        decision.evidence_sha256,
                        evidence,
                    )
                )
            found.last = (decision.sequence, decision.hash)
            found.checked["decisions"] = found.checked.get("decisions", 0) + 1
            yield chain.link_of(decision)

    found.findings += verify_chain(links(), last=last)
    return found.checked.get("decisions", 0)


def _dossiers(found: Verification) -> int:
    """That every dossier stands where its last decision put it."""
    last = Decision.objects.filter(dossier=OuterRef("pk")).order_by("-sequence")
    decided = Dossier.objects.annotate(
        decided=Subquery(last.values("to_stage")[:1]), number=Subquery(last.values("sequence")[:1])
    ).exclude(number=None)
    for dossier in decided.exclude(stage=F("decided")).order_by("pk").iterator(AT_ONCE):
        found.findings.append(
            Finding(
                "error",
                "dossier.moved",
                f"dossier[{dossier.code}].stage",
                Text(
                    nl=f"{dossier.decided}, volgens besluit {dossier.number}",
                    en=f"{dossier.decided}, by decision {dossier.number}",
                ),
                dossier.stage,
                Text(
                    nl="zoek in de geschiedenis van het dossier wie het zonder besluit verplaatste",
                    en="look in the history of the dossier for who moved it without a decision",
                ),
            )
        )
    return decided.count()


def _documents(found: Verification) -> int:
    """That the bytes of every paper lie where they belong and are those that were handed in."""
    versions = DocumentVersion.objects.exclude(sha256="").order_by("pk")
    counted = 0
    for version in versions.only("code", "sha256").iterator(AT_ONCE):
        counted += 1
        try:
            opened(version.sha256).close()
        except Damaged:
            found.findings.append(
                Finding(
                    "error",
                    "document.damaged",
                    f"document_version[{version.code}]",
                    Text(
                        nl=f"een bestand met hash {version.sha256[:16]}",
                        en=f"a file with hash {version.sha256[:16]}",
                    ),
                    Text(nl="geen of een ander bestand", en="no file or another one"),
                    FROM_BACKUP,
                )
            )
    return counted


def _case_files(found: Verification) -> int:
    """That the text of every case file that was handed in is the one that was."""
    versions = CaseVersion.objects.filter(state="handed_in").order_by("pk")
    return _hashes(
        found,
        versions.only("code", "text", "sha256"),
        "case_file",
        lambda row: (row.sha256, hashlib.sha256(row.text.encode()).hexdigest()),
    )


def _runs(found: Verification) -> int:
    """That the result of every run is the one that was computed."""
    runs = Run.objects.filter(state="done").order_by("pk").only("code", "result", "result_sha256")
    return _hashes(found, runs, "run", lambda row: (row.result_sha256, digest(row.result)))


def _frozen_sets(found: Verification) -> int:
    """That every frozen set holds what it held."""
    sets = FrozenSet.objects.order_by("pk").only("code", "content", "sha256")
    return _hashes(found, sets, "frozen_set", lambda row: (row.sha256, digest(row.content)))


def _agreements(found: Verification) -> int:
    """That the terms of every agreement follow on each other, and final texts are as sealed."""
    counted = 0
    for agreement in Agreement.objects.order_by("pk").iterator(AT_ONCE):
        counted += 1
        found.findings.extend(
            replace(each, place=f"agreement[{agreement.code}].{each.place}")
            for each in amendments.verify(versions_of(agreement))
        )
    texts = Draft.objects.filter(state="final").order_by("pk").prefetch_related("fields")
    _hashes(found, texts, "text", lambda row: (row.sha256, text_of(row).sealed))
    return counted


def _hashes(
    found: Verification, rows: Any, kind: str, both: Callable[[Any], tuple[str, str]]
) -> int:
    counted = 0
    for row in rows.iterator(AT_ONCE):
        counted += 1
        stored, made = both(row)
        if stored != made:
            place = f"{kind}[{row.code}]"
            found.findings.append(
                _altered(f"{kind.replace('_', '-')}.altered", place, stored, made)
            )
    return counted


def _guards(found: Verification) -> int:
    """That every trigger that keeps rows from change, or writes the history, is there and on."""
    guards = pgtrigger.registered()
    for model, guard in guards:
        status, enabled = guard.get_installation_status(model)
        if status != "INSTALLED" or not enabled:
            found.findings.append(
                Finding(
                    "error",
                    "guard.off",
                    f"{model._meta.db_table}.{guard.name}",  # noqa: SLF001  # public by Django's documentation
                    Text(nl="een bewaking die aan staat", en="a guard that is on"),
                    Text(
                        nl="uit, weg of gewijzigd" if status == "INSTALLED" else status.lower(),
                        en="off" if status == "INSTALLED" else status.lower(),
                    ),
                    Text(
                        nl="zoek uit wie haar uitzette, en zet haar aan met "
                        "`python -m maatwerkbank.web.manage pgtrigger install`",
                        en="find out who switched it off, and put it on with "
                        "`python -m maatwerkbank.web.manage pgtrigger install`",
                    ),
                )
            )
    return len(guards)


FROM_BACKUP = Text(
    nl="zoek uit wat er gebeurde en zet het terug uit een reservekopie",
    en="find out what happened and restore it from a backup",
)


def _altered(code: str, place: str, stored: str, made: str) -> Finding:
    return Finding(
        "error",
        code,
        place,
        Text(nl=f"inhoud met hash {stored[:16]}", en=f"content with hash {stored[:16]}"),
        Text(nl=f"inhoud met hash {made[:16]}", en=f"content with hash {made[:16]}"),
        FROM_BACKUP,
    )
