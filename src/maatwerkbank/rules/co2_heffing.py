# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""CO2-heffing industrie: the rights an installation gets and the levy it owes for a year.

Law        Wet belastingen op milieugrondslag (Wbm), chapter VIB, articles 71f-71s: the levy.
           Wet milieubeheer (Wm), chapter 16b: dispensation rights and their trade.
Takes      yearly activity and taxed emissions, and the dated values of the law as arguments.
Gives      tonnes and euros, in the shape that comes in: (year,), (draw, year), ...
Leaves out which emissions are taxed (71i, 71j: the plant says so), reports, assessments and their
           terms, and interest; `coverage.yaml` lists what is not modelled.

In reading order: benchmark_amount, activiteitsniveau, dispensatierechten; overdraagbaar,
overdracht, overdracht_binnen_onderneming; grondslag, netto_tarief, netto_minimumprijs,
verschuldigde_heffing; verrekening, opbrengst_verkoop; and heffing_van_onderneming, the whole sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.errors import RuleError, ShapeError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

# A right is one whole tonne; a smaller difference than this is the noise of computing in doubles.
_NOISE_T = 1e-6


class Installatie(StrEnum):
    """The three kinds of installation in the chapter; the kind decides on the ETS deduction.

    ETS      an installation with a permit under the EU ETS (71j.1.a), waste incinerators excepted.
    AVI      a waste incinerator (71j.1.b); also when it is an ETS installation too (71ha).
    LACHGAS  permitted to produce acrylonitrile or caprolactam and not an ETS installation (71h);
             an N2O plant with a permit under the ETS is simply ETS.
    """

    ETS = "ets"
    AVI = "avi"
    LACHGAS = "lachgas"


class Volgorde(StrEnum):
    """In which order surplus rights meet the earlier periods (71q.2): it changed in 2026."""

    OUDSTE_EERST = "oudste_eerst"
    HOOGSTE_TARIEF_EERST = "hoogste_tarief_eerst"


@dataclass(frozen=True)
class Verrekening:
    """What surplus rights bring back. Both (..., year), at the year in which the surplus arose.

    `teruggaaf` [eur] is the levy of earlier periods that comes back; `onbenut` [t] are the rights
    for which no open base was left.
    """

    teruggaaf: Floats
    onbenut: Floats


@dataclass(frozen=True)
class Heffing:
    """The levy of one firm. All arrays (..., installation, year).

    `verschuldigd` [eur] is due for the year itself, `teruggaaf` [eur] comes back over earlier
    years, `rechten_na_overdracht` [t] are the rights that count, `onbenut` [t] the rights that
    found no use.
    """

    verschuldigd: Floats
    teruggaaf: Floats
    rechten_na_overdracht: Floats
    onbenut: Floats

    @property
    def heffing(self) -> Floats:
        """What is paid on balance (..., installation, year) [eur], negative if more comes back."""
        return self.verschuldigd - self.teruggaaf


# --- dispensation rights: Wm 16b.16-16b.18 -----------------------------------------------------


def benchmark_amount(activity: ArrayLike, benchmark: ArrayLike) -> Floats:
    """What would the installation emit at benchmark efficiency?  (..., year) [t]

    Parameters
    ----------
    activity : (..., sub, year) [unit of the sub-installation], by `activiteitsniveau`
    benchmark : (sub, year) or (..., sub, year) [t per unit]; for process emissions the factor of
        the free-allocation rules (0.97, from 2028 0.91)

    Leaves out    carbon-leakage status, CSCF and CBAM factor play no part in the levy
    Source        Wm 16b.17.2; formulas of the NEa per sub-installation.
    """
    amount: Floats = np.multiply(activity, benchmark).sum(axis=-2)
    return amount


