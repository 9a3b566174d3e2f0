# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Portfolios of invented firms, committees and commitments, of which everything is known."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from maatwerkbank.dossier.advice.bodies import Body, Seat, Term
from maatwerkbank.dossier.parliament.register import Commitment, Motion, Parliament, Report
from maatwerkbank.dossier.publication.labels import ambition_label
from maatwerkbank.dossier.publication.publication import (
    Figure,
    Origin,
    Publication,
    PublicPromise,
    Sitting,
    Statement,
)
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.register import (
    ORDER,
    Ambition,
    CompanyState,
    Exit,
    Register,
    Remark,
    Stage,
)
from maatwerkbank.sources.parliament.reference import reference

SOURCE = "kst-29826-177"
STEMS = ("Zout", "Staal", "Glas", "Suiker", "Papier", "Kunstmest", "Chloor", "Nikkel", "Gist")
PLACES = ("Noord", "Zuid", "aan Zee", "Delta", "Polder", "Veen", "Dijk", "Haven", "West")
NAMES = ("A. Aalbers", "B. Bosman", "C. Cleton", "D. Dekker", "E. Evers", "F. Fokker")
EXITS = ("stopped_door_open", "paused", "withdrawn")
REASONS = ("R1", "R2", "R3", "R7", "R9")


def same(text: str) -> Text:
    """The same word in both languages."""
    return Text(nl=text, en=text)


@dataclass(frozen=True)
class Invented:
    """A publication, and in which group the generator put each firm."""

    publication: Publication
    group: dict[str, str]


def invented(seed: int) -> Invented:
    """A portfolio of 0 to 14 firms in any mixture of groups; the same seed gives the same one."""
    draw = Random(seed)  # noqa: S311  (no secret)
    as_of = date(2031, 5, 20) + timedelta(days=draw.randrange(900))
    names = draw.sample([f"{stem} {place}" for stem in STEMS for place in PLACES], 14)
    firms, group = [], {}
    for name in names[: draw.choice((0, 1, 2, 3, 8, 14))]:
        firm = _firm(draw, name, as_of)
        firms.append(firm)
        group[firm.id] = firm.exit.kind if firm.exit else str(firm.stage)
    register = Register(as_of, "Verzonnen register", date(2040, 1, 1), tuple(firms))
    figures = {each.id: each for firm in firms for each in _figures(draw, firm)}
    approved = draw.sample(firms, draw.randrange(len(firms) + 1))
    publication = Publication(
        as_of=as_of,
        register=register,
        figures=figures,
        statements={each.id: _statement(each, as_of) for each in approved},
        promises=tuple(_promise(draw, firm) for firm in firms if draw.random() < 0.5),
        papers=(),
        parliament=_parliament(draw, as_of),
        sittings=(_sitting(draw, as_of),) if draw.random() < 0.7 else (),
    )
    return Invented(publication, group)


def _firm(draw: Random, name: str, as_of: date) -> CompanyState:
    identity = name.lower().replace(" ", "-")
    stage = draw.choice(list(Stage))
    gone = draw.random() < 0.3
    days = sorted(as_of - timedelta(days=draw.randrange(1, 1500)) for _ in range(3))

    def reached(least: Stage, place: int) -> str | None:
        return days[place].isoformat() if ORDER[stage] >= ORDER[least] else None

    eop = ORDER[stage] >= ORDER[Stage.EOP]
    return CompanyState(
        id=identity,
        name=name,
        sector=same("glas"),
        cluster="cluster 6",
        sites=(),
        stage=stage,
        track="standard",
        eop_signed=eop,
        eop_date=reached(Stage.EOP, 0) if draw.random() < 0.8 else None,
        jloi_date=reached(Stage.JLOI, 1),
        agreement_date=reached(Stage.AGREEMENT, 2),
        ambitions=(_ambition(draw, "jloi" if reached(Stage.JLOI, 1) else "eop"),) if eop else (),
        exit=_exit(draw, as_of) if gone else None,
        qualifier=Remark("dit is nog niet zeker", "this is not certain yet", None, SOURCE)
        if draw.random() < 0.2
        else None,
        notes=(),
        sources={stage: (SOURCE,)},
    )


def _exit(draw: Random, as_of: date) -> Exit:
    reasons = tuple(draw.sample(REASONS, draw.randrange(3)))
    return Exit(draw.choice(EXITS), reasons, as_of.isoformat(), None, SOURCE, None)


