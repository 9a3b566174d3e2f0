# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Organisations and people, as they are stored. What they may see and do is in `access.py`."""

from typing import Any, ClassVar
from uuid import uuid4

import pghistory
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils import timezone

from maatwerkbank.dossier.confidentiality import Level


@pghistory.track()
class Organisation(models.Model):
    """A ministry, agency, province, service, committee, firm or adviser."""

    KINDS = (
        "ministry",
        "agency",
        "province",
        "environmental_service",
        "committee",
        "company",
        "expert",
        "oversight",
    )

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=30, choices=[(kind, kind) for kind in KINDS])

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """How a person is made; signing in is by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person who may sign in. Without a password only single sign-on opens the door."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


@pghistory.track(exclude=["password", "last_login"])
class Person(AbstractBaseUser):
    """Somebody who may sign in. Nothing follows from being one: see `access.py`."""

    # Roles that belong to an office and not to one dossier.
    OFFICES = ("programme", "minister_office", "auditor", "observer", "administrator")

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, help_text="Name, or function where names are not shown")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people")
    office = models.CharField(
        max_length=30, blank=True, choices=[(office, office) for office in OFFICES]
    )
    clearance = models.PositiveSmallIntegerField(
        choices=[(level.value, level.name) for level in Level],
        default=Level.ZAAKVERTROUWELIJK.value,
        help_text="The highest level of confidentiality that this person may read",
    )
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = People()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
