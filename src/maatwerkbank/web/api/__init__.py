# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same facts for programs: read only, guarded by the same module, described by OpenAPI."""
