# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What policy variants do to the portfolio in every draw of what we do not know, as one report.

Takes     a drawn effect, a language.
Gives     a report, or its blocks: per variant the change of each plan, two laws side by side, whose
          value turns, totals with who is in them; cost per tonne; who has no draws and what is
          lacking.
Leaves    the sums to `portfolio.drawn_effect`, the lines of a terminal to `drawn_effect_text`.
"""

import math
from functools import cached_property

import numpy as np

from maatwerkbank.economics.assessment import Assessment
from maatwerkbank.ground.language import Language
from maatwerkbank.letter import origins
from maatwerkbank.letter.blocks import (
    Block,
    Code,
    Column,
    Facts,
    Link,
    Paragraph,
    Phrase,
    Report,
    Row,
    Section,
    Strong,
    Table,
    joined,
)
from maatwerkbank.letter.names import place_label
from maatwerkbank.letter.numbers import day, figure, judged, number, tonnes
from maatwerkbank.letter.risk_charts import (
    Abatement,
    Interval,
    UnderTwoLaws,
    abatement_cost,
    two_laws,
)
from maatwerkbank.letter.risk_measures import chance, listed
from maatwerkbank.letter.risk_names import measure
from maatwerkbank.letter.words import capitalised, within_sentence, word
from maatwerkbank.parameters.price_families import family
from maatwerkbank.portfolio.drawn_effect import ENACTED, DrawnCase, DrawnEffect, DrawnTotal
from maatwerkbank.risk.distribution_of import quantiles
from maatwerkbank.risk.summary import Chance, Summary, Told
from maatwerkbank.sources import source

CHANGES = ("levy_to_2030_eur", "carbon_value_eur", "npv_eur")
TONNES = ("additional_2030_t", "additional_2030_frozen_path_t")
DRAWN = ("npv_eur", "carbon_value_eur", "levy_to_2030_eur")  # a dumbbell for each company
_SHARES = (0.10, 0.50, 0.90)


def drawn_effect_report(
    effect: DrawnEffect,
    language: Language = "nl",
    *,
    other_language: str | None = None,
    home: str | None = None,
) -> Report:
    """The page of an effect in draws, from the totals down to the receipt."""
    told = _Told(effect, language)
    labels = listed([each.label.into(language) for each in effect.variants.values()], language)
    because = " ".join(each.because.into(language) for each in effect.variants.values())
    return Report(
        language=language,
        kicker=word("effect.kicker", language),
        title=f"{labels}: {within_sentence(word('effect.title', language))}",
        summary=because,
        note=word("effect.method_public", language),
        facts=told.facts(),
        sections=tuple(told.sections()),
        known_on=effect.known_on.isoformat(),
        receipt=effect.receipt.number,
        other_language=Link(word("other_language", language), other_language)
        if other_language
        else None,
        home=Link(word("to_portfolio", language), home) if home else None,
        first_sheet=("core",),
    )


def drawn_effect_blocks(effect: DrawnEffect, language: Language = "nl") -> list[Block]:
    """Of every variant what it changes, to stand in another report."""
    told = _Told(effect, language)
    return [block for variant in effect.variants for block in told.variant(variant)]


class _Told:
    """One effect in one language."""

    def __init__(self, effect: DrawnEffect, language: Language) -> None:
        self.effect, self.language = effect, language

    def word(self, key: str, **filled: object) -> str:
        return word(key, self.language, **filled)

    def lead(self, key: str, **filled: object) -> Paragraph:
        return Paragraph((self.word(key, **filled),), "lead")

    @cached_property
    def enacted(self) -> str:
        known_on = day(self.effect.known_on.isoformat(), self.language)
        return self.word("enacted_law", day=known_on)

    def label(self, variant: str) -> str:
        return self.effect.variants[variant].label.into(self.language)

    def facts(self) -> Facts:
        effect, draws = self.effect, self.effect.draws
        cited = [source(each.citation.source) for each in effect.variants.values()]
        titles: list[Phrase] = [
            (Link(each.title, each.url) if each.url else each.title,) for each in cited
        ]
        drawn = self.word(
            "risk_report.fact.draws_seed", draws=number(draws.n, self.language), seed=draws.seed
        )
        known_on = day(effect.known_on.isoformat(), self.language)
        path = family(draws.family).label.into(self.language)
        pairs: tuple[tuple[str, Phrase], ...] = (
            (self.word("risk_report.fact.draws"), (drawn,)),
            (self.word("risk_report.fact.family"), (path,)),
            (self.word("text.known_on"), (known_on,)),
            (self.word("text.source"), joined(titles, "; ")),
            (self.word("text.receipt"), (Code(effect.receipt.number),)),
        )
        return Facts(pairs)

    def sections(self) -> list[Section]:
        found = [
            Section("core", self.word("heading.core"), tuple(self.core()), in_contents=False),
            *(
                Section(f"variant-{name}", self.label(name), tuple(self.variant(name)))
                for name in self.effect.variants
            ),
        ]
        others = {
            "cost": self.cost(),
            "exposed": self.exposed(),
            "not-public": self.not_public(),
            "lacks": self.lacks(),
        }
        for anchor, blocks in others.items():
            key = f"drawn_effect.heading.{anchor.replace('-', '_')}"
            found.append(Section(anchor, self.word(key), tuple(blocks)))
        receipt = origins.receipt(self.effect.receipt, self.language)
        return [*found, Section("receipt", self.word("heading.receipt"), tuple(receipt))]

    # ── in brief ──

    def core(self) -> list[Block]:
        told = [self.brief(variant) for variant in self.effect.variants]
        return [
            *(Paragraph(each, "verdict") for each in told),
            self.lead("drawn_effect.same_draws", law=self.enacted),
        ]

    def brief(self, variant: str) -> Phrase:
        """What it adds up to, over the plans of which that is known."""
        strong = Strong(f"{self.label(variant)}.")
        told: list[Phrase] = [(strong,)]
        for key in CHANGES:
            total = self.effect.total_change(variant, key)
            if isinstance(total.told, Summary):
                told.append((self.summed(total, f"drawn_effect.brief.{key}"),))
        turned = [
            each for each in self.effect.cases if _happens(each.chance_that_it_falls(variant))
        ]
        if turned:
            names = listed([self.turned(each, variant) for each in turned], self.language)
            told.append((self.word("drawn_effect.brief.turns", names=names),))
        return joined(told)

    def turned(self, case: DrawnCase, variant: str) -> str:
        falls = self.chance(case.chance_that_it_falls(variant))
        return f"{case.company.name} ({falls})"

    def summed(self, total: DrawnTotal, key: str) -> str:
        told = total.told
        if not isinstance(told, Summary):
            return self.word("cannot_be_judged")
        low, middle, high = (figure(total.key, told.at(p), self.language) for p in _SHARES)
        every = len(total.members) + len(total.left_out)
        filled = {"count": len(total.members), "every": every}
        return self.word(key, low=low, middle=middle, high=high, **filled)

    # ── one variant ──

    def variant(self, variant: str) -> list[Block]:
        """What changes per plan; two laws side by side; whose value turns; totals."""
        label = self.label(variant)
        blocks: list[Block] = [self.lead("drawn_effect.changes_lead", variant=label)]
        blocks += [self.changes(variant), self.tonnes(variant)]
        for key in DRAWN:
            blocks += self.dumbbell(variant, key)
        return [*blocks, *self.turning(variant), self.totals(variant)]

    def changes(self, variant: str) -> Table:
        """The change of each outcome in money, draw by draw."""
        rows = tuple(
            Row(
                (
                    (case.company.name,),
                    *((self.three(case.told_change(variant, key)),) for key in CHANGES),
                    (self.three(case.told_extra_support(variant)),),
                )
            )
            for case in self.effect.cases
        )
        keys = (*CHANGES, "extra_support_needed_eur")
        caption = self.word("drawn_effect.table.changes", variant=self.label(variant))
        return Table(
            f"{caption}; {self.word('not_judged_means')}",
            (
                Column(capitalised(self.word("column.company"))),
                *(Column(self.word(key), "number", 1.3) for key in keys),
            ),
            rows,
        )

    def tonnes(self, variant: str) -> Table:
        """Additional tonnes under either law, and on the path of the law as known."""
        rows = tuple(
            Row(
                (
                    (case.company.name,),
                    (self.three(case.told(ENACTED, TONNES[0])),),
                    (self.three(case.told(variant, TONNES[0])),),
                    (self.three(case.told(variant, TONNES[1])),),
                )
            )
            for case in self.effect.cases
        )
        return Table(
            f"{self.word('drawn_effect.table.tonnes')}; {self.word('not_judged_means')}",
            (
                Column(capitalised(self.word("column.company"))),
                Column(self.enacted, "number"),
                Column(self.label(variant), "number"),
                Column(self.word("drawn_effect.column.frozen"), "number", 1.2),
            ),
            rows,
        )

    def three(self, told: Told) -> str:
        """Median with P10 to P90; one figure where it is the same in every draw."""
        if not isinstance(told, Summary):
            return self.word("not_judged")
        low, middle, high = (figure(told.outcome, told.at(p), self.language) for p in _SHARES)
        if low == high:
            return middle
        return self.word("risk_report.middle_and_range", middle=middle, low=low, high=high)

    def dumbbell(self, variant: str, key: str) -> list[Block]:
        laws = (self.enacted, self.label(variant))
        firms = [
            UnderTwoLaws(
                case.company.name,
                _interval(case.told(ENACTED, key)),
                _interval(case.told(variant, key)),
            )
            for case in self.effect.cases
        ]
        return two_laws(measure(key, self.language), laws, firms, self.language)

    def turning(self, variant: str) -> list[Block]:
        """The plans of which the value is known: how likely they stand, and tonnes in doubt."""
        known = [case for case in self.effect.cases if case.below_nil(variant) is not None]
        if not known:
            return [Paragraph((self.word("drawn_effect.no_value"),), "note")]
        rows = tuple(self.turning_row(case, variant) for case in known)
        columns = ("before", "after", "falls", "rises", "gross", "additional")
        return [
            self.lead("drawn_effect.turning_lead"),
            Table(
                self.word("drawn_effect.table.turning"),
                (
                    Column(capitalised(self.word("column.company"))),
                    *(Column(self.word(f"drawn_effect.column.{key}"), "number") for key in columns),
                ),
                rows,
            ),
        ]

    def turning_row(self, case: DrawnCase, variant: str) -> Row:
        chances = (
            case.below_nil(ENACTED),
            case.below_nil(variant),
            case.chance_that_it_falls(variant),
            case.chance_that_it_rises(variant),
        )
        doubtful = (
            case.told_in_doubt(variant, key) for key in ("gross_2030_t", "additional_2030_t")
        )
        return Row(
            (
                (case.company.name,),
                *((self.chance(each),) for each in chances),
                *((self.mean(each),) for each in doubtful),
            )
        )

    def mean(self, told: Told) -> str:
        return tonnes(told.mean if isinstance(told, Summary) else None, self.language)

    def chance(self, found: Chance | None) -> str:
        return chance(None if found is None else found.probability, self.language)

    def totals(self, variant: str) -> Table:
        """Each change added up over the plans of which it is known, and who is not in it."""
        found = [self.effect.total_change(variant, key) for key in (*CHANGES, TONNES[0])]
        found.append(self.effect.total_extra_support(variant))
        return Table(
            f"{self.word('drawn_effect.table.totals')}; {self.word('not_judged_means')}",
            (
                Column(self.word("column.total"), share=1.4),
                Column(self.word("column.value"), "number", 1.3),
                Column(self.word("column.judged"), share=2),
            ),
            tuple(self.total_row(each) for each in found),
        )

    def total_row(self, total: DrawnTotal) -> Row:
        every = len(total.members) + len(total.left_out)
        told = self.word("drawn_effect.judged", count=len(total.members), every=every)
        if total.left_out:
            names = {case.company.id: case.company.name for case in self.effect.cases}
            missing = listed([names[each] for each in total.left_out], self.language)
            told = f"{told}. {self.word('lacking')}: {missing}"
        return Row(((self.word(total.key),), (self.three(total.told),), (told,)))

    # ── cost per tonne ──

    def cost(self) -> list[Block]:
        """Under the law as known: what a plan is short of per discounted gross tonne."""
        cases = [self.abatement(case) for case in self.effect.cases]
        return [self.lead("drawn_effect.cost_lead"), *abatement_cost(cases, self.language)]

    def abatement(self, case: DrawnCase) -> Abatement:
        value = case.outcome(ENACTED, "npv_without_support_eur")
        saved = case.outcome(ENACTED, "gross_discounted_t")
        expected = math.nan if saved is None else float(saved.mean())
        unknown = Interval(math.nan, math.nan, math.nan)
        if value is None or saved is None or not np.all(saved > 0.0):
            return Abatement(case.company.name, expected, unknown)
        ends = quantiles(-value / saved, _SHARES)
        return Abatement(case.company.name, expected, Interval(*ends) if ends else unknown)

    # ── who has no draws ──

    def exposed(self) -> list[Block]:
        """Firms without a plan: levy at constant emissions, as it is and under each variant."""
        if not self.effect.exposed:
            return [Paragraph((self.word("drawn_effect.none_exposed"),))]
        key = "levy_to_2030_without_eur"
        variants = list(self.effect.variants)
        rows = []
        for each in self.effect.exposed:
            first = next(iter(each.by_variant.values())).base
            found = [first, *(each.by_variant[name].variant for name in variants)]
            cells = [self.judged(key, one) for one in found]
            rows.append(Row(((each.company.name,), *((cell,) for cell in cells))))
        table = Table(
            self.word("drawn_effect.table.exposed"),
            (
                Column(capitalised(self.word("column.company"))),
                Column(self.enacted, "number"),
                *(Column(self.label(name), "number") for name in variants),
            ),
            tuple(rows),
        )
        return [self.lead("drawn_effect.exposed_lead"), table]

    def judged(self, key: str, of: Assessment) -> str:
        return judged(key, (of.results[key], of.ranges.get(key)), self.language)

    def not_public(self) -> list[Block]:
        if not self.effect.not_public:
            return [Paragraph((self.word("effect.no_not_public"),))]
        names = listed([each.name for each in self.effect.not_public], self.language)
        lead = self.word("effect.not_public_lead")
        why = capitalised(self.word("effect.not_public_why"))
        return [Paragraph((f"{lead} {why}: {names}.",))]

    # ── what is lacking ──

    def lacks(self) -> list[Block]:
        """Of each plan why its value cannot be given, and who can give what is lacking."""
        rows = [row for case in self.effect.cases for row in self.lack_rows(case)]
        if not rows:
            return [Paragraph((self.word("text.lacks_none"),))]
        table = Table(
            self.word("drawn_effect.table.lacks"),
            (
                Column(capitalised(self.word("column.company"))),
                Column(self.word("column.place"), share=1.3),
                Column(self.word("column.why"), share=1.6),
                Column(self.word("column.ask"), share=1.3),
            ),
            tuple(rows),
        )
        return [self.lead("risk_report.lacks_lead"), table]

    def lack_rows(self, case: DrawnCase) -> list[Row]:
        found = {lack.place: lack for lack in case.lacks(self.effect.laws, ("npv_eur",))}
        if not found:
            return []
        base = Assessment(case.case_file, self.effect.law)  # only to name places
        return [
            Row(
                (
                    (case.company.name,),
                    (place_label(base, lack.place, self.language),),
                    (lack.why[self.language],),
                    (lack.ask[self.language],),
                )
            )
            for lack in found.values()
        ]


def _interval(told: Told) -> Interval:
    if not isinstance(told, Summary):
        return Interval(math.nan, math.nan, math.nan)
    return Interval(*(told.at(p) for p in _SHARES))


def _happens(found: Chance | None) -> bool:
    return found is not None and found.probability > 0.0
