# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which firm is meant, also one that is public knowledge and not in the database yet?

Takes     the id of a firm in the public register or among the largest emitters.
Gives     the stored firm; or one as public figures know it, to be stored when it is needed.
Leaves    the ranking and the register to `dossier.target_group` and `portfolio`.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from maatwerkbank.dossier.target_group import largest_emitters
from maatwerkbank.ground.errors import PortfolioError
from maatwerkbank.portfolio.register import register
from maatwerkbank.web.dossiers.models import Company, Site


@dataclass(frozen=True)
class Firm:
    """A firm, stored or not."""

    company: Company
    sites: tuple[Site, ...]
    is_stored: bool = False


def firm(slug: str, on: date) -> Firm | None:
    """The firm with that id, as it is stored or else as public figures of `on` know it."""
    company = Company.objects.prefetch_related("sites").filter(slug=slug).first()
    if company:
        return Firm(company, tuple(company.sites.all()), is_stored=True)
    return _of_register(slug, on) or _of_emitters(slug, on)


@transaction.atomic
def stored(found: Firm) -> Company:
    """The firm, now in the database."""
    company = found.company
    if not found.is_stored:
        values = {
            name: getattr(company, name) for name in ("name", "sector_nl", "sector_en", "cluster")
        }
        company, is_new = Company.objects.get_or_create(slug=company.slug, defaults=values)
        for site in found.sites if is_new else ():
            site.company = company
            site.save()
    return company


def _of_register(slug: str, on: date) -> Firm | None:
    try:
        known = register(on).company(slug)
    except PortfolioError:
        return None
    company = Company(
        slug=slug,
        name=known.name,
        sector_nl=known.sector.nl,
        sector_en=known.sector.en,
        cluster=known.cluster,
    )
    sites = (
        Site(name=each.name, municipality=each.municipality, ets_ids=list(each.ets_ids))
        for each in known.sites
    )
    return Firm(company, tuple(sites))


def _of_emitters(slug: str, on: date) -> Firm | None:
    found = next((each for each in largest_emitters(on, None) if each.id == slug), None)
    if found is None or found.joint_permit:
        return None
    sites = (Site(name=each.name, ets_ids=[each.id]) for each in found.installations)
    company = Company(slug=slug, name=found.name, cluster=found.cluster or "")
    return Firm(company, tuple(sites))
