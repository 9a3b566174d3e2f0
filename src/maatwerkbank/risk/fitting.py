# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What do monthly prices of the past say of how fast and how far prices stray from their path?

Takes     histories of prices, or a folder that holds them, and the day up to which they were known.
Gives     a process per carrier with standard errors, their correlations, and the file that a run
          reads (`parameters/price_processes`).
Leaves    carriers without history to the file of declared ones; drawing to `risk.price_paths`.

The history is taken as a straight line in logarithms plus a deviation that is the `x` of
`parameters.price_processes`: monthly, `log p' = a + b t + phi log p + residual` by least squares,
`phi = exp(-speed / 12)`. Months with a residual above three standard deviations are jumps; the
rest is fitted again, until the same months stand out.

What this cannot tell. Few years hold few returns: the standard error of the speed is often as
large as the speed, and least squares makes it look too high, by about `(2 + 4 phi) / n` in phi
(Kendall, Biometrika 41, 1954, for a line taken out; more near phi = 1). It is shown and not taken
off. Moves below the threshold count as innovations. A mean over a month is smoother than a price.
"""

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from maatwerkbank.ground.errors import DocumentRefused
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.ground.units import unit
from maatwerkbank.parameters.price_processes import SMALLEST_EIGENVALUE
from maatwerkbank.sources.citation import MONTHS
from maatwerkbank.sources.figure import LARGEST

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

THRESHOLD = 3.0  # standard deviations above which a residual is a jump
MOST_ROUNDS = 50
FEWEST_MONTHS = 36
FEWEST_SHARED = 3  # months with a residual of both, under which no correlation can be told
SMALLEST_SD = 1e-4  # of a month's residual: below it the file would say that nothing moves
MOST_FINDINGS = 200  # a file of the wrong kind has one on every line
WHOLE_MONTH = 0.95  # of its hours: a spring month misses one, an autumn month may hold one more
DIGITS = 4  # decimals in the file: far more than the standard errors can carry
DECLARED = "without-history"


@dataclass(frozen=True)
class History:
    """Monthly prices of one carrier, one for each month from `first` on."""

    first: int  # months since the year 0: year x 12 + month - 1
    prices: Floats  # (month,) [eur per house unit]
    source: str
    place: str

    @property
    def last(self) -> int:
        """The last month."""
        return self.first + len(self.prices) - 1


@dataclass(frozen=True)
class FittedProcess:
    """The process of one carrier. Errors of jumps are None where no jump was seen."""

    history: History
    speed: float  # [1/year]
    volatility: float  # [1/sqrt(year)]
    intensity: float  # [1/year]
    jump_sd: float | None  # [1]
    speed_error: float
    volatility_error: float
    intensity_error: float | None
    jump_sd_error: float | None
    speed_bias: float
    residuals: Floats  # (month,) of the second month of the history and on
    is_jump: Bools  # (month,)


@dataclass(frozen=True)
class FittedProcesses:
    """Processes that were fitted together."""

    until: date
    by_carrier: dict[str, FittedProcess]
    correlation: Floats  # (carrier, carrier)
    common_months: NDArray[np.int64]  # (carrier, carrier)


# ── fitting ───────────────────────────────────────────────────────────────────────────────────


def fit(histories: Mapping[str, History], until: date) -> FittedProcesses:
    """Processes and correlations of the innovations of all carriers.

    Raises
    ------
    DocumentRefused   with every finding: prices that are not positive numbers, too few months, a
                      history that never leaves a straight line or swings back and forth, two
                      histories that hardly overlap
    """
    processes, findings = _processes(histories)
    _refuse("histories", findings)
    return _together("histories", processes, until)


def _processes(
    histories: Mapping[str, History],
) -> tuple[dict[str, FittedProcess], list[Finding]]:
    """The process of each history that has one, and what is wrong with the others."""
    processes: dict[str, FittedProcess] = {}
    findings: list[Finding] = []
    for name, history in histories.items():
        unfit = list(_unfit(name, history))
        fitted = unfit[0] if unfit else _fitted(name, history)
        if isinstance(fitted, FittedProcess):
            processes[name] = fitted
        else:
            findings += unfit or [fitted]
    return processes, findings


def _together(folder: str, processes: dict[str, FittedProcess], until: date) -> FittedProcesses:
    """The processes with the correlations of their innovations."""
    matrix, months = _correlation(list(processes.values()))
    _refuse(folder, list(_apart(list(processes), months)))
    return FittedProcesses(until, processes, matrix, months)


def _fitted(name: str, history: History) -> FittedProcess | Finding:
    """The process of one history, or why it has none: no speed gives a phi that is not positive."""
    logs = np.log(history.prices)
    n = len(logs) - 1
    design = np.column_stack([np.ones(n), np.arange(n) / 12.0, logs[:-1]])
    quiet = np.ones(n, dtype=np.bool_)
    for _ in range(MOST_ROUNDS):
        freedom = int(quiet.sum()) - design.shape[1]
        if freedom < 1 or np.linalg.matrix_rank(design[quiet]) < design.shape[1]:
            return _flat(name)
        inverse = np.linalg.inv(design[quiet].T @ design[quiet])
        coefficients = inverse @ (design[quiet].T @ logs[1:][quiet])
        residuals = logs[1:] - design @ coefficients
        sd = math.sqrt(float((residuals[quiet] ** 2).sum()) / freedom)
        if sd < SMALLEST_SD:
            return _flat(name)
        was, quiet = quiet, np.abs(residuals) <= THRESHOLD * sd
        if (was == quiet).all():
            break
    phi = float(coefficients[2])
    if phi <= 0.0:
        return _swings(name)
    speed = max(0.0, -12.0 * math.log(phi))
    jumps = residuals[~quiet]
    jump_sd = math.sqrt(float((jumps**2).mean()) - sd**2) if len(jumps) else None
    volatility = _volatility(sd, speed)
    return FittedProcess(
        history=history,
        speed=speed,
        volatility=volatility,
        intensity=len(jumps) * 12.0 / n,
        jump_sd=jump_sd,
        speed_error=12.0 * sd * math.sqrt(float(inverse[2, 2])) / phi,
        volatility_error=volatility / math.sqrt(2.0 * freedom),
        intensity_error=math.sqrt(len(jumps)) * 12.0 / n if len(jumps) else None,
        jump_sd_error=jump_sd / math.sqrt(2.0 * len(jumps)) if jump_sd else None,
        speed_bias=12.0 * (2.0 + 4.0 * phi) / (n * phi),
        residuals=residuals,
        is_jump=~quiet,
    )


def _volatility(monthly_sd: float, speed: float) -> float:
    """The yearly volatility behind the standard deviation of a month's innovation."""
    if speed == 0.0:
        return monthly_sd * math.sqrt(12.0)
    return monthly_sd * math.sqrt(2.0 * speed / -math.expm1(-speed / 6.0))


