# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does the public record say of one firm, as a text that a person can go on with?

Takes     a firm of the register and the publication that it is in.
Gives     a draft statement in two languages, sentence by sentence with the sources; in it a figure
          stands as `{its id}`.
Leaves    filling figures in to `filling`, whether it is still true to `staleness`, approving it to
          people.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from maatwerkbank.dossier.publication.filling import Filled, filled, literal_numbers
from maatwerkbank.dossier.publication.in_words import day_in_words, enumerated
from maatwerkbank.dossier.publication.labels import QUANTITIES
from maatwerkbank.dossier.publication.publication import Figure, Publication, Statement
from maatwerkbank.dossier.publication.staleness import basis, staleness
from maatwerkbank.dossier.trajectory import trajectory
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.portfolio.register import Ambition, CompanyState, Stage

__all__ = ["Filled", "Told", "basis", "drafted", "filled", "staleness", "told"]

REASONS_OF = "maatwerk-2025"
LANGUAGES: tuple[Language, Language] = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Told:
    """One or two sentences that belong together, and the sources that say so."""

    about: str
    text: Text
    sources: tuple[str, ...]
    figures: tuple[str, ...] = ()


def drafted(firm: CompanyState, publication: Publication) -> Statement:
    """The status text of a firm, made of what is public. Nobody approved it yet."""
    parts = tuple(told(firm, publication))
    return Statement(
        firm=firm.id,
        text=Text(nl=" ".join(p.text.nl for p in parts), en=" ".join(p.text.en for p in parts)),
        on=publication.as_of,
        figures=tuple(dict.fromkeys(each for part in parts for each in part.figures)),
    )


def told(firm: CompanyState, publication: Publication) -> Iterator[Told]:
    """The parts of which that text consists, in their order."""
    yield from _documents(firm, publication)
    yield from _stands(firm, publication)
    yield from _aims(firm, publication)
    yield from _support(firm, publication)
    yield from _waits(firm, publication)
    yield from _reserved(firm)


# ── documents, stage, exit ────────────────────────────────────────────────────────────────────


def _documents(firm: CompanyState, publication: Publication) -> Iterator[Told]:
    for kind, stage, signed, when in (
        ("eop", Stage.EOP, firm.eop_signed, firm.eop_date),
        ("jloi", Stage.JLOI, firm.jloi_date is not None, firm.jloi_date),
        ("agreement", Stage.AGREEMENT, firm.agreement_date is not None, firm.agreement_date),
    ):
        if signed:
            key = f"{kind}.dated" if when else f"{kind}.undated"
            yield Told("document", _said(key, name=firm.name, day=_day(when)), _shown(firm, stage))
    for paper in publication.papers_of(firm.id):
        if paper.kind == "subsidy_decision":
            key = f"subsidy_decision.{'dated' if paper.dated else 'undated'}"
            sources = (paper.origin.identity,) if paper.origin.kind == "source" else ()
            yield Told("document", _said(key, day=_day(paper.dated)), sources)


def _stands(firm: CompanyState, publication: Publication) -> Iterator[Told]:
    left = firm.exit
    if left is None:
        subsidy = firm.track == "incidental_subsidy" and firm.stage == Stage.EXECUTION
        key = f"stage.{firm.stage}.subsidy" if subsidy else f"stage.{firm.stage}"
        yield Told("stage", _said(key, name=firm.name), _shown(firm, firm.stage))
    else:
        text = [_said(f"exit.{left.kind}", name=firm.name)]
        text.append(_said("exit.day" if left.date else "exit.known_by", day=_day(left.date)))
        labels = [reason(code) for code in left.reasons]
        if labels:
            key = "exit.reason" if len(labels) == 1 else "exit.reasons"
            text.append(_said(key, list=_listed(labels, lower=True)))
        else:
            text.append(_said("exit.no_reason"))
        yield Told("exit", _joined(text), (left.source,))
    if firm.track == "net_zero_guidance":
        yield Told("stage", _said("track.net_zero_guidance"), ())
    since = max(
        (day for day in (firm.eop_date, firm.jloi_date, firm.agreement_date) if day), default=""
    )
    for note in firm.notes:
        said = Text(nl=note.nl.strip(), en=note.en.strip())
        recent = note.date is None or note.date > since
        if recent and not any(literal_numbers(said.into(each), publication) for each in LANGUAGES):
            yield Told("note", said, (note.source,))


def reason(code: str) -> Text:
    """What a reason code says; a code that this version does not know says itself."""
    return trajectory(REASONS_OF).reasons.get(code, Text(nl=code, en=code))


# ── ambitions ─────────────────────────────────────────────────────────────────────────────────


