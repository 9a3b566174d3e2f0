# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API: the same rights as the screens."""

from tests.web.walk.asked import EVERYBODY, KNOWING, Asked, others

OF_IT = {"code": "dossier"}
SEE_DOCUMENTS = "lead member analyst ienw province environment company programme auditor"
SEE_RUNS = "lead member analyst ienw programme auditor"
SEE_DECISIONS = "lead member analyst ienw programme minister_office auditor"
READERS = "lead member analyst ienw province company programme auditor"

ANSWERS = {
    "api:openapi-json": (Asked(EVERYBODY, open_to_all=True),),
    "api:api-root": (Asked(""),),
    "api:dossiers": (Asked(EVERYBODY),),
    "api:dossier": (Asked(KNOWING, fill=OF_IT),),
    "api:dossier-documents": (Asked(SEE_DOCUMENTS, others(SEE_DOCUMENTS), fill=OF_IT),),
    "api:document": (Asked(READERS, fill={"code": "document"}),),
    "api:dossier-runs": (Asked(SEE_RUNS, others(SEE_RUNS), fill=OF_IT),),
    "api:run": (Asked(f"{SEE_RUNS} adviser secretary", fill={"code": "run"}),),
    "api:dossier-decisions": (Asked(SEE_DECISIONS, others(SEE_DECISIONS), fill=OF_IT),),
    "api:register": (Asked(EVERYBODY),),
}
