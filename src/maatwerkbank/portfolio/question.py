# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What exactly is asked of a choice: options side by side in the same years and draws, and limits.

Takes     cases under a law, a document with options and limits, or both; limits given beside them.
Gives     a question that `choice` can answer, with what is not offered and why, what the figures
          rest on, a receipt, and the way to value any option anew.
Leaves    choosing to `choice`, the answer in plain values to `answer`.

Options of cases and of a document exclude each other where they name the same case: so a firm's own
figures can stand in place of what is not public.  An exclusion between options of different cases
is a place that only one of them can take: infrastructure with room for one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

import maatwerkbank
from maatwerkbank.ground.errors import PortfolioError
from maatwerkbank.ground.language import Text
from maatwerkbank.ground.receipt import Receipt, code_sha256, digest
from maatwerkbank.parameters.files import law_sha256
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.portfolio.candidates import (
    LATER,
    ByYear,
    Counts,
    Draft,
    FromCases,
    Made,
    Missing,
    NotOffered,
    Tell,
)
from maatwerkbank.portfolio.candidates_document import CandidateLimits
from maatwerkbank.portfolio.candidates_file import CandidatesFile, FromFile
from maatwerkbank.portfolio.choice.terms import Drawn, Infrastructure, Limits, Option
from maatwerkbank.portfolio.question_notes import notes_of
from maatwerkbank.portfolio.shared_use import SharedUse, aligned, places
from maatwerkbank.risk.blocks import compiled_platform
from maatwerkbank.risk.simulation import Draws

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


# ── limits ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class YearlyLimit:
    """An amount for every year, and amounts for single years that go before it."""

    every: float | None = None
    by_year: ByYear = field(default_factory=dict)

    def over(self, years: Ints, asked: Collection[int], what: Text) -> Floats:
        """The limit in each of the years; in a year of which nothing is said, nothing. (year,)

        Raises LimitUnspoken where nothing is said about a year in which something is asked.
        """
        spoken = [self.by_year.get(int(year), self.every) for year in years]
        silent = [int(y) for y, amount in zip(years, spoken, strict=True) if amount is None]
        unspoken = [year for year in silent if year in asked]
        if unspoken:
            raise LimitUnspoken(what, unspoken)
        return np.array([0.0 if amount is None else amount for amount in spoken])


class LimitUnspoken(PortfolioError):
    """A limit is given for some years, and not for others in which options ask something."""

    code = "choice.limit-unspoken"

    def __init__(self, what: Text, years: Sequence[int]) -> None:
        listed = ", ".join(map(str, years))
        super().__init__(
            f"no {what.en} is given for {listed}, in which options ask it.",
            remedy="give an amount for those years, which may be 0, or one for all years",
        )


@dataclass(frozen=True)
class Beside:
    """Limits that are given beside a document; each goes before what the document says."""

    budget_eur: YearlyLimit | None = None
    staff_fte: YearlyLimit | None = None
    risk_aversion: float | None = None
    level: float | None = None


NO_LIMITS = Beside()
_BUDGET = Text(nl="budget", en="budget")
_STAFF = Text(nl="personeel", en="staff")


