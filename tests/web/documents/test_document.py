# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One paper: its versions, what is done with them, its file, its confidentiality."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.documents.samples import lay_down, pdf, read, upload
from tests.web.world import World

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS
from maatwerkbank.dossier.roles import TOPICS
from maatwerkbank.web.documents import services
from maatwerkbank.web.documents.content import place
from maatwerkbank.web.documents.models import (
    Document,
    DocumentVersion,
    Look,
    Signatory,
)
from maatwerkbank.web.documents.services import Classification
from maatwerkbank.web.dossiers.models import Ambition
from maatwerkbank.web.people import access
from maatwerkbank.web.refusals import Conflict, NotAllowed


def page_of(version: DocumentVersion) -> str:
    """The address of the paper."""
    return reverse("documents:document", args=[version.document.code])


def at(name: str, version: DocumentVersion) -> str:
    """The address of a deed with a version."""
    return reverse(f"documents:{name}", args=[version.code])


def two_expressions(world: World) -> Document:
    """Two versions of an EoP that are public and lie elsewhere, as of Tata Steel."""
    document = Document.objects.create(
        dossier=world.zout,
        kind="expression_of_principles",
        title="Expression of Principles",
        topic="general",
        level=Level.OPENBAAR.value,
        with_company=True,
    )
    for number, dated, gross in ((1, "2021-03-30", 4e6), (2, "2022-07-15", 5e6)):
        version = DocumentVersion.objects.create(
            document=document,
            number=number,
            state="accepted",
            dated=dated,
            source="tata-eop-2022-07-15" if number == 2 else "",
        )
        Signatory.objects.create(
            version=version, organisation="Ministerie van EZK", capacity="minister", signed_on=dated
        )
        Ambition.objects.create(
            dossier=world.zout,
            version="eop",
            year=2030,
            gross_low=gross,
            gross_high=gross,
            document=version,
            source="tata-eop-2022-07-15",
        )
    Signatory.objects.create(
        version=version, organisation="Provincie Noord-Holland", capacity="gedeputeerde"
    )
    return document


# ── reading ──


def test_it_shows_what_is_known_of_a_paper_that_lies_elsewhere(world: World):
    document = two_expressions(world)

    page = world.browser(world.lead).get(reverse("documents:document", args=[document.code]))

    told = page.content.decode()
    assert told.index("Versie 2") < told.index("Versie 1")
    assert "bekend, niet hier bewaard" in told
    assert "Rijksoverheid" in told
    assert "5.000.000 t per jaar" in told
    assert "Versie 2 opslaan" not in told


def test_it_lays_two_versions_beside_each_other(world: World):
    document = two_expressions(world)

    answer = world.browser(world.lead).get(reverse("documents:compare", args=[document.code]))

    page = answer.content.decode()
    assert "<del>30 maart 2021</del>" in page
    assert "<ins>15 juli 2022</ins>" in page
    assert "<del>4.000.000 t per jaar</del>" in page
    assert "<ins>5.000.000 t per jaar</ins>" in page
    assert "Ondertekenaar: Provincie Noord-Holland (gedeputeerde)" in page


def test_it_shows_which_lines_of_a_text_changed(world: World):
    first = lay_down(world, name="a.yaml", content=b"a: 1\nb: 2\n")
    second = services.add_version(
        document=first.document, by=world.lead, file=upload("a.yaml", b"a: 1\nb: <3>\n")
    )
    services.hand_in(version=second, by=world.lead)

    address = reverse("documents:compare", args=[first.document.code])
    page = world.browser(world.lead).get(address).content.decode()

    assert "<del>b: 2</del>" in page
    assert "<ins>b: &lt;3&gt;</ins>" in page


def test_it_has_nothing_to_compare_with_one_version(world: World):
    version = lay_down(world)
    address = reverse("documents:compare", args=[version.document.code])

    assert world.browser(world.lead).get(address).status_code == 404


