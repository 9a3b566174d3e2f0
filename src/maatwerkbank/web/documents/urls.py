# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `documents`."""

from django.urls import path

from maatwerkbank.web.documents.views import (
    downloads,
    exports,
    frozen_sets,
    looks,
    papers,
    passages,
    versions,
)

app_name = "documents"
urlpatterns = [
    path("dossier/<uuid:code>/", papers.papers, name="papers"),
    path("dossier/<uuid:code>/toevoegen", papers.add, name="add"),
    path("dossier/<uuid:code>/sets/", frozen_sets.sets_of, name="sets-of"),
    path("dossier/<uuid:code>/sets/bevriezen", frozen_sets.freeze, name="freeze"),
    path("dossier/<uuid:code>/export", exports.export, name="export"),
    path("dossier/<uuid:code>/ingezien", looks.looks, name="looks"),
    path("sets/", frozen_sets.sets, name="sets"),
    path("sets/<uuid:code>/", frozen_sets.frozen_set, name="set"),
    path("sets/<uuid:code>/manifest.json", frozen_sets.manifest, name="manifest"),
    path("sets/<uuid:code>/lezers", frozen_sets.admit, name="admit"),
    path(
        "sets/<uuid:code>/lezers/<uuid:person>/einde", frozen_sets.end_reading, name="end-reading"
    ),
    path("versie/<uuid:code>/bestand", downloads.download, name="download"),
    path("versie/<uuid:code>/indienen", versions.hand_in, name="hand-in"),
    path("versie/<uuid:code>/weggooien", versions.discard, name="discard"),
    path("versie/<uuid:code>/beoordelen", versions.judge, name="judge"),
    path("versie/<uuid:code>/ondertekenaars", versions.sign, name="sign"),
    path("versie/<uuid:code>/passages/", passages.passages, name="passages"),
    path("passage/<uuid:code>/beoordelen", passages.judge, name="judge-passage"),
    path("<uuid:code>/", papers.document, name="document"),
    path("<uuid:code>/versie", papers.new_version, name="new-version"),
    path("<uuid:code>/vertrouwelijkheid", papers.classify, name="classify"),
    path("<uuid:code>/vergelijken", papers.compare, name="compare"),
]
