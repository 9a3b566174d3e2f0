# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does a public emissions register say about an installation, year by year?

Takes     nothing from outside: these are the shapes that the readers fill.
Gives     `Installation`, `EmissionsRegister`, and `combine`, which joins rows about one id.
Leaves    which installations are industry, and whose they are, to `industry`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from maatwerkbank.ground.language import Text
from maatwerkbank.sources.euets.noted import Noted


@dataclass(frozen=True)
class Installation:
    """One account of a stationary installation. None is absent, never zero.

    `id` is registry code and number (`NL_144`): numbers repeat between registries.
    `operator` is the account holder; the Union Registry workbook has only the name of the
    account there, which is often but not always the company.
    `activity` is the EUTL main activity code, `nace` a NACE Rev. 2 code as written.
    `verified_t`, `free_allocation_t`: calendar year to [t CO2e].
    """

    id: str
    name: str | None
    operator: str | None
    city: str | None
    activity: int | None
    nace: str | None
    verified_t: dict[int, float | None]
    free_allocation_t: dict[int, float | None]

    def as_json(self) -> dict[str, Any]:
        """Plain values; years as text, as JSON wants them."""
        return {
            "id": self.id,
            "name": self.name,
            "operator": self.operator,
            "city": self.city,
            "activity": self.activity,
            "nace": self.nace,
            "verified_t": {str(year): t for year, t in sorted(self.verified_t.items())},
            "free_allocation_t": {
                str(year): t for year, t in sorted(self.free_allocation_t.items())
            },
        }


@dataclass(frozen=True)
class EmissionsRegister:
    """All installations that one file or folder speaks about, in the order of their ids."""

    source_file: str
    country: str | None
    installations: tuple[Installation, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Years for which at least one verified figure is present."""
        return tuple(
            sorted(
                {
                    year
                    for installation in self.installations
                    for year, tonnes in installation.verified_t.items()
                    if tonnes is not None
                }
            )
        )

    def find(self, installation_id: str) -> Installation | None:
        """The installation of that id, or None."""
        for installation in self.installations:
            if installation.id == installation_id:
                return installation
        return None

    def as_json(self) -> dict[str, Any]:
        """Plain values: everything that was read."""
        return {
            "source_file": self.source_file,
            "country": self.country,
            "years": list(self.years),
            "installations": [installation.as_json() for installation in self.installations],
        }


@dataclass(frozen=True)
class Entry:
    """What one row of one file says about an installation, with the place of that row."""

    file: str
    place: str
    id: str
    name: str | None = None
    operator: str | None = None
    city: str | None = None
    activity: int | None = None
    nace: str | None = None
    verified_t: dict[int, float | None] = field(default_factory=dict)
    free_allocation_t: dict[int, float | None] = field(default_factory=dict)

    @property
    def last_year(self) -> int:
        """The latest year the row speaks about; 0 for a row of names and addresses."""
        return max([0, *self.verified_t, *self.free_allocation_t])

    def statements(self) -> dict[str, object]:
        """What the row claims, by a label: two rows may not claim different things."""
        claims: dict[str, object] = {
            **{f"verified {year}": tonnes for year, tonnes in self.verified_t.items()},
            **{
                f"free allocation {year}": tonnes for year, tonnes in self.free_allocation_t.items()
            },
        }
        return claims or {"name and city": (self.name, self.city)}


def number_of(installation_id: str) -> tuple[str, int]:
    """Order of ids: registry code, then number, so that NL_99 stands before NL_144."""
    registry, _, number = installation_id.partition("_")
    return registry, int(number)


def combine(entries: Iterable[Entry], noted: Noted) -> tuple[Installation, ...]:
    """Join the rows about one installation, and note where two rows contradict each other."""
    by_id: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_id[entry.id].append(entry)
    return tuple(_join(by_id[key], noted) for key in sorted(by_id, key=number_of))


def _join(entries: list[Entry], noted: Noted) -> Installation:
    said: dict[str, Entry] = {}
    for entry in entries:
        _compare(entry, said, noted)
    # The newest row names the installation: sites are renamed when they are sold.
    newest_first = sorted(entries, key=lambda entry: -entry.last_year)
    return Installation(
        id=entries[0].id,
        name=next((e.name for e in newest_first if e.name is not None), None),
        operator=next((e.operator for e in newest_first if e.operator is not None), None),
        city=next((e.city for e in newest_first if e.city is not None), None),
        activity=next((e.activity for e in newest_first if e.activity is not None), None),
        nace=next((e.nace for e in newest_first if e.nace is not None), None),
        verified_t=_first_present(entry.verified_t for entry in entries),
        free_allocation_t=_first_present(entry.free_allocation_t for entry in entries),
    )


def _first_present(series: Iterable[dict[int, float | None]]) -> dict[int, float | None]:
    joined: dict[int, float | None] = {}
    for part in series:
        for year, tonnes in part.items():
            if joined.get(year) is None:
                joined[year] = tonnes
    return dict(sorted(joined.items()))


def _compare(entry: Entry, said: dict[str, Entry], noted: Noted) -> None:
    """Note at most one finding per row: the first claim on which an earlier row differs."""
    repeated: Entry | None = None
    for label, claim in entry.statements().items():
        earlier = said.setdefault(label, entry)
        if earlier is entry:
            continue
        before = earlier.statements()[label]
        same_file = earlier.file == entry.file
        # Between files an empty cell contradicts nothing; within one file it does.
        if before != claim and (same_file or (before is not None and claim is not None)):
            _note_contradiction(entry, earlier, label, (before, claim), noted)
            return
        if same_file:
            repeated = earlier
        if before is None:
            said[label] = entry
    if repeated is not None:
        noted.warning(
            "euets.repeated-row",
            entry.place,
            expected=Text(
                nl="één rij per installatie en jaar", en="one row per installation and year"
            ),
            found=Text(
                nl=f"{entry.id} staat met dezelfde waarden ook in {repeated.place}",
                en=f"{entry.id} stands with the same values in {repeated.place} too",
            ),
            remedy=Text(nl="verwijder een van de twee rijen", en="remove one of the two rows"),
        )


def _note_contradiction(
    entry: Entry, earlier: Entry, label: str, claims: tuple[object, object], noted: Noted
) -> None:
    before, claim = ("(absent)" if value is None else value for value in claims)
    noted.error(
        "euets.duplicate-id",
        entry.place,
        expected=Text(
            nl=f"één waarde voor {label} van {entry.id}",
            en=f"one value for {label} of {entry.id}",
        ),
        found=Text(
            nl=f"{before} in {earlier.place} en {claim} hier",
            en=f"{before} in {earlier.place} and {claim} here",
        ),
        remedy=Text(
            nl="laat alleen de rij staan die het register van de Commissie bevestigt",
            en="keep only the row that the registry of the Commission confirms",
        ),
    )
