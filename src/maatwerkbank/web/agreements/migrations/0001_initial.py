# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2

import uuid

import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0002_initial"),
        ("dossiers", "0002_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "library",
                    models.CharField(
                        choices=[("eop", "eop"), ("jloi", "jloi"), ("agreement", "agreement")],
                        max_length=20,
                    ),
                ),
                ("in_force_on", models.DateField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-in_force_on", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                (
                    "base",
                    models.PositiveIntegerField(help_text="Number of the terms that it changes"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("decided", "decided"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("shared_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_because", models.TextField(blank=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="AmendmentChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=80)),
                ("value", models.JSONField(blank=True, null=True)),
                ("removes", models.BooleanField(default=False)),
                ("reason", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("schedule", "schedule"),
                            ("scope", "scope"),
                            ("cost", "cost"),
                            ("other", "other"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="agreements.amendment",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="AmendmentChangeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("path", models.CharField(max_length=80)),
                ("value", models.JSONField(blank=True, null=True)),
                ("removes", models.BooleanField(default=False)),
                ("reason", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("schedule", "schedule"),
                            ("scope", "scope"),
                            ("cost", "cost"),
                            ("other", "other"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agreements.amendment",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agreements.amendmentchange",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AmendmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                (
                    "base",
                    models.PositiveIntegerField(help_text="Number of the terms that it changes"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("decided", "decided"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("shared_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_because", models.TextField(blank=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agreements.amendment",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "library",
                    models.CharField(
                        choices=[("eop", "eop"), ("jloi", "jloi"), ("agreement", "agreement")],
                        max_length=20,
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="Version, per dossier and library, from 1"
                    ),
                ),
                (
                    "clauses",
                    models.JSONField(help_text="The clauses in order, as the text has them"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("final", "final")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("final_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sha256",
                    models.CharField(
                        blank=True, help_text="Seal of text and values", max_length=64
                    ),
                ),
                (
                    "shared_on",
                    models.DateField(
                        blank=True, help_text="From this day company and partners see it", null=True
                    ),
                ),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="agreements.draft",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="documents.documentversion",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("library", "-number"),
            },
        ),
        migrations.CreateModel(
            name="AgreementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "library",
                    models.CharField(
                        choices=[("eop", "eop"), ("jloi", "jloi"), ("agreement", "agreement")],
                        max_length=20,
                    ),
                ),
                ("in_force_on", models.DateField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agreements.draft",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="agreement",
            name="draft",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreement",
                to="agreements.draft",
            ),
        ),
        migrations.CreateModel(
            name="DraftEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "library",
                    models.CharField(
                        choices=[("eop", "eop"), ("jloi", "jloi"), ("agreement", "agreement")],
                        max_length=20,
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="Version, per dossier and library, from 1"
                    ),
                ),
                (
                    "clauses",
                    models.JSONField(help_text="The clauses in order, as the text has them"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("final", "final")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("final_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sha256",
                    models.CharField(
                        blank=True, help_text="Seal of text and values", max_length=64
                    ),
                ),
                (
                    "shared_on",
                    models.DateField(
                        blank=True, help_text="From this day company and partners see it", null=True
                    ),
                ),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agreements.draft",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="documents.documentversion",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agreements.draft",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DraftField",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("value", models.JSONField()),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("company", "company"),
                            ("sites", "sites"),
                            ("projects", "projects"),
                            ("ambition", "ambition"),
                            ("promises", "promises"),
                            ("run", "run"),
                            ("budget", "budget"),
                            ("person", "person"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, help_text="Finds the origin again", max_length=120
                    ),
                ),
                ("taken_on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fields",
                        to="agreements.draft",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="DraftFieldEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("value", models.JSONField()),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("company", "company"),
                            ("sites", "sites"),
                            ("projects", "projects"),
                            ("ambition", "ambition"),
                            ("promises", "promises"),
                            ("run", "run"),
                            ("budget", "budget"),
                            ("person", "person"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, help_text="Finds the origin again", max_length=120
                    ),
                ),
                ("taken_on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "draft",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agreements.draft",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agreements.draftfield",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Informed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.CharField(help_text="The body, not a name", max_length=120)),
                ("about", models.TextField()),
                ("on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "how",
                    models.CharField(
                        blank=True, help_text="Letter, meeting, number", max_length=120
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="informed",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("on", "id"),
            },
        ),
        migrations.CreateModel(
            name="InformedEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("who", models.CharField(help_text="The body, not a name", max_length=120)),
                ("about", models.TextField()),
                ("on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "how",
                    models.CharField(
                        blank=True, help_text="Letter, meeting, number", max_length=120
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agreements.informed",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("subsidy_eur", "subsidy_eur"),
                            ("gross_t", "gross_t"),
                            ("additional_t", "additional_t"),
                            ("nox_t", "nox_t"),
                            ("holdback", "holdback"),
                            ("infrastructure", "infrastructure"),
                            ("permits", "permits"),
                            ("other", "other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("given_by", models.CharField(help_text="The office, not a name", max_length=120)),
                (
                    "low",
                    models.FloatField(blank=True, help_text="[unit of the subject]", null=True),
                ),
                (
                    "high",
                    models.FloatField(blank=True, help_text="[unit of the subject]", null=True),
                ),
                ("since", models.DateField(default=django.utils.timezone.localdate)),
                ("until", models.DateField()),
                ("words", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("subject", "since", "id"),
            },
        ),
        migrations.CreateModel(
            name="MandateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("subsidy_eur", "subsidy_eur"),
                            ("gross_t", "gross_t"),
                            ("additional_t", "additional_t"),
                            ("nox_t", "nox_t"),
                            ("holdback", "holdback"),
                            ("infrastructure", "infrastructure"),
                            ("permits", "permits"),
                            ("other", "other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("given_by", models.CharField(help_text="The office, not a name", max_length=120)),
                (
                    "low",
                    models.FloatField(blank=True, help_text="[unit of the subject]", null=True),
                ),
                (
                    "high",
                    models.FloatField(blank=True, help_text="[unit of the subject]", null=True),
                ),
                ("since", models.DateField(default=django.utils.timezone.localdate)),
                ("until", models.DateField()),
                ("words", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agreements.mandate",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("ask", "ask"), ("offer", "offer"), ("concession", "concession")],
                        max_length=12,
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("state", "state"), ("company", "company")], max_length=10
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("subsidy_eur", "subsidy_eur"),
                            ("gross_t", "gross_t"),
                            ("additional_t", "additional_t"),
                            ("nox_t", "nox_t"),
                            ("holdback", "holdback"),
                            ("infrastructure", "infrastructure"),
                            ("permits", "permits"),
                            ("other", "other"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "amount",
                    models.FloatField(blank=True, help_text="[unit of the subject]", null=True),
                ),
                ("words", models.TextField()),
                ("on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "outside_because",
                    models.TextField(
                        blank=True, help_text="Why it was made although no mandate covers it"
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "in_return_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returned_by",
                        to="agreements.move",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("on", "id"),
            },
        ),
        migrations.CreateModel(
            name="MoveEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("code", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("ask", "ask"), ("offer", "offer"), ("concession", "concession")],
                        max_length=12,
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("state", "state"), ("company", "company")], max_length=10
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("subsidy_eur", "subsidy_eur"),
                            ("gross_t", "gross_t"),
                            ("additional_t", "additional_t"),
                            ("nox_t", "nox_t"),
                            ("holdback", "holdback"),
                            ("infrastructure", "infrastructure"),
                            ("permits", "permits"),
                            ("other", "other"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "amount",
                    models.FloatField(blank=True, help_text="[unit of the subject]", null=True),
                ),
                ("words", models.TextField()),
                ("on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "outside_because",
                    models.TextField(
                        blank=True, help_text="Why it was made although no mandate covers it"
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "in_return_for",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agreements.move",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agreements.move",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TermsVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("terms", models.JSONField()),
                (
                    "reasons",
                    models.JSONField(default=dict, help_text="Per changed path the reason"),
                ),
                ("decided_on", models.DateField()),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "amendment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="version",
                        to="agreements.amendment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="TermsVersionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("terms", models.JSONField()),
                (
                    "reasons",
                    models.JSONField(default=dict, help_text="Per changed path the reason"),
                ),
                ("decided_on", models.DateField()),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agreements.amendment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agreements.termsversion",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(
                fields=("agreement", "number"), name="one_number_per_amendment"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="amendment_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="4987d90b748b64f7281954f3abf46a4974a4a592",
                    operation="DELETE",
                    pgid="pgtrigger_amendment_is_kept_069bd",
                    table="agreements_amendment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="ended_amendment_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NOT (OLD.\"state\" = 'open'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="00f8bda0b21e01d02b0c6af0277a0d9911a0227f",
                    operation="UPDATE",
                    pgid="pgtrigger_ended_amendment_stays_23617",
                    table="agreements_amendment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_amendmentevent" ("agreement_id", "base", "code", "dossier_id", "ended_because", "ended_by_id", "ended_on", "id", "made_at", "made_by_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_on", "state", "title") VALUES (NEW."agreement_id", NEW."base", NEW."code", NEW."dossier_id", NEW."ended_because", NEW."ended_by_id", NEW."ended_on", NEW."id", NEW."made_at", NEW."made_by_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."shared_on", NEW."state", NEW."title"); RETURN NULL;',
                    hash="4fbed303f6a00fd31e061d7d88e4e67f946dab8b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2a8be",
                    table="agreements_amendment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agreements_amendmentevent" ("agreement_id", "base", "code", "dossier_id", "ended_because", "ended_by_id", "ended_on", "id", "made_at", "made_by_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_on", "state", "title") VALUES (NEW."agreement_id", NEW."base", NEW."code", NEW."dossier_id", NEW."ended_because", NEW."ended_by_id", NEW."ended_on", NEW."id", NEW."made_at", NEW."made_by_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."shared_on", NEW."state", NEW."title"); RETURN NULL;',
                    hash="a22519587b8ed4728a56678eff8faccb31e8f769",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_82160",
                    table="agreements_amendment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_amendmentevent" ("agreement_id", "base", "code", "dossier_id", "ended_because", "ended_by_id", "ended_on", "id", "made_at", "made_by_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_on", "state", "title") VALUES (OLD."agreement_id", OLD."base", OLD."code", OLD."dossier_id", OLD."ended_because", OLD."ended_by_id", OLD."ended_on", OLD."id", OLD."made_at", OLD."made_by_id", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."shared_on", OLD."state", OLD."title"); RETURN NULL;',
                    hash="69c43c1546de30ced1b01ab514fd9462b0f06a72",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0833d",
                    table="agreements_amendment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="amendmentchange",
            constraint=models.UniqueConstraint(
                fields=("amendment", "path"), name="one_change_per_path"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendmentchange",
            trigger=pgtrigger.compiler.Trigger(
                name="change_of_ended_amendment_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF (SELECT state FROM agreements_amendment WHERE id = COALESCE(NEW.amendment_id, OLD.amendment_id)) <> 'open' THEN\n    RAISE EXCEPTION 'what belongs to a text that is no longer open stays as it is';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n",
                    hash="8e8caf9bdcb4385739148b7e62e09d8e45eb570d",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_change_of_ended_amendment_stays_dbeca",
                    table="agreements_amendmentchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendmentchange",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_amendmentchangeevent" ("amendment_id", "id", "kind", "path", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "removes", "value") VALUES (NEW."amendment_id", NEW."id", NEW."kind", NEW."path", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."removes", NEW."value"); RETURN NULL;',
                    hash="c571b1fcfd52ef8743d3eb280341c9008c1fb546",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_18ee6",
                    table="agreements_amendmentchange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendmentchange",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agreements_amendmentchangeevent" ("amendment_id", "id", "kind", "path", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "removes", "value") VALUES (NEW."amendment_id", NEW."id", NEW."kind", NEW."path", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."removes", NEW."value"); RETURN NULL;',
                    hash="96fa026de363c7fff1455c6c739d723f0782016a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_61d0d",
                    table="agreements_amendmentchange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendmentchange",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_amendmentchangeevent" ("amendment_id", "id", "kind", "path", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "removes", "value") VALUES (OLD."amendment_id", OLD."id", OLD."kind", OLD."path", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."removes", OLD."value"); RETURN NULL;',
                    hash="b2433ae6f631f84a5aac9482f2368ca8f16f03a2",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_215c3",
                    table="agreements_amendmentchange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendmentchangeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6c8640d3e5b65c5526838940c3087febc53162e6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c5d5a",
                    table="agreements_amendmentchangeevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="amendmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="761f0ec6e501bcdc949d7b4a519ec2919f7ebe1c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c5a16",
                    table="agreements_amendmentevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                fields=("dossier", "library", "number"), name="one_number_per_text"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draft",
            trigger=pgtrigger.compiler.Trigger(
                name="final_text_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NOT (OLD.\"state\" = 'open'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="a7541599dbf97d05a2cbd2c914e89c2d29bd2b48",
                    operation="DELETE",
                    pgid="pgtrigger_final_text_is_kept_49eab",
                    table="agreements_draft",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draft",
            trigger=pgtrigger.compiler.Trigger(
                name="final_text_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.state <> 'open' AND (OLD.clauses, OLD.state, OLD.number, OLD.library, OLD.dossier_id, OLD.sha256, OLD.code) IS DISTINCT FROM (NEW.clauses, NEW.state, NEW.number, NEW.library, NEW.dossier_id, NEW.sha256, NEW.code))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="767adf1788297c16bc727e7d6b2ee2b6d7aaaa06",
                    operation="UPDATE",
                    pgid="pgtrigger_final_text_stays_92094",
                    table="agreements_draft",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draft",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_draftevent" ("based_on_id", "clauses", "code", "document_id", "dossier_id", "final_at", "id", "library", "made_at", "made_by_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "shared_on", "state") VALUES (NEW."based_on_id", NEW."clauses", NEW."code", NEW."document_id", NEW."dossier_id", NEW."final_at", NEW."id", NEW."library", NEW."made_at", NEW."made_by_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sha256", NEW."shared_on", NEW."state"); RETURN NULL;',
                    hash="94bd2af69f303d6f00763367dff8192b1a0a1d66",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_064f7",
                    table="agreements_draft",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draft",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agreements_draftevent" ("based_on_id", "clauses", "code", "document_id", "dossier_id", "final_at", "id", "library", "made_at", "made_by_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "shared_on", "state") VALUES (NEW."based_on_id", NEW."clauses", NEW."code", NEW."document_id", NEW."dossier_id", NEW."final_at", NEW."id", NEW."library", NEW."made_at", NEW."made_by_id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sha256", NEW."shared_on", NEW."state"); RETURN NULL;',
                    hash="ff293d0fa02e7a6b78827c7533ae3da499be1dd8",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2bffa",
                    table="agreements_draft",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draft",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_draftevent" ("based_on_id", "clauses", "code", "document_id", "dossier_id", "final_at", "id", "library", "made_at", "made_by_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "shared_on", "state") VALUES (OLD."based_on_id", OLD."clauses", OLD."code", OLD."document_id", OLD."dossier_id", OLD."final_at", OLD."id", OLD."library", OLD."made_at", OLD."made_by_id", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sha256", OLD."shared_on", OLD."state"); RETURN NULL;',
                    hash="0124282763ed34a956ff16bb69325f2700302496",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_de3eb",
                    table="agreements_draft",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreementevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="10a426d334db94a2d51d3555cf1d4c20cc116b1d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ab134",
                    table="agreements_agreementevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="agreement_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0e5d041a544a34c9ca82856e03e44a42fa265b98",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_agreement_stays_443e9",
                    table="agreements_agreement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_agreementevent" ("code", "dossier_id", "draft_id", "id", "in_force_on", "library", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id") VALUES (NEW."code", NEW."dossier_id", NEW."draft_id", NEW."id", NEW."in_force_on", NEW."library", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id"); RETURN NULL;',
                    hash="36b6b4f013e8f4f3895273d5bf4db801749815ae",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_13a93",
                    table="agreements_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agreements_agreementevent" ("code", "dossier_id", "draft_id", "id", "in_force_on", "library", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id") VALUES (NEW."code", NEW."dossier_id", NEW."draft_id", NEW."id", NEW."in_force_on", NEW."library", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id"); RETURN NULL;',
                    hash="f16ff08cee115c6fc1aa976e1f2627ca9a6472ed",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_36fdd",
                    table="agreements_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_agreementevent" ("code", "dossier_id", "draft_id", "id", "in_force_on", "library", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id") VALUES (OLD."code", OLD."dossier_id", OLD."draft_id", OLD."id", OLD."in_force_on", OLD."library", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id"); RETURN NULL;',
                    hash="b23cede419aa3242a32d3888f7808a60f0a6c4b9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a07e3",
                    table="agreements_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draftevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1fb31a54a10b6fe2e86be325213891318d4fcfdd",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_64faa",
                    table="agreements_draftevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="draftfield",
            constraint=models.UniqueConstraint(
                fields=("draft", "name"), name="one_value_per_field"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draftfield",
            trigger=pgtrigger.compiler.Trigger(
                name="value_of_final_text_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF (SELECT state FROM agreements_draft WHERE id = COALESCE(NEW.draft_id, OLD.draft_id)) <> 'open' THEN\n    RAISE EXCEPTION 'what belongs to a text that is no longer open stays as it is';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n",
                    hash="30083b60e73e561bc0d46d053ccb2885f32a72d4",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_value_of_final_text_stays_8c0d5",
                    table="agreements_draftfield",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draftfield",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_draftfieldevent" ("draft_id", "id", "name", "origin", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "taken_on", "value") VALUES (NEW."draft_id", NEW."id", NEW."name", NEW."origin", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reference", NEW."taken_on", NEW."value"); RETURN NULL;',
                    hash="a54c8364e4cf30a7358058922188ef74d0a5ff60",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ef7d5",
                    table="agreements_draftfield",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draftfield",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agreements_draftfieldevent" ("draft_id", "id", "name", "origin", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "taken_on", "value") VALUES (NEW."draft_id", NEW."id", NEW."name", NEW."origin", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reference", NEW."taken_on", NEW."value"); RETURN NULL;',
                    hash="09c33189490a64b8546e22a8e4e675619afab265",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e292e",
                    table="agreements_draftfield",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draftfield",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_draftfieldevent" ("draft_id", "id", "name", "origin", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "taken_on", "value") VALUES (OLD."draft_id", OLD."id", OLD."name", OLD."origin", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reference", OLD."taken_on", OLD."value"); RETURN NULL;',
                    hash="7092cab5b1f87d5d3b832944756957f17f390e9e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0d18f",
                    table="agreements_draftfield",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draftfieldevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="061e3b24eca7882918de00a7d8b689f64ea4d4e3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1693e",
                    table="agreements_draftfieldevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="informed",
            trigger=pgtrigger.compiler.Trigger(
                name="informed_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="19b2531f9e1261d1b4595e79b87a2461ad9812ee",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_informed_stays_de0b2",
                    table="agreements_informed",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="informed",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_informedevent" ("about", "dossier_id", "how", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "who") VALUES (NEW."about", NEW."dossier_id", NEW."how", NEW."id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."who"); RETURN NULL;',
                    hash="5b56f9a0dc4d11e0498ddaee14a44e23df08c83d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9525d",
                    table="agreements_informed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="informed",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agreements_informedevent" ("about", "dossier_id", "how", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "who") VALUES (NEW."about", NEW."dossier_id", NEW."how", NEW."id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."who"); RETURN NULL;',
                    hash="7736cf5bf94129310015eefa47e8c82961af4403",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c5aaf",
                    table="agreements_informed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="informed",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_informedevent" ("about", "dossier_id", "how", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "who") VALUES (OLD."about", OLD."dossier_id", OLD."how", OLD."id", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."who"); RETURN NULL;',
                    hash="159d9c08759fa1580ffe0bcfb48ee08fbae46c09",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1c3da",
                    table="agreements_informed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="informedevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a62a2ed41bda499cca1c20a3a1ec094981a89950",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_018bc",
                    table="agreements_informedevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mandate",
            trigger=pgtrigger.compiler.Trigger(
                name="mandate_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="bccf5eb9e1d523d290b274e50155e64e0884b7a2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_mandate_stays_b81dd",
                    table="agreements_mandate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mandate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_mandateevent" ("code", "dossier_id", "given_by", "high", "id", "low", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "since", "subject", "until", "words") VALUES (NEW."code", NEW."dossier_id", NEW."given_by", NEW."high", NEW."id", NEW."low", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."since", NEW."subject", NEW."until", NEW."words"); RETURN NULL;',
                    hash="554344b545ef5c86279a43311014d5bcae12aeb1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7a562",
                    table="agreements_mandate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mandate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agreements_mandateevent" ("code", "dossier_id", "given_by", "high", "id", "low", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "since", "subject", "until", "words") VALUES (NEW."code", NEW."dossier_id", NEW."given_by", NEW."high", NEW."id", NEW."low", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."since", NEW."subject", NEW."until", NEW."words"); RETURN NULL;',
                    hash="00775d13ec17db415a9908c987438f36dc409bf1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_acb22",
                    table="agreements_mandate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mandate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_mandateevent" ("code", "dossier_id", "given_by", "high", "id", "low", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "since", "subject", "until", "words") VALUES (OLD."code", OLD."dossier_id", OLD."given_by", OLD."high", OLD."id", OLD."low", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."since", OLD."subject", OLD."until", OLD."words"); RETURN NULL;',
                    hash="41612ef6d80fbc848791f21c39f722f21c323a66",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_05203",
                    table="agreements_mandate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mandateevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="153bd73f3b244fac2da43d778b192ce92b88f0c5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6638e",
                    table="agreements_mandateevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="move",
            trigger=pgtrigger.compiler.Trigger(
                name="move_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c843c917e84d9341d8636750da7b0824a7c10a1b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_move_stays_e8cfc",
                    table="agreements_move",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="move",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_moveevent" ("amount", "code", "dossier_id", "id", "in_return_for_id", "kind", "on", "outside_because", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "side", "subject", "words") VALUES (NEW."amount", NEW."code", NEW."dossier_id", NEW."id", NEW."in_return_for_id", NEW."kind", NEW."on", NEW."outside_because", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."side", NEW."subject", NEW."words"); RETURN NULL;',
                    hash="0af173a161c2acbd480afc0a7a7cc8b5d581bd0b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a40b2",
                    table="agreements_move",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="move",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agreements_moveevent" ("amount", "code", "dossier_id", "id", "in_return_for_id", "kind", "on", "outside_because", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "side", "subject", "words") VALUES (NEW."amount", NEW."code", NEW."dossier_id", NEW."id", NEW."in_return_for_id", NEW."kind", NEW."on", NEW."outside_because", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."side", NEW."subject", NEW."words"); RETURN NULL;',
                    hash="ef80f79d59b36e006626e49d9003ca393b9263ac",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4dd20",
                    table="agreements_move",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="move",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_moveevent" ("amount", "code", "dossier_id", "id", "in_return_for_id", "kind", "on", "outside_because", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "side", "subject", "words") VALUES (OLD."amount", OLD."code", OLD."dossier_id", OLD."id", OLD."in_return_for_id", OLD."kind", OLD."on", OLD."outside_because", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."side", OLD."subject", OLD."words"); RETURN NULL;',
                    hash="3c4d9daa615f517be6728bfc5c387050abb49fef",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4ada2",
                    table="agreements_move",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="moveevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="78b179775c847c9d07283c952790e381764b3c0b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4de0d",
                    table="agreements_moveevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="termsversion",
            constraint=models.UniqueConstraint(
                fields=("agreement", "number"), name="one_number_per_terms"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termsversion",
            trigger=pgtrigger.compiler.Trigger(
                name="terms_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7a387c422da01ec5f375f9f77d65f3f65c10ee2e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_terms_stay_abc96",
                    table="agreements_termsversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termsversion",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_termsversionevent" ("agreement_id", "amendment_id", "decided_by_id", "decided_on", "hash", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous", "reasons", "terms") VALUES (NEW."agreement_id", NEW."amendment_id", NEW."decided_by_id", NEW."decided_on", NEW."hash", NEW."id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."previous", NEW."reasons", NEW."terms"); RETURN NULL;',
                    hash="991183a44637889e9cf5516a4c1b7ecb6f77b078",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_682e8",
                    table="agreements_termsversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termsversion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agreements_termsversionevent" ("agreement_id", "amendment_id", "decided_by_id", "decided_on", "hash", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous", "reasons", "terms") VALUES (NEW."agreement_id", NEW."amendment_id", NEW."decided_by_id", NEW."decided_on", NEW."hash", NEW."id", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."previous", NEW."reasons", NEW."terms"); RETURN NULL;',
                    hash="7fe1e8f015a59b78ebde03fd9824280c889d5ccc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_41379",
                    table="agreements_termsversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termsversion",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agreements_termsversionevent" ("agreement_id", "amendment_id", "decided_by_id", "decided_on", "hash", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous", "reasons", "terms") VALUES (OLD."agreement_id", OLD."amendment_id", OLD."decided_by_id", OLD."decided_on", OLD."hash", OLD."id", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."previous", OLD."reasons", OLD."terms"); RETURN NULL;',
                    hash="c5cf19d14088a084aa3b785eca642a825c6a92ca",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bd412",
                    table="agreements_termsversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termsversionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6e2663254d63acc2d7a19354bb18e3e8eb409be8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_472ca",
                    table="agreements_termsversionevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
