# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What variants do to the portfolio, or to a population, in every draw, as lines for a terminal.

Takes     a drawn effect or a population effect, a language.
Gives     per variant a table of changes by company, chances, totals with who is left out, and why.
Leaves    all other figures to the JSON; printing to the command.
"""

from collections.abc import Iterator

from maatwerkbank.economics.assessment import Assessment
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.names import place_label
from maatwerkbank.letter.numbers import day, figure, judged, number, ratio, tonnes
from maatwerkbank.letter.risk_measures import chance, listed
from maatwerkbank.letter.text_table import table_lines
from maatwerkbank.letter.words import word
from maatwerkbank.portfolio.drawn_effect import ENACTED, DrawnCase, DrawnEffect, DrawnTotal, Exposed
from maatwerkbank.portfolio.population_effect import PopulationEffect
from maatwerkbank.risk.population import OUTCOMES, Origin, synthetic_label
from maatwerkbank.risk.simulation import Draws
from maatwerkbank.risk.summary import Chance, Summary, Told

SHOWN = ("levy_to_2030_eur", "carbon_value_eur", "npv_eur", "additional_2030_t")
MOST_LACKS = 2  # of a company; the JSON has them all
Lines = Iterator[str]


def drawn_effect_lines(effect: DrawnEffect, language: Language) -> list[str]:
    """The lines in order: what was drawn, each variant, what is lacking."""
    told = _Told(effect, language)
    lines = [*told.head()]
    for variant in effect.variants:
        lines += ["", *told.variant(variant)]
    return [*lines, "", *told.lacking(), f"{word('receipt', language)}: {effect.receipt.number}"]


class _Told:
    """One answer in one language."""

    def __init__(self, effect: DrawnEffect, language: Language) -> None:
        self.effect, self.language = effect, language

    def word(self, key: str, **filled: object) -> str:
        return word(key, self.language, **filled)

    def head(self) -> Lines:
        draws, known_on = self.effect.draws, self.effect.known_on.isoformat()
        count = number(draws.n, self.language)
        law = self.word("enacted_law", day=day(known_on, self.language))
        yield f"{self.word('drawn_text.head', count=count)}. {law}."
        yield drawn_line(draws, self.language)
        for case in self.effect.cases:
            if case.case.uncertainties.policy:
                yield self._policy(case)

    def _policy(self, case: DrawnCase) -> str:
        told = [
            f"{each.variant} ({ratio(each.probability, self.language)})"
            for each in case.case.uncertainties.policy
        ]
        return self.word("drawn_text.policy", name=case.company.name, variants=", ".join(told))

    # ── a variant ──

    def variant(self, variant: str) -> Lines:
        yield self.effect.variants[variant].label.into(self.language)
        yield self.word("drawn_text.cells")
        yield from table_lines(self._rows(variant))
        if self.effect.exposed:
            yield self.word("drawn_text.no_draws")
        for case in self.effect.cases:
            yield from self._chances(case, variant)
        yield f"{self.word('drawn_text.totals')}:"
        for key in SHOWN:
            yield f"  {self._total(self.effect.total_change(variant, key), self.word(key))}"
        support = self.effect.total_extra_support(variant)
        yield f"  {self._total(support, self.word(support.key))}"

    def _rows(self, variant: str) -> list[list[str]]:
        columns = [self.word(f"drawn_text.column.{key}") for key in SHOWN]
        not_public = self.word("not_public")
        return [
            ["", *columns],
            *(
                [case.company.name, *(self._cell(case.told_change(variant, key)) for key in SHOWN)]
                for case in self.effect.cases
            ),
            *(self._exposed(each, variant) for each in self.effect.exposed),
            *(
                [company.name, not_public, *("" for _ in SHOWN[1:])]
                for company in self.effect.not_public
            ),
        ]

    def _cell(self, told: Told) -> str:
        """Three quantiles in the unit of the column; what never changes is told once."""
        if not isinstance(told, Summary):
            return self.word("cannot_be_judged")
        if not told.varies:
            return in_column(told.outcome, told.mean, self.language)
        return three(told, self.language)

    def _exposed(self, exposed: Exposed, variant: str) -> list[str]:
        effect = exposed.by_variant[variant]
        name = f"{exposed.company.name} ({self.word('exposure_only')})"
        cells = [self._range(effect.difference[key]) if key in effect.keys else "" for key in SHOWN]
        return [name, *cells]

    def _range(self, found: tuple[float | None, dict[str, float] | None]) -> str:
        value, ends = found
        if value is not None or not ends:
            return judged("levy_to_2030_eur", found, self.language)
        low, high = (in_column("_eur", ends[end], self.language) for end in ("low", "high"))
        return self.word("drawn_text.range", low=low, high=high)

    def _chances(self, case: DrawnCase, variant: str) -> Lines:
        name = case.company.name
        falls = case.chance_that_it_falls(variant)
        if falls is None:
            return
        yield self.word(
            "drawn_text.below_nil",
            name=name,
            before=self._chance(case.below_nil(ENACTED)),
            after=self._chance(case.below_nil(variant)),
            falls=self._chance(falls),
            rises=self._chance(case.chance_that_it_rises(variant)),
        )
        gross, additional = (
            case.told_in_doubt(variant, key) for key in ("gross_2030_t", "additional_2030_t")
        )
        if isinstance(gross, Summary) and isinstance(additional, Summary):
            yield self.word(
                "drawn_text.in_doubt",
                name=name,
                gross=tonnes(gross.mean, self.language),
                additional=tonnes(additional.mean, self.language),
            )

    def _chance(self, found: Chance | None) -> str:
        return chance(None if found is None else found.probability, self.language)

    def _total(self, total: DrawnTotal, name: str) -> str:
        every = len(total.members) + len(total.left_out)
        told = total.told
        if not isinstance(told, Summary):
            return self.word("drawn_text.no_total", name=name, every=every)
        low, middle, high = (
            figure(total.key, told.at(at), self.language) for at in (0.10, 0.50, 0.90)
        )
        filled = {"name": name, "low": low, "middle": middle, "high": high, "every": every}
        if not total.left_out:
            return self.word("drawn_text.total_of_all", **filled)
        names = {case.company.id: case.company.name for case in self.effect.cases}
        left_out = listed([names[company] for company in total.left_out], self.language)
        count = len(total.members)
        return self.word("drawn_text.total", count=count, left_out=left_out, **filled)

    # ── what is lacking ──

    def lacking(self) -> Lines:
        told = [line for case in self.effect.cases for line in self._lacks(case)]
        if told:
            yield f"{self.word('drawn_text.lacking')}:"
            yield from told

    def _lacks(self, case: DrawnCase) -> Lines:
        lacks = list({k.place: k for k in case.lacks(self.effect.laws, ("npv_eur",))}.values())
        if not lacks:
            return
        named = Assessment(case.case_file, self.effect.law)  # only to name places
        yield f"  {case.company.name}"
        for lack in lacks[:MOST_LACKS]:
            place = place_label(named, lack.place, self.language)
            why, ask = lack.why[self.language], lack.ask[self.language]
            yield f"    {self.word('drawn_text.lack', place=place, why=why, ask=ask)}"
        if len(lacks) > MOST_LACKS:
            yield f"    {self.word('drawn_text.more', count=len(lacks) - MOST_LACKS)}"


def drawn_line(draws: Draws, language: Language) -> str:
    """From which seed, by which method, along which prices."""
    return word(
        "drawn_text.drawn",
        language,
        seed=draws.seed,
        method=word(f"drawn_text.method.{draws.method}", language),
        family=draws.family,
        process=draws.process or word("drawn_text.no_process", language),
    )


def in_column(key: str, value: float, language: Language) -> str:
    """A figure in a column that says its unit: millions of euros, or kilotonnes."""
    scaled = value / (1e6 if key.endswith("_eur") else 1e3)
    return number(scaled, language, 0 if abs(scaled) >= 99.95 or scaled == 0 else 1)


def three(told: Summary, language: Language) -> str:
    """P10, median and P90 in a column that says the unit."""
    return " / ".join(in_column(told.outcome, told.at(at), language) for at in (0.10, 0.50, 0.90))


# ── a population ──────────────────────────────────────────────────────────────────────────────


def population_lines(effect: PopulationEffect, language: Language) -> list[str]:
    """The lines in order: what was drawn, each origin by itself, what was assumed."""
    plan = effect.plan
    prices = plan.prices
    draws = Draws(plan.n_draws, prices.seed, prices.method, prices.family, prices.process)
    filled = {
        "count": number(len(plan.population), language),
        "draws": number(plan.n_draws, language),
    }
    lines = [
        word("drawn_text.population", language, first=plan.years[0], last=plan.years[-1], **filled),
        drawn_line(draws, language),
        word("drawn_text.quantiles", language),
    ]
    for origin in effect.origins:
        lines += ["", *_origin(effect, origin, language)]
    lines += [
        "",
        word("drawn_text.assumptions", language, rate=ratio(plan.discount_rate, language)),
    ]
    if len(effect.origins) > 1:
        lines.append(word("drawn_text.never_added", language))
    if plan.population.left_out:
        names = listed([effect.names[id_] for id_ in plan.population.left_out], language)
        lines.append(word("drawn_text.left_out", language, names=names))
    return [*lines, f"{word('receipt', language)}: {plan.number}"]


def _origin(effect: PopulationEffect, origin: Origin, language: Language) -> Lines:
    here = [each == origin for each in effect.plan.population.origins]
    yield word(
        f"drawn_text.origin.{origin}",
        language,
        count=number(sum(here), language),
        tonnes=tonnes(float(effect.plan.population.emission[here].sum()), language),
        label=synthetic_label().into(language),
    )
    rows = [["", *(word(f"drawn_text.{key}", language) for key in OUTCOMES)]]
    known_on = day(effect.plan.known_on.isoformat(), language)
    names = {
        ENACTED: word("enacted_law", language, day=known_on),
        **{name: variant.label.into(language) for name, variant in effect.variants.items()},
    }
    rows += [
        [name, *(three(effect.told(law, origin, key), language) for key in OUTCOMES)]
        for law, name in names.items()
    ]
    rows += [
        [
            word("drawn_text.minus_law", language, variant=names[variant]),
            *(three(effect.told_change(variant, origin, key), language) for key in OUTCOMES),
        ]
        for variant in effect.variants
    ]
    yield from table_lines(rows)
