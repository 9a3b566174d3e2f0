# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What do responses of the House's open-data service (OData v4) say?

Takes     the bytes of responses about Toezegging, Zaak, Document or Activiteit. This floor
          has no network: fetch them with any client.
Gives     `HouseData`; or every error at once, and nothing half-read.
Leaves    what it does not know, with a finding. A date in the year 1 is how the service writes that
          there is none. `Verwijderd` means that the House took the row back.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from maatwerkbank.ground.errors import DocumentRefused
from maatwerkbank.ground.findings import has_errors
from maatwerkbank.ground.language import Text
from maatwerkbank.sources.parliament.house import (
    HouseCommitment,
    HouseData,
    HouseDebate,
    HouseLetter,
    HouseMotion,
    HouseOutcome,
    HouseRow,
    HouseStatus,
)
from maatwerkbank.sources.parliament.odata_fields import FETCH, Fields, Lacking, Notes

Row = TypeVar("Row")

SERVICE = "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0"
MAX_BYTES = 8 * 1024 * 1024
MAX_ROWS = 20_000
NUMBER, NAME = 40, 200  # [characters] at most

STATUSES: Mapping[str, HouseStatus] = MappingProxyType(
    {
        "openstaand": "open",
        "deels afgedaan": "partly",
        "afgedaan": "done",
        "nagekomen": "done",
        "voldaan": "done",
        "niet nagekomen": "open",
        "vervallen": "lapsed",
    }
)
OUTCOMES: Mapping[str, HouseOutcome] = MappingProxyType(
    {
        "stemmen - aangenomen": "adopted",
        "stemmen - zonder stemming aannemen": "adopted",
        "stemmen - verworpen": "rejected",
        "stemmen - aangehouden": "held",
        "stemmen - uitstellen": "pending",
        "ingetrokken": "withdrawn",
    }
)
STANCES: Mapping[str, str] = MappingProxyType(
    {
        "Oordeel Kamer": "Left to the judgement of the House",
        "Ontraden": "Advised against",
        "Overgenomen": "Taken over by the cabinet",
        "Ontijdig": "Untimely",
    }
)
DEBATES = (
    "Algemeen overleg",
    "Commissiedebat",
    "Notaoverleg",
    "Plenair debat",
    "Schriftelijk overleg",
    "Tweeminutendebat",
    "Vragenuur",
    "Wetgevingsoverleg",
)


def read_house(files: Sequence[tuple[str, bytes]]) -> HouseData:
    """Everything in these responses, each with the name of its file.

    Raises
    ------
    DocumentRefused   at least one error in any of them; all findings are in it
    """
    reading = _Reading()
    for name, content in files:
        reading.read(name, content)
    findings = tuple(reading.notes.findings)
    if has_errors(findings):
        raise DocumentRefused(files[0][0] if len(files) == 1 else "these files", findings)
    return HouseData(
        commitments=reading.of(HouseCommitment),
        motions=reading.of(HouseMotion),
        letters=reading.of(HouseLetter),
        debates=reading.of(HouseDebate),
        removed=tuple(reading.removed),
        findings=findings,
    )


class _Reading:
    """What was read so far, and what was found on the way."""

    def __init__(self) -> None:
        self.notes = Notes()
        self.removed: list[str] = []
        self._rows: dict[str, HouseRow] = {}

    def of(self, kind: type[Row]) -> tuple[Row, ...]:
        """The rows of one kind."""
        return tuple(row for row in self._rows.values() if isinstance(row, kind))

    def read(self, name: str, content: bytes) -> None:
        """One response."""
        answer = self._json(name, content)
        if answer is None:
            return
        entity = _entity(answer)
        reader = _READERS.get(entity)
        rows = answer.get("value")
        if reader is None:
            self.notes.error(
                f"{name}: @odata.context",
                Text(
                    nl=f"een antwoord over {', '.join(_READERS)}",
                    en=f"a response about {', '.join(_READERS)}",
                ),
                entity or Text(nl="niets", en="nothing"),
                FETCH,
            )
            return
        if not isinstance(rows, list) or len(rows) > MAX_ROWS:
            self.notes.error(
                f"{name}: value",
                Text(nl=f"een lijst van hoogstens {MAX_ROWS}", en=f"a list of at most {MAX_ROWS}"),
                type(rows).__name__ if not isinstance(rows, list) else str(len(rows)),
                FETCH,
            )
            return
        if "@odata.nextLink" in answer:
            self.notes.warn(
                "more-pages",
                f"{name}: @odata.nextLink",
                Text(nl="alle bladzijden", en="all pages"),
                Text(nl="er zijn er nog meer", en="there are more"),
                Text(nl="haal de volgende bladzijde ook op", en="fetch the next page too"),
            )
        for at, body in enumerate(rows):
            self._row(f"{name}: value[{at}]", body, reader)

    def _json(self, name: str, content: bytes) -> dict[str, Any] | None:
        try:
            answer = _parsed(content)
        except (ValueError, RecursionError) as error:
            self.notes.error(
                name,
                Text(
                    nl=f"JSON in UTF-8, hoogstens {MAX_BYTES // 1024**2} MB",
                    en=f"JSON in UTF-8, at most {MAX_BYTES // 1024**2} MB",
                ),
                str(error)[:120] or type(error).__name__,
                FETCH,
            )
            return None
        if not isinstance(answer, dict):
            self.notes.error(
                name,
                Text(nl="een antwoord van de dienst", en="a response of the service"),
                type(answer).__name__,
                FETCH,
            )
            return None
        return answer

    def _row(self, place: str, body: Any, reader: "_Reader") -> None:
        if not isinstance(body, dict):
            self.notes.error(place, Text(nl="een rij", en="a row"), type(body).__name__, FETCH)
            return
        fields = Fields(body, place, self.notes)
        try:
            identity = fields.identity()
            if fields.is_removed():
                self.removed.append(identity)
                return
            row = reader(fields, identity)
        except Lacking:
            return
        if row is None:
            return
        if self._rows.setdefault(identity, row) != row:
            self.notes.error(
                place,
                Text(nl=f"één rij met Id {identity}", en=f"one row with Id {identity}"),
                Text(nl="twee verschillende", en="two different ones"),
                Text(nl="lees alleen het nieuwste antwoord", en="read the newest response only"),
            )


