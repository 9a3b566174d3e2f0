# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Take over what the House says: hand responses in, see what would change, then change it.

Takes     responses of the House's open data, as files; later the rows that a person chose.
Gives     a plan that changes nothing; after agreement the changed register, in one go or not.
Leaves    reading to `sources.parliament.odata`, comparing to `dossier.parliament.house_import`.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils import timezone

from maatwerkbank.dossier.parliament.house_import import Held, Kind, Plan, Step, Values, plan
from maatwerkbank.ground.errors import DocumentRefused
from maatwerkbank.ground.language import Text
from maatwerkbank.sources.parliament.house import HouseData, HouseLetter
from maatwerkbank.sources.parliament.odata import MAX_BYTES, read_house
from maatwerkbank.sources.parliament.reference import reference
from maatwerkbank.web.dossiers.deeds import finding, refuse
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.parliament import keeping
from maatwerkbank.web.parliament.models import (
    Commitment,
    Debate,
    HouseImport,
    HouseResponse,
    Letter,
    Motion,
    RegisterRow,
)
from maatwerkbank.web.people.access import require_keeps_parliament
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.refusals import Conflict, Unfit

SOURCE = "tweede-kamer-odata"
MAX_FILES = 10
MOST_ROWS = 500  # that a person can look over
FOUND = Text(nl="Overgenomen uit de open data van de Kamer", en="Taken over from the House")
MODELS: dict[Kind, type[RegisterRow]] = {
    "commitment": Commitment,
    "motion": Motion,
    "letter": Letter,
    "debate": Debate,
}
NOT_NAMED = "Bewindspersoon (niet genoemd)"


class TakenOver(Conflict):
    """These responses were taken over already."""

    code = "parliament.taken-over"

    def __init__(self) -> None:
        super().__init__(
            Text(nl="Deze gegevens zijn al overgenomen.", en="These data were taken over already."),
            remedy=Text(nl="lees de nieuwste gegevens in", en="read the newest data in"),
        )


class RegisterChanged(Conflict):
    """The register is not what it was when the plan was shown."""

    code = "parliament.register-changed"

    def __init__(self) -> None:
        super().__init__(
            Text(
                nl="Het register is intussen veranderd, dus dit overzicht klopt niet meer.",
                en="The register has changed since, so this overview is no longer right.",
            ),
            remedy=Text(nl="bekijk het overzicht opnieuw", en="look at the overview again"),
        )


@transaction.atomic
def hand_in(*, by: Person, files: Sequence[tuple[str, bytes]]) -> HouseImport:
    """Keep responses of the House, to look at what they would change. Nothing changes yet.

    Raises
    ------
    Unfit   they cannot be read: all findings
    """
    require_keeps_parliament(by)
    if not 0 < len(files) <= MAX_FILES or any(len(content) > MAX_BYTES for _, content in files):
        limit = Text(
            nl=f"1 tot {MAX_FILES} bestanden van hoogstens {MAX_BYTES // 1024**2} MB",
            en=f"1 to {MAX_FILES} files of at most {MAX_BYTES // 1024**2} MB",
        )
        refuse([finding("responses", limit, str(len(files)))])
    named = [(PurePath(name).name[:120], content) for name, content in files]
    said = _read(named)
    if len(said.rows) + len(said.removed) > MOST_ROWS:
        few = Text(nl=f"hoogstens {MOST_ROWS} rijen", en=f"at most {MOST_ROWS} rows")
        refuse([finding("responses", few, str(len(said.rows) + len(said.removed)))])
    with changed_by(by):
        made = HouseImport.objects.create(by=by)
        HouseResponse.objects.bulk_create(
            HouseResponse(
                of=made,
                name=name,
                content=content.decode("utf-8-sig"),
                sha256=hashlib.sha256(content).hexdigest(),
            )
            for name, content in named
        )
    return made


def _read(files: Sequence[tuple[str, bytes]]) -> HouseData:
    try:
        return read_house(files)
    except DocumentRefused as refused:
        raise Unfit(
            Text(
                nl="Deze bestanden zijn niet te lezen als open data van de Kamer.",
                en="These files cannot be read as open data of the House.",
            ),
            tuple(each for each in refused.findings if each.severity == "error"),
        ) from None


