# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the whole case tells about its uncertainties: places, ids, distributions, correlations.

Takes     a case whose uncertainties have the right form.
Gives     findings in Dutch and English: place, expected, found, remedy; all at once.
Leaves    the form itself to `structure`, drawing to the floor of risk.
"""

import difflib
import math
from collections.abc import Callable, Iterator, Sequence

from maatwerkbank.ground.documents import Place
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.files import variant_names
from maatwerkbank.parameters.reference_classes import (
    Discrete,
    Distribution,
    Empirical,
    Fixed,
    Lognormal,
    Normal,
    Triangular,
    Uniform,
    reference_class,
    reference_class_names,
)
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.figure_places import absent_figures, figures, place_text
from maatwerkbank.plant.uncertainty import (
    ROUNDING,
    DelayUncertainty,
    FigureUncertainty,
    fitting_factor,
    smallest_eigenvalue,
)
from maatwerkbank.sources.figure import LARGEST, Figure, Range
from maatwerkbank.sources.register import Seen

At = Callable[..., str]

# A normal number further out than this has a probability below 2**-63: no draw gets there.
FURTHEST = 9.0
NEAR_ENOUGH = 1e-9

_CHOOSE = Text(nl="kies een van deze namen", en="choose one of these names")
_SPELL_ID = Text(
    nl="controleer de spelling van de id, of voeg toe wat ontbreekt",
    en="check the spelling of the id, or add what is missing",
)


def findings(case: Case, place_of: At) -> list[Finding]:
    """Every finding about the uncertainties of a case; `place_of` prints a path."""
    return list(_findings(case, place_of))


def _findings(case: Case, at: At) -> Iterator[Finding]:
    uncertain = case.uncertainties
    here: Place = ("uncertainties",)
    yield from _ids(case, here, at)
    yield from _places(case, here, at)
    for number, figure in enumerate(uncertain.figures):
        path: Place = (*here, "figures", number)
        yield from _one_unit(case, figure, path, at)
        yield from _drawn(figure, figure.distribution, "distribution", path, at)
    for number, delay in enumerate(uncertain.delays):
        path = (*here, "delays", number)
        yield from _projects(case, delay, path, at)
        yield from _drawn(delay, delay.years, "years", path, at)
    yield from _policy(case, (*here, "policy"), at)
    yield from _dependence(case, (*here, "dependence"), at)


def _error(code: str, place: str, expected: Text, found: Text | str, remedy: Text | str) -> Finding:
    return Finding("error", f"case.{code}", place, expected, found, remedy)


def _ids(case: Case, here: Place, at: At) -> Iterator[Finding]:
    """Figures and delays share their ids, since dependence names both."""
    once = Text(nl="elke id één keer", en="every id once")
    remedy = Text(nl="geef een van beide een andere id", en="give one of the two another id")
    seen: set[str] = set()
    for group in ("figures", "delays"):
        for number, each in enumerate(getattr(case.uncertainties, group)):
            if each.id in seen:
                place = at(*here, group, number, "id")
                yield _error("id-twice", place, once, f"'{each.id}'", remedy)
            seen.add(each.id)


# ── the figures that are uncertain ────────────────────────────────────────────────────────────


def _places(case: Case, here: Place, at: At) -> Iterator[Finding]:
    """Places that are no figure, cannot be drawn, or are drawn twice."""
    known = {place_text(path): figure for path, figure in figures(case) if path[0] != "known"}
    paths = {place_text(path): path for path, _ in figures(case)}
    beside = {place for place, path in paths.items() if path[0] == "known"}
    absent = {place_text(path) for path, _ in absent_figures(case)}
    taken: dict[str, str] = {}
    for number, uncertain in enumerate(case.uncertainties.figures):
        for n, named in enumerate(uncertain.of):
            place = at(*here, "figures", number, "of", n)
            if named in absent:
                yield _absent(place, named)
            elif named in beside:
                yield _beside(place, named)
            elif named not in known:
                yield _no_figure(place, named, known)
            elif not _is_drawn(case, paths[named]):
                yield _not_drawn(place, named)
            else:
                yield from _drawable(place, known[named], named, uncertain.how)
                if named in taken:
                    yield _twice(place, named, taken[named])
            taken.setdefault(named, uncertain.id)


def _absent(place: str, named: str) -> Finding:
    given = Text(nl="een cijfer dat de casus geeft", en="a figure that the case gives")
    found = Text(nl=f"'{named}', daar staat absent", en=f"'{named}', which says absent")
    remedy = Text(
        nl="geef daar eerst value of range met bron: absent kan niet spreiden",
        en="first give value or range with its source there: what is absent cannot spread",
    )
    return _error("uncertain-absent", place, given, found, remedy)


def _beside(place: str, named: str) -> Finding:
    part = Text(nl="een cijfer waarmee de casus rekent", en="a figure that the case computes with")
    found = Text(nl=f"'{named}', een bekende uitkomst", en=f"'{named}', a known outcome")
    remedy = Text(
        nl="laat het weg: een bekende uitkomst staat naast de som en is er geen deel van",
        en="leave it out: a known outcome stands beside the sum and is no part of it",
    )
    return _error("uncertain-place", place, part, found, remedy)


# What a draw can change of a measure, of an installation and of an award.
_OF_MEASURE = frozenset(
    {
        "capex",
        "replacements",
        "fixed_opex",
        "variable_opex",
        "grid_cost",
        "energy",
        "emissions",
        "storage",
        "premium",
        "free_allocation_change",
    }
)
_OF_INSTALLATION = frozenset({"emissions", "energy", "rights", "rights_sale"})


def _is_drawn(case: Case, path: Place) -> bool:
    """Whether the kernel of risk multiplies the figure at `path`, draw by draw."""
    if path[0] in ("projects", "counterfactual"):
        return path[2] in _OF_MEASURE
    if path[0] == "installations":
        return path[2] in _OF_INSTALLATION and path[2:] != ("rights_sale", "price")
    if path[0] == "awards":
        by_contract = case.awards[int(path[1])].contract is not None
        return path[2:] == (("contract", "volume") if by_contract else ("amount",))
    return False


def _not_drawn(place: str, named: str) -> Finding:
    drawn = Text(
        nl="een cijfer dat een run met trekkingen kan trekken",
        en="a figure that a run with draws can draw",
    )
    remedy = Text(
        nl="laat het weg en reken varianten van de casus, of maak kosten, energie, tonnen, rechten "
        "of volume onzeker",
        en="leave it out and compute variants of the case, or make cost, energy, tonnes, rights or "
        "volume uncertain",
    )
    return _error("uncertain-fixed", place, drawn, f"'{named}'", remedy)


def _no_figure(place: str, named: str, known: dict[str, Figure]) -> Finding:
    figure = Text(nl="de plaats van een cijfer in deze casus", en="the place of a figure here")
    near = difflib.get_close_matches(named, known, 3, 0.4)
    remedy = (
        Text(nl=f"bedoelt u {' of '.join(near)}?", en=f"did you mean {' or '.join(near)}?")
        if near
        else Text(
            nl="schrijf bijvoorbeeld projects[0].capex", en="write for instance projects[0].capex"
        )
    )
    return _error("uncertain-place", place, figure, f"'{named}'", remedy)


def _drawable(place: str, figure: Figure, named: str, how: str) -> Iterator[Finding]:
    if how == "value" and figure.by_year is not None:
        one = Text(
            nl="een cijfer zonder jaren bij as: value", en="a figure without years under as: value"
        )
        found = Text(nl=f"'{named}' met by_year", en=f"'{named}' with by_year")
        remedy = Text(
            nl="schrijf as: ratio, dat vermenigvuldigt elk jaar",
            en="write as: ratio, which multiplies every year",
        )
        yield _error("uncertain-series", place, one, found, remedy)
    if _is_nil(figure):
        other = Text(
            nl="een cijfer waarvan het midden niet nul is",
            en="a figure of which the middle is not nought",
        )
        found = Text(nl=f"'{named}' is nul", en=f"'{named}' is nought")
        remedy = Text(
            nl="nul maal iets blijft nul: geef het cijfer een midden, of laat het hier weg",
            en="nought times anything is nought: give the figure a middle, or leave it out here",
        )
        yield _error("uncertain-nil", place, other, found, remedy)


def _is_nil(figure: Figure) -> bool:
    if figure.by_year is None:
        return figure.scalar("central") == 0
    return all(
        (each.at("central") if isinstance(each, Range) else each) == 0
        for each in figure.by_year.values()
    )


def _one_unit(case: Case, uncertain: FigureUncertainty, here: Place, at: At) -> Iterator[Finding]:
    """One value cannot stand in place of figures in several units."""
    if uncertain.how != "value" or len(uncertain.of) < 2:
        return
    known = {place_text(path): figure.unit for path, figure in figures(case)}
    units = sorted({known[named] for named in uncertain.of if named in known})
    if len(units) > 1:
        one = Text(
            nl="cijfers in één eenheid bij as: value", en="figures in one unit under as: value"
        )
        remedy = Text(
            nl="schrijf as: ratio, of geef elk cijfer een eigen onzekerheid",
            en="write as: ratio, or give each figure an uncertainty of its own",
        )
        yield _error("uncertain-units", at(*here, "of"), one, ", ".join(units), remedy)


def _twice(place: str, named: str, before: str) -> Finding:
    once = Text(nl="elk cijfer in één onzekerheid", en="every figure in one uncertainty")
    found = Text(nl=f"'{named}' staat ook in '{before}'", en=f"'{named}' is in '{before}' too")
    remedy = Text(nl="laat het op één plaats staan", en="keep it in one place")
    return _error("uncertain-twice", place, once, found, remedy)


def _projects(case: Case, delay: DelayUncertainty, here: Place, at: At) -> Iterator[Finding]:
    ids = [project.id for project in case.projects]
    for number, named in enumerate(delay.projects):
        if named not in ids:
            known = Text(nl="de id van een project", en="the id of a project")
            place = at(*here, "projects", number)
            yield _error("project-unknown", place, known, f"'{named}'", _SPELL_ID)


# ── what they are drawn from ──────────────────────────────────────────────────────────────────


def _drawn(
    uncertain: FigureUncertainty | DelayUncertainty,
    own: Distribution | None,
    key: str,
    here: Place,
    at: At,
) -> Iterator[Finding]:
    """One way to say what is drawn; a distribution that can be, and that suits the purpose."""
    named = uncertain.reference_class
    if (own is None) == (named is None):
        one = Text(nl=f"{key} of reference_class", en=f"{key} or reference_class")
        found = (
            Text(nl="geen van beide", en="neither") if own is None else Text(nl="beide", en="both")
        )
        remedy = Text(nl="geef precies één van beide", en="give exactly one of the two")
        yield _error("distribution-or-class", at(*here), one, found, remedy)
    if own is not None:
        place = at(*here, key)
        yield from _distribution(own, place)
        yield from _not_below_nought(uncertain, own, place)
    if named is not None:
        yield from _class(uncertain, named, at(*here, "reference_class"))


def _class(
    uncertain: FigureUncertainty | DelayUncertainty, named: str, place: str
) -> Iterator[Finding]:
    if named not in reference_class_names():
        names = ", ".join(reference_class_names())
        one = Text(nl=f"een van {names}", en=f"one of {names}")
        yield _error("reference-class", place, one, f"'{named}'", _CHOOSE)
        return
    found = reference_class(named)
    if isinstance(uncertain, DelayUncertainty):
        wanted = "delay_years"
    elif uncertain.how == "ratio":
        wanted = "cost_ratio"
    else:
        ratio = Text(nl="as: ratio bij een referentieklasse", en="as: ratio with a reference class")
        remedy = Text(nl="schrijf as: ratio", en="write as: ratio")
        yield _error("reference-class-kind", place, ratio, "as: value", remedy)
        return
    if found.kind != wanted:
        fitting = [name for name in reference_class_names() if reference_class(name).kind == wanted]
        kind = Text(nl=f"een klasse van de soort {wanted}", en=f"a class of the kind {wanted}")
        choose = Text(
            nl=f"kies een van {', '.join(fitting)}", en=f"choose one of {', '.join(fitting)}"
        )
        yield _error("reference-class-kind", place, kind, f"'{named}', {found.kind}", choose)
    if found.seen == Seen.UNVERIFIED:
        yield Finding(
            "warning",
            "case.unverified",
            place,
            Text(nl="een bron die iemand gezien heeft", en="a source that somebody has seen"),
            found.source,
            Text(
                nl="kies een andere klasse, of geef een eigen verdeling met bron",
                en="choose another class, or give a distribution of your own with its source",
            ),
        )


def _distribution(distribution: Distribution, place: str) -> Iterator[Finding]:
    """Parameters of which no distribution can be made."""
    match distribution:
        case Uniform():
            yield from _in_order(place, low=distribution.low, high=distribution.high)
        case Triangular():
            low, mode, high = distribution.low, distribution.mode, distribution.high
            yield from _in_order(place, low=low, mode=mode, high=high)
        case Normal():
            yield from _spread(place, "sd", distribution.sd)
        case Lognormal():
            yield from _spread(place, "sigma", distribution.sigma)
            yield from _finite(place, distribution)
        case Discrete():
            yield from _probabilities(place, distribution)


def _in_order(place: str, **ends: float) -> Iterator[Finding]:
    numbers = list(ends.values())
    if numbers != sorted(numbers):
        order = " ≤ ".join(ends)
        found = ", ".join(f"{name} {number:.12g}" for name, number in ends.items())
        remedy = Text(nl="zet de getallen in volgorde", en="put the numbers in order")
        yield _error("distribution-order", place, Text(nl=order, en=order), found, remedy)


def _spread(place: str, name: str, spread: float) -> Iterator[Finding]:
    if spread < 0:
        some = Text(nl=f"{name} van 0 of meer", en=f"{name} of 0 or more")
        remedy = Text(
            nl="een standaardafwijking heeft geen teken", en="a standard deviation has no sign"
        )
        yield _error("distribution-spread", place, some, f"{name} {spread:g}", remedy)


def _finite(place: str, distribution: Lognormal) -> Iterator[Finding]:
    most = math.log(LARGEST)
    furthest = distribution.mu + FURTHEST * max(distribution.sigma, 0.0)
    if furthest > most:
        within = Text(
            nl=f"mu + {FURTHEST:g} sigma van ten hoogste {most:.1f}",
            en=f"mu + {FURTHEST:g} sigma of at most {most:.1f}",
        )
        remedy = Text(
            nl="mu en sigma gaan over de natuurlijke logaritme: een mediaan van 1.2 is mu 0.18",
            en="mu and sigma are of the natural logarithm: a median of 1.2 is mu 0.18",
        )
        yield _error("distribution-wide", place, within, f"{furthest:.4g}", remedy)


def _probabilities(place: str, distribution: Discrete) -> Iterator[Finding]:
    values, probabilities = distribution.values, distribution.probabilities
    if len(values) != len(probabilities):
        each = Text(nl="een kans bij elke waarde", en="a probability for each value")
        found = Text(
            nl=f"{len(values)} waarden, {len(probabilities)} kansen",
            en=f"{len(values)} values, {len(probabilities)} probabilities",
        )
        remedy = Text(nl="maak de lijsten even lang", en="make the lists equally long")
        yield _error("distribution-lengths", place, each, found, remedy)
    outside = [each for each in probabilities if not 0 <= each <= 1]
    if outside:
        yield _no_probability(place, outside)
    elif abs(math.fsum(probabilities) - 1) > NEAR_ENOUGH:
        whole = Text(nl="kansen die samen 1 zijn", en="probabilities that add up to 1")
        remedy = Text(
            nl="verdeel het geheel over de waarden", en="divide the whole over the values"
        )
        yield _error("probabilities", place, whole, f"{math.fsum(probabilities):.6g}", remedy)


def _no_probability(place: str, outside: Sequence[float]) -> Finding:
    share = Text(nl="een kans van 0 tot en met 1", en="a probability from 0 to 1")
    remedy = Text(nl="schrijf 30 procent als 0.3", en="write 30 per cent as 0.3")
    return _error("probability", place, share, ", ".join(f"{p:g}" for p in outside), remedy)


def _not_below_nought(
    uncertain: FigureUncertainty | DelayUncertainty, own: Distribution, place: str
) -> Iterator[Finding]:
    lowest = _lowest(own)
    if lowest >= 0:
        return
    remedy = Text(
        nl="kies low, sample of values van 0 of meer, of een lognormale verdeling",
        en="choose low, sample or values of 0 or more, or a lognormal distribution",
    )
    found = Text(nl=f"kan {lowest:.4g} zijn", en=f"can be {lowest:.4g}")
    if isinstance(uncertain, DelayUncertainty):
        later = Text(nl="jaren van 0 of meer", en="years of 0 or more")
        yield _error("delay-negative", place, later, found, remedy)
    elif uncertain.how == "ratio":
        ratio = Text(nl="een verhouding van 0 of meer", en="a ratio of 0 or more")
        yield _error("ratio-negative", place, ratio, found, remedy)
    elif any(named.endswith(".capex") for named in uncertain.of):
        amount = Text(nl="een investering van 0 of meer", en="an investment of 0 or more")
        yield _error("capex-negative", place, amount, found, remedy)


def _lowest(distribution: Distribution) -> float:
    """The lowest number that a draw can have."""
    match distribution:
        case Fixed():
            return distribution.value
        case Uniform() | Triangular():
            return distribution.low
        case Normal():
            return distribution.mean - FURTHEST * abs(distribution.sd)
        case Lognormal():
            return 0.0
        case Discrete():
            pairs = zip(distribution.values, distribution.probabilities, strict=False)
            return min((value for value, chance in pairs if chance > 0), default=0.0)
        case Empirical():
            return min(distribution.sample)


# ── policy, and what goes together ────────────────────────────────────────────────────────────


def _policy(case: Case, here: Place, at: At) -> Iterator[Finding]:
    policy = case.uncertainties.policy
    for number, each in enumerate(policy):
        if each.variant not in variant_names():
            names = ", ".join(variant_names())
            one = Text(nl=f"een van {names}", en=f"one of {names}")
            place = at(*here, number, "variant")
            yield _error("variant-unknown", place, one, f"'{each.variant}'", _CHOOSE)
        if each.since is not None and not case.valuation_year <= each.since <= case.last_year:
            span = f"{case.valuation_year}-{case.last_year}"
            within = Text(nl=f"een jaar in {span}", en=f"a year within {span}")
            remedy = Text(nl="verander dit jaar, of laat het weg", en="change it, or leave it out")
            place = at(*here, number, "from")
            yield _error("policy-year", place, within, str(each.since), remedy)
        if not 0 <= each.probability <= 1:
            yield _no_probability(at(*here, number, "probability"), [each.probability])
    together = math.fsum(each.probability for each in policy if 0 <= each.probability <= 1)
    if together > 1 + NEAR_ENOUGH:
        most = Text(
            nl="kansen die samen ten hoogste 1 zijn", en="probabilities of at most 1 in all"
        )
        remedy = Text(
            nl="varianten sluiten elkaar uit, en wat overblijft is de kans op de wet zoals zij is",
            en="variants exclude one another, and what is left is for the law as it is",
        )
        yield _error("policy-probabilities", at(*here), most, f"{together:.6g}", remedy)


def _dependence(case: Case, here: Place, at: At) -> Iterator[Finding]:
    ids = set(case.uncertainties.inputs)
    before: set[frozenset[str]] = set()
    fine = len(ids) == len(case.uncertainties.inputs)
    for number, each in enumerate(case.uncertainties.dependence):
        wrong = [
            *_pair(each.between, before, at(*here, number, "between")),
            *(
                _no_input(named, ids, at(*here, number, "between", n))
                for n, named in enumerate(each.between)
                if named not in ids
            ),
        ]
        if not -1 <= each.rank_correlation <= 1:
            bounds = Text(nl="van -1 tot en met 1", en="from -1 to 1")
            remedy = Text(nl="schrijf 60 procent als 0.6", en="write 60 per cent as 0.6")
            place = at(*here, number, "rank_correlation")
            found = f"{each.rank_correlation:g}"
            wrong.append(_error("rank-correlation", place, bounds, found, remedy))
        before.add(frozenset(each.between))
        fine = fine and not wrong
        yield from wrong
    if fine and case.uncertainties.dependence:
        yield from _positive(case, at(*here))


def _pair(between: list[str], before: set[frozenset[str]], place: str) -> Iterator[Finding]:
    if len(between) != 2 or between[0] == between[1]:
        two = Text(nl="twee verschillende id's", en="two different ids")
        remedy = Text(nl="noem elk paar apart", en="name every pair apart")
        yield _error("dependence-pair", place, two, _listed(between), remedy)
    elif frozenset(between) in before:
        once = Text(nl="elk paar één keer", en="every pair once")
        remedy = Text(nl="houd één van beide", en="keep one of the two")
        yield _error("dependence-twice", place, once, _listed(between), remedy)


def _listed(ids: list[str]) -> Text | str:
    return ", ".join(f"'{each}'" for each in ids) or Text(nl="niets", en="nothing")


def _no_input(named: str, ids: set[str], place: str) -> Finding:
    near = difflib.get_close_matches(named, sorted(ids), 3, 0.4)
    known = Text(nl="de id van een figure of delay", en="the id of a figure or delay here")
    remedy = (
        Text(nl=f"bedoelt u {' of '.join(near)}?", en=f"did you mean {' or '.join(near)}?")
        if near
        else _SPELL_ID
    )
    return _error("dependence-unknown", place, known, f"'{named}'", remedy)


def _positive(case: Case, place: str) -> Iterator[Finding]:
    """Whether the correlations can exist side by side."""
    matrix = case.uncertainties.rank_correlations()
    least = smallest_eigenvalue(matrix)
    if least < -ROUNDING:
        positive = Text(
            nl="correlaties die samen kunnen bestaan: kleinste eigenwaarde 0 of meer",
            en="correlations that can exist together: smallest eigenvalue of 0 or more",
        )
        found = Text(nl=f"kleinste eigenwaarde {least:.4g}", en=f"smallest eigenvalue {least:.4g}")
        factor = fitting_factor(matrix)
        remedy = Text(
            nl=f"vermenigvuldig alle rangcorrelaties met ten hoogste {factor:g}",
            en=f"multiply all rank correlations by at most {factor:g}",
        )
        yield _error("correlation-matrix", place, positive, found, remedy)