def test_it_hands_the_file_out_to_be_saved_and_not_shown(world: World):
    version = lay_down(world, name="../../Plan “2050”.pdf", content=pdf("inhoud"))

    answer = world.browser(world.lead).get(at("download", version))

    assert read(answer) == pdf("inhoud")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "/" not in answer["Content-Disposition"].replace("utf-8''", "")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_it_hands_out_nothing_that_was_changed_on_the_disk(world: World):
    version = lay_down(world)
    place(version.sha256).write_bytes(b"vervalst")

    answer = world.browser(world.lead).get(at("download", version))

    assert answer.status_code == 409
    assert b"vervalst" not in answer.content


def test_it_writes_down_who_opened_what_is_confidential(world: World):
    open_to_many = lay_down(world, title="Gewoon", level=Level.ZAAKVERTROUWELIJK)
    closed = lay_down(world, title="Gevoelig", level=Level.VERTROUWELIJK, content=pdf("g"))
    client = world.browser(world.member)

    client.get(page_of(open_to_many))
    client.get(page_of(closed))
    read(client.get(at("download", closed)))

    assert list(Look.objects.order_by("pk").values_list("person", "kind", "title")) == [
        (world.member.pk, "document", "Gevoelig"),
        (world.member.pk, "file", "Gevoelig, 1"),
    ]


# ── handing in, judging, signing ──


def test_it_hands_in_a_draft_and_freezes_it(world: World):
    version = lay_down(world, by=world.company, kind="plan_2050", state="draft")

    answer = world.browser(world.company).post(at("hand-in", version))

    version.refresh_from_db()
    assert answer.status_code == 302
    assert version.state == "handed_in"
    version.sha256 = "0" * 64
    with pytest.raises(DatabaseError), transaction.atomic():
        version.save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from documents_documentversion where id = %s", [version.pk])