def activiteitsniveau(
    actual: ArrayLike,
    historical: ArrayLike,
    *,
    is_product: ArrayLike,
    efficiency_change: ArrayLike = 0,
) -> Floats:
    """Which activity level counts for the rights of a year?  (..., year) [as given]

    A product sub-installation has the level of the year itself. Any other has it too, but the
    historical level when the year differs less than 15 % from it, when it is more than 15 % lower
    through more efficiency or abatement, and when it is more than 15 % higher through less.

    Parameters
    ----------
    actual, historical : (..., year) [unit of the sub-installation]
    is_product : broadcasts with `actual`; for a flag per sub-installation give (sub, 1)
    efficiency_change : 1 where the level changed through more efficiency or abatement, -1 where
        through less, 0 where through production

    >>> float(activiteitsniveau(700.0, 1000.0, is_product=False, efficiency_change=1))
    1000.0

    Source        Wm 16b.17.4 under e (numbering of 2021), the 15 % rule.
    """
    level, before = np.asarray(actual, dtype=np.float64), np.asarray(historical, dtype=np.float64)
    # Whole percentages keep a level of exactly 15 % exact, which 0.15 in binary does not.
    hundredfold = 100.0 * (level - before)
    within = np.abs(hundredfold) < 15.0 * before
    saved = (hundredfold < -15.0 * before) & np.equal(efficiency_change, 1)
    wasted = (hundredfold > 15.0 * before) & np.equal(efficiency_change, -1)
    keeps_history = ~np.asarray(is_product, dtype=bool) & (within | saved | wasted)
    return np.where(keeps_history, before, level)


def dispensatierechten(
    benchmark_amount: ArrayLike, reductiefactor: ArrayLike, correctiefactor: ArrayLike = 1.0
) -> Floats:
    """How many tonnes stay free of part a of the levy?  (..., year) [t]

    Parameters
    ----------
    benchmark_amount : (..., year) [t]
    reductiefactor : (year,) [1], above 1 in some years
    correctiefactor : (year,) [1], the factor A of waste incinerators; 1 for any other

    Leaves out    rounding (the regulation was not read); nil rights for a late report (16b.18)
    Source        Wm 16b.17.2, .3 (reduction factor), .4 (incinerators).
    """
    rights: Floats = np.multiply(benchmark_amount, reductiefactor) * np.asarray(correctiefactor)
    return rights


# --- trade in rights: Wm 16b.26-16b.27 ---------------------------------------------------------


def overdraagbaar(jaarvracht: ArrayLike, rechten: ArrayLike) -> Floats:
    """How many rights may be transferred away?  (..., year) [t]

    The part above the installation's own emission. Buying knows no limit.

    Source        Wm 16b.26, 16b.27; NEa, overdracht dispensatierechten.
    """
    surplus: Floats = np.maximum(0.0, np.subtract(rechten, jaarvracht))
    return surplus


def overdracht(
    rechten: ArrayLike,
    van: int,
    naar: int,
    volume: ArrayLike,
    *,
    jaarvracht: ArrayLike,
    installaties: Sequence[Installatie],
    avi_apart: ArrayLike,
) -> Floats:
    """What rights does everyone have after one sale?  (..., installation, year) [t]

    Parameters
    ----------
    rechten, jaarvracht : (..., installation, year) [t]
    van, naar : places of seller and buyer on the axis of installations
    volume : (..., year) [t], not negative
    installaties : the kind of each installation
    avi_apart : (year,) true where incinerators trade only among themselves (from 2026)

    Raises
    ------
    ShapeError    `installaties` does not name every installation
    RuleError     a volume is negative; the seller would end below its own emission; or an
                  incinerator trades with another kind where that is closed

    Leaves out    the price, which is private: see `opbrengst_verkoop`
    Source        Wm 16b.26, 16b.27.
    """
    rights, emission, sold = np.broadcast_arrays(
        np.asarray(rechten, dtype=np.float64),
        np.asarray(jaarvracht, dtype=np.float64),
        np.asarray(volume, dtype=np.float64)[..., np.newaxis, :],
    )
    _check_installations(rights, installaties)
    sold = sold[..., 0, :]
    _check_volume(sold, overdraagbaar(emission[..., van, :], rights[..., van, :]))
    is_avi = _is_avi(installaties)
    if is_avi[van] != is_avi[naar] and np.any(np.asarray(avi_apart, dtype=bool) & (sold > 0.0)):
        raise RuleError(
            f"installation {van} ({installaties[van]}) transfers rights to installation {naar} "
            f"({installaties[naar]}) in a year in which incinerators trade among themselves only.",
            remedy="transfer to an installation of the same side, or leave those years at 0",
        )
    after = rights.copy()
    after[..., van, :] -= sold
    after[..., naar, :] += sold
    return after


