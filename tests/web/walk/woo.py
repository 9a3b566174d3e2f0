# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of `woo`. Who sees no requests does not know that there are any; the firm is heard
and knows of nothing else. The lead registered the request and froze the list."""

from tests.web.walk.asked import EVERYBODY, Asked
from tests.web.walk.dossiers import page

KEEP = "lead member analyst"
SEE = f"{KEEP} programme"

PART = {"code": "part"}
PAPER = {"code": "requested"}
HEARING = {"code": "hearing"}
INVENTORY = {"code": "inventory"}
WHOLE = {"code": "disclosure_request"}


def seen(fill: dict[str, str]) -> Asked:
    """Whoever sees the request."""
    return Asked(SEE, fill=fill)


def kept(fill: dict[str, str], method: str = "POST") -> Asked:
    """Whoever works on it; the programme sees it and hears why not."""
    return Asked(KEEP, "programme", method, fill)


def decided(fill: dict[str, str], method: str = "POST") -> Asked:
    """Whoever decides."""
    return Asked("lead programme", "member analyst", method, fill)


ANSWERS = {
    "woo:list": (Asked(EVERYBODY),),
    "woo:register": (
        Asked(SEE, refused=403),
        Asked(SEE, method="POST", refused=403),
    ),
    "woo:dossier": (page(SEE),),
    "woo:request": (seen(WHOLE), decided(WHOLE)),
    "woo:part": (seen(PART),),
    "woo:search": (kept(PART, "GET"), kept(PART)),
    "woo:ask-view": (kept(PART, "GET"), kept(PART)),
    "woo:freeze": (kept(PART),),
    "woo:paper": (seen(PAPER), kept(PAPER)),
    "woo:passage": (kept(PAPER),),
    "woo:drop-passage": (kept({"code": "passage_judgement"}),),
    "woo:redacted-pdf": (seen(PAPER),),
    "woo:redacted-text": (seen(PAPER),),
    "woo:publish": (decided(PAPER, "GET"), decided(PAPER)),
    "woo:hearing": (
        Asked(f"{SEE} company", fill=HEARING),
        Asked(f"{KEEP} company", "programme", "POST", HEARING),
    ),
    "woo:answer-view": (Asked(KEEP, "programme company", "POST", HEARING),),
    "woo:inventory": (seen(INVENTORY), decided(INVENTORY)),
    "woo:inventory-odt": (seen(INVENTORY),),
    "woo:inventory-csv": (seen(INVENTORY),),
    # Open to all, and of this code there is none.
    "woo:disclosed-paper": (Asked(fill={"code": "=00000000-0000-0000-0000-000000000000"}),),
}
