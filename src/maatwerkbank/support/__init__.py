# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How public money may come in: ladder, stacking, State aid, clauses, awards known elsewhere."""
