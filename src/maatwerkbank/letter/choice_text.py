# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A choice among options, as lines for a terminal.

Takes     an answer, or what limits lack where there is none; a language.
Gives     tables and sentences: what is chosen, how sure that is, limits, cheapest first beside it
          and why that falls short, frontier, shadow prices, what is left out and why.
Leaves    the choosing to `portfolio.choice`, the page to `choice_report`; printing to the command.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from maatwerkbank.ground.language import Language, Text, say
from maatwerkbank.letter.choice_reasons import Names, why_not
from maatwerkbank.letter.numbers import (
    SPACE,
    day,
    euros,
    euros_per_tonne,
    millions,
    number,
    ratio,
    stated,
    tonnes,
)
from maatwerkbank.letter.text_table import table_lines
from maatwerkbank.letter.words import has_word, word
from maatwerkbank.portfolio.answer import Answer
from maatwerkbank.portfolio.candidates import NotOffered
from maatwerkbank.portfolio.choice.model import Lack
from maatwerkbank.portfolio.choice.terms import Choice, Infrastructure, Option, ShadowPrice
from maatwerkbank.portfolio.question import Question
from maatwerkbank.portfolio.shared_use import is_place, without_place

EXACT = 1e-9  # a gap below this is rounding: nothing is better
MOST_LACKS = 4  # of one case; the JSON has them all
DASH = "\N{EN DASH}"
Lines = Iterator[str]


def choice_lines(found: Answer, language: Language) -> list[str]:
    """The lines in order, from what was asked to the receipt."""
    told = _Told(found, language)
    parts = (
        told.head(),
        told.best(),
        told.by_year(),
        told.shared(),
        told.cheapest(),
        told.frontier(),
        told.shadow_prices(),
        told.not_chosen(),
        told.not_offered(),
        told.notes(),
    )
    lines: list[str] = []
    for part in parts:
        new = list(part)
        lines += ["", *new] if lines and new else new
    return [*lines, "", f"{word('receipt', language)}: {found.question.receipt.number}"]


def over(question: Question) -> Text:
    """What the tonnes are counted over, as a report says it behind an amount."""
    key = f"choose.over.{question.counts}"
    return Text(nl=word(key, "nl"), en=word(key, "en"))


def lacking_lines(question: Question, lacks: Sequence[Lack], language: Language) -> list[str]:
    """What the limits lack, where no choice keeps them all."""
    if not lacks:
        return [word("choose.none_contradicts", language)]
    names = Names(question.names, language)
    lines = [word("choose.none", language)]
    for lack in lacks:
        amounts = {"budget": euros, "target": tonnes, "cvar": tonnes}
        shown = amounts.get(lack.limit)
        amount = shown(lack.amount, language) if shown else number(lack.amount, language, 1)
        if lack.limit == "staff":
            amount += f"{SPACE}fte"
        key = "choose.none_lack" if lack.year is None else "choose.none_lack_year"
        limit = _limit_name(lack.limit, names, language)
        told = word(key, language, limit=limit, year=lack.year, amount=amount)
        lines.append(f"  {told}")
    return lines


def _limit_name(limit: str, names: Names, language: Language) -> str:
    key = f"choose.limit.{limit}"
    return word(key, language) if has_word(key) else names.of(limit)