def test_it_tells_htmx_of_the_one_version(world: World):
    version = lay_down(world, state="draft")

    answer = world.browser(world.lead).post(at("hand-in", version), headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert 'id="version-1"' in page
    assert "<html" not in page
    assert "Het document is ingediend." in page


def test_it_refuses_to_hand_in_twice(world: World):
    version = lay_down(world)

    answer = world.browser(world.lead).post(at("hand-in", version))

    assert answer.status_code == 409
    assert "Deze versie is ingediend, niet concept." in answer.content.decode()


def test_it_judges_what_the_company_handed_in(world: World):
    version = lay_down(world, by=world.company, kind="plan_2050", topic="general")

    world.browser(world.lead).post(at("judge", version), {"outcome": "accepted"})

    version.refresh_from_db()
    assert (version.state, version.judged_by) == ("accepted", world.lead)


def test_it_tells_the_company_why_a_version_was_refused(world: World):
    version = lay_down(world, by=world.company, kind="plan_2050", topic="general")

    world.browser(world.lead).post(
        at("judge", version), {"outcome": "refused", "judgement": "De jaren na 2040 ontbreken."}
    )

    page = world.browser(world.company).get(page_of(version)).content.decode()
    assert "geweigerd" in page
    assert "De jaren na 2040 ontbreken." in page


def test_it_asks_for_reasons_with_a_refusal(world: World):
    version = lay_down(world, by=world.company, kind="plan_2050", topic="general")

    answer = world.browser(world.lead).post(at("judge", version), {"outcome": "refused"})

    version.refresh_from_db()
    assert answer.status_code == 422
    assert version.state == "handed_in"
    with pytest.raises(Conflict):
        services.judge(version=version, by=world.lead, accepted=False)


def test_it_lets_nobody_judge_what_he_handed_in_himself(world: World):
    version = lay_down(world)

    answer = world.browser(world.lead).post(at("judge", version), {"outcome": "accepted"})

    assert answer.status_code == 409
    assert "U hebt deze versie zelf ingediend." in answer.content.decode()


def test_it_keeps_a_judgement_for_ever(world: World):
    version = lay_down(world, state="accepted")

    with pytest.raises(Conflict):
        services.judge(version=version, by=world.member, accepted=False, judgement="Toch niet.")
    with pytest.raises(DatabaseError), transaction.atomic():
        DocumentVersion.objects.filter(pk=version.pk).update(state="refused")


def test_it_says_no_to_a_company_that_judges(world: World):
    version = lay_down(world, with_company=True)

    answer = world.browser(world.company).post(at("judge", version), {"outcome": "accepted"})

    assert answer.status_code == 403


def test_it_writes_down_who_signed(world: World):
    version = lay_down(world, kind="joint_letter_of_intent", topic="negotiation")

    world.browser(world.lead).post(
        at("sign", version),
        {"organisation": "Zoutfabriek BV", "capacity": "directeur", "signed_on": "2025-06"},
    )

    assert list(version.signatories.values_list("organisation", "capacity", "signed_on")) == [
        ("Zoutfabriek BV", "directeur", "2025-06")
    ]
    page = world.browser(world.lead).get(page_of(version)).content.decode()
    assert "Er ontbreekt nog 1 ondertekening." in page


def test_it_lets_a_company_write_down_its_own_signature_only(world: World):
    version = lay_down(world, with_company=True)

    services.sign(
        version=version, by=world.company, organisation="Zoutfabriek BV", capacity="directeur"
    )

    with pytest.raises(NotAllowed):
        services.sign(
            version=version, by=world.company, organisation="Ministerie van KGG", capacity="x"
        )


def test_it_writes_no_signature_down_twice(world: World):
    version = lay_down(world)
    signed = {"organisation": "Ministerie van KGG", "capacity": "minister"}
    services.sign(version=version, by=world.lead, **signed)

    answer = world.browser(world.lead).post(at("sign", version), signed)

    assert answer.status_code == 409
    assert version.signatories.count() == 1


def test_it_adds_a_version_with_the_next_number(world: World):
    version = lay_down(world)

    world.browser(world.member).post(
        reverse("documents:new-version", args=[version.document.code]),
        {"file": upload("b.pdf", pdf("tweede")), "remark": "Fase 2 erbij.", "then": "hand_in"},
    )

    newest = version.document.versions.last()
    assert (newest.number, newest.remark, newest.handed_in_by) == (2, "Fase 2 erbij.", world.member)


def test_it_refuses_a_version_that_changes_nothing(world: World):
    version = lay_down(world, content=pdf("gelijk"))

    answer = world.browser(world.lead).post(
        reverse("documents:new-version", args=[version.document.code]),
        {"file": upload("b.pdf", pdf("gelijk")), "then": "hand_in"},
    )

    assert answer.status_code == 409
    assert "dezelfde inhoud als versie 1" in answer.content.decode()
    assert version.document.versions.count() == 1


def test_it_throws_a_draft_away(world: World):
    version = lay_down(world, state="draft")

    answer = world.browser(world.lead).post(at("discard", version))

    assert answer["Location"] == reverse("documents:papers", args=[world.zout.code])
    assert not Document.objects.exists()


def test_it_keeps_what_was_handed_in(world: World):
    version = lay_down(world)

    assert world.browser(world.lead).post(at("discard", version)).status_code == 409
    assert DocumentVersion.objects.exists()


# ── how confidential ──


def test_it_opens_a_paper_further_only_with_a_reason_and_a_name(world: World):
    version = lay_down(world, level=Level.VERTROUWELIJK)
    address = reverse("documents:classify", args=[version.document.code])
    client = world.browser(world.lead)

    refused = client.post(address, {"level": 2})
    allowed = client.post(address, {"level": 2, "reason": "De prijzen zijn eruit."})

    assert refused.status_code == 409
    assert allowed.status_code == 302
    page = client.get(page_of(version)).content.decode()
    assert "Vertrouwelijk → Intern." in page
    assert "Projectleider KGG: De prijzen zijn eruit." in page


def test_it_closes_a_paper_without_asking_why(world: World):
    version = lay_down(world, level=Level.INTERN)

    services.classify(
        document=version.document,
        by=world.lead,
        classification=Classification(level=Level.VERTROUWELIJK),
    )

    version.document.refresh_from_db()
    assert version.document.level == Level.VERTROUWELIJK


def test_it_asks_why_the_company_may_come_to_read_it(world: World):
    version = lay_down(world)

    with pytest.raises(Conflict):
        services.classify(
            document=version.document,
            by=world.lead,
            classification=Classification(level=Level.ZAAKVERTROUWELIJK, with_company=True),
        )


def test_it_refuses_a_level_above_ones_own(world: World):
    version = lay_down(world)

    with pytest.raises(NotAllowed):
        services.classify(
            document=version.document,
            by=world.lead,
            classification=Classification(level=Level.GEHEIM),
        )


def test_it_keeps_a_state_secret_out_of_the_database_too(world: World):
    version = lay_down(world)
    answer = world.browser(world.lead).post(
        reverse("documents:classify", args=[version.document.code]),
        {"level": 4, "marking": "stg_geheim", "marking_basis": "VIRBI"},
    )

    assert answer.status_code == 422
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=version.document_id).update(marking="stg_geheim")