# ── the four kinds ────────────────────────────────────────────────────────────────────────────

_Reader = Callable[[Fields, str], HouseRow | None]


def _commitment(fields: Fields, identity: str) -> HouseCommitment:
    status = STATUSES.get(fields.known("Status", STATUSES, "unknown-status"), "unknown")
    return HouseCommitment(
        house_id=identity,
        number=fields.words("Nummer", most=NUMBER),
        text=fields.words("Tekst"),
        by=fields.words("Functie", needed=False, most=NAME)
        or fields.words("Ministerie", needed=False, most=NAME),
        ministry=fields.words("Ministerie", needed=False),
        made_on=fields.needed_day("Aanmaakdatum"),
        due=fields.day("DatumNakoming"),
        status=status,
        activity=fields.words("ActiviteitNummer", needed=False, most=NUMBER),
        letters=tuple(_letters_of(fields)),
    )


def _letters_of(fields: Fields) -> Iterator[HouseLetter]:
    for at, row in enumerate(fields.expanded("KamerbriefNakoming")):
        letter = Fields(row, f"{fields.place}.KamerbriefNakoming[{at}]", fields.notes)
        yield HouseLetter(
            house_id=letter.identity(),
            number=letter.words("DocumentNummer", most=NUMBER),
            title=letter.words("Onderwerp", needed=False),
            on=letter.day("Datum"),
            reference=letter.reference(),
        )


def _motion(fields: Fields, identity: str) -> HouseMotion | None:
    kind = fields.words("Soort")
    if kind != "Motie":
        fields.warn("other-kind", "Soort", "Motie", kind)
        return None
    stance = fields.words("Kabinetsappreciatie", needed=False)
    makers = fields.expanded("ZaakActor")
    first = next((row for row in makers if row.get("Relatie") == "Indiener"), None)
    return HouseMotion(
        house_id=identity,
        number=fields.words("Nummer", most=NUMBER),
        title=fields.words("Onderwerp"),
        by=Fields(first, f"{fields.place}.ZaakActor", fields.notes).words(
            "ActorNaam", needed=False, most=NAME
        )
        if first
        else "",
        on=fields.day("GestartOp"),
        reference=fields.reference(),
        outcome=_outcome(fields),
        stance=Text(nl=stance, en=STANCES.get(stance, stance)) if stance else None,
    )


def _outcome(fields: Fields) -> HouseOutcome:
    """Of the last decision that says how the vote ended."""
    kinds = [str(row.get("BesluitSoort") or "").lower() for row in fields.expanded("Besluit")]
    known = [OUTCOMES[kind] for kind in kinds if kind in OUTCOMES]
    return known[-1] if known else "unknown"


def _letter(fields: Fields, identity: str) -> HouseLetter | None:
    kind = fields.words("Soort")
    if not kind.startswith("Brief regering"):
        fields.warn("other-kind", "Soort", "Brief regering", kind)
        return None
    return HouseLetter(
        house_id=identity,
        number=fields.words("DocumentNummer", most=NUMBER),
        title=fields.words("Onderwerp", needed=False) or fields.words("Titel"),
        on=fields.day("Datum"),
        reference=fields.reference(),
    )


def _debate(fields: Fields, identity: str) -> HouseDebate | None:
    kind = fields.words("Soort")
    if not kind.startswith(DEBATES):
        fields.warn("other-kind", "Soort", ", ".join(DEBATES), kind)
        return None
    return HouseDebate(
        house_id=identity,
        number=fields.words("Nummer", most=NUMBER),
        kind=kind,
        title=fields.words("Onderwerp"),
        on=fields.needed_day("Datum"),
    )


_READERS: Mapping[str, _Reader] = MappingProxyType(
    {"Toezegging": _commitment, "Zaak": _motion, "Document": _letter, "Activiteit": _debate}
)


def _entity(answer: dict[str, Any]) -> str:
    """`…/$metadata#Toezegging(Id,Nummer)` → Toezegging."""
    context = answer.get("@odata.context")
    if not isinstance(context, str) or "$metadata#" not in context:
        return ""
    return context.rpartition("$metadata#")[2].partition("(")[0].partition("/")[0]


def _parsed(content: bytes) -> Any:
    if len(content) > MAX_BYTES:
        raise ValueError(f"{len(content)} bytes")
    return json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")
