# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Many cases at once: the public register, and the effect of a policy variant on every firm."""
