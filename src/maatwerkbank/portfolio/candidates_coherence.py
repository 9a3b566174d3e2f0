# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What only a whole document with options and limits tells: names, years, signs, lists.

Takes     the plain values of a document, in which other things may be malformed.
Gives     findings in Dutch and English: place, expected, found, remedy; all at once.
Leaves    the form itself to the models, whether limits allow any choice to `choice`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from maatwerkbank.ground.documents import Document, Place
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.candidates_document import (
    CandidateInfrastructure,
    CandidateLimits,
    CandidateOption,
    ChoiceYears,
    Spread,
)
from maatwerkbank.portfolio.infrastructure import SharedInfrastructure, shared_infrastructure
from maatwerkbank.sources.figure import Absent

Part = TypeVar("Part", bound=BaseModel)

# A wider normal distribution has more than one draw in a thousand below nil.
SDS_ABOVE_NIL = 3.0
SEE_TABLE = Text(
    nl="zie de tabel van velden in docs/how-to/choose-under-a-budget.md",
    en="see the table of fields in docs/how-to/choose-under-a-budget.md",
)
_MEND_NAME = Text(nl="verbeter de naam, of voeg toe wat ontbreekt", en="mend the name, or add it")
_ONCE = Text(nl="een eigen id", en="an id of its own")
_GIVE_ANOTHER = Text(nl="geef een van beide een andere id", en="give one of the two another id")
_NIL_OR_MORE = Text(nl="nul of meer", en="zero or more")
_NO_SIGN = Text(nl="een hoeveelheid heeft geen teken", en="an amount has no sign")
_GIVE_YEAR = Text(nl="geef dat jaar een bedrag, of 0", en="give that year an amount, or 0")


def coherence(document: Document, cases: frozenset[str] = frozenset()) -> list[Finding]:
    """Every finding about the whole; `cases` may be named although the document lacks them."""
    return list(_Coherence(document, cases).findings())


