# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which quantiles does draw number i take?

Takes      a seed, the name of a group of inputs, how many inputs, and which draws.
Gives      uniforms strictly between 0 and 1; each depends on seed, group, input and draw number
           and on nothing else: not on other inputs, on the block asked for, nor on threads.
Leaves out values (`distributions`) and dependence (`dependence`), which come after the quantiles.

Sobol: the points of Joe and Kuo, their order shuffled per group, their bits scrambled per input.
Inputs of one group fill the space together; groups are independent of one another. Latin
hypercube: every input is a group of its own, so each input alone is stratified and no more.
Either way, the first 2^m draws hold one value in each 2^m-th part of every input, for any m.

Source     Owen 1995 (nested uniform scrambling); Laine and Karras 2011 and Burley 2020 (by hash);
           direction numbers: Joe and Kuo 2008, as scipy ships them.
"""

import hashlib
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
from numba import njit
from numpy.typing import NDArray

from maatwerkbank.ground.errors import RuleError

Floats = NDArray[np.float64]
Bits = NDArray[np.uint32]
Method = Literal["sobol", "latin_hypercube"]

MOST_DRAWS = 2**20
MOST_INPUTS = 21_201  # dimensions for which direction numbers were published

_BLOCK = 512  # draws that stay in the fastest cache while their bits are put together


def uniforms(
    seed: int, group: str, n_inputs: int, *, first: int, count: int, method: Method = "sobol"
) -> Floats:
    """Quantiles of the draws `first`, `first + 1`, ...  (input, draw) [1]

    Parameters
    ----------
    seed : any whole number; 0 is a seed like the others
    group : inputs that belong together, such as those of one case; groups are independent
    first, count : number of the first draw, counted from 0, and how many draws

    Raises
    ------
    RuleError    no draws, a negative first draw, or more draws or inputs than there are points for

    Examples
    --------
    >>> whole = uniforms(0, "prices", 2, first=0, count=8)
    >>> part = uniforms(0, "prices", 1, first=6, count=2)
    >>> bool((whole[:1, 6:] == part).all())
    True
    """
    _check(n_inputs, first, count, method)
    key = _key(seed, group)
    found = np.empty((n_inputs, count))
    if method == "sobol":
        n_bits = (first + count - 1).bit_length()
        _sobol(_directions(n_inputs, n_bits), key, first, found)
    else:
        _latin_hypercube(key, first, found)
    return found


def _check(n_inputs: int, first: int, count: int, method: str) -> None:
    if method not in get_args(Method):
        raise RuleError(
            f"'{method}' is no way to sample.", remedy=f"choose from: {', '.join(get_args(Method))}"
        )
    if count < 1:
        raise RuleError(f"{count} draws were asked for.", remedy="ask for at least 1 draw")
    if first < 0:
        raise RuleError(
            f"draw {first} was asked for, and draws are counted from 0.",
            remedy="start at draw 0 or later",
        )
    if first + count > MOST_DRAWS:
        raise RuleError(
            f"draws up to number {first + count - 1} were asked for, and there are {MOST_DRAWS}.",
            remedy=f"ask for at most {MOST_DRAWS} draws; more would change no digit that is shown",
        )
    if not 1 <= n_inputs <= MOST_INPUTS:
        raise RuleError(
            f"{n_inputs} inputs were asked for in one group, and a group has 1 to {MOST_INPUTS}.",
            remedy="give each case its own group",
        )


def _key(seed: int, group: str) -> np.uint64:
    """64 bits that belong to this seed and group, the same in every process."""
    digest = hashlib.blake2b(f"{seed}/{group}".encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


@lru_cache(maxsize=8)
def _all_directions(n_inputs: int, n_bits: int) -> Bits:
    """Direction numbers of Sobol's sequence, mirrored: first bit lowest. (input, bit)

    Point `2^j - 1` in the order of scipy (Gray code) is the direction number of bit j - 1.
    """
    from scipy.stats import qmc  # type: ignore[import-untyped]  # noqa: PLC0415  (slow)

    sequence = qmc.Sobol(n_inputs, scramble=False, bits=32)
    found = np.empty((n_inputs, n_bits), dtype=np.uint32)
    at = 0
    for bit in range(n_bits):
        wanted = 2 ** (bit + 1) - 1
        sequence.fast_forward(wanted - at)
        point = sequence.random(1)[0]
        at = wanted + 1
        found[:, bit] = _mirrored_all((point * 2.0**32).astype(np.uint32))
    found.flags.writeable = False
    return found


def _directions(n_inputs: int, n_bits: int) -> Bits:
    """Direction numbers of so many inputs and bits; made for more, to be made seldom."""
    inputs = min(MOST_INPUTS, 1 << (n_inputs - 1).bit_length())
    bits = max(14, n_bits)
    return _all_directions(inputs, bits)[:n_inputs, :n_bits].copy()


# ── compiled: whole numbers of 32 bits, so that every machine gives the same ─────────────────────


@njit(nogil=True, cache=True)
def _mixed(x: np.uint64) -> np.uint64:
    """One of 2^64 numbers to another, without pattern (the finaliser of SplitMix64)."""
    x = np.uint64(x + np.uint64(0x9E3779B97F4A7C15))
    x = np.uint64((x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9))
    x = np.uint64((x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB))
    return np.uint64(x ^ (x >> np.uint64(31)))


@njit(nogil=True, cache=True)
def _mirrored(x: np.uint32) -> np.uint32:
    """The 32 bits in opposite order."""
    x = np.uint32((x >> np.uint32(1)) & np.uint32(0x55555555)) | np.uint32(
        (x & np.uint32(0x55555555)) << np.uint32(1)
    )
    x = np.uint32((x >> np.uint32(2)) & np.uint32(0x33333333)) | np.uint32(
        (x & np.uint32(0x33333333)) << np.uint32(2)
    )
    x = np.uint32((x >> np.uint32(4)) & np.uint32(0x0F0F0F0F)) | np.uint32(
        (x & np.uint32(0x0F0F0F0F)) << np.uint32(4)
    )
    x = np.uint32((x >> np.uint32(8)) & np.uint32(0x00FF00FF)) | np.uint32(
        (x & np.uint32(0x00FF00FF)) << np.uint32(8)
    )
    return np.uint32((x >> np.uint32(16)) | np.uint32(x << np.uint32(16)))


@njit(nogil=True, cache=True)
def _mirrored_all(values: Bits) -> Bits:
    found = np.empty_like(values)
    for i in range(values.size):
        found[i] = _mirrored(values[i])
    return found


@njit(nogil=True, cache=True)
def _nested(x: np.uint32, one: np.uint64, two: np.uint64) -> np.uint32:
    """A permutation in which whether a bit flips depends on the key and on lower bits only.

    On mirrored bits that is nested uniform scrambling: a cell moves as a whole, and within it the
    parts are swapped afresh. Multiplying by odd numbers and adding keys carries upwards only.
    """
    x = np.uint32(x ^ np.uint32(x * np.uint32(0x3D20ADEA)))
    x = np.uint32(x + np.uint32(one))
    x = np.uint32(x * np.uint32((one >> np.uint64(32)) | np.uint64(1)))
    x = np.uint32(x ^ np.uint32(x * np.uint32(0x05526C56)))
    x = np.uint32(x ^ np.uint32(x * np.uint32(0x53A22864)))
    x = np.uint32(x + np.uint32(two))
    x = np.uint32(x * np.uint32((two >> np.uint64(32)) | np.uint64(1)))
    return np.uint32(x ^ np.uint32(x * np.uint32(0x3D20ADEA)))


@njit(nogil=True, cache=True)
def _shuffled(i: np.uint32, one: np.uint64, two: np.uint64) -> np.uint32:
    """Another place in the sequence for draw i; the first 2^m keep the first 2^m places, all m.

    A bit is swapped by the bits above it; the highest that is set stays, and so does every nought
    above it. Blocks of 2^m stay together, so they keep their even spread. Within a block of 16 any
    order will do, and a free one keeps groups from moving in step.
    """
    below = np.uint32(i | (i >> np.uint32(1)))
    below = np.uint32(below | (below >> np.uint32(2)))
    below = np.uint32(below | (below >> np.uint32(4)))
    below = np.uint32(below | (below >> np.uint32(8)))
    below = np.uint32(below | (below >> np.uint32(16)))
    below = np.uint32(below >> np.uint32(1))
    swapped = _mirrored(_nested(_mirrored(i), one, two))
    place = np.uint32(i ^ np.uint32((swapped ^ i) & below))
    within = np.uint32(below & np.uint32(15))
    block = np.uint32(place & ~within)
    return np.uint32(block | _reordered(np.uint32(place & within), within, _mixed(two ^ block)))


@njit(nogil=True, cache=True)
def _reordered(x: np.uint32, mask: np.uint32, key: np.uint64) -> np.uint32:
    """A permutation of the numbers 0 to `mask`, drawn by the key: every step can be undone."""
    for _ in range(4):
        x = np.uint32((x ^ np.uint32(key)) & mask)
        x = np.uint32(x * (np.uint32(key >> np.uint64(4)) | np.uint32(1)) & mask)
        x = np.uint32(x ^ (x >> np.uint32(1)))
        key = np.uint64(key >> np.uint64(8))
    return x


@njit(nogil=True, cache=True)
def _uniform(mirrored: np.uint32) -> float:
    """The middle of the cell of 2^-32 that these bits name: never 0 and never 1."""
    return (np.float64(_mirrored(mirrored)) + 0.5) * 2.0**-32


@njit(nogil=True, cache=True)
def _sobol(directions: Bits, key: np.uint64, first: int, found: Floats) -> None:
    """Fill (input, draw): shuffled by group, scrambled by input."""
    n_inputs, count = found.shape
    n_bits = directions.shape[1]
    order_one, order_two = _mixed(key), _mixed(~key)
    place = np.empty(_BLOCK, dtype=np.uint32)
    bits = np.empty(_BLOCK, dtype=np.uint32)
    for start in range(0, count, _BLOCK):
        n = min(_BLOCK, count - start)
        for k in range(n):
            place[k] = _shuffled(np.uint32(first + start + k), order_one, order_two)
        for i in range(n_inputs):
            one = _mixed(np.uint64(key + np.uint64(2 * i + 2)))
            two = _mixed(np.uint64(key + np.uint64(2 * i + 3)))
            bits[:n] = np.uint32(0)
            for j in range(n_bits):
                direction = directions[i, j]
                for k in range(n):
                    is_set = np.uint32((place[k] >> np.uint32(j)) & np.uint32(1))
                    bits[k] = np.uint32(bits[k] ^ np.uint32(direction * is_set))
            for k in range(n):
                found[i, start + k] = _uniform(_nested(bits[k], one, two))


@njit(nogil=True, cache=True)
def _latin_hypercube(key: np.uint64, first: int, found: Floats) -> None:
    """Fill (input, draw): per input the sequence of van der Corput, shuffled and scrambled.

    The place in that sequence is its value with the bits mirrored.
    """
    n_inputs, count = found.shape
    for i in range(n_inputs):
        here = _mixed(np.uint64(~key + np.uint64(i)))
        order_one, order_two = _mixed(here), _mixed(np.uint64(here + np.uint64(1)))
        one = _mixed(np.uint64(here + np.uint64(2)))
        two = _mixed(np.uint64(here + np.uint64(3)))
        for k in range(count):
            place = _shuffled(np.uint32(first + k), order_one, order_two)
            found[i, k] = _uniform(_nested(place, one, two))
