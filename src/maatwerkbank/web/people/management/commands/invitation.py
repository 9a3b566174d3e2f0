# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Print the link with which somebody chooses a password; makes the first administrator.

`python -m maatwerkbank.web.manage invitation you@ministry.example --site https://… --administrator`
For who runs the server, where no mail is sent or nobody is there yet.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.people.models import Organisation, Person
from maatwerkbank.web.people.services import invitation_link


class Command(BaseCommand):
    """One address in, one link out."""

    help = "Print the link with which somebody chooses a password."

    def add_arguments(self, parser: CommandParser) -> None:
        """What can be said."""
        parser.add_argument("email")
        parser.add_argument("--site", required=True, help="address of this site: https://…")
        parser.add_argument(
            "--administrator", action="store_true", help="make this person if there is none"
        )
        parser.add_argument("--name", default="Beheerder")
        parser.add_argument("--organisation", default="Beheer", help="its name; made if absent")

    @transaction.atomic
    def handle(self, *args: Any, **given: Any) -> None:
        """Find or make the person, and print the link."""
        email = given["email"].lower()
        person = Person.objects.filter(email=email).first()
        if person is None and given["administrator"]:
            organisation, _ = Organisation.objects.get_or_create(
                name=given["organisation"], defaults={"kind": "agency"}
            )
            person = Person.objects.create_user(
                email,
                name=given["name"],
                organisation=organisation,
                office="administrator",
                clearance=Level.OPENBAAR.value,
            )
        if person is None or not person.is_active:
            raise CommandError(f"{email} has no open account. Remedy: add --administrator.")
        self.stdout.write(invitation_link(person, given["site"].rstrip("/")))
