# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a case under what we do not know is called on paper: laws, outcomes, factors, their values.

Takes     the risk of a case, a language.
Gives     names and figures in words; why an outcome is not known, and who can give what is lacking.
Leaves    which figure stands where to the sections of the report.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from maatwerkbank.economics.assessment import Assessment
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import Link, Paragraph, Phrase, joined, sentence
from maatwerkbank.letter.names import place_label, unit_label
from maatwerkbank.letter.numbers import SPACE, day, figure, number, ratio, stated
from maatwerkbank.letter.risk_charts import Measure
from maatwerkbank.letter.risk_measures import chance, decimals_for, listed, said_within
from maatwerkbank.letter.words import capitalised, has_word, within_sentence, word
from maatwerkbank.parameters.files import variant_file
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.price_sets import price_set
from maatwerkbank.risk.case_risk import CaseRisk, LawRisk
from maatwerkbank.risk.drivers import Factor
from maatwerkbank.risk.summary import Chance, NotKnown, Told

LACKS = "risk-lacks"  # where the table of what is lacking stands
NAMED_PLACES = 2  # of the figures that one factor moves; more is "and so many more"
_UNITS = {"_eur": "EUR", "_t": "t"}


def measure(key: str, language: Language) -> Measure:
    """An outcome as the pictures take it: a name that fits an axis, its unit, how it is said."""
    unit = next((unit for end, unit in _UNITS.items() if key.endswith(end)), "")
    short, said = f"risk_report.short.{key}", f"risk_report.spoken.{key}"
    name = word(short if has_word(short) else key, language)
    return Measure(name, unit, word(said, language) if has_word(said) else "")


def _of_one_owner(labels: list[str]) -> list[str]:
    """Labels such as `Ketel: investering`; the owner once where it is the same for all."""
    owners = {label.partition(": ")[0] for label in labels if ": " in label}
    if len(labels) < 2 or len(owners) != 1 or not all(": " in label for label in labels):
        return labels
    return [labels[0], *(label.partition(": ")[2] for label in labels[1:])]