def _ambition(draw: Random, version: str) -> Ambition:
    gross = draw.randrange(1, 900) * 1000.0
    additional = gross / 4 if draw.random() < 0.5 else None
    return Ambition(
        quantity="co2",
        version=version,
        gross=gross,
        additional=additional,
        additional_to=None,
        bound=None,
        unit="t/year",
        year=2038,
        boundary=same("scope 1"),
        base_year=None,
        date=None,
        source=SOURCE,
        place=None,
    )


def _figures(draw: Random, firm: CompanyState) -> list[Figure]:
    found = []
    for aim in firm.ambitions:
        for kind, amount in (("gross", aim.gross), ("additional", aim.additional)):
            if isinstance(amount, float):
                found.append(
                    Figure(
                        id=f"{firm.id}.co2.{aim.version}.{kind}",
                        firm=firm.id,
                        quantity="co2",
                        label=ambition_label("co2", aim.version, kind),
                        low=amount,
                        high=amount,
                        unit="t/year",
                        origin=Origin("register", f"row-{firm.id}", None, "programme", None),
                        kind=kind,
                        year=2038,
                    )
                )
    if draw.random() < 0.3:
        amount = draw.randrange(1, 200) * 1e6
        origin = Origin("register", f"grant-{firm.id}")
        found.append(
            Figure(
                f"{firm.id}.support.granted", firm.id, "support", same("subsidie"),
                amount, amount, "EUR", origin,
            )
        )  # fmt: skip
    return found


def _statement(firm: CompanyState, as_of: date) -> Statement:
    text = Text(nl=f"{firm.name} is op schema.", en=f"{firm.name} is on schedule.")
    return Statement(firm.id, text, as_of, (), "programme", as_of)


def _promise(draw: Random, firm: CompanyState) -> PublicPromise:
    waits = (same("Een stroomkabel"),) if draw.random() < 0.5 else ()
    return PublicPromise(
        id=f"{firm.id}.cable",
        firm=firm.id,
        by=draw.choice(("state", "company")),
        label=same("Een oven bouwen"),
        deed=same("Een oven bouwen"),
        measure=None,
        due="2037",
        waits_for=waits,
        origin=Origin("register", f"promise-{firm.id}"),
        state=draw.choice((None, "kept", "open")),
    )


def _parliament(draw: Random, as_of: date) -> Parliament:
    commitments = []
    for number in range(draw.randrange(5)):
        made = as_of - timedelta(days=draw.randrange(10, 700))
        told = made + timedelta(days=draw.randrange(1, 9))
        reports = (_report(told, number),) if draw.random() < 0.5 else ()
        commitments.append(
            Commitment(
                id=f"promised-{number}",
                number=f"TZ2031{number:02}-{number + 10}",
                text=same(f"Iets uitzoeken over oven {'abcde'[number]}"),
                by="Kabinet",
                to="Tweede Kamer",
                made_on=made,
                made_in=None,
                due=(as_of + timedelta(days=90)).isoformat() if draw.random() < 0.5 else None,
                firms=(),
                reports=reports,
                source=SOURCE,
            )
        )
    motions = tuple(
        Motion(
            id=f"motion-{outcome}",
            reference=reference("Kamerstuk 2030/31, 36 725, nr. 4"),
            text=same("Ovens dempen"),
            by=f"{outcome.title()}sen",
            on=as_of - timedelta(days=200),
            outcome=outcome,
            stance=None,
            consequence=None,
            source=SOURCE,
        )
        for outcome in draw.sample(("adopted", "rejected", "held"), draw.randrange(3))
    )
    return Parliament(as_of, tuple(commitments), motions)


def _report(told: date, number: int) -> Report:
    where = reference(f"29826-{900 + number}")
    return Report(on=told, where=same("in een brief"), reference=where, fulfils=True, source=SOURCE)


def _sitting(draw: Random, as_of: date) -> Sitting:
    def term(identity: str, starts: date, ends: date | None) -> Term:
        names = draw.sample(NAMES, 3)
        seats = tuple(
            Seat(name, "member" if place else "chair", identity, SOURCE)
            for place, name in enumerate(names)
        )
        return Term(identity, starts, starts, ends, SOURCE, None, seats)

    terms = [term("one", as_of - timedelta(days=1000), None)]
    if draw.random() < 0.5:
        terms.append(term("two", as_of - timedelta(days=100), as_of + timedelta(days=500)))
    body = Body(
        id="council",
        kind="committee",
        label=same("Ovenraad"),
        about=same("Raad voor ovens"),
        source=SOURCE,
        place=None,
        quorum=None,
        quorum_because=same("niet gelezen"),
        questions=(),
        terms=tuple(terms),
    )
    return Sitting(body, terms[-1])