def overdracht_binnen_onderneming(
    jaarvracht: ArrayLike,
    rechten: ArrayLike,
    installaties: Sequence[Installatie],
    *,
    avi_apart: ArrayLike,
) -> Floats:
    """What rights does each installation have once the firm has helped itself?
    (..., installation, year) [t]

    Surplus of one installation fills shortage of another, in each year. Where there is too little,
    shortages are filled in proportion; where there is too much, surpluses give in proportion. No
    seller ends below its own emission, and the sum of the rights does not change.

    Parameters
    ----------
    jaarvracht, rechten : (..., installation, year) [t]
    installaties : the kind of each installation
    avi_apart : (year,) true where incinerators trade only among themselves (from 2026)

    Raises
    ------
    ShapeError    `installaties` does not name every installation

    Source        Wm 16b.26, 16b.27 (what may be transferred). That a firm does so, and in
                  proportion, is our assumption: the law leaves it free.
    """
    emission, rights = np.broadcast_arrays(
        np.asarray(jaarvracht, dtype=np.float64), np.asarray(rechten, dtype=np.float64)
    )
    _check_installations(rights, installaties)
    surplus, shortage = overdraagbaar(emission, rights), overdraagbaar(rights, emission)
    change = np.zeros(rights.shape)
    for market in _markets(installaties, np.asarray(avi_apart, dtype=bool)):
        change = change + _shared_out(surplus * market, shortage * market)
    # Counted from the emission, a shortage that is filled exactly leaves no crumb of a tonne.
    return np.where(change == 0.0, rights, emission + ((surplus - shortage) + change))


def _markets(installaties: Sequence[Installatie], avi_apart: Bools) -> tuple[Bools, Bools, Bools]:
    """Who may trade with whom: one market, or two from 2026.  three times (installation, year)"""
    is_avi = _is_avi(installaties)[:, np.newaxis]
    everyone = np.ones_like(is_avi)
    return everyone & ~avi_apart, is_avi & avi_apart, ~is_avi & avi_apart


def _is_avi(installaties: Sequence[Installatie]) -> Bools:
    """Which installations are waste incinerators?  (installation,)"""
    return np.array([Installatie(kind) is Installatie.AVI for kind in installaties])


def _shared_out(surplus: Floats, shortage: Floats) -> Floats:
    """Rights that come in (positive) or go out, within one market. (..., installation, year) [t]"""
    offered = surplus.sum(axis=-2, keepdims=True)
    wanted = shortage.sum(axis=-2, keepdims=True)
    moved = np.minimum(offered, wanted)
    change: Floats = shortage * _share(moved, wanted) - surplus * _share(moved, offered)
    return change


def _share(part: Floats, whole: Floats) -> Floats:
    """`part / whole`, and nothing where there is nothing to share."""
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0.0)


# --- the levy of the year: Wbm 71f, 71l, 71p ---------------------------------------------------


def grondslag(jaarvracht: ArrayLike, rechten: ArrayLike) -> tuple[Floats, Floats]:
    """Which tonnes are taxed, and at which of the two tariffs?  two times (..., year) [t]

    Part a is the emission above the rights; part b is the rest of the emission. Neither is below
    nil, and a surplus of rights is not a negative tonne.

    Source        Wbm 71l.1 under a and b, 71l.2.
    """
    part_a = np.maximum(0.0, np.subtract(jaarvracht, rechten))
    part_b = np.maximum(0.0, np.subtract(jaarvracht, part_a))
    return part_a, part_b


