# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which fields of a text does a run fill, and what does the run leave open?

Takes     the key figures of one run with its receipt, what else the dossier says of these fields,
          and a newer run where there is one.
Gives     values with the receipt as their origin; findings: what the run lacks, where the dossier
          says something else, that a newer run is there.
Leaves    which run it is to `web/agreements/text_run.py`.

Tonnes come from the run before an ambition does: the run says how it got them. Public money comes
from the budget where something is reserved, for the text names what was reserved; else from the
run. A text gives whole tonnes and whole euros. What a run cannot judge is absent, and never nought.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from maatwerkbank.dossier.agreement.drafting import ORIGINS, FieldValue
from maatwerkbank.dossier.agreement.library import fields
from maatwerkbank.dossier.agreement.values import lacks_of_value, value_in_words
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text

RUN_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "co2_gross_2030": "gross_2030_t",
        "co2_additional_2030": "additional_2030_t",
        "subsidy_max_eur": "tailor_made_grant_eur",
    }
)
"""The key figure of a run for each field. Gross and additional tonnes stay two figures."""
BUDGET = "budget"
NEWER = Text(
    nl="beoordeel de poort op die berekening, of houd deze aan",
    en="judge the gate on that run, or keep this one",
)
DIFFERS = Text(nl="zeg welke van de twee geldt", en="say which of the two holds")
COMPLETE = Text(
    nl="vul het plan aan en reken het opnieuw door", en="complete the plan and run it again"
)


@dataclass(frozen=True)
class RunFigures:
    """The key figures of a run that is done; None: it cannot judge that figure.

    `lacks`: per key why not, and what would be needed. `pinned`: whether people named this run for
    the gate of the text; else it is the last one for official use.
    """

    receipt: str
    done_at: datetime | None
    pinned: bool
    figures: Mapping[str, float | None]
    lacks: Mapping[str, tuple[Text, Text]] = field(default_factory=dict)


def values_of_run(run: RunFigures, taken_on: date) -> dict[str, FieldValue]:
    """The fields that this run fills, in whole tonnes and euros."""
    found = {}
    for name, key in RUN_FIELDS.items():
        value = run.figures.get(key)
        if value is not None and not lacks_of_value(name, fields()[name].kind, value):
            found[name] = FieldValue(round(value), "run", run.receipt, taken_on)
    return found


def filled(told: Mapping[str, FieldValue], run: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """What the dossier says with the run in it: a reservation stays, everything else gives way."""
    reserved = {name for name, each in told.items() if each.origin == BUDGET}
    return {**told, **{name: each for name, each in run.items() if name not in reserved}}


def findings_of_run(
    run: RunFigures,
    told: Mapping[str, FieldValue],
    named: Collection[str],
    newer: RunFigures | None = None,
) -> tuple[Finding, ...]:
    """What who writes the text must know of its run. `named`: the fields that stand in the text."""
    here = [name for name in RUN_FIELDS if name in named]
    return (
        *_newer(run, newer),
        *(each for name in here for each in _lacks(run, name)),
        *(each for name in here for each in _differs(run, name, told.get(name))),
    )


def _newer(run: RunFigures, newer: RunFigures | None) -> Iterator[Finding]:
    if newer is None or newer.receipt == run.receipt:
        return
    if run.done_at is None or (newer.done_at is not None and newer.done_at > run.done_at):
        yield Finding("warning", "draft.newer-run", "", _name(run), _name(newer), NEWER)


def _lacks(run: RunFigures, name: str) -> Iterator[Finding]:
    key, known = RUN_FIELDS[name], fields()[name]
    value = run.figures.get(key)
    if value is None:
        why, who = run.lacks.get(key, (_CANNOT, None))
        told = Text(nl=f"{_name(run).nl}: {why.nl}", en=f"{_name(run).en}: {why.en}")
        ask = Text(nl=f"vraag dit aan: {who.nl}", en=f"ask: {who.en}") if who else COMPLETE
        yield Finding("warning", "draft.run-lacks", name, known.label, told, ask)
    elif lacks_of_value(name, known.kind, value):
        told = Text(
            nl=f"{_name(run).nl}: minder dan nul ({value:.0f})",
            en=f"{_name(run).en}: less than nought ({value:.0f})",
        )
        yield Finding("warning", "draft.run-lacks", name, known.label, told, COMPLETE)


def _differs(run: RunFigures, name: str, other: FieldValue | None) -> Iterator[Finding]:
    mine = values_of_run(run, date.min).get(name)
    if other is None or mine is None or other.value == mine.value:
        return
    kind = fields()[name].kind
    yield Finding(
        "warning",
        "draft.run-differs",
        name,
        Text(
            nl=f"{value_in_words(kind, mine.value, 'nl')} ({_name(run).nl})",
            en=f"{value_in_words(kind, mine.value, 'en')} ({_name(run).en})",
        ),
        Text(
            nl=f"{value_in_words(kind, other.value, 'nl')} ({ORIGINS[other.origin].nl})",
            en=f"{value_in_words(kind, other.value, 'en')} ({ORIGINS[other.origin].en})",
        ),
        DIFFERS,
    )


_CANNOT = Text(nl="niet te beoordelen", en="cannot be judged")


def _name(run: RunFigures) -> Text:
    return Text(nl=f"berekening {run.receipt}", en=f"run {run.receipt}")