class _Coherence:
    """The findings about the parts that can be read, whatever is wrong with the others."""

    def __init__(self, document: Document, cases: frozenset[str]) -> None:
        data = document.data
        self.document = document
        self.options: dict[int, CandidateOption] = {}
        self.shared: dict[int, CandidateInfrastructure] = {}
        for n, item in enumerate(_items(data.get("options"))):
            option = readable_part(item, CandidateOption, _OPTION)
            if option is not None:
                self.options[n] = option
        for n, item in enumerate(_items(data.get("infrastructure"))):
            shared = readable_part(item, CandidateInfrastructure, _INFRASTRUCTURE)
            if shared is not None:
                self.shared[n] = shared
        self.limits = readable_part(data.get("limits"), CandidateLimits, {})
        stated = readable_part(data.get("years"), ChoiceYears, {})
        self.reversed = stated if stated and stated.first > stated.last else None
        self.years = None if self.reversed else stated
        self.effort = data.get("effort_of_cases")
        self.named = frozenset(_texts(data.get("options"), "id"))
        self.cases = frozenset(_texts(data.get("options"), "case")) | cases
        self.beside = cases
        self.own_infrastructure = frozenset(_texts(data.get("infrastructure"), "id"))

    def at(self, *path: str | int) -> str:
        return self.document.place(path)

    def findings(self) -> Iterator[Finding]:
        yield from self._years()
        yield from self._twice("options", [each.id for each in self.options.values()])
        yield from self._twice("infrastructure", [each.id for each in self.shared.values()])
        for n, option in self.options.items():
            yield from self._option(option, ("options", n))
        yield from self._lists()
        for n, shared in self.shared.items():
            yield from self._shared(shared, ("infrastructure", n))
        if self.limits:
            yield from self._limits(self.limits)
        yield from self._no_sign(self.effort, ("effort_of_cases",))

    def _years(self) -> Iterator[Finding]:
        if self.reversed:
            yield error(
                "years",
                self.at("years"),
                Text(nl="first ≤ last", en="first ≤ last"),
                f"{self.reversed.first}, {self.reversed.last}",
                Text(nl="zet de jaren in volgorde", en="put the years in order"),
            )

    def _twice(self, group: str, ids: list[str]) -> Iterator[Finding]:
        for name, count in Counter(ids).items():
            if count > 1:
                yield error("id-twice", self.at(group), _ONCE, f"{count} x {name}", _GIVE_ANOTHER)

    # ── options ──

    def _option(self, option: CandidateOption, here: Place) -> Iterator[Finding]:
        yield from self._tonnes(option, here)
        for key in ("public_money_eur", "staff_fte"):
            amounts = getattr(option, key)
            if isinstance(amounts, dict):
                yield from self._inside(amounts, (*here, key))
            if key == "staff_fte":
                yield from self._no_sign(amounts, (*here, key))
        for name, amounts in option.uses.items():
            if name not in self.own_infrastructure | set(shared_infrastructure()):
                known = sorted(self.own_infrastructure | set(shared_infrastructure()))
                yield self._unknown((*here, "uses", name), name, known)
            yield from self._no_sign(amounts, (*here, "uses", name))
        for key in ("needs", "excludes"):
            for n, name in enumerate(getattr(option, key)):
                yield from self._other(option, name, (*here, key, n))

    def _tonnes(self, option: CandidateOption, here: Place) -> Iterator[Finding]:
        tonnes, place = option.additional_t, (*here, "additional_t")
        if isinstance(tonnes, Spread):
            if not 0.0 <= SDS_ABOVE_NIL * tonnes.sd <= tonnes.mean:
                yield error(
                    "spread",
                    self.at(*place),
                    Text(
                        nl="sd van 0 tot en met een derde van mean",
                        en="sd from 0 to a third of mean",
                    ),
                    f"mean {tonnes.mean:g}, sd {tonnes.sd:g}",
                    Text(
                        nl="breder wordt negatief: geef een lijst met één getal per trekking",
                        en="wider gets below nil: give a list with one number for each draw",
                    ),
                )
        elif not isinstance(tonnes, Absent):
            yield from self._no_sign(tonnes, place)

    def _lists(self) -> Iterator[Finding]:
        """Lists over draws are equally long: a draw is the same state of the world for all."""
        lists = {n: each.additional_t for n, each in self.options.items()}
        lengths = {n: len(tonnes) for n, tonnes in lists.items() if isinstance(tonnes, list)}
        if not lengths:
            return
        wanted = max(Counter(lengths.values()).most_common(1)[0][0], 1)
        for n, length in lengths.items():
            if length != wanted:
                yield error(
                    "draws",
                    self.at("options", n, "additional_t"),
                    Text(
                        nl=f"{wanted} getallen, als de andere lijsten",
                        en=f"{wanted} numbers, as the other lists",
                    ),
                    str(length),
                    Text(
                        nl="geef elke optie over dezelfde trekkingen",
                        en="give every option over the same draws",
                    ),
                )

    def _other(self, option: CandidateOption, name: str, place: Place) -> Iterator[Finding]:
        """What an option needs or excludes is another case or an option of one."""
        if name not in self.named | self.cases:
            yield self._unknown(place, name, sorted(self.named | self.cases))
            return
        same = {each.id for each in self.options.values() if each.case == option.case}
        if name in same | {option.case}:
            yield error(
                "same-case",
                self.at(*place),
                Text(nl="een optie van een andere casus", en="an option of another case"),
                f"'{name}'",
                Text(
                    nl="opties van één casus sluiten elkaar al uit: laat dit weg",
                    en="options of one case exclude each other already: leave this out",
                ),
            )

    # ── infrastructure ──

    def _shared(self, shared: CandidateInfrastructure, here: Place) -> Iterator[Finding]:
        yield from self._no_sign(shared.capacity, (*here, "capacity"))
        yield from self._no_sign(shared.state_eur, (*here, "state_eur"))
        if isinstance(shared.capacity, dict):
            yield from self._complete(shared.capacity, (*here, "capacity"))
        public = shared_infrastructure().get(shared.id)
        for key in ("capacity", "opening_year", "state_eur"):
            if getattr(shared, key) is None:
                yield from self._not_given(key, public, here)
        opening = shared.opening_year or _opening(public)
        if self.years and opening and _state_eur(shared, public):
            paid = [opening - 1] if shared.paid_in is None else shared.paid_in
            outside = [str(year) for year in paid if not self._within(year)]
            if outside or not paid:
                yield error(
                    "year-outside",
                    self.at(*here, "paid_in"),
                    self._span(),
                    ", ".join(outside) or Text(nl="geen jaar", en="no year"),
                    Text(
                        nl="noem in paid_in jaren van de keuze waarin de Staat betaalt",
                        en="name years of the choice in paid_in in which the State pays",
                    ),
                )

    def _not_given(
        self, key: str, public: SharedInfrastructure | None, here: Place
    ) -> Iterator[Finding]:
        """A figure of infrastructure that neither the document nor the public list gives."""
        gap = None if public is None else _public_gap(key, public)
        if public is not None and gap is None:
            return
        yield error(
            "not-public",
            self.at(*here),
            Text(nl=f"{key}: een getal", en=f"{key}: a number"),
            Text(gap.why.nl, gap.why.en) if gap else Text(nl="niets", en="nothing"),
            Text(nl=f"vraag {gap.ask.nl}", en=f"ask {gap.ask.en}") if gap else SEE_TABLE,
        )

    # ── limits ──

    def _limits(self, limits: CandidateLimits) -> Iterator[Finding]:
        for key in ("budget_eur", "staff_fte"):
            amounts = getattr(limits, key)
            yield from self._no_sign(amounts, ("limits", key))
            if isinstance(amounts, dict):
                yield from self._complete(amounts, ("limits", key))
        for key in ("risk_aversion", "at_least_t"):
            yield from self._no_sign(getattr(limits, key), ("limits", key))
        if limits.level is not None and not 0.0 <= limits.level < 1.0:
            yield error(
                "level",
                self.at("limits", "level"),
                Text(nl="van 0 tot (niet tot en met) 1", en="from 0 up to but not including 1"),
                f"{limits.level:g}",
                Text(nl="0.95 kijkt naar de slechtste 5 %", en="0.95 looks at the worst 5 %"),
            )
        for n, name in enumerate(limits.must_take):
            if name not in self.named and not self.beside:
                yield self._unknown(("limits", "must_take", n), name, sorted(self.named))
        offered = {name for each in self.options.values() for name in each.co_benefits}
        for name, weight in limits.co_benefit_weights.items():
            yield from self._no_sign(weight, ("limits", "co_benefit_weights", name))
            if name not in offered and not self.beside:
                place = ("limits", "co_benefit_weights", name)
                yield self._unknown(place, name, sorted(offered))

    # ── years and numbers ──

    def _within(self, year: int) -> bool:
        return self.years is None or self.years.first <= year <= self.years.last

    def _span(self) -> Text:
        first, last = (self.years.first, self.years.last) if self.years else ("-", "-")
        return Text(nl=f"een jaar van {first} tot en met {last}", en=f"a year in {first}-{last}")

    def _inside(self, amounts: Mapping[int, float], place: Place) -> Iterator[Finding]:
        """No amount in a year that the choice does not have."""
        for year in amounts:
            if not self._within(year):
                yield error(
                    "year-outside",
                    self.at(*place, str(year)),
                    self._span(),
                    str(year),
                    Text(nl="maak years ruimer", en="widen years"),
                )

    def _complete(self, amounts: Mapping[int, float], place: Place) -> Iterator[Finding]:
        """A limit by year speaks of every year: silence is no limit and no zero."""
        if self.years is None:
            return
        years = range(self.years.first, self.years.last + 1)
        silent = [str(year) for year in years if year not in amounts]
        if silent:
            every = Text(nl="een bedrag in elk jaar", en="an amount in every year")
            found = Text(nl=f"niets in {', '.join(silent)}", en=f"nothing in {', '.join(silent)}")
            yield error("year-missing", self.at(*place), every, found, _GIVE_YEAR)

    def _no_sign(self, amounts: Any, place: Place) -> Iterator[Finding]:
        """No amount below nil."""
        if isinstance(amounts, int | float):
            if amounts < 0:
                yield error("negative", self.at(*place), _NIL_OR_MORE, f"{amounts:g}", _NO_SIGN)
        elif isinstance(amounts, dict):
            for year, amount in amounts.items():
                yield from self._no_sign(amount, (*place, str(year)))
        elif isinstance(amounts, list):
            low = [n for n, amount in enumerate(amounts) if amount < 0][:1]
            for n in low:
                yield from self._no_sign(amounts[n], (*place, n))

    def _unknown(self, place: Place, name: str, known: list[str]) -> Finding:
        listed = ", ".join(known) or "-"
        one = Text(nl=f"een van: {listed}", en=f"one of: {listed}")
        return error("unknown", self.at(*place), one, f"'{name}'", _MEND_NAME)