# ── the question ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Question:
    """Options and limits in the same years and draws, and what is known about them."""

    title: Text
    drafts: Mapping[str, Draft]
    limits: Limits
    not_offered: tuple[NotOffered, ...]
    names: Mapping[str, Text]  # of options, cases and infrastructure
    notes: tuple[Text, ...]
    counts: Counts
    draws: Draws
    known_on: date
    receipt: Receipt
    from_cases: FromCases | None
    from_file: FromFile | None

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """The options as arrays over the years of the limits, in the order of their drafts."""
        return tuple(self._option(each) for each in self.drafts.values())

    def _option(self, draft: Draft) -> Option:
        years = self.limits.years
        uses = {name: aligned(amounts, years) for name, amounts in draft.uses.items()}
        mine = [each for each in places(self.drafts.values()) if draft.id in each.members]
        uses |= {each.id: np.where(years == years[0], 1.0, 0.0) for each in mine}
        return Option(
            id=draft.id,
            case=draft.case,
            start_year=draft.start_year,
            additional_t=draft.additional_t,
            public_money_eur=aligned(draft.money_eur, years),
            track=draft.track,
            staff_fte=None if draft.staff_fte is None else aligned(draft.staff_fte, years),
            uses=uses,
            co_benefits=draft.co_benefits,
            requires=draft.requires,
        )

    @cached_property
    def _anew(self) -> dict[str, Drawn]:
        return {}

    def revalue(self, names: tuple[str, ...]) -> dict[str, Drawn]:
        """Options made anew from case, law and seed, or from the document: not from `drafts`."""
        wanted = set(names) - set(self._anew)
        for recipe in (self.from_file, self.from_cases):
            for each in recipe.made(wanted).drafts if recipe and wanted else ():
                money = aligned(each.money_eur, self.limits.years)
                self._anew[each.id] = Drawn(each.additional_t, money)
        return {name: self._anew[name] for name in names}


def question(
    *,
    file: CandidatesFile | None = None,
    case_files: Sequence[CaseFile] = (),
    law: Law | None = None,
    draws: Draws | None = None,
    counts: Counts | None = None,
    later: int = LATER,
    beside: Beside = NO_LIMITS,
    threads: int | None = None,
    tell: Tell | None = None,
) -> Question:
    """Cases and a document, put side by side.

    Parameters
    ----------
    law : as known on a day; needed where there are cases
    draws : where the document lists draws, as many as it lists
    counts : which tonnes count; the document says it, else those of all years
    later : how many years later than planned a case may start
    threads : to draw with; every processor if left out
    tell : is told how far the work is

    Raises
    ------
    PortfolioError   nothing to choose from; another count or other draws than the document has; a
                     limit that is silent about a year in which something is asked
    RuleError        as `simulate`
    """
    _check_asked(file, case_files, law)
    counted = _counted(file, counts, with_cases=bool(case_files))
    drawn = _drawn(file, draws)
    content = file.content if file else None
    known_on = law.known_on if law else date.fromisoformat(content.known_on if content else "")
    first = content.years.first if content else known_on.year
    effort = content.effort_of_cases if content else {}
    from_cases = (
        FromCases(tuple(case_files), law, drawn, first, counted, later, effort, threads)
        if law and case_files
        else None
    )
    from_file = FromFile(file, drawn) if file else None
    made = [from_file.made()] if from_file else []
    made += [from_cases.made(tell=tell)] if from_cases else []
    given = content.limits if content else CandidateLimits()
    staff = _merged(given.staff_fte, beside.staff_fte)
    drafts, not_offered = _offered(made, staff_counts=staff is not None)
    _check_must_take(given, not_offered)
    shared = SharedUse(content.infrastructure if content else (), tuple(drafts.values()))
    ends = [first, *shared.last_years(), *_last_years(drafts)]
    years = np.arange(first, max([*ends, content.years.last] if content else ends) + 1)
    limits = _limits(given, beside, years, drafts, shared)
    return Question(
        title=Text(content.title.nl, content.title.en) if content else _PUBLIC,
        drafts=drafts,
        limits=limits,
        not_offered=not_offered,
        names={**_names(drafts, case_files, file), **shared.names()},
        notes=(*notes_of(drafts, from_cases, from_file, limits), *shared.notes()),
        counts=counted,
        draws=drawn,
        known_on=known_on,
        receipt=_receipt(file, from_cases, drawn, known_on, [counted, later, asdict(beside)]),
        from_cases=from_cases,
        from_file=from_file,
    )


def _offered(
    made: Sequence[Made], *, staff_counts: bool
) -> tuple[dict[str, Draft], tuple[NotOffered, ...]]:
    """The drafts that can take part, and all that cannot."""
    drafts = {each.id: each for part in made for each in part.drafts}
    gone = [each for part in made for each in part.not_offered]
    ids = [*(each.id for part in made for each in part.drafts), *(each.option for each in gone)]
    _check_twice(ids)
    if staff_counts:
        gone += _without_staff(drafts)
    gone += _that_need(drafts, gone)
    out = {each.option for each in gone}
    return {name: each for name, each in drafts.items() if name not in out}, tuple(gone)


