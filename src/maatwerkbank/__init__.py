# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Maatwerkbank: from public emissions to an assessed, traceable tailor-made agreement.

The floors, from the bottom up: `ground`, `sources`, `parameters`, `rules` and `plant`,
`economics`, `portfolio`, `letter`, `cli`. An import only ever points down.
"""

__version__ = "0.1.0"