@dataclass(frozen=True)
class RiskNames:
    """The names of what one risk speaks of, in one language."""

    risk: CaseRisk
    language: Language

    def word(self, key: str, **filled: object) -> str:
        """A text in this language."""
        return word(key, self.language, **filled)

    def lead(self, key: str, **filled: object) -> Paragraph:
        """A sentence above a picture or a table."""
        return Paragraph((self.word(key, **filled),), "lead")

    def note(self, key: str, **filled: object) -> Paragraph:
        """A sentence that holds a reservation."""
        return Paragraph((self.word(key, **filled),), "note")

    @cached_property
    def base(self) -> Assessment:
        """The case under the law as known: it names places, and nothing of it is computed."""
        plan = self.risk.simulation.plan
        outlook = None if plan.outlook == "none" else plan.outlook
        return Assessment(self.risk.case_file, Law(plan.known_on, outlook=outlook))

    # ── laws ──

    def law(self, law: LawRisk) -> str:
        """The variant, or the law as known on the day of the run."""
        if law.variant:
            return self.variant(law.variant)
        known_on = day(self.risk.simulation.plan.known_on.isoformat(), self.language)
        return self.word("enacted_law", day=known_on)

    def variant(self, name: str) -> str:
        """The label of a variant."""
        return variant_file(name).label.into(self.language)

    # ── outcomes ──

    def outcome(self, key: str) -> str:
        """The name of an outcome."""
        return self.word(key)

    def measure(self, key: str) -> Measure:
        """An outcome as the pictures take it."""
        return measure(key, self.language)

    def figure(self, key: str, value: float | None) -> str:
        """An outcome in words; what is never reached is told as such."""
        if value is None or math.isnan(value):
            return self.word("cannot_be_judged")
        if math.isinf(value):
            return self.word("risk_report.never")
        if key == "payback_years":
            return self.years(value)
        if key == "irr_roots":
            return number(value, self.language)
        return figure(key, value, self.language)

    def years(self, value: float) -> str:
        """A number of years, with one decimal where it is not whole."""
        shown = stated(round(value, 1), self.language)
        return self.word("asked.one_year" if shown == "1" else "asked.years", value=shown)

    def chance(self, found: Chance | None) -> str:
        """A share of the draws."""
        return chance(None if found is None else found.probability, self.language)

    def with_error(self, found: Chance | None) -> str:
        """A share of the draws with its sampling error, in percentage points."""
        told = self.chance(found)
        if found is None or not math.isfinite(found.probability):
            return told
        points = number(100 * found.error, self.language, 1)
        return self.word("risk_report.with_error", value=told, points=points)

    # ── what is not known ──

    def unknown(self, told: Told, *, in_full: bool = False) -> Paragraph:
        """What cannot be judged, what is lacking for it, and who can give that.

        `in_full` also why it is lacking: once in a report; further figures stand in a table.
        """
        name = self.word(told.outcome)
        lacks = told.lacks if isinstance(told, NotKnown) else ()
        link = Link(self.word("risk_report.see_lacks"), f"#{LACKS}")
        if not lacks:
            return Paragraph(sentence("risk_report.unknown", self.language, name=name, link=link))
        first = lacks[0]
        why, ask = first.why[self.language].rstrip("."), first.ask[self.language]
        if first.reason == "undefined":
            said = self.word("risk_report.undefined", name=name, why=why)
            return Paragraph((said,), "note")
        key = "risk_report.unknown_why" if in_full else "risk_report.unknown_until"
        place = said_within(self.places(first.members))
        told_: list[Phrase] = [(self.word(key, name=name, place=place, why=why, ask=ask),)]
        more = len({lack.place for lack in lacks}) - 1
        if more:
            key = "risk_report.one_more_lacks" if more == 1 else "risk_report.more_lack"
            count = str(more)
            told_.append(sentence(key, self.language, link=link, count=count))
        return Paragraph(joined(told_), "note")

    def places(self, places: Sequence[str]) -> str:
        """Figures of the case in words, the first few."""
        named = _of_one_owner(list(dict.fromkeys(self.place(each) for each in places)))
        more = len(named) - NAMED_PLACES
        shown = named[:NAMED_PLACES]
        if more > 0:
            shown.append(self.word("text.and_more", count=more))
            return ", ".join(shown)
        return listed(shown, self.language) if shown else ""

    def place(self, place: str) -> str:
        """A figure of the case; of the only project there is without its name.

        The amount of a carrier is told from its price: `Verbruik van elektriciteit`.
        """
        label = place_label(self.base, place, self.language)
        owner, _, rest = label.partition(": ")
        if ".energy." in place:
            used = self.word("risk_report.use_of", name=rest or owner)
            label, rest = f"{owner}: {used}" if rest else used, used
        single = len(self.risk.case.projects) == 1 and place.startswith("projects[0].")
        return capitalised(rest) if single and rest else label

    # ── factors ──

    def factor(self, factor: Factor) -> str:
        """What is not known, by the name that a reader knows."""
        match factor.kind:
            case "figure":
                return self.places(factor.places) or factor.id
            case "delay":
                return capitalised(
                    listed([self.declared(m) for m in factor.members], self.language)
                )
            case "tied":
                named = [said_within(self.declared(each)) for each in factor.members]
                return self.word("risk_report.factor.tied", names=listed(named, self.language))
            case "price":
                name = within_sentence(self.carrier(factor.members[0]))
                return self.word("risk_report.factor.price", name=name)
            case "policy":
                named = [self.variant(each) for each in factor.members]
                return self.word("risk_report.factor.policy", names=listed(named, self.language))
            case "benchmark":
                return self.word("place.benchmarks")
            case "prices":
                return self.word("risk_report.factor.prices")

    def declared(self, identity: str) -> str:
        """An uncertainty that the case declares, by its id."""
        found = self.risk.case.uncertainties
        for figure_ in found.figures:
            if figure_.id == identity:
                return self.places(figure_.of)
        for delay in found.delays:
            if delay.id == identity:
                return self.delay((delay.cause,), delay.projects)
        return identity

    def delay(self, causes: Sequence[str], projects: Sequence[str] = ()) -> str:
        """Why something may be late; with several projects in the case, of which of them."""
        told = [self.word(f"risk_report.cause.{cause}") for cause in causes]
        said = self.word("risk_report.factor.delay", causes=listed(told, self.language))
        if len(self.risk.case.projects) > 1 and projects:
            names = listed([self.project(each) for each in projects], self.language)
            said = f"{said} ({names})"
        return said

    def project(self, identity: str) -> str:
        """A project by its id."""
        found = next((each for each in self.risk.case.projects if each.id == identity), None)
        return found.name.into(self.language) if found else identity

    def carrier(self, carrier: str) -> str:
        """The name of a priced carrier."""
        price = price_set(self.risk.case.price_set).prices.get(carrier)
        return price.label.into(self.language) if price else carrier.replace("_", " ")

    def value(self, factor: Factor, value: float) -> str:
        """A value of a factor with its unit: `412 mln euro`, `2 jaar`, `0,85 keer het pad`."""
        return self._with_unit(factor, self._bare(factor, value))

    def between(self, factor: Factor, low: float, high: float) -> str:
        """From one value of a factor to another, the unit once."""
        ends = {"low": self._bare(factor, low), "high": self._bare(factor, high)}
        return self._with_unit(factor, self.word("text.range", **ends))

    def _bare(self, factor: Factor, value: float) -> str:
        """The number alone."""
        if factor.unit == "year":
            return stated(round(value, 1), self.language)
        if factor.kind == "benchmark":
            return ratio(value, self.language)
        if factor.unit == "1":
            return number(value, self.language, 2)
        return stated(round(value, decimals_for(abs(value))), self.language)

    def _with_unit(self, factor: Factor, text: str) -> str:
        if factor.unit == "year":
            return self.word("asked.one_year" if text == "1" else "asked.years", value=text)
        if factor.kind == "benchmark":
            return self.word("risk_report.of_bounds", value=text)
        if factor.unit == "1":
            priced = factor.kind in ("price", "prices")
            key = "risk_report.times_path" if priced else "risk_report.times_stated"
            return self.word(key, value=text)
        return f"{text}{SPACE}{unit_label(factor.unit, self.language)}".rstrip()
