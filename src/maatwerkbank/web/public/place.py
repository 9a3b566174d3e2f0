# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a public page stands: of which day, in which language, and how it links to the others.

Takes     a snapshot and the name of the page.
Gives     addresses of other pages on the same day and in the same language; what every page shows.
Leaves    what the page itself shows to `pages`.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from maatwerkbank.dossier.publication.publication import Publication
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.letter.open_data import Addresses
from maatwerkbank.web.public.publications import FIRST_DAY, Snapshot

MENU = ("start", "promises", "figures", "papers", "parliament", "method", "data")
# The page of one thing belongs to that of all of them.
PART_OF = {"firm": "start", "figure": "figures", "source": "method"}


@dataclass(frozen=True)
class Place:
    """One page. `given`: what its address holds."""

    snapshot: Snapshot
    name: str
    given: dict[str, Any]
    language: Language
    host: str

    @property
    def publication(self) -> Publication:
        """Everything that is public on the day."""
        return self.snapshot.publication

    def to(self, name: str, **given: str) -> str:
        """The address of another page, on the same day and in the same language."""
        return self._address(name, self.language, given)

    def say(self, text: Text | None) -> str:
        """A text in the language of the page; nothing where there is none."""
        return text.into(self.language) if text else ""

    def source(self, identity: str) -> str:
        """The address of the page of a source."""
        return self.to("source", source=identity)

    @property
    def stays(self) -> Addresses:
        """Addresses with the host, that stay."""
        return Addresses(self.host + reverse("public:start"))

    def context(self) -> dict[str, Any]:
        """What every page shows."""
        known, as_of = self.publication.register, self.publication.as_of
        other: Language = "en" if self.language == "nl" else "nl"
        return {
            "place": self,
            "language": self.language,
            "other_language": self._address(self.name, other, self.given),
            "menu": self._menu(),
            "as_of": as_of,
            "first_day": FIRST_DAY,
            "today": self.snapshot.today,
            "cut_off": known.cut_off if as_of > known.cut_off else None,
            "demo": settings.DEMO,
            "version": settings.VERSION,
        }

    def _menu(self) -> list[dict[str, Any]]:
        labels = {
            "start": _("Portfolio"),
            "promises": _("Promises"),
            "figures": _("Figures"),
            "papers": _("Documents"),
            "parliament": _("Parliament"),
            "method": _("Method and sources"),
            "data": _("Open data"),
        }
        here = PART_OF.get(self.name, self.name)
        return [
            {"label": labels[name], "href": self.to(name), "here": name == here} for name in MENU
        ]

    def _address(self, name: str, language: Language, given: dict[str, Any]) -> str:
        prefix = "en-" if language == "en" else ""
        day = "" if self.snapshot.today else f"?op={self.publication.as_of}"
        return reverse(f"public:{prefix}{name}", kwargs=given) + day