def test_it_lets_an_analyst_not_classify(world: World):
    version = lay_down(world)
    address = reverse("documents:classify", args=[version.document.code])

    assert world.browser(world.analyst).post(address, {"level": 0}).status_code == 403


# ── who may not even know ──


@pytest.mark.parametrize("person", ["outsider", "other_company", "adviser", "observer", "company"])
def test_it_is_not_there_for_others(world: World, person: str):
    version = lay_down(world)
    client = world.browser(getattr(world, person))

    codes = [
        client.get(page_of(version)).status_code,
        client.get(at("download", version)).status_code,
        client.get(at("passages", version)).status_code,
        client.get(reverse("documents:compare", args=[version.document.code])).status_code,
        *(
            client.post(at(deed, version)).status_code
            for deed in ("hand-in", "discard", "judge", "sign")
        ),
        *(
            client.post(reverse(f"documents:{deed}", args=[version.document.code])).status_code
            for deed in ("new-version", "classify")
        ),
    ]

    assert set(codes) == {404}
    assert not Look.objects.exists()


def test_it_hides_a_draft_of_another_organisation_in_a_paper_that_one_sees(world: World):
    first = lay_down(world, with_company=True)
    draft = services.add_version(
        document=first.document, by=world.lead, file=upload("geheim.pdf", pdf("nieuw"))
    )
    client = world.browser(world.company)

    assert "geheim.pdf" not in client.get(page_of(first)).content.decode()
    assert client.get(at("download", draft)).status_code == 404


DRAFT_PAGES = (
    "/dossiers/{dossier}/",
    "/dossiers/{dossier}/geschiedenis/",
    "/api/v1/dossiers/{dossier}/documents",
    "/api/v1/documents/{document}",
    "/stukken/dossier/{dossier}/",
    "/stukken/{document}/",
    "/zoeken/?q=geheim",
)


def test_it_keeps_a_draft_out_of_every_page_of_others(world: World):
    first = lay_down(world)
    draft = services.add_version(
        document=first.document, by=world.lead, file=upload("geheim.pdf", pdf("nieuw"))
    )
    services.sign(version=draft, by=world.lead, organisation="Geheime partij", capacity="x")
    pages = [
        page.format(dossier=world.zout.code, document=first.document.code) for page in DRAFT_PAGES
    ]
    told = {
        name: "".join(
            world.browser(getattr(world, name)).get(page).content.decode() for page in pages
        )
        for name in ("member", "analyst")
    }

    for secret in (str(draft.code), draft.sha256, "geheim.pdf", "Geheime partij"):
        assert secret not in told["analyst"]
    assert "geheim.pdf" in told["member"]
    assert str(draft.code) in told["member"]


@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    kind=st.sampled_from(sorted(DOCUMENT_KINDS)),
    topic=st.sampled_from(sorted(TOPICS)),
    with_company=st.booleans(),
    state=st.sampled_from(["draft", "handed_in"]),
)
def test_it_opens_less_at_every_higher_level(
    *, world: World, kind: str, topic: str, with_company: bool, state: str
):
    papers = [
        Document.objects.create(
            dossier=world.zout,
            kind=kind,
            title="x",
            topic=topic,
            with_company=with_company,
            level=level.value,
        )
        for level in Level
    ]
    for paper in papers:
        DocumentVersion.objects.create(
            document=paper, number=1, state=state, handed_in_by=world.lead
        )

    for person in world.everybody().values():
        seen = access.versions_of(person).filter(document__in=papers)
        levels = sorted(seen.values_list("document__level", flat=True))

        assert levels == list(range(len(levels)))
        assert len(levels) <= person.clearance + 1