def _correlation(fitted: list[FittedProcess]) -> tuple[Floats, NDArray[np.int64]]:
    """Correlations over the months that two carriers share, both without a jump.

    Pairs over different months may not fit together; then all are taken over the months that
    every carrier has, which always do.
    """
    first = min(each.history.first for each in fitted)
    last = max(each.history.last for each in fitted)
    table = np.full((len(fitted), last - first + 1), np.nan)
    for row, each in zip(table, fitted, strict=True):
        start = each.history.first + 1 - first
        row[start : start + len(each.residuals)] = np.where(each.is_jump, np.nan, each.residuals)
    matrix, months = _pairwise(table)
    if np.linalg.eigvalsh(matrix).min() < SMALLEST_EIGENVALUE:
        matrix, months = _pairwise(np.where(np.isnan(table).any(axis=0), np.nan, table))
    return matrix, months


def _pairwise(table: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Correlation of every two rows over the columns that both have, and how many those are."""
    matrix = np.eye(len(table))
    months = np.zeros(matrix.shape, dtype=np.int64)
    for one, other in combinations(range(len(table)), 2):
        both = ~np.isnan(table[one]) & ~np.isnan(table[other])
        shared = int(both.sum())
        enough = shared >= FEWEST_SHARED
        value = np.corrcoef(table[one][both], table[other][both])[0, 1] if enough else 0.0
        matrix[one, other] = matrix[other, one] = value
        months[one, other] = months[other, one] = shared
    return matrix, months


# ── what a history must be ────────────────────────────────────────────────────────────────────


def _unfit(name: str, history: History) -> Iterator[Finding]:
    """What makes a history unfit to be fitted to."""
    for number, price in enumerate(history.prices):
        if not (math.isfinite(price) and price > 0):
            yield _error(
                "history-price", f"{name}, {_month_text(history.first + number)}", _PRICE, price
            )
    if len(history.prices) < FEWEST_MONTHS:
        yield _few(name, len(history.prices))


_PRICE = Text(nl="een prijs groter dan nul", en="a price above zero")
_NUMBER = Text(nl="een getal", en="a number")
_NOTHING = Text(nl="niets", en="nothing")
_READABLE = Text(nl="een leesbaar CSV-bestand", en="a CSV file that can be read")
_TIME = Text(nl="een maand zoals 2025-06", en="a month such as 2025-06")
_LATER = Text(nl="een later tijdstip dan de regel ervoor", en="a later time than the line before")
_ONCE = Text(nl="elke maand een keer", en="each month once")
_TWICE = Text(nl="een maand van een eerder bestand", en="a month of an earlier file")
_WHOLE = Text(nl="alle uren van de maand", en="all hours of the month")
_MEND = Text(nl="herstel de reeks bij de bron", en="mend the series at its source")


def _error(code: str, place: str, expected: Text, found: object) -> Finding:
    shown = found if isinstance(found, Text) else str(found)[:60]
    return Finding("error", code, place, expected, shown, _MEND)


def _few(place: str, number: int) -> Finding:
    expected = Text(
        nl=f"ten minste {FEWEST_MONTHS} maanden achter elkaar",
        en=f"at least {FEWEST_MONTHS} months in a row",
    )
    remedy = Text(
        nl="geef een langere reeks, of een latere dag van kennis",
        en="give a longer series, or a later day of knowledge",
    )
    return Finding("error", "history-short", place, expected, str(number), remedy)


def _swings(name: str) -> Finding:
    expected = Text(nl="prijzen die op elkaar volgen", en="prices that follow on one another")
    found = Text(
        nl="maanden die om en om hoog en laag zijn", en="months that are high and low in turn"
    )
    return _error("history-swings", name, expected, found)


def _flat(name: str) -> Finding:
    expected = Text(
        nl="prijzen die van een rechte lijn afwijken", en="prices that stray from a straight line"
    )
    found = Text(nl="maanden op één lijn", en="months on one line")
    return _error("history-flat", name, expected, found)


def _apart(names: list[str], months: NDArray[np.int64]) -> Iterator[Finding]:
    """Every two histories with too few months in common."""
    expected = Text(
        nl=f"ten minste {FEWEST_SHARED} gedeelde maanden zonder sprong",
        en=f"at least {FEWEST_SHARED} months in common without a jump",
    )
    for one, other in combinations(range(len(names)), 2):
        if months[one, other] < FEWEST_SHARED:
            place = f"{names[one]}, {names[other]}"
            yield _error("history-apart", place, expected, months[one, other])


def _refuse(name: str, findings: list[Finding]) -> None:
    if len(findings) > MOST_FINDINGS:
        rest = len(findings) - MOST_FINDINGS
        expected = Text(
            nl=f"ten hoogste {MOST_FINDINGS} bevindingen", en=f"at most {MOST_FINDINGS} findings"
        )
        more = Text(nl=f"nog {rest} meer", en=f"{rest} more")
        findings = [*findings[:MOST_FINDINGS], _error("history-more", name, expected, more)]
    if findings:
        raise DocumentRefused(name, tuple(findings))


# ── reading ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Table:
    """A file of the folder, and what its rows are read for."""

    path: str
    time: str
    price: str
    per: str | None = None  # a column to divide by: dollars per euro
    factor: float = 1.0  # to the house unit
    hourly: bool = False


@dataclass(frozen=True)
class _Series:
    """The files that together make the history of one carrier, from `first` on."""

    carrier: str
    tables: tuple[_Table, ...]
    first: int
    source: str
    place: str


_PINKSHEET = "prices_worldbank_pinksheet/monthly_2000_2026.csv"
_SERIES = (
    _Series(
        "eua",
        (_Table("prices_eua/eua_monthly_means.csv", "month", "eua_auction_mean_eur"),),
        # December 2010 had no auction, and a history has no gaps.
        2011 * 12,
        "eua-icap-means",
        "maandgemiddelden van de veilingen",
    ),
    _Series(
        "natural_gas",
        (
            _Table(
                _PINKSHEET,
                "month",
                "ttf_like_natural_gas_europe_eur_per_mwh_hhv",
                factor=unit("EUR/MWh_HHV").factor,
            ),
        ),
        # Before April 2015 the series is an import price of long contracts, not the TTF.
        2015 * 12 + 3,
        "worldbank-pinksheet",
        "Natural gas, Europe (TTF vanaf april 2015), in euro met de koers van fed-h10",
    ),
    _Series(
        "electricity",
        (
            _Table(
                "prices_electricity_hourly/nl_day_ahead_2020_2021.csv",
                "utc",
                "nl_day_ahead_eur_per_mwh",
                hourly=True,
            ),
            _Table(
                "prices_electricity_hourly/be_day_ahead_2022_2024.csv",
                "local_time",
                "be_day_ahead_eur_per_mwh",
                hourly=True,
            ),
        ),
        2020 * 12,
        "entsoe-day-ahead",
        "maandgemiddelden van uurprijzen: Nederland 2020-2021, daarna België als nabije vervanger",
    ),
    _Series(
        "iron_ore",
        (_Table(_PINKSHEET, "month", "iron_ore_cfr_usd_per_dmtu", per="usd_per_eur"),),
        # Until 2009 prices were agreed once a year; from 2011 as for allowances.
        2011 * 12,
        "worldbank-pinksheet",
        "Iron ore, CFR, gedeeld door de koers van fed-h10",
    ),
)


def fit_folder(folder: Path, until: date) -> FittedProcesses:
    """Processes of the carriers whose history lies in `folder`, as known on `until`.

    `folder` holds `prices_eua`, `prices_worldbank_pinksheet` and `prices_electricity_hourly`. A
    month counts if it was over before `until`. Months at the ends of an hourly file that are not
    whole are left out.

    Raises
    ------
    DocumentRefused   with every finding in every file: absent, a column or a number that is not
                      there, prices that are not positive, months out of order, twice or missing;
                      a day of knowledge that no history comes near
    """
    last = until.year * 12 + until.month - 2  # the month of `until` itself was not over
    findings: list[Finding] = []
    histories = {}
    for series in _SERIES:
        history, found = _history(folder, series, last)
        findings += found
        if history is not None:
            histories[series.carrier] = history
    processes, unfit = _processes(histories)
    _refuse(str(folder), [*findings, *unfit, *_too_late(histories, until)])
    return _together(str(folder), processes, until)


def _too_late(histories: Mapping[str, History], until: date) -> Iterator[Finding]:
    """A day of knowledge before which a whole year went by that no history ends."""
    needed = _last_whole_year(until) * 12 + 11
    last = max((each.last for each in histories.values()), default=needed)
    if last < needed:
        expected = Text(
            nl=f"ten minste één reeks tot en met {_month_text(needed)}, om iets te weten tot "
            f"{until}",
            en=f"at least one series up to {_month_text(needed)}, to know things until {until}",
        )
        found = Text(
            nl=f"reeksen tot en met {_month_text(last)}", en=f"series up to {_month_text(last)}"
        )
        remedy = Text(
            nl="noem een eerdere dag van kennis, of geef langere reeksen",
            en="name an earlier day of knowledge, or give longer series",
        )
        yield Finding("error", "history-ends", ", ".join(histories), expected, found, remedy)


def _history(folder: Path, series: _Series, last: int) -> tuple[History | None, list[Finding]]:
    """The months of one carrier up to `last`, or why they are no history."""
    prices: dict[int, float] = {}
    findings: list[Finding] = []
    for table in series.tables:
        found, wrong = _months_in(folder, table, series.first, last)
        findings += wrong
        findings += [
            _error("history-twice", f"{table.path}, {_month_text(month)}", _ONCE, _TWICE)
            for month in sorted(found.keys() & prices.keys())
        ]
        prices.update(found)
    if findings:
        return None, findings
    if not prices:
        return None, [_few(series.carrier, 0)]
    months = range(min(prices), max(prices) + 1)
    absent = [month for month in months if month not in prices]
    if absent:
        place = f"{series.carrier}, {', '.join(map(_month_text, absent))}"
        return None, [_error("history-gap", place, _PRICE, _NOTHING)]
    path = np.array([prices[month] for month in months])
    return History(months[0], path, series.source, series.place), []


def _months_in(
    folder: Path, table: _Table, first: int, last: int
) -> tuple[dict[int, float], list[Finding]]:
    """The price of each month in a file between two months, and what is wrong in the file."""
    try:
        text = (folder / table.path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return {}, [_error("history-file", table.path, _READABLE, _NOTHING)]
    try:
        header, rows = _rows(text)
    except csv.Error as error:
        return {}, [_error("history-file", table.path, _READABLE, str(error))]
    wanted = [name for name in (table.time, table.price, table.per) if name]
    absent = [name for name in wanted if name not in header]
    if absent:
        expected = Text(nl="een kolom " + ", ".join(absent), en="a column " + ", ".join(absent))
        return {}, [_error("history-column", table.path, expected, _NOTHING)]
    stated: dict[int, list[float]] = {}
    findings: list[Finding] = []
    before = ""
    for line, row in rows:
        place = f"{table.path}, line {line}"
        time = row[table.time] or ""
        month = _month_of(time)
        if month is None:
            findings.append(_error("history-time", f"{place}, {table.time}", _TIME, time))
            continue
        if time < before or (time == before and not table.hourly):
            findings.append(_error("history-order", f"{place}, {table.time}", _LATER, time))
        before = time
        if first <= month <= last:
            price, wrong = _price_in(row, table, place)
            findings += wrong
            stated.setdefault(month, []).append(price)
    whole = _whole_months(stated) if table.hourly else set(stated)
    findings += [
        _error("history-hours", f"{table.path}, {_month_text(month)}", _WHOLE, len(stated[month]))
        for month in sorted(stated.keys() - whole)
        if whole and min(whole) < month < max(whole)
    ]
    means = {month: math.fsum(stated[month]) / len(stated[month]) for month in sorted(whole)}
    findings += [
        _error("history-price", f"{table.path}, {_month_text(month)}", _PRICE, f"{mean:.6g}")
        for month, mean in means.items()
        if math.isfinite(mean) and mean <= 0
    ]
    return means, findings


def _rows(text: str) -> tuple[list[str], list[tuple[int, dict[str, Any]]]]:
    """The columns of a table, and its rows with the line on which each ends."""
    rows = csv.DictReader(io.StringIO(text))
    header = list(rows.fieldnames or [])
    return header, [(rows.line_num, row) for row in rows]


def _price_in(row: dict[str, Any], table: _Table, place: str) -> tuple[float, list[Finding]]:
    """The price in a row, in euro per house unit; NaN with a finding where there is none."""
    findings = []
    numbers = []
    for column in [table.price, *([table.per] if table.per else [])]:
        number = _number_of(row[column])
        if number is None or (column == table.per and number <= 0):
            findings.append(
                _error("history-number", f"{place}, {column}", _NUMBER, row[column] or _NOTHING)
            )
        numbers.append(number)
    if findings:
        return math.nan, findings
    price, *per = [number or 0.0 for number in numbers]
    return price / (per[0] if per else 1.0) * table.factor, []


def _number_of(cell: str | None) -> float | None:
    """A number that a price can be, or None where the cell holds none."""
    try:
        number = float(cell or "")
    except ValueError:
        return None
    return number if abs(number) <= LARGEST else None


def _whole_months(stated: Mapping[int, list[float]]) -> set[int]:
    """The months of which nearly all hours are there."""
    return {month for month in stated if len(stated[month]) >= WHOLE_MONTH * 24 * _days_in(month)}


def _days_in(month: int) -> int:
    return (_first_day(month + 1) - _first_day(month)).days


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _month_of(time: str) -> int | None:
    """The month in `2025-06` or `2025-06-30T23:00`; None where there is none."""
    year, dash, rest = time.partition("-")
    if len(year) != 4 or not dash or not (year + rest[:2]).isdecimal() or len(rest[:2]) != 2:
        return None
    number = int(rest[:2])
    return int(year) * 12 + number - 1 if 1 <= number <= 12 and int(year) else None


def _month_text(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"


# ── writing ───────────────────────────────────────────────────────────────────────────────────

_HEAD = """\
# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
#
# Written by the command that fits price processes; fit anew instead of changing a number here.

"""

_METHOD = {
    "nl": (
        "Logaritmen van maandprijzen: een rechte lijn in de tijd en een afwijking die naar die "
        "lijn terugkeert (AR(1), kleinste kwadraten), exact omgerekend naar snelheid per jaar en "
        "volatiliteit per wortel van een jaar. Maanden met een residu boven drie "
        "standaardafwijkingen zijn sprongen; de rest is opnieuw geschat tot dezelfde maanden "
        "opvallen. Correlaties van de residuen over gedeelde maanden."
    ),
    "en": (
        "Logarithms of monthly prices: a straight line in time and a deviation that returns to "
        "that line (AR(1), least squares), brought exactly to a speed per year and a volatility "
        "per square root of a year. Months with a residual above three standard deviations are "
        "jumps; the rest was fitted again until the same months stand out. Correlations of "
        "residuals over shared months."
    ),
}
_BECAUSE = {
    "nl": (
        "Hoe ver prijzen van hun pad afwijken, geschat op de historie; het peil zelf is van de "
        "prijzenfamilie. Weinig jaren zeggen weinig over de snelheid van terugkeer: de "
        "standaardfout is vaak zo groot als de schatting, en kleinste kwadraten schat haar te hoog "
        "(speed_bias, bij benadering; getoond, niet afgetrokken). Waar speed_bias groter is dan "
        "speed, sluit de historie niet uit dat de prijs nooit terugkeert. De stroomprijs rust op "
        "de minste jaren, met de gascrisis erin en deels met Belgische prijzen."
    ),
    "en": (
        "How far prices stray from their path, fitted to history; the level itself is the price "
        "family's. Few years say little about the speed of return: its standard error is often as "
        "large as the estimate, and least squares puts it too high (speed_bias, about; shown, not "
        "taken off). Where speed_bias is above speed, history does not rule out that the price "
        "never returns. The price of power rests on the fewest years, with the gas crisis in them "
        "and partly with Belgian prices."
    ),
}


def as_yaml(fitted: FittedProcesses) -> str:
    """The file of price processes that says what was fitted; the same bytes for the same fit."""
    content = {
        "label": _label(fitted.until),
        "because": _BECAUSE,
        "method": _METHOD,
        "known_on": fitted.until,
        "starts_after": _last_whole_year(fitted.until),
        "takes_along": DECLARED,
        "carriers": {name: _entry(each) for name, each in fitted.by_carrier.items()},
        "correlation": {
            "source": "price-process-fit",
            "place": "residuen van maanden die twee dragers delen, zonder maanden met een sprong",
            "seen": "derived",
            "pairs": _pairs(fitted),
        },
    }
    return _HEAD + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=98)


def _entry(fitted: FittedProcess) -> dict[str, Any]:
    jumps = None
    if fitted.jump_sd is not None:
        jumps = {"intensity": _rounded(fitted.intensity), "sd": _rounded(fitted.jump_sd)}
    errors = {
        "speed": fitted.speed_error,
        "volatility": fitted.volatility_error,
        "intensity": fitted.intensity_error,
        "jump_sd": fitted.jump_sd_error,
    }
    history = fitted.history
    return {
        "kind": "drawn",
        "speed": _rounded(fitted.speed),
        "volatility": _rounded(fitted.volatility),
        "jumps": jumps,
        "standard_errors": {n: None if e is None else _rounded(e) for n, e in errors.items()},
        "speed_bias": _rounded(fitted.speed_bias),
        "months": {
            "first": _month_text(history.first),
            "last": _month_text(history.last),
            "n": len(history.prices),
        },
        "source": history.source,
        "place": history.place,
        "seen": "derived",
    }


def _pairs(fitted: FittedProcesses) -> list[dict[str, Any]]:
    names = list(fitted.by_carrier)
    return [
        {
            "of": [names[one], names[other]],
            "value": _rounded(float(fitted.correlation[one, other])),
            "months": int(fitted.common_months[one, other]),
        }
        for one, other in combinations(range(len(names)), 2)
    ]


def _last_whole_year(until: date) -> int:
    """The last calendar year that was over on the day of knowledge."""
    return until.year - 1


def _rounded(number: float) -> float:
    return round(number, DIGITS)


def _label(until: date) -> dict[str, str]:
    day = {
        language: f"{until.day} {months[until.month - 1]} {until.year}"
        for language, months in MONTHS.items()
    }
    return {
        "nl": f"Prijsprocessen, geschat op wat op {day['nl']} bekend was",
        "en": f"Price processes, fitted to what was known on {day['en']}",
    }
