# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `agreements`."""

from django.urls import path

from maatwerkbank.web.agreements.views import clauses, negotiation, terms, texts

app_name = "agreements"
TEXT = "<uuid:code>/tekst/<uuid:draft>"
TERMS = "<uuid:code>/geldend/<uuid:agreement>"
AMENDMENT = "<uuid:code>/wijziging/<uuid:amendment>"
urlpatterns = [
    path("<uuid:code>/", texts.dossier, name="dossier"),
    path("<uuid:code>/vergelijken/", texts.compare, name="compare"),
    # texts
    path("<uuid:code>/tekst/", texts.begin, name="begin"),
    path(f"{TEXT}/", texts.text, name="text"),
    path(f"{TEXT}/gegeven/<slug:name>/", texts.fill, name="fill"),
    path(f"{TEXT}/bepaling/<slug:clause>/", texts.clause, name="clause"),
    path(f"{TEXT}/overnemen", texts.take_over, name="take-over"),
    path(f"{TEXT}/definitief", texts.make_final, name="make-final"),
    path(f"{TEXT}/delen", texts.share, name="share"),
    path(f"{TEXT}/aanleveren", texts.hand_in, name="hand-in"),
    path(f"{TEXT}/in-werking/", texts.put_in_force, name="put-in-force"),
    path(f"{TEXT}/odt", texts.download, {"kind": "odt"}, name="text-odt"),
    path(f"{TEXT}/pdf", texts.download, {"kind": "pdf"}, name="text-pdf"),
    # what is in force
    path(f"{TERMS}/<int:number>/", terms.terms, name="terms"),
    path(f"{TERMS}/<int:number>/odt", terms.download, {"kind": "odt"}, name="terms-odt"),
    path(f"{TERMS}/<int:number>/pdf", terms.download, {"kind": "pdf"}, name="terms-pdf"),
    path(f"{TERMS}/wijziging/", terms.new_amendment, name="new-amendment"),
    # changes
    path(f"{AMENDMENT}/", terms.amendment, name="amendment"),
    path(f"{AMENDMENT}/onderdeel/", terms.change, name="change"),
    path(f"{AMENDMENT}/bepaling-erbij/", clauses.add, name="add-clause"),
    path(f"{AMENDMENT}/bepaling-eruit/", clauses.take_out, name="take-clause-out"),
    path(f"{AMENDMENT}/volgorde/", clauses.move, name="move-clause"),
    path(f"{AMENDMENT}/weglaten", terms.drop, name="drop-change"),
    path(f"{AMENDMENT}/delen", terms.share, name="share-amendment"),
    path(f"{AMENDMENT}/herhalen/", terms.replay, name="replay"),
    path(f"{AMENDMENT}/besluiten/", terms.decide, name="decide"),
    path(f"{AMENDMENT}/intrekken/", terms.withdraw, name="withdraw"),
    # the negotiation, for the team of the State only
    path("<uuid:code>/onderhandeling/", negotiation.negotiation, name="negotiation"),
    path("<uuid:code>/onderhandeling/mandaat/", negotiation.mandate, name="mandate"),
    path("<uuid:code>/onderhandeling/stap/", negotiation.move, name="move"),
    path("<uuid:code>/onderhandeling/informeren/", negotiation.informed, name="informed"),
]
