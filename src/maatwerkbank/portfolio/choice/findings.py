# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with the options and the limits of a choice, all of it at once?

Takes     options and limits.
Gives     findings with place, expected, found and remedy; the options that can be computed with.
Leaves    what a person wrote in a document to `candidates_coherence`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from maatwerkbank.ground.findings import Finding, has_errors
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.choice.terms import (
    ChoiceRefused,
    Floats,
    LeftOut,
    Limits,
    Option,
)


def usable_options(
    options: Sequence[Option], limits: Limits
) -> tuple[list[Option], tuple[LeftOut, ...]]:
    """The options that can be computed with, and those that cannot.  Raises ChoiceRefused."""
    findings = check_choice(options, limits)
    if has_errors(findings):
        raise ChoiceRefused(findings)
    left_out = _unusable(options)
    return [option for option in options if option.id not in left_out], tuple(
        LeftOut(name, reason) for name, reason in left_out.items()
    )


def check_choice(options: Sequence[Option], limits: Limits) -> tuple[Finding, ...]:
    """Everything that is wrong with the options and the limits, at once; empty when nothing is."""
    return (
        *_check_limits(limits),
        *_check_names(options, limits),
        *_check_arrays(options, limits),
        *_check_must_take(options, limits),
        *(_left_out_finding(name, reason) for name, reason in _unusable(options).items()),
    )


def _finding(code: str, place: str, expected: Text, found: object, remedy: Text) -> Finding:
    told = found if isinstance(found, Text) else str(found)
    return Finding("error", f"choice.{code}", place, expected, told, remedy)


def _left_out_finding(name: str, reason: Text) -> Finding:
    return Finding(
        "warning",
        "choice.left-out",
        f"options.{name}",
        Text(nl="eindige getallen in elke trekking", en="finite numbers in every draw"),
        reason,
        Text(
            nl="de optie doet niet mee; geef de ontbrekende figuren van de casus",
            en="the option plays no part; give the missing figures of the case",
        ),
    )


def _unusable(options: Sequence[Option]) -> dict[str, Text]:
    """Options whose figures are no numbers, and those that need one of them; with the reason."""
    reasons: dict[str, Text] = {}
    for option in options:
        broken = [name for name, array in _figures(option) if not np.all(np.isfinite(array))]
        if broken:
            what = ", ".join(broken)
            reasons[option.id] = Text(
                nl=f"geen getal in {what}", en=f"{what} is not a number somewhere"
            )
    known = {name for o in options for name in (o.id, o.case)}
    before = -1
    while len(reasons) != before:
        before = len(reasons)
        there = {name for o in options if o.id not in reasons for name in (o.id, o.case)}
        for option in options:
            absent = [need for need in option.requires if need in known - there]
            if absent and option.id not in reasons:
                reasons[option.id] = Text(
                    nl=f"vereist {absent[0]}, dat zelf afvalt",
                    en=f"requires {absent[0]}, which is left out itself",
                )
    return reasons


def _figures(option: Option) -> Iterator[tuple[str, Floats]]:
    yield "additional_t", np.asarray(option.additional_t)
    yield "public_money_eur", np.asarray(option.public_money_eur)
    if option.staff_fte is not None:
        yield "staff_fte", np.asarray(option.staff_fte)
    if option.loss is not None:
        yield "loss", np.asarray(option.loss)
    for name, amounts in option.uses.items():
        yield f"uses.{name}", np.asarray(amounts)
    for name, amount in option.co_benefits.items():
        yield f"co_benefits.{name}", np.asarray(amount)


AT_LEAST_ZERO = Text(nl="nul of meer", en="zero or more")
GIVE_YEARS = Text(
    nl="geef één bedrag per jaar van `years`, in die volgorde",
    en="give one amount per year of `years`, in that order",
)
RAISE_TO_ZERO = Text(
    nl="zet het op nul of meer; oneindig betekent geen grens",
    en="set it to zero or more; infinite means no limit",
)


def _check_limits(limits: Limits) -> Iterator[Finding]:
    years = np.asarray(limits.years)
    if not len(years) or np.any(np.diff(years) <= 0):
        yield _finding(
            "years",
            "limits.years",
            Text(nl="oplopende jaren", en="years in ascending order"),
            list(years),
            Text(nl="noem elk jaar eenmaal, oplopend", en="name every year once, ascending"),
        )
    yield from _amounts("limits.budget_eur", limits.budget_eur, limits)
    if limits.staff_fte is not None:
        yield from _amounts("limits.staff_fte", limits.staff_fte, limits)
    for k in limits.infrastructure:
        place = f"limits.infrastructure.{k.id}"
        yield from _amounts(f"{place}.capacity", k.capacity, limits)
        yield from _amounts(f"{place}.fixed_cost_eur", k.fixed_cost_eur, limits, finite=True)
    for name, weight in limits.co_benefit_weights.items():
        yield from _number(f"limits.co_benefit_weights.{name}", weight)
    yield from _number("limits.risk_aversion", limits.risk_aversion)
    if limits.at_least_t is not None:
        yield from _number("limits.at_least_t", limits.at_least_t)
    if limits.cvar_at_most is not None and not np.isfinite(limits.cvar_at_most):
        yield from _number("limits.cvar_at_most", limits.cvar_at_most)
    if not 0.0 <= limits.cvar_level < 1.0:
        yield _finding(
            "cvar-level",
            "limits.cvar_level",
            Text(nl="van 0 tot (niet tot en met) 1", en="from 0 up to but not including 1"),
            limits.cvar_level,
            Text(nl="0,95 kijkt naar de slechtste 5 %", en="0.95 looks at the worst 5 %"),
        )


