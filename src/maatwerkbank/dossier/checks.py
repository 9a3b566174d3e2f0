# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Criteria that a run, an ambition or the register of emissions can answer: one function each.

Takes     the evidence.
Gives     met or not, and because of what, in words with figures. What cannot be judged is not met.
Leaves    which gate asks which check to the trajectory.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from maatwerkbank.dossier.advice.checks import (
    advice_given_and_answered,
    no_blocking_review_finding,
)
from maatwerkbank.dossier.agreement.covenant_check import covenant_points_answered
from maatwerkbank.dossier.check_result import Check, CheckResult
from maatwerkbank.dossier.evidence import Evidence, RunFact
from maatwerkbank.dossier.money.checks import money_covered
from maatwerkbank.dossier.promises.checks import risks_agree_with_plan
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.register import Ambition, Span

TARGET_YEAR = 2030
END_OF_PATH = 2050
LARGEST = 30
# The letter names these five; the ladder of `support` judges each for each project.
GENERIC = {"sde": "SDE++", "dei": "DEI+", "veki": "VEKI", "eia": "EIA", "niki": "NIKI"}


# ── the run ───────────────────────────────────────────────────────────────────────────────────


def run_present(evidence: Evidence) -> CheckResult:
    """A run of the frozen case lies in the dossier."""
    run = evidence.run
    if run is None:
        return _no_run()
    return _met(Text(nl=f"Berekening {run.receipt}.", en=f"Run {run.receipt}."), run.rests_on)


def run_without_unverified(evidence: Evidence) -> CheckResult:
    """The run rests on no law value or price that nobody verified."""
    run = evidence.run
    if run is None:
        return _no_run()
    doubtful = len(run.unverified)
    if doubtful:
        return _not_met(
            Text(
                nl=f"Berekening {run.receipt} rust op {doubtful} waarden die niemand heeft "
                f"nagegaan, waaronder: {run.unverified[0]}.",
                en=f"Run {run.receipt} rests on {doubtful} values that nobody verified, among "
                f"them: {run.unverified[0]}.",
            ),
            run.rests_on,
        )
    return _met(
        Text(
            nl=f"Alle waarden onder berekening {run.receipt} zijn nagegaan.",
            en=f"Every value under run {run.receipt} was verified.",
        ),
        run.rests_on,
    )


def additional_in_2030(evidence: Evidence) -> CheckResult:
    """The plan cuts more in 2030 than the levy asks. The gross cut never counts.

    Met where the figure is above nought, or where its whole range is.
    """
    run = evidence.run
    if run is None:
        return _no_run()
    tonnes = run.figures.get("additional_2030_t")
    low, high = run.ranges.get("additional_2030_t", (tonnes, tonnes))
    if tonnes is not None:
        said = _tonnes(tonnes)
        return CheckResult(
            tonnes > 0.0,
            Text(
                nl=f"De additionele reductie in 2030 is {said.nl} per jaar.",
                en=f"The additional reduction in 2030 is {said.en} a year.",
            ),
            run.rests_on,
        )
    if low is None or high is None:
        return _cannot_judge(run, "additional_2030_t")
    least, most = _tonnes(low), _tonnes(high)
    return CheckResult(
        low > 0.0,
        Text(
            nl=f"De additionele reductie in 2030 ligt tussen {least.nl} en {most.nl} per jaar"
            + ("." if low > 0.0 else ": of zij er is, staat niet vast."),
            en=f"The additional reduction in 2030 lies between {least.en} and {most.en} a year"
            + ("." if low > 0.0 else ": it is not certain that there is any."),
        ),
        run.rests_on,
    )


def net_zero_figures(evidence: Evidence) -> CheckResult:
    """Tonnes a year are known up to and including 2050, and so is the first year of operation.

    The first year of operation is the first with a cut; the cumulative cut is the sum to 2050.
    There is no criterion about 2030 on this track.
    """
    run = evidence.run
    if run is None:
        return _no_run()
    series = run.by_year_t.get("gross_by_year_t", {})
    known = {year: tonnes for year, tonnes in series.items() if tonnes is not None}
    absent = [year for year, tonnes in series.items() if tonnes is None and year <= END_OF_PATH]
    if not series or max(series) < END_OF_PATH or absent:
        return _cannot_judge(run, "gross_by_year_t")
    cutting = [year for year, tonnes in known.items() if tonnes > 0.0 and year <= END_OF_PATH]
    if not cutting:
        return _not_met(
            Text(
                nl=f"Tot en met {END_OF_PATH} wordt niets gereduceerd.",
                en=f"Nothing is cut up to and including {END_OF_PATH}.",
            ),
            run.rests_on,
        )
    total = _tonnes(sum(tonnes for year, tonnes in known.items() if year <= END_OF_PATH))
    end = _tonnes(known[END_OF_PATH])
    return _met(
        Text(
            nl=f"In bedrijf vanaf {min(cutting)}; {end.nl} in {END_OF_PATH}, samen {total.nl} tot "
            f"en met {END_OF_PATH}.",
            en=f"In operation from {min(cutting)}; {end.en} in {END_OF_PATH}, {total.en} in all up "
            f"to and including {END_OF_PATH}.",
        ),
        run.rests_on,
    )


