# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where every figure comes from: the register of citable sources, and how to cite one.

Takes the identities that figures carry; gives title, publisher, date, address and how the source
was seen. Leaves out the figures themselves: those stand with their parameters, cases and register.
"""

from maatwerkbank.sources.citation import citation
from maatwerkbank.sources.register import Seen, Source, load_sources, source

__all__ = ["Seen", "Source", "citation", "load_sources", "source"]
