# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How public money may come into a plan, as lines for a terminal.

Takes     a support assessment, a language, whether every condition is asked for.
Gives     key figures, ladder, State aid, tonnes, foreign contracts and known awards, short.
Leaves    the whole story to `support_report`; printing to the command.
"""

from collections.abc import Iterator, Mapping

from maatwerkbank.economics.assessment import COST_EFFECTIVENESS_YEARS
from maatwerkbank.economics.spread import Judged
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import plain_text
from maatwerkbank.letter.names import law_label
from maatwerkbank.letter.numbers import euros, euros_per_tonne, judged, ratio
from maatwerkbank.letter.support_aid_tables import awarded_to, binding, fits_nothing
from maatwerkbank.letter.support_conditions import (
    Judge,
    lacking_label,
    rules_out_technique,
    told_condition,
    where_of,
)
from maatwerkbank.letter.support_foreign_tables import award_money, bid_of
from maatwerkbank.letter.support_labels import (
    DASH,
    framework_name,
    project_name,
    source_label,
    value_label,
)
from maatwerkbank.letter.support_report_shortfall import nearest
from maatwerkbank.letter.support_report_tonnes import by_measure
from maatwerkbank.letter.support_tables import doubtful, left_after, outcome_of, paid
from maatwerkbank.letter.words import within_sentence, word
from maatwerkbank.rules.instrument import Condition, Lacking
from maatwerkbank.support.assessment import TONNES, SupportAssessment
from maatwerkbank.support.awards import known_awards
from maatwerkbank.support.ladder import Rung
from maatwerkbank.support.state_aid import Verdict

_SHORT = TONNES[:3]
_MARK = " *"  # of an outcome that rests on a value that nobody verified
Lines = Iterator[str]


def support_lines(
    found: SupportAssessment, language: Language, *, in_full: bool = False
) -> list[str]:
    """The lines in order; `in_full` names every condition that is open and every value lacking."""
    told = _Told(found, language, in_full=in_full)
    return [
        *told.head(),
        *told.ladder(),
        *told.state_aid(),
        *told.tonnes(),
        *told.foreign(),
        *told.awards(),
        f"{word('receipt', language)}: {found.base.receipt.number}",
    ]


class _Told:
    """One assessment in one language."""

    def __init__(self, found: SupportAssessment, language: Language, *, in_full: bool) -> None:
        self.found, self.language, self.in_full = found, language, in_full

    def word(self, key: str, **filled: object) -> str:
        return word(key, self.language, **filled)

    # ── what the plan is short of ──

    def head(self) -> Lines:
        """What case this is, under which law, and its key figures with their kind of euro."""
        found = self.found
        yield found.case.title.into(self.language)
        kind = self.word(f"kind.{found.case.kind}")
        yield f"  {kind}. {law_label(found.base, self.language)}."
        present = self.word("support.present_value", year=found.case.valuation_year)
        nominal = self.word("support.nominal")
        yield self._figure("funding_gap_eur", found.gap, present)
        yield self._figure("left_after_generic_eur", found.left, present)
        yield self._figure("tailor_made_grant_eur", found.grant, nominal)
        base = found.base
        awarded = (base.results["support_eur"], base.ranges.get("support_eur"))
        yield self._figure("support_eur", awarded, self.word("support.not_in_ladder"))

    def _figure(self, key: str, figure: Judged, note: str) -> str:
        return f"  {self.word(key)}: {judged(key, figure, self.language)} ({note})"

    # ── the ladder ──

    def ladder(self) -> Lines:
        """Each scheme; what counts with what is left after it; the rest with its first reason."""
        found = self.found
        yield f"{self.word('heading.ladder')} ({self.word('text.ladder_units')})"
        several = len(found.ladder.projects) > 1
        for project in found.ladder.projects:
            if several:
                yield f"  {project_name(found, project, self.language)}"
            indent = "  " if several else ""
            yield from (f"{indent}{line}" for line in self._schemes(project))
        for phrase in nearest(found, self.language):
            yield f"  {plain_text(phrase)}"
        if any(doubtful(rung) for rung in self._marked()):
            yield f" {_MARK} {self.word('text.mark')}"

    def _marked(self) -> list[Rung]:
        return [rung for rung in self.found.ladder.rungs if rung.offer.outcome != "refused"]

    def _schemes(self, project: str) -> Lines:
        found = self.found
        others = []
        for number, rung in enumerate(found.ladder.rungs):
            if rung.project != project:
                continue
            if rules_out_technique(rung.offer) and not self.in_full:
                others.append(self.word(f"scheme.{rung.scheme}"))
                continue
            yield self._rung(rung, left_after(found, rung, number, self.language))
            yield from self._reasons(rung.offer)
        if others:
            yield f"  {self.word('ladder.other_technique')}: {'; '.join(others)}"
        if found.grant != (0.0, None):
            for rung in found.ladder.tailor_made:
                if rung.project == project:
                    yield self._rung(rung, DASH)
                    yield from self._reasons(rung.offer)

    def _rung(self, rung: Rung, left: str) -> str:
        told = [outcome_of(rung, self.language)]
        amount = paid(self.found, rung, self.language)
        if rung.scheme != "maatwerksubsidie" and amount != DASH:
            told.append(amount)
        if rung.counted:
            told.append(self.word("text.left_after", left=left))
        if rung.excluded:
            told.append(rung.excluded.says.into(self.language))
        mark = _MARK if rung.offer.outcome != "refused" and doubtful(rung) else ""
        return f"  {self.word(f'scheme.{rung.scheme}')}: {'; '.join(told)}{mark}"

    # ── reasons ──

    def _reasons(self, judge: Judge) -> Lines:
        """What is not met; where nothing is in the way what is open, and how much is lacking."""
        if self.in_full:
            yield from self._every_reason(judge)
            return
        if judge.refused:
            yield self._first("outcome.not_met", judge.refused)
            return
        if judge.open_questions:
            yield self._first("outcome.open", judge.open_questions)
        if judge.lacks:
            yield self._lacking(judge.lacks)

    def _first(self, kind: str, conditions: tuple[Condition, ...]) -> str:
        more = len(conditions) - 1
        tail = f" ({self.word('text.and_more', count=more)})" if more else ""
        first = told_condition(conditions[0], self.language)
        return f"    {self.word(kind)}: {first}{tail}"

    def _lacking(self, lacks: tuple[Lacking, ...]) -> str:
        more = len(lacks) - 1
        tail = f" ({self.word('text.and_more', count=more)})" if more else ""
        return f"    {self.word('outcome.lacking')}: {lacking_label(lacks[0], self.language)}{tail}"

    def _every_reason(self, judge: Judge) -> Lines:
        groups = {"outcome.not_met": judge.refused, "outcome.open": judge.open_questions}
        for kind, conditions in groups.items():
            for each in conditions:
                place = source_label(each.source, self.language)
                told = told_condition(each, self.language)
                yield f"    {self.word(kind)}: {told} [{place}]"
        for lack in judge.lacks:
            label = value_label(lack.name, self.language)
            where = where_of(lack, self.language)
            named = f"{label}, {where}" if label else where
            yield f"    {self.word('outcome.lacking')}: {named}"

    # ── State aid ──

    def state_aid(self) -> Lines:
        """Each framework for each project, with its ceiling where nothing is in the way."""
        found = self.found
        yield self.word("heading.state_aid")
        for project, verdicts in found.stacking.verdicts.items():
            named = project_name(found, project, self.language)
            several = len(found.stacking.verdicts) > 1
            indent = "  " if several else ""
            if several:
                yield f"  {named}"
            awarded = awarded_to(found, project)
            if awarded and fits_nothing(found, project):
                amount = judged("_eur", awarded, self.language)
                told = self.word("state_aid.nothing_fits", project=named, amount=amount)
                yield f"  {indent}{told}"
            for verdict in verdicts:
                yield f"{indent}{self._verdict(verdict)}"
                if verdict.outcome != "not_open" or self.in_full:
                    yield from (f"{indent}{line}" for line in self._reasons(verdict))

    def _verdict(self, verdict: Verdict) -> str:
        told = [self.word(f"outcome.{verdict.outcome}")]
        eligible = verdict.outcome in ("fits", "cannot_judge")
        if eligible and verdict.route and verdict.ceiling_eur is not None:
            ceiling = euros(verdict.ceiling_eur, self.language)
            told.append(f"{self.word('ceiling')} {ceiling}")
            told.append(binding(verdict.route, self.language))
        return f"  {framework_name(verdict, self.language)}: {'; '.join(told)}"

    # ── tonnes, contracts and awards ──

    def tonnes(self) -> Lines:
        """Tonnes in 2030 and euros per tonne under each version of the law."""
        columns = [within_sentence(self.word(f"column.{key.removesuffix('_t')}")) for key in _SHORT]
        term = max(COST_EFFECTIVENESS_YEARS)
        told = [" / ".join(columns), self.word("text.gap_per_tonne")]
        if self.found.case.awards:
            told.append(self.word("text.awarded_per_tonne", years=term))
        yield f"{self.word('table.support_tonnes')} ({'; '.join(told)})"
        for path in self.found.on_paths:
            base = path.assessment
            told = [" / ".join(judged(key, path.tonnes(key), self.language) for key in _SHORT)]
            gap = "required_support_gross_eur_per_t"
            told.append(judged(gap, (base.results[gap], base.ranges.get(gap)), self.language))
            if self.found.case.awards:
                row = by_measure(base.cost_effectiveness())["undiscounted", term]
                figure = (row["gross_eur_per_t"], row["gross_range_eur_per_t"])
                told.append(judged("_eur_per_t", figure, self.language))
            yield f"  {law_label(base, self.language)}: {'; '.join(told)}"

    def foreign(self) -> Lines:
        """Each foreign contract with the bid at which it was judged."""
        yield self.word("table.foreign")
        several = len(self.found.ladder.projects) > 1
        for rung in self.found.ladder.foreign:
            told = [outcome_of(rung, self.language)]
            bid = bid_of(self.found, rung, self.language)
            if bid != DASH:
                told.append(f"{within_sentence(self.word('column.bid'))} {bid}")
            named = self.word(f"scheme.{rung.scheme}")
            if several:
                named = f"{named}, {project_name(self.found, rung.project, self.language)}"
            yield f"  {named}: {'; '.join(told)}"
            yield from self._reasons(rung.offer)

    def awards(self) -> Lines:
        """Awards elsewhere of which a price per tonne is known; with `in_full` all."""
        yield f"{self.word('table.awards')} ({within_sentence(self.word('column.per_tonne'))})"
        for award in known_awards().values():
            per_tonne = award.eur_per_t
            if per_tonne is None and not self.in_full:
                continue
            shown = DASH if per_tonne is None else euros_per_tonne(per_tonne, self.language)
            named = f"{award.name.into(self.language)}, {award.country}"
            clash = f"; {self.word('awards.contradicts')}" if award.contradicts_itself else ""
            yield f"  {named}: {award_money(award, self.language)}; {shown}{clash}"


def clause_lines(
    found: SupportAssessment,
    return_share: float | None,
    milestones: Mapping[int, float],
    language: Language,
) -> Lines:
    """What the clauses that were asked for pay and take back on the grant that is needed."""
    asked = return_share is not None or milestones
    if asked and (found.grant[0] is None or not found.ladder.grant):
        yield word("clauses.no_grant", language)
        return
    if return_share is not None:
        yield word("clauses.return", language, share=ratio(return_share, language))
        for path, settled in found.return_clause(return_share).items():
            back = euros(float(settled.taken_back.sum()), language)
            paid_out = euros(float(settled.paid.sum()), language)
            yield f"  {word(f'path.{path}', language)}: " + word(
                "clauses.paid_and_back", language, paid=paid_out, back=back
            )
    tranches = found.tranches(milestones) if milestones else None
    if tranches is not None:
        yield word("clauses.milestones", language)
        years = found.ladder.without_support.years
        for year in milestones:
            amount = float(tranches.paid[list(years).index(year)])
            yield f"  {year}: {euros(amount, language)}"