def netto_tarief(tarief: ArrayLike, ets_prijs: ArrayLike, installatie: Installatie) -> Floats:
    """What does a tonne of part a cost?  (..., year) [eur/t]

    For an ETS installation the tariff minus the forward price, not below nil; for a waste
    incinerator and an N2O installation the tariff itself.

    Parameters
    ----------
    tarief : (year,) [eur/t]  tariff a of this kind of installation
    ets_prijs : (..., year) [eur/t]  mean forward for December of the levy year, observed in
        September and October of the year before

    >>> round(float(netto_tarief(87.90, 70.0, Installatie.ETS)), 2)
    17.9

    Source        Wbm 71p.1.a, 71p.3 (deduction, ETS installations only).
    """
    if Installatie(installatie) is Installatie.ETS:
        net: Floats = np.maximum(0.0, np.subtract(tarief, ets_prijs))
        return net
    gross = np.asarray(tarief, dtype=np.float64)
    return np.broadcast_to(gross, np.broadcast_shapes(gross.shape, np.shape(ets_prijs))).copy()


def netto_minimumprijs(minimumprijs: ArrayLike, ets_prijs: ArrayLike) -> Floats:
    """What does a tonne of part b cost?  (..., year) [eur/t]

    The minimum price minus the forward price, not below nil, for every kind of installation: the
    law sets it as one number. There was no part b before 2023; its minimum price is then 0.

    Source        Wbm 71p.1.b with 71f.2-4.
    """
    net: Floats = np.maximum(0.0, np.subtract(minimumprijs, ets_prijs))
    return net


def verschuldigde_heffing(
    jaarvracht: ArrayLike,
    rechten: ArrayLike,
    *,
    tarief: ArrayLike,
    ets_prijs: ArrayLike,
    minimumprijs: ArrayLike,
    installatie: Installatie,
    weggedragen_rechten: ArrayLike = 0.0,
) -> Floats:
    """What levy is due for the year, before any set-off?  (..., year) [eur]

    Parameters
    ----------
    jaarvracht : (..., year) [t]  taxed emission
    rechten : (..., year) [t]  on the account on 1 September after the year: after all transfers
    tarief, minimumprijs : (year,) [eur/t]
    ets_prijs : (..., year) [eur/t]
    weggedragen_rechten : (..., year) [t]  rights that were transferred away. The part of base a
        that is higher for it gets no ETS deduction. A seller stays at or above its own emission,
        so this bites only when the emission is set higher afterwards.

    >>> owed = verschuldigde_heffing(100_000, 90_000, tarief=87.90, ets_prijs=70.0,
    ...     minimumprijs=19.80, installatie=Installatie.ETS)
    >>> round(float(owed), 2)  # 10,000 t at 17.90
    179000.0

    Source        Wbm 71l, 71n (which rights), 71p.
    """
    part_a, part_b = grondslag(jaarvracht, rechten)
    part_a_without_sale, _ = grondslag(jaarvracht, np.add(rechten, weggedragen_rechten))
    through_sale = part_a - part_a_without_sale
    due: Floats = (
        part_a_without_sale * netto_tarief(tarief, ets_prijs, installatie)
        + through_sale * np.asarray(tarief)
        + part_b * netto_minimumprijs(minimumprijs, ets_prijs)
    )
    return due


# --- surplus rights: Wbm 71n, 71q --------------------------------------------------------------


