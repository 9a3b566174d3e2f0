# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Load the demo into an empty database, all of it or nothing.

Takes     a migrated database.
Gives     the public record, the people, their teams, the invented firm, and runs that wait.
Leaves    computing the runs to the worker.
"""

import pghistory
from django.db import connection, transaction

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.portfolio.cases import case_ids, case_path
from maatwerkbank.web.demo.advice import advise_on_example, load_public_advices
from maatwerkbank.web.demo.agreements import bargain_example
from maatwerkbank.web.demo.example import hand_in_example, open_example, work_on_example
from maatwerkbank.web.demo.execution import carry_out_example, load_public_grants
from maatwerkbank.web.demo.parliament import load_parliament
from maatwerkbank.web.demo.people import give_roles, load_people
from maatwerkbank.web.demo.promises import load_public_promises, promise_example
from maatwerkbank.web.demo.public_record import load_public_record
from maatwerkbank.web.demo.releases import account_for_example
from maatwerkbank.web.demo.woo import disclose_example
from maatwerkbank.web.dossiers.models import Company, Dossier
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.runs.services import hand_in, keep_draft, start_run

VARIANTS = ("", "levy_abolished")  # the law as it stands, and the motion of 25 June 2025


def is_loaded() -> bool:
    """Whether the demo lies in the database."""
    return Company.objects.exists()


def load() -> None:
    """Put everything into the database."""
    with transaction.atomic(), pghistory.context(reason="Openbaar register, stand 30 juni 2025"):
        dossiers = load_public_record()
        people = load_people()
        dossiers["example"] = open_example(people)
        give_roles(people, dossiers)
        work_on_example(dossiers["example"], people)
        promise_example(dossiers["example"], people)
        load_public_promises(dossiers)
        bargain_example(dossiers["example"], people)
        advise_on_example(dossiers["example"], people)
        load_public_advices(dossiers)
        hand_in_example(dossiers["example"], people, VARIANTS)
        load_public_grants(dossiers)
        load_parliament(people["programma"])
        carry_out_example(dossiers["example"], people)
        account_for_example(dossiers, people)
        disclose_example(dossiers["example"], people)
        for case in case_ids():
            _hand_in(case, dossiers[case], people["analist"])


def _hand_in(case: str, dossier: Dossier, analyst: Person) -> None:
    """Hand in a shipped case as the public case file of a dossier, and ask for its runs."""
    path = case_path(case)
    draft = keep_draft(
        dossier=dossier,
        by=analyst,
        raw=path.read_bytes(),
        file_name=path.name,
        origin="public",
        level=Level.OPENBAAR.value,
    )
    version = hand_in(case_version=draft, by=analyst)
    for variant in VARIANTS:
        start_run(case_version=version, by=analyst, variant=variant)


def empty() -> None:
    """Take everything out of the database, tables and all."""
    with connection.cursor() as cursor:
        cursor.execute("drop schema public cascade; create schema public")
