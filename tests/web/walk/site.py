# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The site itself."""

from tests.web.walk.asked import EVERYBODY, Asked

ANSWERS = {
    "healthz": (Asked(EVERYBODY, open_to_all=True),),
    "security-txt": (Asked(EVERYBODY, open_to_all=True),),
    "accessibility": (Asked(EVERYBODY, open_to_all=True),),
    "source": (Asked(EVERYBODY, fill={"identity": "=kamerbrief-2025-06-30"}),),
    "set_language": (Asked(EVERYBODY, method="POST", open_to_all=True),),
    "set_theme": (Asked(EVERYBODY, method="POST", open_to_all=True),),
}
