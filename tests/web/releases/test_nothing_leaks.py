# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""No confidential passage reaches a letter, a public page, an export or a chart.

Dossiers are generated: of any level, with one of everything in them, and a secret word in every
free text of every row. What is made of the database then holds no secret.
"""

import io
import json
import random
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pgtrigger
import pypdf
import pytest
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.web.walk.filled import _fill
from tests.web.world import World, make_world

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.dossier.publication.publication import Publication
from maatwerkbank.letter.open_data import Addresses, as_csv, document, tables
from maatwerkbank.letter.progress import progress_letter
from maatwerkbank.letter.progress.as_data import as_data
from maatwerkbank.letter.progress.markdown import markdown
from maatwerkbank.letter.progress.office import letter_odt, letter_pdf
from maatwerkbank.web.dossiers.models import Company, Dossier, Membership, Site
from maatwerkbank.web.people.second_lock import GUARDED_APPS
from maatwerkbank.web.promises.models import Promise
from maatwerkbank.web.public.publications import Snapshot
from maatwerkbank.web.public.rendering import body
from maatwerkbank.web.releases.models import FigureRelease, Statement, TotalRelease
from maatwerkbank.web.releases.stored_publication import stored_publication

MARKER = "xgeheimx"
# What is not free text: hashes, files, names of sources, ids of tables, days.
NOT_WORDS = re.compile(r"sha256|hash|file_name|media_type|^source$|_id$|^on$|dated|^unit$|^key$")
PUBLIC_TEXT = "Dit bedrijf werkt verder aan zijn plan."


@dataclass(frozen=True)
class Drawn:
    """How one dossier is: its level, whether of public sources, what people did in public."""

    level: Level
    reconstruction: bool
    stated: str
    figure: str


STATED = ("no", "draft", "approved", "released", "withdrawn")
FIGURE = ("no", "released", "refused", "withdrawn")


def _drawn(seed: int) -> list[Drawn]:
    """A dossier for everything that can happen to a statement, of any level; the last is public."""
    chance = random.Random(seed)  # noqa: S311  (no secret depends on it)
    levels = [*chance.sample(list(Level), k=len(STATED) - 1), Level.OPENBAAR]
    stated = chance.sample(STATED, k=len(STATED))
    return [
        Drawn(level, chance.random() < 0.5, said, chance.choice(FIGURE))
        for level, said in zip(levels, stated, strict=True)
    ]


@pytest.mark.slow
@pytest.mark.django_db
@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.integers(0, 2**32))
def test_no_secret_of_a_dossier_is_in_anything_that_everybody_gets(seed: int):
    drawn = _drawn(seed)
    with transaction.atomic():
        world = make_world()
        made = [_dossier(world, number, each) for number, each in enumerate(drawn)]
        publication = stored_publication(timezone.localdate())
        transaction.set_rollback(True)

    for number, each in enumerate(drawn):
        shown = f"firma-{number}" in {firm.id for firm in publication.register}
        assert shown == (each.level == Level.OPENBAAR or each.stated == "released"), each
    assert len(made) == len(drawn)
    for name, text in _everything(publication):
        assert MARKER not in text.lower(), (name, _around(text))


def _around(text: str) -> str:
    place = text.lower().index(MARKER)
    return text[max(0, place - 80) : place + 40]


# ── what is given out ─────────────────────────────────────────────────────────────────────────


def _everything(publication: Publication) -> Iterator[tuple[str, str]]:
    """Everything that is made of a publication, as text."""
    yield "publication", repr(publication)
    for language in ("nl", "en"):
        letter = progress_letter(publication, language=language)
        yield f"letter {language}", repr(letter.sections) + repr(letter.notes)
        yield f"markdown {language}", markdown(letter)
        yield f"json {language}", json.dumps(as_data(letter))
    with zipfile.ZipFile(io.BytesIO(letter_odt(letter))) as odt:
        yield (
            "odt",
            "".join(
                odt.read(name).decode("utf-8", "replace")
                for name in odt.namelist()
                if name.endswith((".xml", ".svg"))
            ),
        )
    pdf = pypdf.PdfReader(io.BytesIO(letter_pdf(letter)))
    yield "pdf", "".join(page.extract_text() for page in pdf.pages) + str(pdf.metadata)
    addresses = Addresses("https://maatwerkbank.example/openbaar/")
    found = tables(publication, addresses)
    for table in found:
        yield f"csv {table.name}", as_csv(table)
    yield "open data", json.dumps(document(publication, found, addresses))
    snapshot = Snapshot(publication, None, today=True)
    for path in ("", *(f"bedrijf/{firm.id}/" for firm in publication.register)):
        for start in ("/openbaar/", "/openbaar/en/"):
            page = body(snapshot, f"{start}{path}", "maatwerkbank.example")
            yield f"{start}{path}", page.content.decode()


# ── dossiers with secrets ─────────────────────────────────────────────────────────────────────


def _dossier(world: World, number: int, drawn: Drawn) -> Dossier:
    """One of everything in it, a secret in every free text; then what people said in public."""
    public = drawn.level == Level.OPENBAAR or drawn.stated in ("released", "withdrawn")
    company = Company.objects.create(
        slug=f"firma-{number}" if public else f"{MARKER}-{number}",
        name=f"Firma {number}" if public else f"{MARKER} {number}",
        sector_nl="sector",
        sector_en="sector",
    )
    Site.objects.create(company=company, name="Terrein", municipality="Gemeente")
    dossier = Dossier.objects.create(
        company=company,
        trajectory_id="maatwerk-2025",
        track_id="standard",
        stage="exploration",
        level=drawn.level.value,
        public_reconstruction=drawn.reconstruction,
    )
    Membership.objects.create(dossier=dossier, person=world.company, role="company")
    _fill(dossier, f"{MARKER}{number}", world.programme, world.auditor, world.company, number + 1)
    with pgtrigger.ignore():
        Statement.objects.filter(dossier=dossier).update(state="withdrawn")
        FigureRelease.objects.filter(dossier=dossier).update(withdrawn_on=date(2025, 1, 1))
        TotalRelease.objects.update(withdrawn_on=date(2025, 1, 1))
        for model in _of_a_dossier():
            _put_secrets(model, dossier)
        told = Promise.objects.filter(dossier=dossier)
        told.update(source="kamerbrief-2025-06-30", internal=True)
        _say_in_public(world, dossier, drawn)
    return dossier


def _of_a_dossier() -> Iterator[type[models.Model]]:
    for app in GUARDED_APPS:
        for model in apps.get_app_config(app).get_models():
            fields = {field.name for field in model._meta.get_fields()}
            if "dossier" in fields and not hasattr(model, "pgh_tracked_model"):
                yield model


def _put_secrets(model: type[models.Model], dossier: Dossier) -> None:
    """A secret in every free text of the rows of that dossier."""
    words: dict[str, Any] = {
        field.name: MARKER
        for field in model._meta.concrete_fields
        if type(field) in (models.TextField, models.CharField)
        and not field.choices
        and not field.unique
        and not NOT_WORDS.search(field.name)
        and (field.max_length is None or field.max_length >= 60)
    }
    if model is FigureRelease:
        words.pop("figure"), words.pop("quantity")
    if words:
        model._default_manager.filter(dossier=dossier).update(**words)


def _say_in_public(world: World, dossier: Dossier, drawn: Drawn) -> None:
    """What was drafted holds a secret; what was released does not, beside reasons that do."""
    today = timezone.localdate()
    gone = {
        "withdrawn_on": today,
        "withdrawn_by": world.programme,
        "withdrawn_because": MARKER,
    }
    if drawn.stated != "no":
        out = drawn.stated in ("released", "withdrawn")
        text = PUBLIC_TEXT if out else f"{MARKER} tekst"
        Statement.objects.create(
            dossier=dossier,
            text_nl=text,
            text_en=text,
            stage="eop",
            state=drawn.stated,
            written_by=world.lead,
            because=MARKER,
            drafted_from={"note": MARKER},
            approved_by=world.programme if drawn.stated != "draft" else None,
            approved_as="programme",
            approved_on=today,
            released_by=world.programme if out else None,
            released_on=today if out else None,
            **(gone if drawn.stated == "withdrawn" else {}),
        )
    if drawn.figure != "no":
        out = drawn.figure != "refused"
        label = "een cijfer" if out else MARKER
        FigureRelease.objects.create(
            dossier=dossier,
            figure=f"{dossier.company.slug}.support.granted",
            outcome="released" if out else "refused",
            ground="" if out else "financieel_belang",
            quantity="support",
            label_nl=label,
            label_en=label,
            low=1_000_000.0,
            high=1_000_000.0,
            unit="EUR",
            origin="grant",
            identity="grant",
            level=drawn.level.value,
            because=MARKER,
            by=world.programme,
            role="programme",
            **(gone if drawn.figure == "withdrawn" else {}),
        )
