# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a plan is short of, and what generic schemes take off it.

Takes     a support assessment and a language.
Gives     blocks of the section on support: verdict, figures, waterfall.
Leaves    the other sections to `support_report`, the waterfall to `support_charts`.
"""

from maatwerkbank.economics.spread import Judged
from maatwerkbank.ground.language import Language
from maatwerkbank.letter import support_charts
from maatwerkbank.letter.blocks import (
    Block,
    Link,
    Paragraph,
    Phrase,
    Picture,
    Strong,
    Tile,
    Tiles,
    joined,
    sentence,
)
from maatwerkbank.letter.names import place_label
from maatwerkbank.letter.numbers import euros, judged, span
from maatwerkbank.letter.sentences import linked, result_anchor, shown
from maatwerkbank.letter.support_labels import project_name, scheme_name
from maatwerkbank.letter.words import word
from maatwerkbank.support.assessment import SupportAssessment
from maatwerkbank.support.ladder import Rung

SHOWN_PLACES = 3  # of what is lacking: the table of what is lacking has them all
UNKNOWN: Judged = (None, None)
NOTHING: Judged = (0.0, None)


def support_blocks(found: SupportAssessment, language: Language) -> list[Block]:
    """Verdict, figures and waterfall; why there is none where it cannot be drawn."""
    year = found.case.valuation_year
    blocks: list[Block] = [
        Paragraph(support_verdict(found, language)),
        Tiles(_tiles(found, language)),
    ]
    if not support_charts.can_be_drawn(found):
        lacks = Link(word("heading.lacks", language), "#lacks")
        blocks.append(Paragraph(sentence("support.not_drawn", language, link=lacks), "note"))
        return blocks
    lead = [word("support.picture_lead", language, year=year)]
    left, ends = found.left
    if ends:
        lead.append(word("support.thin_line", language))
    blocks.append(Paragraph((" ".join(lead),), "lead"))
    if left is None and ends:
        told = word("support.centre_only", language, range=span("_eur", ends, language))
        blocks.append(Paragraph((told,), "note"))
    blocks.append(
        Picture(
            word("chart.support", language),
            lambda width: support_charts.waterfall(found, language, width=width),
            support_charts.waterfall_table(found, language),
        )
    )
    return blocks


def support_verdict(found: SupportAssessment, language: Language) -> Phrase:
    """The gap, what generic schemes cover, the grant that is needed, what is awarded already."""
    told = [_gap(found, language), _covered(found, language)]
    if found.gap != UNKNOWN:
        told += _left(found, language)
    elif found.grant == UNKNOWN:
        told.append((word("support.grant_unknown", language),))
    if found.value_is_known and found.ladder.surplus_eur > 0:
        surplus = euros(found.ladder.surplus_eur, language)
        told.append((word("support.more_than_gap", language, surplus=surplus),))
    told += nearest(found, language)
    told += _awarded(found, language)
    return joined([each for each in told if each])


def nearest(found: SupportAssessment, language: Language) -> list[Phrase]:
    """For each project that no scheme fits: the one that comes nearest, or lacks the least."""
    return [
        sentence(
            "support.closest" if rung.offer.refused else "support.least_lacking",
            language,
            scheme=_scheme_link(rung, language),
            project=project_name(found, project, language),
        )
        for project, rung in found.ladder.nearest.items()
    ]


def _gap(found: SupportAssessment, language: Language) -> Phrase:
    if found.gap == UNKNOWN:
        return _gap_unknown(found, language)
    if found.gap == NOTHING:
        return (Strong(word("support.gap_none", language)),)
    gap = sentence("support.gap", language, gap=Strong(_told(found.gap, language)))
    if found.gap[0] is not None:
        return gap
    places = _lacking_places(found, "interval")
    if not places:
        return gap
    reason = sentence("support.gap_reason", language, places=_links(found, places, language))
    return joined([gap, reason])


def _gap_unknown(found: SupportAssessment, language: Language) -> Phrase:
    """That the gap cannot be judged, with the figures that lack."""
    places = _lacking_places(found)
    if not places:
        lacks = Link(word("heading.lacks", language), "#lacks")
        return sentence("support.gap_unknown_plain", language, link=lacks)
    return sentence("support.gap_unknown", language, places=_links(found, places, language))


def _lacking_places(found: SupportAssessment, reason: str | None = None) -> list[str]:
    """Figures without which the gap cannot be judged, each once."""
    lacking = [
        lack
        for lack in found.base.lacks
        if lack.figure == "npv_without_support_eur" and reason in (None, lack.reason)
    ]
    return list(dict.fromkeys(lack.place for lack in lacking if lack.place))


def _links(found: SupportAssessment, places: list[str], language: Language) -> Phrase:
    """The first of what is lacking by name, and how many more."""
    links: list[Phrase] = [
        (Link(_place_name(found, place, language), "#lacks"),) for place in places[:SHOWN_PLACES]
    ]
    more = len(places) - SHOWN_PLACES
    if more > 0:
        links.append((word("text.and_more", language, count=more),))
    return joined(links, "; ")


def _place_name(found: SupportAssessment, places: str, language: Language) -> str:
    """The name of a figure; of figures that lack together each name."""
    return ", ".join(place_label(found.base, place, language) for place in places.split(", "))


def _covered(found: SupportAssessment, language: Language) -> Phrase:
    """Which generic schemes count, and what they take off the gap."""
    counted = [rung for rung in found.ladder.rungs if rung.counted]
    if not counted:
        counts = {"refused": schemes_with(found, "refused")}
        counts["open"] = schemes_with(found, "cannot_judge")
        numbers = {name: len(schemes) for name, schemes in counts.items()}
        return (word("support.covers_none", language, **numbers),)
    schemes = joined([(_scheme_link(rung, language),) for rung in _one_each(counted)], "; ")
    if found.gap in (UNKNOWN, NOTHING):
        return sentence("support.counts", language, schemes=schemes)
    covered = _told(_taken_off(found), language)
    return sentence("support.covered", language, covered=covered, schemes=schemes)


def _taken_off(found: SupportAssessment) -> Judged:
    """What the generic schemes take off the gap, never more than the gap itself."""
    return found.judged(lambda ladder: ladder.gap_eur - ladder.left_eur)


def schemes_with(found: SupportAssessment, outcome: str) -> list[str]:
    """Schemes with this as their best outcome over all projects."""
    order = ("refused", "cannot_judge", "fits")
    best: dict[str, int] = {}
    for rung in found.ladder.rungs:
        rank = order.index(rung.offer.outcome)
        best[rung.scheme] = max(best.get(rung.scheme, 0), rank)
    return [scheme for scheme, rank in best.items() if order[rank] == outcome]


def _one_each(rungs: list[Rung]) -> list[Rung]:
    return list({rung.scheme: rung for rung in rungs}.values())


def _scheme_link(rung: Rung, language: Language) -> Link:
    return Link(word(f"scheme.{rung.scheme}", language), "#ladder")


def _left(found: SupportAssessment, language: Language) -> list[Phrase]:
    if found.left == NOTHING:
        if found.gap == NOTHING:
            return [(word("support.grant_none", language),)]
        told = ("support.nothing_left", "support.grant_none")
        return [(word(key, language),) for key in told]
    left: Phrase = (word("support.all_left", language),)
    if _taken_off(found) != NOTHING:
        left = sentence("support.left", language, left=Strong(_told(found.left, language)))
    phrases = [left]
    if found.grant == UNKNOWN:
        phrases.append((word("support.grant_unknown", language),))
    else:
        grant = Link(_told(found.grant, language), "#grant-forms")
        phrases.append(sentence("support.grant", language, grant=grant))
    still_open = len(schemes_with(found, "cannot_judge"))
    if still_open:
        phrases.append((word("support.still_open", language, open=still_open),))
    return phrases


def _awarded(found: SupportAssessment, language: Language) -> list[Phrase]:
    """What is awarded and from which schemes; that such a scheme cannot be judged here."""
    if not found.case.awards:
        return [(word("support.awarded_none", language),)]
    support = linked(found.base, "support_eur", language)
    named = dict.fromkeys(
        scheme_name(each.instrument, language) or each.name.into(language)
        for each in found.case.awards
    )
    schemes = "; ".join(named)
    told = [sentence("support.awarded", language, support=support, schemes=schemes)]
    awarded = {(each.instrument, each.project) for each in found.case.awards}
    unjudged: list[Phrase] = [
        (_scheme_link(rung, language),)
        for rung in found.ladder.rungs
        if (rung.scheme, rung.project) in awarded and rung.offer.outcome == "cannot_judge"
    ]
    if unjudged:
        links = joined(unjudged, "; ")
        told.append(sentence("support.awarded_unjudged", language, schemes=links))
    return told


def _tiles(found: SupportAssessment, language: Language) -> tuple[Tile, ...]:
    present = word("support.present_value", language, year=found.case.valuation_year)
    nominal = word("support.nominal", language)
    per_tonne = "required_support_gross_eur_per_t"
    base = found.base
    return (
        _tile("funding_gap_eur", found.gap, present, "#support", language),
        _tile("covered_by_generic_eur", _taken_off(found), present, "#ladder", language),
        _tile("left_after_generic_eur", found.left, present, "#ladder", language),
        _tile("tailor_made_grant_eur", found.grant, nominal, "#grant-forms", language),
        Tile(
            word("support_eur", language),
            shown(base, "support_eur", language),
            word("support.not_in_ladder", language),
            f"#{result_anchor('support_eur')}",
        ),
        Tile(
            word(per_tonne, language),
            shown(base, per_tonne, language),
            word("support.per_tonne_note", language),
            f"#{result_anchor(per_tonne)}",
            "open" if base.results[per_tonne] is None else "plain",
        ),
    )


def _tile(key: str, found: Judged, note: str, target: str, language: Language) -> Tile:
    value, ends = found
    notes = [note]
    if value is not None and ends:
        notes.append(word("text.range_note", language, range=span("_eur", ends, language)))
    elif ends:
        notes.append(word("text.only_range", language))
    return Tile(
        label=word(key, language),
        value=judged("_eur", found, language),
        note="; ".join(notes),
        target=target,
        tone="open" if value is None else "plain",
    )


def _told(found: Judged, language: Language) -> str:
    """A value with its range beside it; a range alone; or that it cannot be judged."""
    value, ends = found
    if value is None or ends is None:
        return judged("_eur", found, language)
    return word(
        "support.with_range",
        language,
        value=euros(value, language),
        range=span("_eur", ends, language),
    )
