# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A company hands in a plan with eleven mistakes, sees eleven, mends them and hands in."""

from tests.web.journeys.visitor import Visitor
from tests.web.runs.plans import EXAMPLE, with_mistakes
from tests.web.world import World

from maatwerkbank.web.runs.models import CaseVersion


def test_a_company_sees_eleven_mistakes_at_once_and_mends_them(visitor: Visitor, world: World):
    visitor.become(world.company)
    visitor.go(f"/dossiers/{world.zout.code}/")
    visitor.follow("Hand in a plan")
    visitor.attach("Case file", "plan.yaml", with_mistakes())
    visitor.press("Check this file", then="All of them are below. The draft is kept as it is.")

    rows = visitor.page.locator("table.findings tbody tr")
    assert rows.count() == 11
    assert "11" in visitor.alert()
    assert len({row.inner_text() for row in rows.all()}) == 11

    # Nothing was handed in; the draft is there when they come back.
    draft = visitor.path
    assert CaseVersion.objects.get().state == "draft"
    visitor.go(f"/dossiers/{world.zout.code}/")
    visitor.go(draft)
    visitor.attach("Or a corrected file", "plan.yaml", EXAMPLE)
    visitor.press("Check again", then="No mistakes")
    visitor.press("Hand in this version", then="Handed in and frozen.")

    version = CaseVersion.objects.get()
    assert (version.state, version.handed_in_by) == ("handed_in", world.company)

    # The analyst finds it, the other company does not.
    visitor.become(world.analyst)
    visitor.go(draft)
    visitor.become(world.other_company)
    visitor.go(draft, status=404)
