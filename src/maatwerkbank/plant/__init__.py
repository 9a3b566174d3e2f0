# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Site, installation, project, counterfactual: energy, tonnes and pollutants by year."""
