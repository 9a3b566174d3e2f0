# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Case files and runs. The case file of the walk was handed in by the firm."""

from tests.web.walk.asked import EVERYBODY, Asked, deed, others

OF_IT = {"code": "dossier"}
CASE, RUN = {"code": "case_version"}, {"code": "run"}
SEE_RUNS = "lead member analyst ienw programme auditor"
RUNNERS = "lead member analyst"
HANDERS = "lead member analyst company"
READ_CASE = f"{SEE_RUNS} company"


def on_run(may: str, *, method: str = "POST") -> Asked:
    """A deed on a run; who may read it hears why not, nobody else knows of it."""
    readers = f"{SEE_RUNS} adviser secretary"
    return Asked(may, " ".join(n for n in readers.split() if n not in may.split()), method, RUN)


def on_case(may: str) -> Asked:
    """A deed on a case file; who may read it hears why not."""
    return Asked(may, " ".join(n for n in READ_CASE.split() if n not in may.split()), "POST", CASE)


ANSWERS = {
    "runs:dossier": (
        Asked(SEE_RUNS, others(SEE_RUNS), fill=OF_IT),
        deed(RUNNERS, OF_IT),
    ),
    "runs:hand-in": (Asked(HANDERS, others(HANDERS), fill=OF_IT), deed(HANDERS, OF_IT)),
    "runs:fill-in": (Asked(HANDERS, others(HANDERS), fill=OF_IT), deed(HANDERS, OF_IT)),
    "runs:case-version": (Asked(READ_CASE, fill=CASE), on_case(HANDERS)),
    "runs:freeze": (on_case(HANDERS),),
    "runs:discard": (on_case(HANDERS),),
    "runs:case-text": (Asked(READ_CASE, fill=CASE),),
    "runs:compare": (Asked(EVERYBODY),),
    "runs:run": (Asked(f"{SEE_RUNS} adviser secretary", fill=RUN),),
    "runs:progress": (Asked(f"{SEE_RUNS} adviser secretary", fill=RUN),),
    "runs:cancel": (on_run(RUNNERS),),
    "runs:repeat": (on_run(RUNNERS),),
    "runs:pin": (on_run(RUNNERS),),
    "runs:report": (Asked(f"{SEE_RUNS} adviser secretary", fill=RUN),),
    "runs:make-report": (on_run(f"{SEE_RUNS} adviser secretary"),),
    "runs:download": (Asked(f"{SEE_RUNS} adviser secretary", fill={**RUN, "kind": "=json"}),),
    "runs:origin": (Asked(f"{SEE_RUNS} adviser secretary", fill={**RUN, "figure": "=npv_eur"}),),
}
