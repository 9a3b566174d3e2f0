# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where commands read the portfolio: the database that DATABASE_URL names, else the shipped one.

Takes     a day, or none for today.
Gives     the register as on that day; what is public on that day; the portfolio, with the plans
          that were handed in.
Leaves    what is stored to `web/overview/stored_portfolio.py`. Who can reach the database from a
          terminal runs the machine, and sees everything in it.
"""

import os
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maatwerkbank.dossier.publication.publication import Publication
    from maatwerkbank.portfolio.portfolio import Portfolio
    from maatwerkbank.portfolio.register import Register

DATABASE_URL = "DATABASE_URL"


def register_on(day: date) -> "Register":
    """Who stood where on `day`.

    Raises
    ------
    TablesMissing         the database that is named is not that of this version
    DatabaseUnreachable   no server answers there
    """
    if DATABASE_URL in os.environ:
        _open_database()
        from maatwerkbank.web.overview.stored_portfolio import stored

        return stored(None, day).register
    from maatwerkbank.portfolio.register import register

    return register(day)


def publication_on(day: date) -> "Publication":
    """What was public on `day`; of a database, what was public of itself or released by then.

    Raises
    ------
    TablesMissing, DatabaseUnreachable   as in `register_on`
    """
    if DATABASE_URL in os.environ:
        _open_database()
        from maatwerkbank.web.releases.stored_publication import stored_publication

        return stored_publication(day)
    from maatwerkbank.dossier.publication.shipped import shipped_publication

    return shipped_publication(day)


def portfolio_today() -> "Portfolio":
    """The dossiers as they stand today; the shipped portfolio stands as on 30 June 2025.

    Raises
    ------
    TablesMissing, DatabaseUnreachable   as in `register_on`
    Unfit                                a plan no longer meets the rules of this version
    """
    if DATABASE_URL in os.environ:
        _open_database()
        from maatwerkbank.web.overview.stored_portfolio import stored_portfolio

        return stored_portfolio(None, date.today())  # noqa: DTZ011  (the day of who asks)
    from maatwerkbank.portfolio.portfolio import shipped_portfolio

    return shipped_portfolio()


def _open_database() -> None:
    from maatwerkbank.web.server import check_tables, start_django

    start_django()
    check_tables()
