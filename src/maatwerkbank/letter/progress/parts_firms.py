# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The parts of the letter about firms: how many, who, where they stand, what is awaited.

Takes     the context of a letter.
Gives     paragraphs; none where there is nothing to say.
Leaves    the text per firm to the annex.
"""

from collections.abc import Iterator

from maatwerkbank.dossier.publication.drafting import reason, told
from maatwerkbank.letter.progress.context import Context, origin_cites
from maatwerkbank.letter.progress.groups import GROUPS, LEFT, TOWARDS_JLOI
from maatwerkbank.letter.progress.model import Cite, Paragraph, Sentence
from maatwerkbank.letter.progress.notes import cite, paper
from maatwerkbank.letter.words import within_sentence
from maatwerkbank.portfolio.register import CompanyState, Stage

MOST_CITED = 3  # more works than this in one note say less than the annex does


# ── summary ───────────────────────────────────────────────────────────────────────────────────


def steps(it: Context) -> Iterator[Paragraph]:
    """What the three steps are."""
    if not it.publication.register.companies:
        yield Paragraph((it.say("nothing", "count.firms", counted=("count.firms",)),))
        return
    sentences = [it.say("steps", "approach.steps")]
    if it.publication.sittings:
        sentences.append(it.say("steps.advice", "approach.advice"))
    yield Paragraph(tuple(sentences))


def counted(it: Context) -> Iterator[Paragraph]:
    """How many firms took each step, and which."""
    if not it.publication.register.companies:
        return
    sentences = []
    for key in ("count.eop", "count.jloi", "count.agreement"):
        found = it.firms(it.counts[key].firms)
        sentences.append(it.say(key, key, firms=found, counted=(key,)))
        if not found:
            break
    yield Paragraph(tuple(sentences))


def named(it: Context) -> Iterator[Paragraph]:
    """Who carries out, who works on a JLoI, who is being explored."""
    towards = tuple(each for group in TOWARDS_JLOI for each in it.groups[group])
    said = []
    for key, identity, firms in (
        ("named.execution", "count.group.execution", it.groups["execution"]),
        ("named.towards_jloi", "count.towards_jloi", it.firms(each.id for each in towards)),
        ("named.exploration", "count.group.exploration", it.groups["exploration"]),
    ):
        if firms:
            said.append(it.say(key, identity, firms=firms, counted=(identity,)))
    if said:
        yield Paragraph(tuple(said))


def left(it: Context) -> Iterator[Paragraph]:
    """With whom it does not go on."""
    said = [
        it.say(
            f"left.{group}",
            f"count.group.{group}",
            firms=it.groups[group],
            counted=(f"count.group.{group}",),
        )
        for group in LEFT
        if it.groups[group]
    ]
    if said:
        yield Paragraph(tuple(said))


# ── where the firms stand ─────────────────────────────────────────────────────────────────────


def standing(it: Context) -> Iterator[Paragraph]:
    """Group by group: who, with the days, reservations and reasons that are public."""
    for group in GROUPS:
        firms = it.groups[group]
        if not firms:
            continue
        shown = {each for firm in firms for each in firm.sources.get(firm.stage, ())}
        cites = [cite(each) for each in sorted(shown)] if len(shown) <= MOST_CITED else []
        cites += _letters(it, firms)
        first = it.say(f"standing.{group}", f"group.{group}", firms=firms, cites=cites)
        if group in LEFT:
            yield Paragraph((first, *_reasons(it, firms)))
        else:
            details = [each for firm in firms for each in _details(it, firm)]
            yield Paragraph((first, *details, *_reserved(it, firms)))


def _letters(it: Context, firms: tuple[CompanyState, ...]) -> list[Cite]:
    """Letters to the House about these firms and no others."""
    here = {each.id for each in firms}
    return [
        paper(each.reference.written())
        for each in it.publication.parliament.letters
        if each.reference and each.firms and here.issuperset(each.firms)
    ]


def _details(it: Context, firm: CompanyState) -> Iterator[Sentence]:
    about, name = f"firm.{firm.id}", firm.name
    if firm.stage in (Stage.EXECUTION, Stage.AGREEMENT) and firm.agreement_date:
        sources = [cite(each) for each in firm.sources.get(Stage.AGREEMENT, ())[-1:]]
        yield it.say(
            "standing.execution.agreement",
            f"{about}.agreement",
            firms=(firm,),
            cites=sources,
            name=name,
            day=it.day(firm.agreement_date),
        )
    elif firm.stage == Stage.EXECUTION and firm.track == "incidental_subsidy":
        papers = it.publication.papers_of(firm.id)
        decided = [each for each in papers if each.kind == "subsidy_decision"][-1:]
        sources = [each for found in decided for each in origin_cites(found.origin)]
        yield it.say(
            "standing.execution.subsidy",
            f"{about}.subsidy",
            firms=(firm,),
            cites=sources,
            name=name,
        )
    elif firm.stage == Stage.JLOI and firm.jloi_date:
        sources = [cite(each) for each in firm.sources.get(Stage.JLOI, ())[-1:]]
        yield it.say(
            "standing.jloi.signed",
            f"{about}.jloi",
            firms=(firm,),
            cites=sources,
            name=name,
            day=it.day(firm.jloi_date),
        )
    for part in told(firm, it.publication):
        if part.about == "note":
            cites = tuple(cite(each) for each in part.sources)
            yield Sentence(it.into(part.text), f"{about}.note", cites, firms=(firm.id,))


def _reserved(it: Context, firms: tuple[CompanyState, ...]) -> Iterator[Sentence]:
    """Each reservation once, with the firms that it holds for."""
    texts: dict[str, list[CompanyState]] = {}
    for firm in firms:
        if firm.qualifier:
            text = firm.qualifier.nl if it.language == "nl" else firm.qualifier.en
            texts.setdefault(text.strip(" ."), []).append(firm)
    for text, found in texts.items():
        cites = [cite(each.qualifier.source) for each in found if each.qualifier]
        yield it.say("standing.qualifier", "firm.qualifier", firms=found, cites=cites, list=text)


def _reasons(it: Context, firms: tuple[CompanyState, ...]) -> Iterator[Sentence]:
    """The reasons of each firm that has any; the others together."""
    for firm in firms:
        if firm.exit and firm.exit.reasons:
            labels = [within_sentence(it.into(reason(code))) for code in firm.exit.reasons]
            yield it.say(
                "standing.reasons",
                f"firm.{firm.id}.exit",
                firms=(firm,),
                count=len(labels),
                cites=(cite(firm.exit.source),),
                name=firm.name,
                list=it.enumerated(labels),
            )
    silent = tuple(each for each in firms if each.exit and not each.exit.reasons)
    if silent:
        sources = {each.exit.source for each in silent if each.exit}
        cites = [cite(each) for each in sorted(sources)] if len(sources) <= MOST_CITED else []
        yield it.say("standing.no_reason", "exit.no_reason", firms=silent, cites=cites)


def reasons(it: Context) -> Iterator[Paragraph]:
    """How often each reason was named."""
    gone = it.firms(it.counts["count.left"].firms)
    with_reason = [each for each in gone if each.exit and each.exit.reasons]
    if not with_reason:
        return
    codes = [code for each in with_reason if each.exit for code in each.exit.reasons]
    items = []
    for code in sorted(set(codes), key=lambda each: (-codes.count(each), codes.index(each))):
        key = "reasons.item" if codes.count(code) > 1 else "reasons.item.one"
        label = within_sentence(it.into(reason(code)))
        items.append(it.say(key, code, count=codes.count(code), reason=label).text)
    yield Paragraph(
        (
            it.say(
                "reasons.counted",
                "exit.reasons",
                firms=with_reason,
                counted=("count.left",),
                all=it.number(len(gone)),
                list="; ".join(items),
            ),
        )
    )


# ── what is awaited ───────────────────────────────────────────────────────────────────────────


def waiting(it: Context) -> Iterator[Paragraph]:
    """What promises of both sides wait for."""
    said = []
    for firm in it.publication.register:
        for by, key in (("company", "waiting"), ("state", "waiting.state")):
            found = [p for p in it.publication.promises_of(firm.id) if p.by == by and p.waits_for]
            if found:
                labels = [within_sentence(it.into(label)) for p in found for label in p.waits_for]
                said.append(
                    it.say(
                        key,
                        f"firm.{firm.id}.waits",
                        firms=(firm,),
                        cites=[each for p in found for each in origin_cites(p.origin)],
                        name=firm.name,
                        list=it.enumerated(dict.fromkeys(labels)),
                    )
                )
    if said:
        yield Paragraph(tuple(said))


def awaited(it: Context) -> Iterator[Paragraph]:
    """The next step of every group that has one."""
    said = [
        it.say(f"awaited.{group}", f"awaited.{group}", firms=it.groups[group])
        for group in GROUPS
        if it.groups[group] and group not in (*LEFT, "eop", "guidance")
    ]
    if said:
        yield Paragraph(tuple(said))