def verrekening(
    overschot: ArrayLike,
    grondslag_a: ArrayLike,
    tarief: ArrayLike,
    years: ArrayLike,
    *,
    volgorde: Sequence[Volgorde],
    eerste_jaar: ArrayLike | None,
    laatste_jaar: ArrayLike | None,
    vensterjaren: int = 5,
) -> Verrekening:
    """Which levy of earlier years comes back for surplus rights?

    Every surplus meets the bases of the periods before it, in the order of the law of its own
    year, and brings back their tariff. A base that was met is gone for the next surplus. The law
    orders periods and not refunds: oldest first, a period at tariff nil takes up rights too.

    Parameters
    ----------
    overschot : (..., year) [t]  rights above the emission
    grondslag_a : (..., year) [t]  base a on which levy was paid
    tarief : (..., year) [eur/t]  what was paid per tonne of base a: the net tariff
    years : (year,) calendar years, rising
    volgorde : one per year: the order in the law of the year in which the surplus arises
    eerste_jaar, laatste_jaar : (year,) periods open to a surplus of that year (2021 and 2029 in
        the texts of 2024 and 2025); None where the law names no limit
    vensterjaren : so many years back

    Raises
    ------
    ShapeError    `years` or `volgorde` does not fit the axis of years, or the years do not rise

    Source        Wbm 71q.1-4. "Tariff" there is an open norm; 71p.3 lowers the tariff itself for
                  ETS installations, so the net one is the natural reading.
    """
    surplus, base, rate = np.broadcast_arrays(
        np.asarray(overschot, dtype=np.float64),
        np.asarray(grondslag_a, dtype=np.float64),
        np.asarray(tarief, dtype=np.float64),
    )
    calendar = _calendar(years, surplus, volgorde)
    first = np.maximum(calendar - vensterjaren, _limit(eerste_jaar, calendar, calendar[0]))
    last = np.minimum(calendar - 1, _limit(laatste_jaar, calendar, calendar[-1]))
    still_open = base.copy()
    refund, unused = np.zeros(surplus.shape), np.zeros(surplus.shape)
    for now, order in enumerate(volgorde):
        if np.all(surplus[..., now] <= 0.0):
            continue  # nobody has rights left over: nothing is met, nothing is left unused
        before = np.flatnonzero((calendar >= first[now]) & (calendar <= last[now]))
        met = _met(surplus[..., now], still_open[..., before], rate[..., before], order)
        refund[..., now] = (met * rate[..., before]).sum(axis=-1)
        unused[..., now] = np.maximum(0.0, surplus[..., now] - still_open[..., before].sum(axis=-1))
        still_open[..., before] -= met
    return Verrekening(refund, unused)


def _met(surplus: Floats, base: Floats, rate: Floats, order: Volgorde) -> Floats:
    """Which part of each open base do the rights of one year meet?  (..., period) [t]

    `surplus` (...), `base` and `rate` (..., period), oldest period first. Of periods at one
    tariff the oldest goes first.
    """
    highest_first = Volgorde(order) is Volgorde.HOOGSTE_TARIEF_EERST
    rank = np.argsort(-rate if highest_first else np.zeros_like(rate), axis=-1, kind="stable")
    in_order = np.take_along_axis(base, rank, axis=-1)
    taken_before = np.cumsum(in_order, axis=-1) - in_order
    met_in_order = np.clip(surplus[..., np.newaxis] - taken_before, 0.0, in_order)
    met = np.zeros_like(base)
    np.put_along_axis(met, rank, met_in_order, axis=-1)
    return met


def opbrengst_verkoop(overschot: ArrayLike, volume: ArrayLike, price: ArrayLike) -> Floats:
    """What does a sale of surplus rights bring in?  (..., year) [eur]

    Parameters
    ----------
    overschot : (..., year) [t]  rights above the emission
    volume : (..., year) [t]  what is sold, not negative
    price : (..., year) [eur/t]  agreed between the parties: there is no public price

    Raises
    ------
    RuleError     a volume is negative or above the surplus

    Source        Wm 16b.26, 16b.27.
    """
    sold = np.asarray(volume, dtype=np.float64)
    _check_volume(sold, np.asarray(overschot, dtype=np.float64))
    proceeds: Floats = sold * np.asarray(price)
    return proceeds


# --- a firm ------------------------------------------------------------------------------------