def said_in(made: HouseImport) -> HouseData:
    """What the House says in these responses."""
    return _read([(each.name, each.content.encode()) for each in made.responses.all()])


def plan_of(data: HouseData) -> Plan:
    """What would change in the register as it is now."""
    return plan(list(_held()), data)


def _held() -> Iterator[Held]:
    for kind, model in MODELS.items():
        rows: Any = model._default_manager.filter(taken_back_on=None)  # noqa: SLF001
        if kind == "commitment":
            rows = rows.prefetch_related("reports")
        for row in rows:
            yield Held(str(row.code), kind, frozenset(_identities(row)), _values(row, kind))


def _identities(row: Any) -> Iterator[str]:
    yield row.house_id
    for name in ("number", "reference"):
        written = getattr(row, name, "")
        paper = reference(written) if written else None
        yield paper.identity if paper else written


_FIELDS: dict[Kind, tuple[str, ...]] = {
    "commitment": ("number", "text_nl", "by_whom", "made_on", "due"),
    "motion": ("reference", "text_nl", "by_whom", "on", "outcome"),
    "letter": ("reference", "title", "on"),
    "debate": ("number", "title_nl", "on"),
}


def _values(row: Any, kind: Kind) -> Values:
    values = {name: getattr(row, name) for name in _FIELDS[kind]}
    paper = reference(values["reference"]) if values.get("reference") else None
    if paper is not None:
        values["reference"] = paper.written()
    if kind == "commitment":
        papers = [reference(each.reference) for each in row.reports.all() if each.reference]
        told = [paper.identity for paper in papers if paper]
        told += [word for each in row.reports.all() for word in each.place.split()]
        values["told"] = " ".join(told)
    return values


@transaction.atomic
def take_over(*, made: HouseImport, by: Person, chosen: Collection[str], fingerprint: str) -> int:
    """Carry out the chosen steps of the plan with that fingerprint; gives how many.

    Raises
    ------
    TakenOver         it was done before
    RegisterChanged   the plan is another one by now
    """
    require_keeps_parliament(by)
    now = HouseImport.objects.select_for_update().get(pk=made.pk)
    if now.taken_over_at is not None:
        raise TakenOver
    steps = plan_of(said_in(now))
    if steps.fingerprint != fingerprint:
        raise RegisterChanged
    done = 0
    for step in steps.steps:
        if step.house_id in chosen:
            _carry_out(step, by)
            done += 1
    now.taken_over_at = timezone.now()
    with changed_by(by):
        now.save(update_fields=["taken_over_at"])
    return done


def _carry_out(step: Step, by: Person) -> None:
    model = MODELS[step.kind]
    if step.what == "new":
        fields = {**step.after, "house_id": step.house_id, "source": SOURCE}
        if step.kind == "commitment":
            fields["to_whom"] = "Tweede Kamer"
            fields["by_whom"] = fields["by_whom"] or NOT_NAMED
        row: Any = keeping.write_down(kind=model, by=by, because=FOUND.nl, **fields)
    else:
        row = model._default_manager.get(code=step.code)  # noqa: SLF001
        _change(step, row, by)
    _tell(step, row, by)


def _change(step: Step, row: Any, by: Person) -> None:
    if step.what == "gone":
        now = keeping.locked(row)
        now.taken_back_on = timezone.localdate()
        with changed_by(by, FOUND.nl):
            now.save(update_fields=["taken_back_on"])
        return
    stays = {"firms": row.firms, "source": row.source, "house_id": step.house_id}
    if step.kind == "commitment":
        stays["to_whom"] = row.to_whom
    keeping.put_right(row=row, by=by, because=FOUND.nl, **{**stays, **step.after})


def _tell(step: Step, row: Any, by: Person) -> None:
    """The letters of the House become reports; the last one ends what the House calls done."""
    dated = sorted(
        (each for each in step.letters if each.on is not None and each.on >= row.made_on), key=_on
    )
    for each in dated:
        keeping.report(
            commitment=row,
            by=by,
            on=_on(each),
            where_nl=each.title or f"Brief {each.number}",
            reference=each.reference.written() if each.reference else "",
            fulfils=step.done and each is dated[-1],
            source=SOURCE,
            place=each.number,
        )


def _on(letter: HouseLetter) -> Any:
    return letter.on
