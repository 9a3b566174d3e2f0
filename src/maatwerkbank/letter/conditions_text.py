# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same project in other countries, as lines for a terminal.

Takes     a case compared with one or more countries, a language.
Gives     a table of gaps per factor, why a gap is null and whom to ask, what each factor rests on.
Leaves    the arithmetic to `economics.conditions`; printing to the command.
"""

from collections.abc import Callable, Iterator

from maatwerkbank.economics.condition_factors import (
    CASE_LACKS,
    FACTORS,
    HURDLE,
    Comparison,
    Factor,
    Judged,
    seen_of,
)
from maatwerkbank.economics.elsewhere import Elsewhere
from maatwerkbank.economics.lacks import Lack
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.names import law_label, place_label
from maatwerkbank.letter.numbers import euros, millions, number, stated
from maatwerkbank.letter.text_table import table_lines
from maatwerkbank.letter.words import has_word, within_sentence, word
from maatwerkbank.parameters.countries import NoCharge
from maatwerkbank.sources.citation import citation
from maatwerkbank.sources.figure import Figure
from maatwerkbank.sources.register import load_sources

MOST_PLACES = 4  # of the ranges on which a gap hangs; the JSON has them all
Lines = Iterator[str]
Shown = Callable[[float], str]


def conditions_lines(found: Elsewhere, language: Language) -> list[str]:
    """The lines in order: the case here, all countries side by side, then each."""
    told = _Told(found, language)
    lines = [*told.head()]
    if len(found.comparisons) > 1:
        lines += ["", *told.overview()]
    for comparison in found.comparisons:
        lines += ["", *told.country(comparison)]
    return [*lines, "", f"{word('receipt', language)}: {found.receipt.number}"]


class _Told:
    """One answer in one language."""

    def __init__(self, found: Elsewhere, language: Language) -> None:
        self.found, self.language = found, language
        self.countries = {each.country: each.label for each in found.comparisons}

    def word(self, key: str, **filled: object) -> str:
        return word(key, self.language, **filled)

    # ── here ──

    def head(self) -> Lines:
        """What case this is, under which law, what it is worth here, and what stays the same."""
        base, first = self.found.base, self.found.comparisons[0]
        yield base.case.title.into(self.language)
        kind = self.word(f"kind.{base.case.kind}")
        yield f"  {kind}. {law_label(base, self.language)}."
        npv, irr = self._npv(first.npv_here), self._irr(first.irr_here)
        yield f"  {self.word('conditions.here', npv=npv, irr=irr)}"
        for place, (why, ask) in self._lacking_here().items():
            yield f"  {self.word('lacking')}: {place}"
            yield f"    {why} ({ask})"
        rate = self.found.hurdle_rate
        yield "  " + (
            self.word("conditions.no_hurdle")
            if rate is None
            else self.word("conditions.hurdle", value=self._percent(rate))
        )
        yield f"  {self.word('conditions.stays')}"

    def _lacking_here(self) -> dict[str, tuple[str, str]]:
        return {
            self._place(lack.place): (lack.why[self.language], lack.ask[self.language])
            for lack in self.found.lacks
            if lack.reason == "absent"
        }

    def _npv(self, judged: Judged) -> str:
        shown = self._judged(judged, lambda value: euros(value, self.language))
        return self.word("conditions.npv", value=shown)

    def _irr(self, judged: Judged) -> str:
        return self.word("conditions.irr", value=self._judged(judged, self._percent_to_one))

    # ── all countries ──

    def overview(self) -> Lines:
        """The gap in value of each factor in each country."""
        yield self.word("conditions.overview")
        rows = [["", *(label.into(self.language) for label in self.countries.values())]]
        rows += [
            [
                self.word(f"factor.{each}"),
                *(
                    self._cell(one.factor(each).npv_gap, self._millions)
                    for one in self.found.comparisons
                ),
            ]
            for each in (*FACTORS, HURDLE)
        ]
        together = [
            self._cell(each.together.npv_gap, self._millions) for each in self.found.comparisons
        ]
        rows.append([self.word("factor.together"), *together])
        yield from table_lines(rows)
        yield f"  {self.word('not_judged_means')}. {self.word('conditions.together_differs')}"

    # ── one country ──

    def country(self, comparison: Comparison) -> Lines:
        """The table of one country, why what is null, and what each factor rests on."""
        yield comparison.label.into(self.language)
        yield f"  {comparison.because.into(self.language)}"
        rows = [
            [
                self.word("conditions.column.factor"),
                self.word("conditions.column.npv_gap"),
                self.word("conditions.column.irr_gap"),
            ]
        ]
        factors = [*comparison.factors, comparison.together]
        rows += [
            [
                self.word(f"factor.{each.id}"),
                self._cell(each.npv_gap, self._millions),
                self._cell(each.irr_gap, self._points),
            ]
            for each in factors
        ]
        yield from table_lines(rows)
        yield from (f"  {line}" for line in self._together(comparison))
        yield from self._unjudged(comparison)
        yield from self._rests_on(comparison)

    def _together(self, comparison: Comparison) -> Lines:
        if any(each.value is None for one in comparison.factors for each in one.figures.values()):
            yield f"{self.word('not_judged_means')}."
        together = comparison.together
        npv, irr = self._npv(together.npv), self._irr(together.irr)
        if not comparison.takes:
            yield self.word("conditions.takes_none")
            return
        yield self.word("conditions.takes", factors=self._factors(comparison.takes))
        if "electricity_bill" in comparison.takes:
            yield self.word("conditions.bill_covers")
        if comparison.leaves_out:
            yield self.word("conditions.leaves_out", factors=self._factors(comparison.leaves_out))
        yield self.word("conditions.together", npv=npv, irr=irr)
        if len(comparison.takes) > 1:
            rest = self._judged(comparison.remainder, lambda value: euros(value, self.language))
            yield self.word("conditions.remainder", value=rest)
        if HURDLE in comparison.takes:
            yield self.word("conditions.hurdle_gap")

    def _factors(self, names: tuple[str, ...] | list[str]) -> str:
        return ", ".join(within_sentence(self.word(f"factor.{each}")) for each in names)

    def _unjudged(self, comparison: Comparison) -> Lines:
        """Each reason once, with what it leaves null and whom to ask; then the open ranges."""
        reasons: dict[str, list[str]] = {}
        for factor in (*comparison.factors, comparison.together):
            lack = _what_is_absent(factor)
            if lack is not None:
                reasons.setdefault(self._reason(lack), []).append(self._gap_name(factor, lack))
        if reasons:
            yield f"  {self.word('conditions.unjudged')}"
        for reason, (first, *others) in reasons.items():
            yield f"    {', '.join([first, *map(within_sentence, others)])}: {reason}"
        ranges = dict.fromkeys(
            self._place(lack.place)
            for factor in (*comparison.factors, comparison.together)
            for lack in factor.lacks
            if lack.reason == "interval" and lack.figure == "npv_gap_eur"
        )
        if ranges:
            shown = list(ranges)[:MOST_PLACES]
            more = len(ranges) - len(shown)
            if more:
                shown.append(self.word("text.and_more", count=more))
            yield f"  {self.word('conditions.ranges', places='; '.join(shown))}"

    def _reason(self, lack: Lack) -> str:
        """Why, and whom to ask where that is somebody who is not named above already."""
        why = lack.why[self.language].rstrip(".")
        if lack.reason == "undefined" or lack.place == CASE_LACKS.place:
            return why
        return self.word("conditions.ask", why=why, ask=lack.ask[self.language])

    def _gap_name(self, factor: Factor, lack: Lack) -> str:
        name = self.word(f"factor.{factor.id}")
        if lack.figure == "npv_gap_eur":
            return name
        if factor.id == "together":
            return self.word("conditions.irr_together")
        return self.word("conditions.irr_of", factor=within_sentence(name))

    def _place(self, place: str) -> str:
        """What is lacking or ranged, in words: of the case, or of a country."""
        group, _, rest = place.partition(".")
        if group == "countries":
            country, _, name = rest.partition(".")
            key = "factor.support" if name == "grant" else f"factor.{name}"
            return self.word(
                "conditions.place",
                factor=self.word(key) if has_word(key) else name,
                country=self.countries[country].into(self.language),
            )
        return place_label(self.found.base, place, self.language)

    # ── sources ──

    def _rests_on(self, comparison: Comparison) -> Lines:
        yield f"  {self.word('conditions.rests_on')}"
        for factor in comparison.factors:
            for name, figure in factor.rests_on:
                what = f"{self.word(f'factor.{factor.id}')}: {self._stated(name, figure)}"
                yield f"    {what}; {self._cited(figure)}"

    def _stated(self, name: str, figure: Figure | NoCharge) -> str:
        key = f"rests.{name}"
        told = (
            self.word(key)
            if isinstance(figure, NoCharge)
            else self.word(key, value=self._number(name, figure))
        )
        year = getattr(figure, "holds_for", None)
        return told if year is None else self.word("rests.of_year", what=told, year=year)

    def _number(self, name: str, figure: Figure) -> str:
        """A figure as it was stated: a ratio, a share in per cent, or an amount."""

        def shown(pick: float) -> str:
            if name == "support.maximum":
                return euros(pick, self.language)
            if name in FACTORS and name != "tax":
                return stated(pick, self.language)
            return self._percent(pick)

        low, high = figure.scalar("low"), figure.scalar("high")
        if low == high:
            return shown(low)
        return self.word("text.range", low=shown(low), high=shown(high))

    def _cited(self, figure: Figure | NoCharge) -> str:
        """Publisher, title, place, date and address; and how the figure itself was seen."""
        entry = load_sources().get(figure.source)
        if entry is None:
            return self.word("rests.supposed") if figure.source == "supposed" else figure.source
        cited = citation(entry, figure.place, self.language)
        seen = seen_of(figure)
        return cited if seen == entry.seen else f"{cited} [{self.word(f'seen.{seen}')}]"

    # ── numbers ──

    def _cell(self, judged: Judged, shown: Shown) -> str:
        if judged.value is None and judged.low is None:
            return self.word("not_judged")
        return self._judged(judged, shown)

    def _judged(self, judged: Judged, shown: Shown) -> str:
        """A value with its range, or only the range, or that it cannot be judged."""
        spread = ""
        if judged.low is not None and judged.high is not None:
            spread = self.word("text.range", low=shown(judged.low), high=shown(judged.high))
        if judged.value is None:
            return spread or self.word("cannot_be_judged")
        return f"{shown(judged.value)} ({spread})" if spread else shown(judged.value)

    def _millions(self, value: float) -> str:
        return millions(value, self.language)

    def _points(self, value: float) -> str:
        return number(100 * value, self.language, 1)

    def _percent(self, value: float) -> str:
        """A rate or a share as somebody stated it."""
        return f"{stated(round(100 * value, 6), self.language)}%"

    def _percent_to_one(self, value: float) -> str:
        """A computed rate."""
        return f"{number(100 * value, self.language, 1)}%"


def _what_is_absent(factor: Factor) -> Lack | None:
    """What keeps a gap from being given at all, not even as a range."""
    return next(
        (
            lack
            for figure in ("npv_gap_eur", "irr_gap")
            for lack in factor.lacks
            if lack.figure == figure and lack.reason != "interval"
        ),
        None,
    )