# ── support and State aid ─────────────────────────────────────────────────────────────────────


def generic_instruments_judged(evidence: Evidence) -> CheckResult:
    """Each generic scheme that the letter names was judged, for every project."""
    run = evidence.run
    if run is None:
        return _no_run()
    open_ones = [
        name
        for scheme, name in GENERIC.items()
        if run.instruments.get(scheme, "cannot_judge") == "cannot_judge"
    ]
    said = ", ".join(open_ones)
    return CheckResult(
        not open_ones,
        Text(nl=f"Nog niet te beoordelen: {said}.", en=f"Cannot be judged yet: {said}.")
        if open_ones
        else _outcomes(run),
        run.rests_on,
    )


def fits_state_aid(evidence: Evidence) -> CheckResult:
    """A State aid framework is open on the day of the grant, and the grant lies within its room."""
    run = evidence.run
    if run is None:
        return _no_run()
    if not run.state_aid:
        return _not_met(
            Text(
                nl="De berekening zegt niets over staatssteun.",
                en="The run says nothing about State aid.",
            ),
            run.rests_on,
        )
    shut = [each.project for each in run.state_aid if each.framework is None]
    if shut:
        said = ", ".join(shut)
        return _not_met(
            Text(
                nl=f"Geen steunkader staat zonder meer open voor: {said}.",
                en=f"No aid framework is plainly open to: {said}.",
            ),
            run.rests_on,
        )
    unknown = [
        each.project for each in run.state_aid if each.needed_eur is None or each.room_eur is None
    ]
    if unknown:
        said = ", ".join(unknown)
        return _not_met(
            Text(
                nl=f"Niet te beoordelen: de steun die nodig is of de ruimte ontbreekt voor {said}.",
                en=f"Cannot be judged: the aid that is needed or the room is lacking for {said}.",
            ),
            run.rests_on,
        )
    return _within_room(run)


def _within_room(run: RunFact) -> CheckResult:
    over = [each for each in run.state_aid if (each.needed_eur or 0.0) > (each.room_eur or 0.0)]
    shown = over or list(run.state_aid)
    parts = [
        (each.project, _millions(each.needed_eur or 0.0), _millions(each.room_eur or 0.0))
        for each in shown
    ]
    return CheckResult(
        not over,
        Text(
            nl="; ".join(f"{name}: {need.nl} nodig, {room.nl} ruimte" for name, need, room in parts)
            + ".",
            en="; ".join(f"{name}: {need.en} needed, {room.en} room" for name, need, room in parts)
            + ".",
        ),
        run.rests_on,
    )


def _outcomes(run: RunFact) -> Text:
    words = {
        "fits": Text(nl="past", en="fits"),
        "refused": Text(nl="past niet", en="does not fit"),
        "not_open": Text(nl="niet open", en="not open"),
    }
    found = [
        (name, words.get(outcome, Text(nl=outcome, en=outcome)))
        for scheme, name in GENERIC.items()
        for outcome in [run.instruments[scheme]]
    ]
    return Text(
        nl="; ".join(f"{name} {said.nl}" for name, said in found) + ".",
        en="; ".join(f"{name} {said.en}" for name, said in found) + ".",
    )


# ── ambitions and the register ────────────────────────────────────────────────────────────────


def ambition_of_eop(evidence: Evidence) -> CheckResult:
    """The Expression of Principles names tonnes or a share of CO2, with year and boundary."""
    return _ambition(evidence, "eop", Text(nl="het ambitiedocument", en="the ambition document"))


def ambition_of_jloi(evidence: Evidence) -> CheckResult:
    """The Joint Letter of Intent does so."""
    return _ambition(evidence, "jloi", Text(nl="de JLoI", en="the JLoI"))


def ambition_of_agreement(evidence: Evidence) -> CheckResult:
    """The binding agreement does so."""
    return _ambition(evidence, "agreement", Text(nl="de afspraak", en="the agreement"))


def _ambition(evidence: Evidence, version: str, document: Text) -> CheckResult:
    found = [
        each
        for each in evidence.ambitions
        if each.version == version
        and each.quantity == "co2"
        and (each.gross is not None or each.additional is not None)
    ]
    if not found:
        return _not_met(
            Text(
                nl=f"Er is geen reductie van CO2 vastgelegd uit {document.nl}.",
                en=f"No reduction of CO2 is recorded from {document.en}.",
            ),
        )
    last = found[-1]
    return _met(_said(last), (last.source,))


