# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The list of papers of a dossier, and adding one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.documents.samples import lay_down, office, open_document, pdf, upload
from tests.web.world import World

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.documents import services
from maatwerkbank.web.documents.models import Document, DocumentVersion, Signatory
from maatwerkbank.web.documents.services import Classification, kinds_for, topics_for
from maatwerkbank.web.refusals import NotAllowed, Unfit


def list_of(world: World) -> str:
    """The address of the list."""
    return reverse("documents:papers", args=[world.zout.code])


def add_to(world: World) -> str:
    """The address of the form."""
    return reverse("documents:add", args=[world.zout.code])


def filled_in(**changed: object) -> dict[str, object]:
    """The form as somebody fills it in."""
    return {
        "file": upload("review.pdf", pdf()),
        "kind": "project_review",
        "title": "Projectreview stoom",
        "dated": "2025-03",
        "level": 3,
        "then": "hand_in",
        **changed,
    }


# ── what works ──


def test_it_lists_papers_under_their_stage_with_version_state_and_signatories(world: World):
    version = lay_down(
        world, kind="expression_of_principles", title="EoP Zoutfabriek", topic="general"
    )
    services.sign(
        version=version, by=world.lead, organisation="Ministerie van KGG", capacity="minister"
    )
    lay_down(world, kind="correspondence", title="Brief van mei", topic="general")

    page = world.browser(world.lead).get(list_of(world)).content.decode()

    assert page.index("Verkenning") < page.index("EoP Zoutfabriek")
    assert page.index("In elke fase") < page.index("Brief van mei")
    assert "Ministerie van KGG" in page
    assert "ingediend" in page


def test_it_teaches_who_sees_an_empty_list(world: World):
    page = world.browser(world.lead).get(list_of(world)).content.decode()

    assert "Nog geen documenten" in page
    assert add_to(world) in page


def test_it_asks_the_database_as_often_for_many_papers_as_for_one(
    world: World, django_assert_num_queries
):
    client = world.browser(world.lead)
    lay_down(world)
    client.get(list_of(world))
    with CaptureQueriesContext(connection) as asked:
        client.get(list_of(world))
    for number in range(5):
        version = lay_down(world, title=f"Review {number}", content=pdf(f"{number}"))
        services.sign(version=version, by=world.lead, organisation=f"{number}", capacity="lid")
        services.add_version(
            document=version.document, by=world.lead, file=upload("a.pdf", pdf(f"{number}b"))
        )

    with django_assert_num_queries(len(asked)):
        client.get(list_of(world))


def test_it_adds_and_hands_in_a_paper_in_one_step(world: World):
    answer = world.browser(world.lead).post(add_to(world), filled_in(), follow=True)

    version = DocumentVersion.objects.get()
    assert answer.redirect_chain[-1][0] == reverse(
        "documents:document", args=[version.document.code]
    )
    assert (version.state, version.number, version.dated) == ("handed_in", 1, "2025-03")
    assert (version.document.kind, version.document.topic) == ("project_review", "business_case")
    assert (version.media_type, version.file_name) == ("application/pdf", "review.pdf")
    assert (version.document.level, version.document.with_company) == (3, False)
    assert version.handed_in_by == world.lead


def test_it_keeps_a_draft_that_only_its_own_organisation_sees(world: World):
    world.browser(world.lead).post(add_to(world), filled_in(then="draft", with_company="on"))

    pages = {
        name: world.browser(getattr(world, name)).get(list_of(world)).content.decode()
        for name in ("lead", "member", "analyst", "company")
    }
    document = reverse("documents:document", args=[Document.objects.get().code])
    assert "Projectreview stoom" in pages["lead"]
    assert "Projectreview stoom" in pages["member"]
    assert "Projectreview stoom" not in pages["analyst"] + pages["company"]
    assert world.browser(world.analyst).get(document).status_code == 404


def test_it_gives_what_a_company_hands_in_to_the_company_and_the_team(world: World):
    answer = world.browser(world.company).post(
        add_to(world),
        filled_in(kind="plan_2050", file=upload("plan.odt", open_document()), level=4),
    )

    document = Document.objects.get()
    assert answer.status_code == 302
    assert (document.with_company, document.level) == (True, Level.VERTROUWELIJK)
    assert "Projectreview stoom" in world.browser(world.lead).get(list_of(world)).content.decode()


def test_it_puts_what_a_partner_hands_in_under_a_subject_of_that_partner(world: World):
    world.browser(world.environment).post(
        add_to(world), filled_in(kind="correspondence", title="Brief over de vergunning")
    )

    assert Document.objects.get().topic == "permits"


def test_it_tells_that_the_same_content_lies_here_already(world: World):
    lay_down(world, title="De eerste", content=pdf("gelijk"))

    page = world.browser(world.lead).post(
        add_to(world), filled_in(file=upload("b.pdf", pdf("gelijk"))), follow=True
    )

    assert "Dezelfde inhoud ligt al in “De eerste”, versie 1." in page.content.decode()


def test_it_does_not_tell_of_the_same_content_in_a_paper_that_one_may_not_see(world: World):
    lay_down(world, title="Verborgen", content=pdf("gelijk"), topic="business_case")

    page = world.browser(world.company).post(
        add_to(world),
        filled_in(kind="plan_2050", file=upload("b.pdf", pdf("gelijk"))),
        follow=True,
    )

    assert "Verborgen" not in page.content.decode()
    assert "Dezelfde inhoud" not in page.content.decode()