class _Told:
    """One answer in one language."""

    def __init__(self, found: Answer, language: Language) -> None:
        self.found, self.language = found, language
        self.asked, self.limits = found.question, found.question.limits
        self.names = Names(found.question.names, language)

    def word(self, key: str, **filled: object) -> str:
        return word(key, self.language, **filled)

    def tonnes(self, value: float | None) -> str:
        return tonnes(value, self.language)

    def money(self, value: float) -> str:
        return euros(value, self.language)

    def listed(self, names: Sequence[str]) -> str:
        return "; ".join(self.names.of(name) for name in names) or self.word("choose.nobody")

    def counted(self, key: str, count: int) -> str:
        return (
            self.word(f"choose.{key}") if count == 1 else self.word(f"choose.{key}s", count=count)
        )

    # ── what was asked ──

    def head(self) -> Lines:
        """The title, how many options, draws, which tonnes, which law."""
        yield say(self.asked.title, self.language)
        options = self.found.options.values()
        asked = self.word(
            "choose.asked",
            options=self.counted("option", len(options)),
            cases=self.counted("case", len({each.case for each in options})),
            draws=number(self.asked.draws.n, self.language),
            seed=self.asked.draws.seed,
            counts=self.word(f"choose.counts.{self.asked.counts}"),
        )
        yield f"  {asked}"
        if self.asked.from_cases:
            law = self.asked.from_cases.law
            on = day(self.asked.known_on.isoformat(), self.language)
            told = (
                self.word("choose.law_variant", variant=law.variant.name, day=on)
                if law.variant
                else self.word("choose.law_as_known", day=on)
            )
            yield f"  {self.word('choose.law', law=told)}"

    # ── the best choice ──

    def best(self) -> Lines:
        """The table of the options chosen, their worth, and how good that is."""
        yield self.word("choose.best")
        value = self.found.choice.value
        if not self.found.choice.options:
            yield f"  {self.word('choose.nothing')}"
        else:
            yield from table_lines(self._chosen_rows())
        benefits = self.word("choose.worth_benefits", value=self.tonnes(value.co_benefits_t))
        aversion = stated(self.limits.risk_aversion, self.language)
        risk = self.word("choose.worth_risk", aversion=aversion, value=self.tonnes(value.cvar))
        worth = self.word(
            "choose.worth",
            worth=self.tonnes(value.objective_t),
            tonnes=self.tonnes(value.additional_t),
            benefits=benefits if value.co_benefits_t else "",
            risk=risk if self.limits.risk_aversion else "",
        )
        yield f"  {worth}"
        if len(value.additional_by_track_t) > 1:
            tracks = value.additional_by_track_t.items()
            yield "  " + "; ".join(
                self.word("choose.by_track", track=self.word(f"track.{t}"), tonnes=self.tonnes(n))
                for t, n in tracks
            )
        share = ratio(1.0 - self.limits.cvar_level, self.language)
        yield f"  {self.word('choose.risk', share=share, value=self.tonnes(value.cvar))}"
        yield f"  {self._how_good()}"
        yield f"  {self.word('choose.valued_again')}"

    def _how_good(self) -> str:
        choice = self.found.choice
        if choice.gap < EXACT:
            return self.word("choose.proven")
        gap = f"{number(100 * choice.gap, self.language, 3)}%"
        return self.word("choose.gap", bound=self.tonnes(choice.bound_t), gap=gap)

    def _chosen_rows(self) -> list[list[str]]:
        columns = ["option", "start", "tonnes", "spread", "money", "per_tonne"]
        frozen = self._shows_frozen
        if frozen:
            columns.insert(4, "frozen")
        taken = self.found.taken(self.found.choice)
        rows = [[self.word(f"choose.column.{each}") for each in columns]]
        rows += [self._chosen_row(each) for each in taken]
        value = self.found.choice.value
        spent = float(value.spent_eur.sum())
        fixed = spent - sum(float(each.public_money_eur.sum()) for each in taken)
        blank = [""] if frozen else []
        if abs(fixed) >= 0.5:
            shared = self.word("choose.fixed_cost")
            rows.append([shared, "", "", "", *blank, self.money(fixed), ""])
        together = self.word("choose.together")
        saved = value.additional_t
        total = [together, "", self.tonnes(saved), "", *blank, self.money(spent)]
        return [*rows, [*total, self._cost(spent, saved)]]

    def _chosen_row(self, option: Option) -> list[str]:
        saved, spent = float(option.additional_t.mean()), float(option.public_money_eur.sum())
        low, high = (float(each) for each in np.quantile(option.additional_t, (0.05, 0.95)))
        spread = f"{self.tonnes(low)} {DASH} {self.tonnes(high)}"
        row = [self.names.of(option.id), str(option.start_year), self.tonnes(saved), spread]
        if self._shows_frozen:
            beside = self.asked.drafts[option.id].beside.get("additional_2030_frozen_path_t")
            row.append(DASH if beside is None else self.tonnes(beside))
        return [*row, self.money(spent), self._cost(spent, saved)]

    @property
    def _shows_frozen(self) -> bool:
        """Whether the law of the run has no path of its own (METHOD §6)."""
        made = self.asked.from_cases
        return bool(made and made.law.removes("levy"))

    def _cost(self, spent: float, saved: float) -> str:
        return euros_per_tonne(spent / saved, self.language) if saved > 0.0 else DASH

    # ── limits ──

    def by_year(self) -> Lines:
        """What the choice asks each year, beside what there is."""
        value, limits = self.found.choice.value, self.limits
        columns = ["year", "spent", "budget"]
        if limits.staff_fte is not None:
            columns += ["staff", "staff_limit"]
        rows = [[self.word(f"choose.column.{each}") for each in columns]]
        busy = np.flatnonzero((value.spent_eur != 0.0) | (value.staff_fte != 0.0))
        if not busy.size:
            return
        for n, year in enumerate(limits.years[: busy[-1] + 1]):
            row = [str(int(year)), millions(float(value.spent_eur[n]), self.language)]
            row.append(self._bound(float(limits.budget_eur[n]) / 1e6))
            if limits.staff_fte is not None:
                row.append(number(float(value.staff_fte[n]), self.language, 1))
                row.append(self._bound(float(limits.staff_fte[n])))
            rows.append(row)
        yield self.word("choose.by_year")
        yield from table_lines(rows)

    def _bound(self, amount: float) -> str:
        if not np.isfinite(amount):
            return self.word("choose.no_limit")
        return number(amount, self.language, 1)

    def shared(self) -> Lines:
        """Each pipeline, network or grid, and how full it gets."""
        every = [each for each in self.limits.infrastructure if not is_place(each.id)]
        if every:
            yield self.word("choose.shared")
        for each in every:
            yield f"  {self._used(each)}"

    def _used(self, shared: Infrastructure) -> str:
        used = self.found.choice.value.used.get(shared.id)
        name = self.names.of(shared.id)
        if used is None or not used.any():
            return self.word("choose.unused", name=name)
        n = int(np.argmax(used))
        unit = self.names.unit(shared.id, self.language)
        year = int(self.limits.years[n])
        amount = f"{number(float(used[n]), self.language)}{SPACE}{unit}".rstrip()
        if not np.isfinite(shared.capacity[n]):
            return self.word("choose.used_unlimited", name=name, used=amount, year=year)
        room = number(float(shared.capacity[n]), self.language)
        return self.word("choose.used", name=name, used=amount, room=room, year=year)

    # ── cheapest first ──

    def cheapest(self) -> Lines:
        """What buying the cheapest tonne first takes, and the sentence why that falls short."""
        yield self.word("choose.cheapest")
        by_price, best = self.found.by_price, self.found.choice
        if not by_price.options:
            yield f"  {self.word('choose.cheapest_nothing')}"
        else:
            yield f"  {self.word('choose.cheapest_takes', names=self.listed(by_price.options))}"
        if set(by_price.options) == set(best.options):
            yield f"  {self.word('choose.cheapest_same')}"
            return
        worth, less = self.tonnes(by_price.value.objective_t), self.found.falls_short_t
        if less > best.gap * abs(best.value.objective_t):
            yield f"  {self.word('choose.cheapest_less', worth=worth, less=self.tonnes(less))}"
        else:
            yield f"  {self.word('choose.cheapest_as_good', worth=worth)}"
        for broken in by_price.value.breaks[:1]:
            limit = say(without_place(broken, self.asked.names), self.language)
            yield f"  {self.word('choose.cheapest_breaks', limit=limit)}"
        yield f"  {self._missed()}"

    def _missed(self) -> str:
        """The largest option that the list misses, with what is in its way."""
        bought = self.found.taken(self.found.by_price)
        missed = [
            each
            for each in self.found.taken(self.found.choice)
            if each.id not in self.found.by_price.options
        ]
        if not missed:
            more = [n for n in self.found.by_price.options if n not in self.found.choice.options]
            return self.word("choose.cheapest_only_more", names=self.listed(more))
        missed.sort(key=lambda each: (-float(each.additional_t.mean()), each.id))
        why = self._why_not(missed[0], bought)
        others = self.listed([each.id for each in missed[1:]])
        key = "choose.cheapest_misses_more" if missed[1:] else "choose.cheapest_misses"
        return self.word(key, name=self.names.of(missed[0].id), why=why, others=others)

    def _why_not(self, option: Option, taken: Sequence[Option]) -> str:
        return why_not(option, taken, self.limits, self.names, self.language)

    # ── frontier and shadow prices ──

    def frontier(self) -> Lines:
        """Every choice that no other beats on both tonnes and risk."""
        if self.found.frontier is None:
            return
        yield self.word("choose.frontier")
        columns = ("risk", "tonnes", "money", "members")
        rows = [[self.word(f"choose.column.{each}") for each in columns]]
        rows += [self._point(each) for each in self.found.frontier]
        yield from table_lines(rows, left=(3,))

    def _point(self, point: Choice) -> list[str]:
        members = self.listed(point.options)
        if set(point.options) == set(self.found.choice.options):
            members += f" {self.word('choose.this_one')}"
        spent = float(point.value.spent_eur.sum())
        worth = [self.tonnes(point.value.cvar), self.tonnes(point.value.additional_t)]
        return [*worth, self.money(spent), members]

    def shadow_prices(self) -> Lines:
        """What one per cent more of each limit is worth."""
        if self.found.shadow_prices is None:
            return
        yield self.word("choose.shadow")
        if not self.found.shadow_prices:
            yield f"  {self.word('choose.shadow_none')}"
            return
        columns = ("limit", "more", "gain", "per_unit", "change")
        rows = [[self.word(f"choose.column.{each}") for each in columns]]
        rows += [self._price(each) for each in self.found.shadow_prices]
        yield from table_lines(rows, left=(0, 4))
        yield f"  {self.word('choose.shadow_whole')}"

    def _price(self, price: ShadowPrice) -> list[str]:
        if price.unit == "EUR":
            more = self.money(price.more)
            per = self.word("choose.per_million", value=self.tonnes(1e6 * price.gain_per_unit))
        else:
            unit = self.names.unit(price.limit, self.language) or self.word("choose.unit")
            unit = "fte" if price.limit == "staff" else unit
            more = f"{number(price.more, self.language, int(price.more < 100))}{SPACE}{unit}"
            value = f"{stated(float(f'{price.gain_per_unit:.3g}'), self.language)}{SPACE}t"
            per = self.word("choose.per_one", value=value, unit=unit)
        change = [f"+ {self.names.of(name)}" for name in price.enters]
        change += [f"- {self.names.of(name)}" for name in price.leaves]
        name = _limit_name(price.limit, self.names, self.language)
        gain = self.tonnes(price.gain_t)
        if price.gain_at_most_t - price.gain_t >= 1.0:
            at_most = self.tonnes(price.gain_at_most_t)
            gain = self.word("choose.gain_at_most", gain=gain, at_most=at_most)
        return [name, more, gain, per, "; ".join(change)]

    # ── what is not chosen ──

    def not_chosen(self) -> Lines:
        """Each option that could be chosen and was not, with the first reason that holds."""
        unusable = {each.option for each in self.found.choice.left_out}
        taken = self.found.taken(self.found.choice)
        rest = [
            each
            for each in self.found.options.values()
            if each.id not in (*self.found.choice.options, *unusable)
        ]
        if rest or self.found.choice.left_out:
            yield self.word("choose.not_chosen")
        for option in rest:
            yield f"  {self.names.of(option.id)}: {self._why_not(option, taken)}"
        for left in self.found.choice.left_out:
            yield f"  {self.names.of(left.option)}: {say(left.reason, self.language)}"

    def not_offered(self) -> Lines:
        """What cannot be chosen for want of a figure; start years of a case in one line."""
        if not self.asked.not_offered:
            return
        yield self.word("choose.not_offered")
        together: dict[tuple[str, str], list[NotOffered]] = {}
        for each in self.asked.not_offered:
            key = (each.case, say(each.reason, self.language))
            together.setdefault(key, []).append(each)
        for (_, reason), members in together.items():
            yield f"  {'; '.join(self.names.of(each.option) for each in members)}: {reason}"
            lacks = members[0].lacks
            for lack in lacks[:MOST_LACKS]:
                told = self.word(
                    "choose.lacks" if lack.is_absent else "choose.lacks_in_part",
                    place=lack.place,
                    why=say(lack.why, self.language).rstrip("."),
                    ask=say(lack.ask, self.language).rstrip("."),
                )
                yield f"    {told}"
            if len(lacks) > MOST_LACKS:
                yield f"    {self.word('choose.lacks_more', count=len(lacks) - MOST_LACKS)}"

    def notes(self) -> Lines:
        """What the figures rest on."""
        if self.asked.notes:
            yield self.word("choose.notes")
        for note in self.asked.notes:
            yield f"  {say(note, self.language)}"