def _amounts(
    place: str, amounts: Floats, limits: Limits, *, finite: bool = False
) -> Iterator[Finding]:
    """One amount a year, none of them negative or not a number."""
    found = np.asarray(amounts)
    if found.shape != np.shape(limits.years):
        yield _years(place, found, limits)
        return
    for year, amount in zip(limits.years, found, strict=True):
        if not amount >= 0.0 or (finite and not np.isfinite(amount)):
            yield _finding("negative", f"{place}[{year}]", AT_LEAST_ZERO, amount, RAISE_TO_ZERO)


def _years(place: str, found: Floats, limits: Limits) -> Finding:
    count = len(limits.years)
    first, last = (limits.years[0], limits.years[-1]) if count else ("-", "-")
    expected = Text(
        nl=f"{count} jaren, {first} tot en met {last}",
        en=f"{count} years, {first} up to and including {last}",
    )
    return _finding("years", place, expected, found.shape, GIVE_YEARS)


def _number(place: str, number: float) -> Iterator[Finding]:
    if not 0.0 <= number < np.inf:
        yield _finding("negative", place, AT_LEAST_ZERO, number, RAISE_TO_ZERO)


def _check_names(options: Sequence[Option], limits: Limits) -> Iterator[Finding]:
    """Every name stands for one thing that is there."""
    shared = [k.id for k in limits.infrastructure]
    cases = {option.id: option.case for option in options}
    for place, names in (("options", [o.id for o in options]), ("limits.infrastructure", shared)):
        for name, count in Counter(names).items():
            if count > 1:
                yield _finding(
                    "twice",
                    f"{place}.{name}",
                    Text(nl="een eigen naam", en="a name of its own"),
                    f"{count} x {name}",
                    Text(nl="geef elk een eigen id", en="give each an id of its own"),
                )
    known = set(cases) | set(cases.values())
    for option in options:
        for need in option.requires:
            if need not in known:
                yield _unknown(f"options.{option.id}.requires", need, known)
            elif need == option.case or cases.get(need) == option.case:
                yield _finding(
                    "requires-itself",
                    f"options.{option.id}.requires",
                    Text(nl="een optie van een andere casus", en="an option of another case"),
                    need,
                    Text(
                        nl="varianten van één casus sluiten elkaar uit",
                        en="variants of one case exclude each other",
                    ),
                )
        for name in option.uses:
            if name not in shared:
                yield _unknown(f"options.{option.id}.uses", name, set(shared))
    offered = {name for option in options for name in option.co_benefits}
    for name in limits.co_benefit_weights:
        if name not in offered:
            yield _unknown("limits.co_benefit_weights", name, offered)


def _unknown(place: str, name: str, known: set[str]) -> Finding:
    listed = ", ".join(sorted(known)) or "-"
    return _finding(
        "unknown",
        place,
        Text(nl=f"een van: {listed}", en=f"one of: {listed}"),
        name,
        Text(nl="verbeter de naam, of voeg toe wat ontbreekt", en="mend the name, or add it"),
    )


def _check_arrays(options: Sequence[Option], limits: Limits) -> Iterator[Finding]:
    """As many years as the limits have, the same draws everywhere, and no negative use."""
    draws = Counter(np.size(option.additional_t) for option in options).most_common(1)
    wanted = draws[0][0] if draws else 1
    for option in options:
        place = f"options.{option.id}"
        money = np.asarray(option.public_money_eur)
        if money.ndim not in (1, 2) or money.shape[0] != len(limits.years):
            yield _years(f"{place}.public_money_eur", money, limits)
        elif money.ndim == 2 and money.shape[1] != wanted:
            yield _draws(f"{place}.public_money_eur", money.shape, wanted)
        for name, array in (("additional_t", option.additional_t), ("loss", option.loss)):
            if array is not None and (np.shape(array) != (wanted,) or not wanted):
                yield _draws(f"{place}.{name}", np.shape(array), wanted)
        by_year = {f"uses.{name}": amounts for name, amounts in option.uses.items()}
        if option.staff_fte is not None:
            by_year["staff_fte"] = option.staff_fte
        for name, amounts in by_year.items():
            found = np.asarray(amounts)
            if found.shape != np.shape(limits.years):
                yield _years(f"{place}.{name}", found, limits)
            elif np.any(found < 0.0):
                low = found.min()
                yield _finding("negative", f"{place}.{name}", AT_LEAST_ZERO, low, RAISE_TO_ZERO)


def _draws(place: str, shape: tuple[int, ...], wanted: int) -> Finding:
    return _finding(
        "draws",
        place,
        Text(
            nl=f"{max(wanted, 1)} trekkingen, als de andere",
            en=f"{max(wanted, 1)} draws, as the others",
        ),
        shape,
        Text(
            nl="waardeer alle opties over dezelfde trekkingen",
            en="value all options over the same draws",
        ),
    )


def _check_must_take(options: Sequence[Option], limits: Limits) -> Iterator[Finding]:
    """What must be taken is there, can be computed with, and does not exclude itself."""
    cases = {option.id: option.case for option in options}
    left_out = _unusable(options)
    for name in limits.must_take:
        if name not in cases:
            yield _unknown("limits.must_take", name, set(cases))
        elif name in left_out:
            yield _finding(
                "must-take",
                f"limits.must_take.{name}",
                Text(nl="een optie met getallen", en="an option with numbers"),
                left_out[name],
                Text(nl="geef de ontbrekende figuren", en="give the missing figures"),
            )
    for case, count in Counter(cases[n] for n in set(limits.must_take) if n in cases).items():
        if count > 1:
            yield _finding(
                "must-take",
                "limits.must_take",
                Text(nl=f"één variant van {case}", en=f"one variant of {case}"),
                count,
                Text(nl="kies er een", en="choose one of them"),
            )