def _aims(firm: CompanyState, publication: Publication) -> Iterator[Told]:
    """The aims of the latest document that names any; gross and additional each in its sentence."""
    if not firm.ambitions:
        if firm.eop_signed:
            yield Told("ambition", _said("ambition.none"), ())
        return
    carbon = [each for each in firm.ambitions if each.quantity == "co2"]
    if carbon:
        yield from _carbon(firm, carbon[-1], publication)
    version = (carbon or list(firm.ambitions))[-1].version
    others = [a for a in firm.ambitions if a.quantity != "co2" and a.version == version]
    named = [(each, f) for each in others if (f := _figure(firm, each, "gross", publication))]
    if named:
        items = [
            _said(
                "ambition.one_of",
                figure=_slot(f),
                what=QUANTITIES.get(a.quantity, _same(a.quantity)),
            )
            for a, f in named
        ]
        yield Told(
            "ambition",
            _said("ambition.beside", list=_listed(items)),
            tuple(dict.fromkeys(each.source for each, _ in named)),
            tuple(f.id for _, f in named),
        )


def _carbon(firm: CompanyState, aim: Ambition, publication: Publication) -> Iterator[Told]:
    gross = _figure(firm, aim, "gross", publication)
    additional = _figure(firm, aim, "additional", publication)
    if gross:
        key = "ambition.tonnes"
        if aim.unit == "fraction":
            key = "ambition.share_of_base" if aim.base_year else "ambition.share"
        text = _said(
            key,
            document=_document(aim.version),
            figure=_slot(gross),
            year=_same(str(aim.year)),
            base=_same(str(aim.base_year)),
        )
        yield Told("ambition", text, (aim.source,), (gross.id,))
    if additional and aim.additional_to:
        text = _said("ambition.additional", figure=_slot(additional), beyond=aim.additional_to)
        yield Told("ambition", text, (aim.source,), (additional.id,))
    elif additional:
        text = _said("ambition.additional_plain", figure=_slot(additional))
        yield Told("ambition", text, (aim.source,), (additional.id,))
    elif gross:
        yield Told("ambition", _said("ambition.additional_absent"), ())


def _figure(
    firm: CompanyState, aim: Ambition, kind: str, publication: Publication
) -> Figure | None:
    """The public figure of an ambition; None where it is not public."""
    return publication.figures.get(f"{firm.id}.{aim.quantity}.{aim.version}.{kind}")


# ── support, waiting, reservation ─────────────────────────────────────────────────────────────


def _support(firm: CompanyState, publication: Publication) -> Iterator[Told]:
    for each in publication.figures_of(firm.id):
        if each.id.startswith(f"{firm.id}.support.") and each.low is not None:
            sources = (each.origin.identity,) if each.origin.kind == "source" else ()
            yield Told("support", _said("support.granted", figure=_slot(each)), sources, (each.id,))


def _waits(firm: CompanyState, publication: Publication) -> Iterator[Told]:
    for by in ("company", "state"):
        waiting = [p for p in publication.promises_of(firm.id) if p.by == by and p.waits_for]
        labels = [label for promise in waiting for label in promise.waits_for]
        if labels:
            sources = [p.origin.identity for p in waiting if p.origin.kind == "source"]
            text = _said(f"waits.{by}", list=_listed(list(dict.fromkeys(labels)), lower=True))
            yield Told("waits", text, tuple(dict.fromkeys(sources)))


def _reserved(firm: CompanyState) -> Iterator[Told]:
    if firm.qualifier:
        said = Text(nl=firm.qualifier.nl.strip(" ."), en=firm.qualifier.en.strip(" ."))
        yield Told("qualifier", _said("qualifier", list=said), (firm.qualifier.source,))


# ── words ─────────────────────────────────────────────────────────────────────────────────────


@cache
def _words() -> Mapping[str, Text]:
    text = (files(__package__) / "drafting_words.yaml").read_text("utf-8")
    found = yaml.load(text, yaml.CSafeLoader)
    return MappingProxyType(
        {key: Text(nl=said["nl"], en=said["en"]) for key, said in found.items()}
    )


def _said(key: str, **parts: Text | str) -> Text:
    """The text under `key`, filled in both languages."""
    return _each(
        lambda language: (
            _words()[key]
            .into(language)
            .format_map(
                {k: v.into(language) if isinstance(v, Text) else v for k, v in parts.items()}
            )
        )
    )


def _each(make: Callable[[Language], str]) -> Text:
    return Text(nl=make("nl"), en=make("en"))


def _same(text: str) -> Text:
    return Text(nl=text, en=text)


def _slot(figure: Figure) -> str:
    return f"{{{figure.id}}}"


def _document(version: str) -> Text:
    return _words().get(f"document.{version}", _same(version))


def _day(when: str | None) -> Text:
    return _each(lambda language: day_in_words(when, language) if when else "")


def _listed(items: list[Text], *, lower: bool = False) -> Text:
    shown = [replace(i, nl=_small(i.nl), en=_small(i.en)) if lower else i for i in items]
    return _each(lambda language: enumerated([each.into(language) for each in shown], language))


def _small(text: str) -> str:
    """As it reads within a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() or text[1:2].isdigit() else text[:1].lower() + text[1:]


def _joined(texts: list[Text]) -> Text:
    return _each(lambda language: " ".join(each.into(language) for each in texts))


def _shown(firm: CompanyState, stage: Stage) -> tuple[str, ...]:
    """The last source that shows that stage."""
    return firm.sources.get(stage, ())[-1:]
