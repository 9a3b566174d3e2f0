# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How do the emissions of a site run on, when its accounts were merged in 2021?

Takes     a register that holds the accounts of before and after.
Gives     one yearly series per site, with the accounts that it is the sum of.
Leaves    sites whose accounts were merged under another name: `firms.yaml` knows six.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from maatwerkbank.sources.euets.firms import merged_accounts
from maatwerkbank.sources.euets.register import EmissionsRegister, Installation, number_of


@dataclass(frozen=True)
class SiteSeries:
    """Yearly figures of a site; `accounts` are the installations that were added up.

    `verified_t`, `free_allocation_t`: calendar year to [t CO2e]; None is absent.
    """

    id: str
    name: str | None
    accounts: tuple[str, ...]
    verified_t: dict[int, float | None]
    free_allocation_t: dict[int, float | None]


def site_series(register: EmissionsRegister) -> tuple[SiteSeries, ...]:
    """One series per site, in the order of their ids.

    A year is the sum over the accounts that have a figure in it: an account that was not open
    yet, or no longer, has none. A year in which no account has a figure stays absent.
    """
    members: dict[str, list[Installation]] = {}
    for installation in register.installations:
        members.setdefault(_site_of(installation), []).append(installation)
    return tuple(_summed(site, members[site]) for site in sorted(members, key=number_of))


def _site_of(installation: Installation) -> str:
    for site, beginning in merged_accounts().items():
        if installation.name is not None and installation.name.startswith(beginning):
            return site
    return installation.id


def _summed(site: str, accounts: list[Installation]) -> SiteSeries:
    leading = next((account for account in accounts if account.id == site), accounts[0])
    return SiteSeries(
        id=site,
        name=leading.name,
        accounts=tuple(account.id for account in accounts),
        verified_t=_sum_by_year(account.verified_t for account in accounts),
        free_allocation_t=_sum_by_year(account.free_allocation_t for account in accounts),
    )


def _sum_by_year(series: Iterable[dict[int, float | None]]) -> dict[int, float | None]:
    total: dict[int, float | None] = {}
    for part in series:
        for year, tonnes in part.items():
            if tonnes is None:
                total.setdefault(year, None)
            else:
                total[year] = (total.get(year) or 0.0) + tonnes
    return dict(sorted(total.items()))