def _said(ambition: Ambition) -> Text:
    gross, additional = (
        _quantity(ambition.gross, ambition),
        _quantity(ambition.additional, ambition),
    )
    return Text(
        nl=f"Bruto {gross.nl}, additioneel {additional.nl}, in {ambition.year}; grens: "
        f"{ambition.boundary.nl}.",
        en=f"Gross {gross.en}, additional {additional.en}, in {ambition.year}; boundary: "
        f"{ambition.boundary.en}.",
    )


def _quantity(amount: float | Span | None, ambition: Ambition) -> Text:
    if amount is None:
        return Text(nl="niet genoemd", en="not stated")
    low, high = (amount.low, amount.high) if isinstance(amount, Span) else (amount, amount)
    if ambition.unit == "fraction":
        share = f"{low:.0%}" if low == high else f"{low:.0%}-{high:.0%}"
        return Text(nl=f"{share} van {ambition.base_year}", en=f"{share} of {ambition.base_year}")
    least, most = _tonnes(low), _tonnes(high)
    if low == high:
        return Text(nl=f"{least.nl} per jaar", en=f"{least.en} a year")
    return Text(nl=f"{least.nl} tot {most.nl} per jaar", en=f"{least.en} to {most.en} a year")


def among_largest_emitters(evidence: Evidence) -> CheckResult:
    """The firm is one of the thirty largest industrial emitters, of cluster 6, or admitted."""
    known = evidence.register
    rank = known.get("rank")
    if rank is not None and rank <= LARGEST:
        return _met(_place(rank, known))
    admitted = known.get("admitted")
    if admitted:
        return _met(Text(nl=admitted["nl"], en=admitted["en"]))
    if known.get("cluster_6"):
        return _met(
            Text(
                nl="Een bedrijf van cluster 6: kan meedoen met een ambitieus project.",
                en="A company of cluster 6: may take part with an ambitious project.",
            ),
        )
    return _not_met(
        Text(
            nl=f"Niet gevonden onder de {LARGEST} grootste industriële uitstoters, en geen bedrijf "
            "van cluster 6.",
            en=f"Not found among the {LARGEST} largest industrial emitters, and no company of "
            "cluster 6.",
        ),
    )


def _place(rank: int, known: Mapping[str, Any]) -> Text:
    permit, tonnes, year = (
        known.get(key) for key in ("joint_permit", "emission_t", "emission_year")
    )
    if permit is not None:
        return Text(
            nl=f"Onder de gezamenlijke vergunning {permit}, nummer {rank} van de grootste "
            "industriële uitstoters; het aandeel van het bedrijf is niet openbaar.",
            en=f"Under the joint permit {permit}, number {rank} of the largest industrial "
            "emitters; the share of the company is not public.",
        )
    said = Text(nl="onbekend", en="unknown") if tonnes is None else _tonnes(tonnes)
    return Text(
        nl=f"Nummer {rank} van de grootste industriële uitstoters ({said.nl} in {year}).",
        en=f"Number {rank} of the largest industrial emitters ({said.en} in {year}).",
    )


# ── results and words ──────────────────────────────────────────────────────────────────────────


def _met(because: Text, rests_on: tuple[str, ...] = ()) -> CheckResult:
    return CheckResult(met=True, because=because, rests_on=rests_on)


def _not_met(because: Text, rests_on: tuple[str, ...] = ()) -> CheckResult:
    return CheckResult(met=False, because=because, rests_on=rests_on)


def _no_run() -> CheckResult:
    return _not_met(
        Text(
            nl="Er is nog geen berekening aan deze poort gekoppeld.",
            en="No run has been pinned to this gate yet.",
        ),
    )


def _cannot_judge(run: RunFact, figure: str) -> CheckResult:
    said = figure if figure in run.lacks or not run.lacks else ", ".join(run.lacks)
    return _not_met(
        Text(nl=f"Niet te beoordelen: {said} ontbreekt.", en=f"Cannot be judged: lacks {said}."),
        run.rests_on,
    )


def _tonnes(tonnes: float) -> Text:
    """Tonnes as a sentence writes them: whole, grouped in threes as each language does."""
    whole = f"{tonnes:,.0f}"
    return Text(nl=f"{whole.replace(',', '.')} ton", en=f"{whole} t")


def _millions(euros: float) -> Text:
    whole = f"{euros / 1e6:,.1f}"
    swapped = whole.replace(",", " ").replace(".", ",").replace(" ", ".")
    return Text(nl=f"€ {swapped} miljoen", en=f"€{whole} million")


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        check.__name__: check
        for check in (
            run_present,
            run_without_unverified,
            additional_in_2030,
            net_zero_figures,
            generic_instruments_judged,
            fits_state_aid,
            ambition_of_eop,
            ambition_of_jloi,
            ambition_of_agreement,
            among_largest_emitters,
            covenant_points_answered,
            advice_given_and_answered,
            no_blocking_review_finding,
            risks_agree_with_plan,
            money_covered,
        )
    }
)
