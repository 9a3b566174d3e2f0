# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens over many dossiers: open to everybody, each with what that person may know of."""

from tests.web.walk.asked import EVERYBODY, Asked

EACH_ITS_OWN = (Asked(EVERYBODY),)

ANSWERS = {
    "overview:my-work": EACH_ITS_OWN,
    "overview:portfolio": EACH_ITS_OWN,
    "overview:target-group": EACH_ITS_OWN,
    "overview:comparison": EACH_ITS_OWN,
    "overview:effect": EACH_ITS_OWN,
    "overview:effect-progress": EACH_ITS_OWN,
    "overview:effect-cancel": (Asked(method="POST"),),  # nothing was asked: nothing to cancel
    "overview:effect-json": (Asked(),),
    "overview:search": (Asked(EVERYBODY, data={"q": "haven"}),),
}
