# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Options and limits of a choice as somebody hands them in: a document, checked.

Takes     a path to YAML or JSON.
Gives     the document with the hash of its bytes, every finding at once, and drafts of its options.
Leaves    options that follow from a case to `candidates`, putting the question to `question`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from maatwerkbank.ground.documents import Document, read_document
from maatwerkbank.ground.errors import DocumentError, DocumentRefused
from maatwerkbank.ground.findings import Finding, has_errors
from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.reference_classes import Normal
from maatwerkbank.plant.structure import SEE_SCHEMA, shown, structural, uncited
from maatwerkbank.portfolio.candidates import (
    ByYear,
    Draft,
    Made,
    Missing,
    NotOffered,
    Origin,
    track_of,
)
from maatwerkbank.portfolio.candidates_coherence import SEE_TABLE, coherence, error
from maatwerkbank.portfolio.candidates_document import (
    CandidateOption,
    CandidatesDocument,
    Spread,
)
from maatwerkbank.risk.distributions import quantile
from maatwerkbank.risk.sampling import uniforms
from maatwerkbank.risk.simulation import Draws
from maatwerkbank.sources.figure import Absent

Floats = NDArray[np.float64]


# ── reading ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class CandidatesFile:
    """A document that was read, and the hash of what was read."""

    content: CandidatesDocument
    sha256: str
    name: str

    @property
    def listed_draws(self) -> int | None:
        """How many draws its lists have; None where no option has a list."""
        lists = (e.additional_t for e in self.content.options if isinstance(e.additional_t, list))
        return next((len(each) for each in lists), None)


