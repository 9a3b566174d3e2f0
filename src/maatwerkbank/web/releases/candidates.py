# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which figures of a dossier could be released, and where does each come from?

Takes     a dossier, or rows of one, that the guard gave.
Gives     candidates with an id that stays, origin and levels: of ambitions, promises, the last run,
          verified reports and the grant.
Leaves    whether a candidate may be released to `dossier.publication.release`.

What is internal to the State is no candidate.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal, cast

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.dossier.execution.kpi import QUANTITIES
from maatwerkbank.dossier.promises.public import promises_by_code
from maatwerkbank.dossier.publication.labels import ambition_label
from maatwerkbank.dossier.publication.release import Candidate, OriginKind
from maatwerkbank.dossier.publication.shipped import GRANTED
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.words import has_word, word
from maatwerkbank.web.dossiers.models import Ambition, Dossier
from maatwerkbank.web.execution.models import SubsidyDecision, VerifiedFigure
from maatwerkbank.web.promises.models import Promise
from maatwerkbank.web.runs.models import CaseVersion, Run

Kind = Literal["gross", "additional"]

# Key figures of a run: what they are about, gross or additional, and the year that their name has.
RUN_FIGURES: Mapping[str, tuple[str, Kind | None, int | None]] = MappingProxyType(
    {
        "npv_eur": ("npv", None, None),
        "gross_2030_t": ("co2", "gross", 2030),
        "additional_2030_t": ("co2", "additional", 2030),
        "levy_to_2030_eur": ("levy_to_2030", None, 2030),
        "levy_to_2030_without_eur": ("levy_to_2030_without", None, 2030),
        "funding_gap_eur": ("funding_gap", None, None),
        "tailor_made_grant_eur": ("tailor_made_grant", None, None),
        "investment_eur": ("investment", None, None),
        "support_eur": ("support", None, None),
    }
)
# Indicators of a report: quantity, gross or additional, and whether it tells of emissions.
MEASURED: Mapping[str, tuple[str, Kind | None, bool]] = MappingProxyType(
    {
        "co2_gross": ("co2", "gross", False),
        "co2_additional": ("co2", "additional", False),
        "co2_emission": ("co2_emission", None, True),
        "nox": ("nox_emission", None, True),
        "ammonia": ("ammonia_emission", None, True),
    }
)
REALISED = Text(nl="gerealiseerd", en="realised")


def candidates_of(dossier: Dossier) -> tuple[Candidate, ...]:
    """Every figure of `dossier` that could be released, each once."""
    ambitions = Ambition.objects.filter(dossier=dossier).select_related("document__document")
    promises = Promise.objects.filter(dossier=dossier, internal=False)
    verified = VerifiedFigure.objects.filter(
        verification__report__asked__dossier=dossier
    ).select_related("kpi", "verification__report__asked")
    grants = SubsidyDecision.objects.filter(dossier=dossier)
    found = (
        *(each for row in ambitions for each in ambition_figures(row, dossier)),
        *(each for row in promises for each in promise_figures(row, dossier)),
        *(each for row in verified for each in report_figures(row, dossier)),
        *(each for row in grants for each in grant_figures(row, dossier)),
        *run_figures(_last_run(dossier), dossier),
    )
    return tuple({each.id: each for each in found}.values())


def public_by_itself(candidate: Candidate) -> bool:
    """Whether a public source tells it: then nobody has to release it."""
    return candidate.origin == "source" and candidate.level == Level.OPENBAAR


def _last_run(dossier: Dossier) -> Run | None:
    """The last run that is done, under the law as it stands, on the last plan."""
    plan = CaseVersion.objects.filter(dossier=dossier, state="handed_in").order_by("-number")
    runs = Run.objects.filter(case_version__in=plan[:1], state="done", variant="")
    return runs.select_related("case_version").order_by("-ended_at", "-pk").first()


# ── from rows ─────────────────────────────────────────────────────────────────────────────────


def ambition_figures(row: Ambition, dossier: Dossier) -> Iterator[Candidate]:
    """Gross and additional apart, as far as the ambition gives them."""
    origin, identity = _origin(row)
    levels = [_level(dossier, row.source)]
    if row.document:
        levels.append(Level(row.document.document.level))
    boundary = Text(nl=row.boundary_nl, en=row.boundary_en or row.boundary_nl)
    kinds: tuple[Kind, ...] = ("gross", "additional")
    for kind in kinds:
        low, high = getattr(row, f"{kind}_low"), getattr(row, f"{kind}_high")
        if low is None and high is None:
            continue
        beyond = kind == "additional" and row.additional_to_nl
        yield Candidate(
            id=f"{dossier.company.slug}.{row.quantity}.{row.version}.{kind}",
            firm=dossier.company.slug,
            quantity=row.quantity,
            label=ambition_label(row.quantity, row.version, kind),
            low=low,
            high=high,
            unit=row.unit,
            origin=origin,
            identity=identity,
            levels=tuple(levels),
            kind=kind,
            bound=(row.bound or None) if kind == "gross" else None,
            year=row.year,
            boundary=_on_top_of(boundary, row) if beyond else boundary,
        )