def _limits(
    given: CandidateLimits,
    beside: Beside,
    years: Ints,
    drafts: Mapping[str, Draft],
    shared: SharedUse,
) -> Limits:
    """The limits over the years of the choice; what is given beside the document goes first."""
    infrastructure = shared.over(years)
    staff, budget = (
        _merged(given.staff_fte, beside.staff_fte),
        _merged(given.budget_eur, beside.budget_eur),
    )
    spending = _years_of_money(drafts, infrastructure, years)
    return Limits(
        years=years,
        budget_eur=np.full(len(years), np.inf)
        if budget is None
        else budget.over(years, spending, _BUDGET),
        carry_over=given.carry_over,
        staff_fte=None if staff is None else staff.over(years, _years_of_staff(drafts), _STAFF),
        infrastructure=infrastructure,
        co_benefit_weights=given.co_benefit_weights,
        risk_aversion=_first(beside.risk_aversion, given.risk_aversion, 0.0),
        cvar_level=_first(beside.level, given.level, 0.95),
        at_least_t=given.at_least_t,
        must_take=tuple(given.must_take),
    )


_PUBLIC = Text(nl="Keuze uit casussen", en="Choice among cases")


def _check_asked(
    file: CandidatesFile | None, case_files: Sequence[CaseFile], law: Law | None
) -> None:
    if not case_files and not (file and file.content.options):
        raise PortfolioError(
            "there is nothing to choose from: no case, and no document with options.",
            remedy="name cases, or a document with `options:`",
        )
    if case_files and law is None:
        raise PortfolioError(
            "cases are valued under a law, and none is given.", remedy="give a law"
        )


def _counted(file: CandidatesFile | None, counts: Counts | None, *, with_cases: bool) -> Counts:
    if file is None or not file.content.options:
        return counts or (file.content.counts if file else "all_years")
    if counts not in (None, file.content.counts):
        raise PortfolioError(
            f"the options of {file.name} count the tonnes of {file.content.counts}, and those of "
            f"{counts} are asked: tonnes of the two cannot be added.",
            remedy="leave the count out" if with_cases else "leave the count to the document",
        )
    return file.content.counts


def _drawn(file: CandidatesFile | None, draws: Draws | None) -> Draws:
    listed = file.listed_draws if file else None
    if listed is None:
        return draws or Draws()
    if draws is not None and draws.n != listed:
        raise PortfolioError(
            f"{file.name if file else ''} lists {listed} draws, and {draws.n} are asked.",
            remedy=f"ask {listed} draws, or give mean and sd in place of the lists",
        )
    return draws or Draws(n=listed)


def _check_twice(ids: Sequence[str]) -> None:
    twice = sorted({each for each in ids if ids.count(each) > 1})
    if twice:
        raise PortfolioError(
            f"a case and the document both have an option '{twice[0]}'.",
            remedy="give the option of the document another id",
        )


def _merged(
    document: float | Mapping[int, float] | None, beside: YearlyLimit | None
) -> YearlyLimit | None:
    """What is given beside a document goes before it, year by year."""
    if isinstance(document, Mapping):
        stated: YearlyLimit | None = YearlyLimit(by_year=document)
    else:
        stated = None if document is None else YearlyLimit(document)
    if beside is None or stated is None:
        return beside or stated
    if beside.every is not None:
        return beside
    return YearlyLimit(stated.every, {**stated.by_year, **beside.by_year})


def _first(*given: float | None) -> float:
    return next(each for each in given if each is not None)


# ── what cannot take part ─────────────────────────────────────────────────────────────────────