def heffing_van_onderneming(
    jaarvracht: ArrayLike,
    rechten: ArrayLike,
    installaties: Sequence[Installatie],
    years: ArrayLike,
    *,
    tarief: ArrayLike,
    ets_prijs: ArrayLike,
    minimumprijs: ArrayLike,
    avi_apart: ArrayLike,
    volgorde: Sequence[Volgorde],
    eerste_jaar: ArrayLike | None,
    laatste_jaar: ArrayLike | None,
) -> Heffing:
    """What does a firm with several installations owe, and what comes back?

    Transfers within the firm, then the levy of each installation, then set-off of what surplus
    is left against earlier years of the same installation.

    Parameters
    ----------
    jaarvracht, rechten : (..., installation, year) [t]
    installaties : the kind of each installation
    years : (year,) calendar years, rising
    tarief : (installation, year) [eur/t]: from 2026 incinerators have their own
    ets_prijs, minimumprijs : (..., year) [eur/t]
    avi_apart, volgorde, eerste_jaar, laatste_jaar : (year,) the dated law, see
        `overdracht_binnen_onderneming` and `verrekening`

    Raises
    ------
    ShapeError    installations or years do not fit the arrays

    Leaves out    levy paid before the first of `years`; trade with other firms (`overdracht`
                  before this, on the rights)
    Source        Wbm 71l-71q; Wm 16b.26, 16b.27.
    """
    emission = np.asarray(jaarvracht, dtype=np.float64)
    rights = overdracht_binnen_onderneming(emission, rechten, installaties, avi_apart=avi_apart)
    tariff = np.broadcast_to(np.asarray(tarief, dtype=np.float64), rights.shape[-2:])
    net = np.stack(
        [netto_tarief(tariff[place], ets_prijs, kind) for place, kind in enumerate(installaties)],
        axis=-2,
    )
    emission = np.broadcast_to(emission, rights.shape)
    due = np.stack(
        [
            verschuldigde_heffing(
                emission[..., place, :],
                rights[..., place, :],
                tarief=tariff[place],
                ets_prijs=ets_prijs,
                minimumprijs=minimumprijs,
                installatie=kind,
            )
            for place, kind in enumerate(installaties)
        ],
        axis=-2,
    )
    part_a, _ = grondslag(emission, rights)
    settled = verrekening(
        overdraagbaar(emission, rights),
        part_a,
        net,
        years,
        volgorde=volgorde,
        eerste_jaar=eerste_jaar,
        laatste_jaar=laatste_jaar,
    )
    return Heffing(
        verschuldigd=due,
        teruggaaf=settled.teruggaaf,
        rechten_na_overdracht=np.broadcast_to(rights, due.shape),
        onbenut=settled.onbenut,
    )


# --- what must fit -----------------------------------------------------------------------------


def _calendar(years: ArrayLike, of: Floats, volgorde: Sequence[Volgorde]) -> Ints:
    """The calendar years, when they fit the last axis of the arrays."""
    calendar = np.asarray(years, dtype=np.int64)
    n_years = of.shape[-1] if of.ndim else 0
    if calendar.shape != (n_years,) or len(volgorde) != n_years:
        raise ShapeError(
            f"there are {calendar.size} years and {len(volgorde)} orders of set-off for arrays "
            f"with {n_years} years on their last axis.",
            remedy="give one calendar year and one order of set-off for every year of the arrays",
        )
    if np.any(np.diff(calendar) <= 0):
        raise ShapeError(
            f"the years {calendar.tolist()} do not rise.",
            remedy="sort the years and their values from early to late",
        )
    return calendar


def _limit(limit: ArrayLike | None, calendar: Ints, none: np.int64) -> Ints:
    """The limit of the periods that are open, per year of surplus; `none` where there is none."""
    return np.broadcast_to(
        np.asarray(none if limit is None else limit, dtype=np.int64), calendar.shape
    )


def _check_installations(rights: Floats, installaties: Sequence[Installatie]) -> None:
    """Refuse arrays whose installations are not all named."""
    n_installations = rights.shape[-2] if rights.ndim > 1 else 0
    if n_installations != len(installaties):
        raise ShapeError(
            f"{len(installaties)} installations are named for arrays with {n_installations} "
            "on the axis before the last.",
            remedy="give arrays of shape (..., installation, year) and the kind of each",
        )


def _check_volume(volume: Floats, surplus: Floats) -> None:
    """Refuse a sale of rights that the seller may not part with."""
    if np.any(volume < 0.0):
        raise RuleError(
            f"a transfer of {float(volume.min())} t is negative.",
            remedy="give the volume as a positive number, and turn seller and buyer around",
        )
    missing = volume - surplus
    if np.any(missing > _NOISE_T):
        raise RuleError(
            f"the seller would end {float(missing.max()):g} t below its own emission: it may "
            "transfer only the rights above that (Wm 16b.26).",
            remedy="lower the volume to `overdraagbaar(jaarvracht, rechten)`",
        )