def test_it_says_the_limit_before_a_file_is_chosen(world: World):
    page = world.browser(world.lead).get(add_to(world)).content.decode()

    assert "Hoogstens 25,0 MB." in page


def test_it_speaks_english_too(world: World):
    client = world.browser(world.lead)
    client.cookies["maatwerkbank_language"] = "en"

    page = client.get(add_to(world)).content.decode()

    assert "At most 25.0 MB." in page
    assert "Level of confidentiality" in page


# ── what is refused ──


def test_it_says_the_limit_after_a_file_was_too_large(world: World, settings):
    settings.MAX_UPLOAD_BYTES = 2_000_000
    answer = world.browser(world.lead).post(
        add_to(world), filled_in(file=upload("groot.pdf", pdf(extra=b"x" * 2_000_000)))
    )

    assert answer.status_code == 422
    assert "hoogstens 1,9 MB" in answer.content.decode()
    assert not Document.objects.exists()


def test_it_shows_all_findings_about_file_and_form_at_once(world: World):
    planted = office(parts={"word/vbaProject.bin": b"x", "../a": b"x"})

    answer = world.browser(world.lead).post(
        add_to(world), filled_in(file=upload("plan.pdf", planted), title="", dated="vorige week")
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "plan.pdf: word/vbaProject.bin" in page
    assert "een pad naar een andere map" in page
    assert "Word (DOCX)" in page
    assert "“vorige week” is geen datum" in page
    assert 'href="#id_title"' in page


@pytest.mark.parametrize("marking", ["stg_geheim", "stg_confidentieel", "stg_zeer_geheim"])
def test_it_refuses_what_bears_the_marking_of_a_state_secret(world: World, marking: str):
    answer = world.browser(world.lead).post(
        add_to(world), filled_in(marking=marking, marking_basis="VIRBI, door de minister")
    )

    assert answer.status_code == 422
    assert "geen staatsgeheim" in answer.content.decode()
    assert not Document.objects.exists()


def test_it_keeps_a_marking_that_is_no_state_secret_with_its_basis(world: World):
    world.browser(world.lead).post(
        add_to(world),
        filled_in(marking="dep_vertrouwelijk", marking_basis="VIRBI, door de secretaris-generaal"),
    )

    document = Document.objects.get()
    page = world.browser(world.lead).get(reverse("documents:document", args=[document.code]))
    assert document.marking == "dep_vertrouwelijk"
    assert "Departementaal Vertrouwelijk" in page.content.decode()
    assert "door de secretaris-generaal" in page.content.decode()


def test_it_refuses_an_unknown_marking_in_the_service_too(world: World):
    with pytest.raises(Unfit):
        services.add_document(
            dossier=world.zout,
            by=world.lead,
            kind="other",
            title="x",
            topic="general",
            classification=Classification(level=Level.INTERN, marking="cosmic"),
            file=upload("a.pdf", pdf()),
        )


def test_it_refuses_a_kind_that_does_not_belong_to_a_role(world: World):
    answer = world.browser(world.company).post(add_to(world), filled_in(kind="project_review"))

    assert answer.status_code == 422
    with pytest.raises(NotAllowed):
        lay_down(world, by=world.company, kind="project_review")
    assert not Document.objects.exists()


def test_it_refuses_a_level_above_ones_own(world: World):
    answer = world.browser(world.lead).post(add_to(world), filled_in(level=6))

    assert answer.status_code == 422
    assert not Document.objects.exists()


def test_it_offers_each_role_its_own_kinds_and_subjects():
    assert "case_file" in kinds_for(frozenset({"company"}))
    assert "project_review" not in kinds_for(frozenset({"company"}))
    assert set(kinds_for(frozenset({"province"}))) == {
        "permit",
        "nitrogen_assessment",
        "correspondence",
        "other",
    }
    assert topics_for(frozenset({"environmental_service"})) == (
        "permits",
        "nitrogen",
        "living_environment",
    )


def test_it_says_no_to_who_may_see_papers_and_not_add_them(world: World):
    answer = world.browser(world.minister_office).get(add_to(world))

    assert answer.status_code == 403


def test_it_says_no_to_an_office_that_sees_no_papers(world: World):
    assert world.browser(world.minister_office).get(list_of(world)).status_code == 403


# ── who may not even know ──


@pytest.mark.parametrize("person", ["outsider", "other_company", "adviser", "observer"])
def test_it_is_not_there_for_others(world: World, person: str):
    client = world.browser(getattr(world, person))

    assert client.get(list_of(world)).status_code == 404
    assert client.get(add_to(world)).status_code == 404
    assert client.post(add_to(world), filled_in()).status_code == 404
    assert not Document.objects.exists()


def test_it_shows_a_partner_only_its_own_subjects(world: World):
    lay_down(world, title="Het geheim van de businesscase")
    lay_down(world, kind="permit", title="De vergunning", topic="permits")

    page = world.browser(world.province).get(list_of(world)).content.decode()

    assert "De vergunning" in page
    assert "Het geheim van de businesscase" not in page


def test_it_shows_less_at_every_higher_level(world: World):
    for level in Level:
        document = Document.objects.create(
            dossier=world.zout,
            kind="other",
            title=f"Niveau {level.value}.",
            topic="general",
            level=level.value,
        )
        version = DocumentVersion.objects.create(document=document, number=1, state="handed_in")
        Signatory.objects.create(version=version, organisation="x", capacity="y")

    page = world.browser(world.lead).get(list_of(world)).content.decode()

    shown = [level.value for level in Level if f"Niveau {level.value}." in page]
    assert shown == [0, 1, 2, 3, 4]