def _without_staff(drafts: Mapping[str, Draft]) -> list[NotOffered]:
    """Under a limit on staff, an option of which nobody says what staff it asks."""
    why = Text(nl="personeel is hier begrensd", en="staff is limited here")
    ask = Text(nl="het casusteam", en="the case team")
    return [
        NotOffered(
            each.id,
            each.case,
            Text(nl="niet gegeven: het personeel", en="not given: the staff"),
            (Missing("staff_fte", why, ask),),
        )
        for each in drafts.values()
        if each.staff_fte is None
    ]


def _that_need(drafts: Mapping[str, Draft], gone: Sequence[NotOffered]) -> list[NotOffered]:
    """Options that need one that is not offered, and so on."""
    out = {each.option for each in gone}
    known = {name for each in drafts.values() for name in (each.id, each.case)}
    known |= {name for each in gone for name in (each.option, each.case)}
    found: list[NotOffered] = []
    while True:
        left = [each for each in drafts.values() if each.id not in out]
        there = {name for each in left for name in (each.id, each.case)}
        more = [
            NotOffered(
                each.id,
                each.case,
                Text(
                    nl=f"vereist {need}, dat zelf niet te kiezen is",
                    en=f"requires {need}, which cannot be chosen itself",
                ),
            )
            for each in left
            for need in [n for n in each.requires if n in known - there][:1]
        ]
        if not more:
            return found
        found += more
        out |= {each.option for each in more}


def _check_must_take(given: CandidateLimits, not_offered: Sequence[NotOffered]) -> None:
    for each in not_offered:
        if each.option in given.must_take:
            raise PortfolioError(
                f"'{each.option}' must be taken and cannot be chosen: {each.reason.en}.",
                remedy="give the missing figures, or take it out of must_take",
            )


# ── years ─────────────────────────────────────────────────────────────────────────────────────


def _last_years(drafts: Mapping[str, Draft]) -> Iterator[int]:
    """Years up to which a choice has to look: of the last payment, of the last start of a case."""
    for each in drafts.values():
        yield from each.money_eur
        if each.origin.kind == "case":
            yield each.start_year


def _years_of_staff(drafts: Mapping[str, Draft]) -> set[int]:
    return {y for each in drafts.values() for y, fte in (each.staff_fte or {}).items() if fte}


def _years_of_money(
    drafts: Mapping[str, Draft], shared: Sequence[Infrastructure], years: Ints
) -> set[int]:
    """The years in which an option, or infrastructure that the State pays, asks money."""
    asked = {y for each in drafts.values() for y, eur in each.money_eur.items() if eur}
    paid = [each.fixed_cost_eur != 0.0 for each in shared if each.paid_by_state]
    return asked | {int(year) for in_year in paid for year in years[in_year]}


# ── names and receipt ─────────────────────────────────────────────────────────────────────────


def _names(
    drafts: Mapping[str, Draft], case_files: Sequence[CaseFile], file: CandidatesFile | None
) -> dict[str, Text]:
    """What a reader calls options and cases, also those that cannot be chosen."""
    titled = [(each.case.id, each.case.title) for each in case_files]
    titled += [(each.id, each.name) for each in file.content.options] if file else []
    found = {identity: Text(name.nl, name.en) for identity, name in titled}
    return {**found, **{each.id: each.name for each in drafts.values()}}


def _receipt(
    file: CandidatesFile | None,
    from_cases: FromCases | None,
    draws: Draws,
    known_on: date,
    asked_for: Sequence[object],
) -> Receipt:
    law = from_cases.law if from_cases else None
    hashes = [each.sha256 for each in from_cases.case_files] if from_cases else []
    return Receipt(
        version=maatwerkbank.__version__,
        code_sha256=code_sha256(),
        law_sha256=law_sha256(),
        input_sha256=digest([hashes, file and file.sha256, asdict(draws), *asked_for]),
        variant=law.variant.name if law and law.variant else None,
        outlook=law.outlook.name if law and law.outlook else "none",
        known_on=known_on.isoformat(),
        seed=draws.seed,
        numeric_platform=f"{compiled_platform()}-highs-{version('highspy')}",
    )
