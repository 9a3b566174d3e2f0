# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of `parliament`. It is public and of no dossier: its addresses are no secret."""

from tests.web.walk.asked import EVERYBODY, Asked
from tests.web.walk.filled_parliament import CODES

KEEP = "programme minister_office"
KIND = {"kind": "=toezeggingen"}
ROW = {**KIND, "code": f"={CODES['commitment']}"}


def kept(fill: dict[str, str] | None = None, *, method: str = "GET") -> Asked:
    """A form of who keeps the register; everybody else hears who does."""
    return Asked(KEEP, refused=403, method=method, fill=fill or {})


ANSWERS: dict[str, tuple[Asked, ...]] = {
    "parliament:register": (Asked(EVERYBODY),),
    "parliament:reference": (Asked(EVERYBODY),),
    "parliament:rows": (Asked(EVERYBODY, fill=KIND),),
    "parliament:row": (Asked(EVERYBODY, fill=ROW),),
    "parliament:new": (kept(KIND), kept(KIND, method="POST")),
    "parliament:change": (kept(ROW), kept(ROW, method="POST")),
    "parliament:report": (kept({"code": f"={CODES['commitment']}"}, method="POST"),),
    "parliament:answer": (kept({"code": f"={CODES['motion']}"}, method="POST"),),
    "parliament:take-out": (
        kept({"code": f"={CODES['report']}"}),
        kept({"code": f"={CODES['report']}"}, method="POST"),
    ),
    "parliament:import": (kept(), kept(method="POST")),
    "parliament:plan": (
        kept({"code": f"={CODES['import']}"}),
        kept({"code": f"={CODES['import']}"}, method="POST"),
    ),
}