# What stands in for a malformed part of an option, so that its other parts can be looked at.
_OPTION: dict[str, Any] = {
    "id": "put-aside",
    "case": "put-aside",
    "name": {"nl": "-", "en": "-"},
    "start_year": 2030,
    "additional_t": 0.0,
    "public_money_eur": {},
    "source": "put-aside",
}
_INFRASTRUCTURE: dict[str, Any] = {"id": "put-aside", "source": "put-aside"}


def readable_part(item: Any, model: type[Part], stands_in: Mapping[str, Any]) -> Part | None:
    """The item without its malformed keys; None where it is no mapping or still has no form."""
    if not isinstance(item, dict):
        return None
    try:
        return model.model_validate(item)
    except ValidationError as error_:
        bad = {str(each["loc"][0]) for each in error_.errors() if each["loc"]}
    rest = {key: value for key, value in item.items() if key not in bad}
    rest |= {key: stands_in[key] for key in bad & set(stands_in)}
    try:
        return model.model_validate(rest)
    except ValidationError:
        return None


def _items(items: Any) -> list[Any]:
    return items if isinstance(items, list) else []


def _texts(items: Any, key: str) -> Iterator[str]:
    """What stands under a key in the items of a list, malformed ones too."""
    for item in _items(items):
        if isinstance(item, dict) and isinstance(item.get(key), str):
            yield item[key]


def _opening(public: SharedInfrastructure | None) -> int | None:
    if public is None or isinstance(public.opening, Absent):
        return None
    return public.opening.year


def _state_eur(shared: CandidateInfrastructure, public: SharedInfrastructure | None) -> float:
    """What the State pays, as far as it is known; 0 where the money was decided already."""
    if shared.state_eur is not None or public is None:
        return shared.state_eur or 0.0
    if _is_decided(public) or isinstance(public.state_contribution, Absent):
        return 0.0
    return public.state_contribution.scalar()


def _is_decided(public: SharedInfrastructure) -> bool:
    return not isinstance(public.decision, Absent) and public.decision.taken


def _public_gap(key: str, public: SharedInfrastructure) -> Absent | None:
    """What the public list says about a figure that it does not have."""
    if key == "state_eur" and _is_decided(public):
        return None
    fields = {
        "capacity": public.free_capacity,
        "opening_year": public.opening,
        "state_eur": public.state_contribution,
    }
    found = fields[key]
    return found if isinstance(found, Absent) else None


def error(code: str, place: str, expected: Text, found: Text | str, remedy: Text) -> Finding:
    """A finding of this document that stops a run."""
    return Finding("error", f"candidates.{code}", place, expected, found, remedy)