def _on_top_of(boundary: Text, row: Ambition) -> Text:
    return Text(
        nl=f"{boundary.nl}; boven op {row.additional_to_nl}",
        en=f"{boundary.en}; on top of {row.additional_to_en}",
    )


def _origin(row: Ambition) -> tuple[OriginKind, str]:
    if row.source:
        return "source", row.source
    return "ambition", str(row.document.code) if row.document else ""


def _level(dossier: Dossier, source: str) -> Level:
    """What a public source tells is public, in whichever dossier it lies."""
    return Level.OPENBAAR if source else Level(dossier.level)


def promise_id(row: Promise, dossier: Dossier) -> str:
    """Its public id: that of the source that tells it, or its code."""
    known = promises_by_code().get(row.code)
    return known[0] if known else f"{dossier.company.slug}.{row.code}"


def promise_figures(row: Promise, dossier: Dossier) -> Iterator[Candidate]:
    """The quantity that was promised; none where a deed was."""
    if not row.quantity or (row.amount_low is None and row.amount_high is None):
        return
    known = promises_by_code().get(row.code)
    measure = known[1].measure if known else None
    told = measure and measure.boundary.nl == row.boundary
    low = row.amount_high if row.amount_low is None else row.amount_low
    high = row.amount_low if row.amount_high is None else row.amount_high
    one_sided = row.amount_low is None or row.amount_high is None
    firm, _, own = promise_id(row, dossier).partition(".")
    yield Candidate(
        id=f"{firm}.promise.{own}",
        firm=firm,
        quantity=row.quantity,
        label=Text(nl=row.name_nl, en=row.name_en),
        low=low,
        high=high,
        unit=row.unit,
        origin="source" if row.source else "promise",
        identity=row.source or str(row.code),
        levels=(_level(dossier, row.source),),
        kind=cast("Kind | None", row.tonnes_are or None),
        bound=("at_most" if row.amount_low is None else "at_least") if one_sided else None,
        year=row.planned.year if row.planned else None,
        boundary=Text(
            nl=row.boundary, en=measure.boundary.en if told and measure else row.boundary
        ),
    )


def grant_figures(row: SubsidyDecision, dossier: Dossier) -> Iterator[Candidate]:
    """What was granted at most."""
    yield Candidate(
        id=f"{dossier.company.slug}.support.granted",
        firm=dossier.company.slug,
        quantity="support",
        label=GRANTED,
        low=float(row.amount),
        high=float(row.amount),
        unit="EUR",
        origin="source" if row.source else "grant",
        identity=row.source or str(row.code),
        levels=(_level(dossier, row.source),),
        bound="at_most",
    )


def report_figures(row: VerifiedFigure, dossier: Dossier) -> Iterator[Candidate]:
    """What came of it, as it was verified."""
    if row.value is None:
        return
    kpi, asked = row.kpi, row.verification.report.asked
    quantity, kind, emission = MEASURED.get(kpi.quantity, (kpi.quantity, None, False))
    unit = QUANTITIES[kpi.quantity].unit.nl
    yield Candidate(
        id=f"{dossier.company.slug}.{quantity}.realised.{kpi.key}.{asked.period}".lower(),
        firm=dossier.company.slug,
        quantity=quantity,
        label=Text(
            nl=f"{kpi.name_nl}, {REALISED.nl} {asked.period}",
            en=f"{kpi.name_en}, {REALISED.en} {asked.period}",
        ),
        low=float(row.value),
        high=float(row.value),
        unit="EUR" if unit == "euro" else unit,
        origin="report",
        identity=str(row.verification.report.code),
        levels=(Level(dossier.level),),
        kind=kind,
        year=asked.year,
        boundary=Text(nl=kpi.boundary_nl, en=kpi.boundary_en),
        emission_data=emission,
    )


def run_figures(run: Run | None, dossier: Dossier) -> Iterator[Candidate]:
    """The key figures of a run. One of a public plan in a public record is a reconstruction."""
    if run is None:
        return
    plan = run.case_version
    public = dossier.public_reconstruction and plan.origin == "public"
    levels = (Level(dossier.level), Level(plan.level), Level(run.level))
    for key, (quantity, kind, year) in RUN_FIGURES.items():
        value = run.figures.get(key)
        if not isinstance(value, int | float) or not has_word(key):
            continue
        yield Candidate(
            id=f"{dossier.company.slug}.run.{key}",
            firm=dossier.company.slug,
            quantity=quantity,
            label=Text(nl=word(key, "nl"), en=word(key, "en")),
            low=float(value),
            high=float(value),
            unit="EUR" if key.endswith("_eur") else "t",
            origin="run",
            identity=run.receipt_number,
            levels=levels,
            kind=kind,
            year=year,
            reconstruction=public,
        )


def by_id(candidates: Iterable[Candidate], figure: str) -> Candidate | None:
    """The candidate with that id."""
    return next((each for each in candidates if each.id == figure), None)