class CandidatesRefused(DocumentError):
    """The document was read and has errors. `findings` holds every one of them."""

    code = "candidates.refused"

    def __init__(self, name: str, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        errors = [finding for finding in findings if finding.severity == "error"]
        super().__init__(
            f"{name} has {len(errors)} error(s), the first at {errors[0].place}: "
            f"{errors[0].found_text()}.",
            remedy=f"mend all that `maatwerkbank portfolio choose --candidates {name}` shows",
        )


def read_candidates(path: Path, cases: Collection[str] = ()) -> CandidatesFile:
    """The document at `path`.  Raises DocumentUnreadable, or CandidatesRefused with all findings.

    `cases` are the ids of cases that are options beside it, which it may then name.
    """
    found, findings = check_candidates(path, cases)
    if found is None:
        raise CandidatesRefused(str(path), findings)
    return found


def check_candidates(
    path: Path, cases: Collection[str] = ()
) -> tuple[CandidatesFile | None, tuple[Finding, ...]]:
    """The document at `path` if it has no errors, and every finding.  Raises DocumentUnreadable."""
    try:
        document = read_document(path)
    except DocumentRefused as refused:
        return None, refused.findings
    if not isinstance(document.data, dict):
        wanted = Text(nl="sleutels met waarden", en="keys with values")
        found = shown(document.data)
        return None, (error("not-a-mapping", "line 1", wanted, found, SEE_TABLE),)
    findings = list(document.findings)
    content: CandidatesDocument | None = None
    try:
        content = CandidatesDocument.model_validate(document.data)
    except ValidationError as refused:
        findings += [_structural(each, document) for each in refused.errors()]
    findings += [replace(each, code=_renamed(each.code)) for each in uncited(document)]
    findings += coherence(document, frozenset(cases))
    if content is None or has_errors(tuple(findings)):
        return None, tuple(findings)
    return CandidatesFile(content, document.sha256, document.name), tuple(findings)


def _renamed(code: str) -> str:
    return f"candidates.{code.removeprefix('case.')}"


_FORMS = {
    "<number>": Text(nl="een getal", en="a number"),
    "<by_year>": Text(nl="bedragen per jaar", en="amounts by year"),
    "<spread>": Text(nl="mean en sd", en="mean and sd"),
    "<draws>": Text(nl="een lijst met een getal per trekking", en="a list, a number for each draw"),
    "<absent>": Text(nl="absent: true met why en ask", en="absent: true with why and ask"),
}


def _structural(each: Any, document: Document) -> Finding:
    """An error of the form as a finding, without the marks of the branches."""
    steps = [step for step in each["loc"] if not (isinstance(step, str) and step[:1] == "<")]
    found = structural({**each, "loc": tuple(steps)}, document)
    if each["type"] == "union_tag_invalid":
        tags = each["ctx"]["expected_tags"]
        forms = [told for tag, told in _FORMS.items() if tag in tags]
        expected = Text(" of ".join(f.nl for f in forms), " or ".join(f.en for f in forms))
        found = replace(found, code="form", expected=expected)
    is_schema = found.remedy == SEE_SCHEMA or found.code == "case.extra-forbidden"
    remedy = SEE_TABLE if is_schema else found.remedy
    return replace(found, code=_renamed(found.code), remedy=remedy)


# ── drafts ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class FromFile:
    """The recipe: the same document, draws and years give the same drafts, bit for bit."""

    file: CandidatesFile
    draws: Draws

    def made(self, only: Collection[str] | None = None) -> Made:
        """The drafts of all options, or of those that are named, in the order of the document."""
        found = [
            self._offered(each)
            for each in self.file.content.options
            if only is None or each.id in only
        ]
        return Made(
            tuple(each for each in found if isinstance(each, Draft)),
            tuple(each for each in found if isinstance(each, NotOffered)),
        )

    def _offered(self, option: CandidateOption) -> Draft | NotOffered:
        given = {key: getattr(option, key) for key in ("additional_t", "public_money_eur")}
        absent = {key: gap for key, gap in given.items() if isinstance(gap, Absent)}
        if absent:
            return _not_offered(option, absent)
        staff = option.staff_fte
        years = self.file.content.years
        return Draft(
            id=option.id,
            case=option.case,
            name=Text(option.name.nl, option.name.en),
            start_year=option.start_year,
            track=option.track or track_of(option.start_year),
            origin=Origin("file", option.source, option.place, option.seen and str(option.seen)),
            additional_t=self._tonnes(option),
            money_eur={y: eur for y, eur in given["public_money_eur"].items() if eur},
            staff_fte=None
            if staff is None or isinstance(staff, Absent)
            else _over(staff, range(years.first, years.last + 1)),
            uses={
                name: _over(amount, range(option.start_year, years.last + 1))
                for name, amount in option.uses.items()
            },
            co_benefits=option.co_benefits,
            requires=tuple(option.needs),
            excludes=tuple(option.excludes),
        )

    def _tonnes(self, option: CandidateOption) -> Floats:
        """The tonnes of an option in every draw. (draw,) [t]"""
        tonnes = option.additional_t
        if isinstance(tonnes, Spread):
            u = uniforms(
                self.draws.seed,
                f"candidates/{option.id}",
                1,
                first=0,
                count=self.draws.n,
                method=self.draws.method,
            )[0]
            normal = Normal(kind="normal", mean=tonnes.mean, sd=tonnes.sd)
            return np.maximum(0.0, quantile(normal, u))
        if isinstance(tonnes, list):
            return np.array(tonnes, dtype=float)
        return np.full(self.draws.n, tonnes)


def _over(amount: float | Mapping[int, float], years: range) -> ByYear:
    return dict(amount) if isinstance(amount, Mapping) else dict.fromkeys(years, float(amount))


def _not_offered(option: CandidateOption, absent: Mapping[str, Absent]) -> NotOffered:
    lacks = tuple(
        Missing(f"options.{option.id}.{key}", Text(g.why.nl, g.why.en), Text(g.ask.nl, g.ask.en))
        for key, g in absent.items()
    )
    told = [_GIVEN_BY_HAND[key] for key in absent]
    reason = Text(
        nl=f"niet gegeven: {' en '.join(t.nl for t in told)}",
        en=f"not given: {' and '.join(t.en for t in told)}",
    )
    return NotOffered(option.id, option.case, reason, lacks)


_GIVEN_BY_HAND = {
    "additional_t": Text(nl="de additionele tonnen", en="the additional tonnes"),
    "public_money_eur": Text(nl="de kosten voor de overheid", en="the cost to the State"),
}
