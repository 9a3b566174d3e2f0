# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Draws side by side: one number to who reads, `WIDE` of them to the machine."""

import operator
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.core.datamodel import models
from numba.core.datamodel.registry import register_default
from numba.core.typing.templates import ConcreteTemplate, infer_global, signature
from numba.extending import intrinsic, lower_builtin
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_njit: Any = njit  # its types know nothing of `_nrt`
_intrinsic: Any = intrinsic
_Step = TypeVar("_Step", bound=Callable[..., Any])
Lanes = NDArray[np.float64]  # (row, LANES)

# Contraction into fused multiply-adds is allowed; NaN and infinity keep their meaning.
FAST = {"contract", "nsz"}


def compiled(function: _Step) -> _Step:
    """Compiled when first called.

    Nothing below `value` makes an array, so none of it counts references: that would take longer
    than the arithmetic.
    """
    made: _Step = _njit(nogil=True, fastmath=FAST, _nrt=False)(function)
    return made


def inlined(function: _Step) -> _Step:
    """The same, written out wherever it is called: handing its arrays over takes longer than it."""
    made: _Step = _njit(nogil=True, fastmath=FAST, _nrt=False, forceinline=True)(function)
    return made


# So many draws are one value in a register (or in two, where registers are short). A compiler that
# is left to find that out by itself gives up as soon as a loop touches more than a few rows.
WIDE = 8
Vector = float  # to who reads and to the type checker: the number of one draw


class _VectorType(types.Type):
    """`WIDE` doubles, to numba."""

    def __init__(self) -> None:
        super().__init__(name="Vector")


_VECTOR, _NUMBER = _VectorType(), types.float64
_IN_REGISTER = ir.VectorType(ir.DoubleType(), WIDE)


@register_default(_VectorType)
class _VectorModel(models.PrimitiveModel):
    def __init__(self, manager: Any, of: Any) -> None:
        super().__init__(manager, of, _IN_REGISTER)


def _spread(builder: Any, value: Any) -> Any:
    """One number for all draws; what is a vector already stays so."""
    if isinstance(value.type, ir.VectorType):
        return value
    nothing, places = ir.Constant(_IN_REGISTER, ir.Undefined), ir.VectorType(ir.IntType(32), WIDE)
    first = builder.insert_element(nothing, value, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(first, nothing, ir.Constant(places, [0] * WIDE))


def lesser(one: Vector, other: Vector) -> Vector:
    """The smaller of two, draw by draw."""
    return min(one, other)


def greater(one: Vector, other: Vector) -> Vector:
    """The larger of two, draw by draw."""
    return max(one, other)


def _less(builder: Any, one: Any, other: Any) -> Any:
    return builder.select(_is_below(builder, one, other), one, other)


def _more(builder: Any, one: Any, other: Any) -> Any:
    return builder.select(builder.fcmp_ordered(">", one, other), one, other)


def _teach(function: Any, make: Callable[[Any, Any, Any], Any]) -> None:
    """Let numba apply `function` to two vectors, or to a vector and a number."""
    pairs = ((_VECTOR, _VECTOR), (_VECTOR, _NUMBER), (_NUMBER, _VECTOR))

    class _Typed(ConcreteTemplate):
        cases = [signature(_VECTOR, *pair) for pair in pairs]  # noqa: RUF012  (as numba reads it)

    infer_global(function)(_Typed)

    def lowered(context: Any, builder: Any, typed: Any, values: Any) -> Any:
        del context, typed
        return make(builder, *(_spread(builder, value) for value in values))

    for pair in pairs:
        lower_builtin(function, *pair)(lowered)


_teach(lesser, _less)
_teach(greater, _more)
_teach(operator.truediv, lambda builder, one, other: builder.fdiv(one, other))
for _functions, _name in (
    ((operator.add, operator.iadd), "fadd"),
    ((operator.sub, operator.isub), "fsub"),
    ((operator.mul, operator.imul), "fmul"),
):
    for _function in _functions:
        _teach(_function, lambda builder, *both, name=_name: getattr(builder, name)(*both))


def _place(context: Any, builder: Any, typed: Any, values: Any) -> Any:
    """The address of an element, from which a vector is read or written."""
    of_array, of_index = typed.args[:2]
    index = [
        context.cast(builder, builder.extract_value(values[1], axis), of_index[axis], types.intp)
        for axis in range(len(of_index))
    ]
    array = context.make_array(of_array)(context, builder, values[0])
    place = cgutils.get_item_pointer(
        context, builder, of_array, array, index, wraparound=False, boundscheck=False
    )
    return builder.bitcast(place, _IN_REGISTER.as_pointer())


def _load(typing: Any, array: Any, index: Any) -> Any:
    del typing

    def lowered(context: Any, builder: Any, typed: Any, values: Any) -> Any:
        return builder.load(_place(context, builder, typed, values), align=8)

    return _VECTOR(array, index), lowered


def _store(typing: Any, array: Any, index: Any, value: Any) -> Any:
    del typing

    def lowered(context: Any, builder: Any, typed: Any, values: Any) -> Any:
        numbers = _spread(builder, values[2])
        builder.store(numbers, _place(context, builder, typed, values), align=8)
        return context.get_dummy_value()

    return types.void(array, index, value), lowered


def _every(typing: Any, number: Any) -> Any:
    del typing

    def lowered(context: Any, builder: Any, typed: Any, values: Any) -> Any:
        del context, typed
        return _spread(builder, values[0])

    return _VECTOR(number), lowered


def _every_at(typing: Any, array: Any, index: Any) -> Any:
    del typing

    def lowered(context: Any, builder: Any, typed: Any, values: Any) -> Any:
        place = _place(context, builder, typed, values)
        return _spread(builder, builder.load(builder.bitcast(place, ir.DoubleType().as_pointer())))

    return _VECTOR(array, index), lowered


def _if(holds: Callable[[Any, Any, Any], Any]) -> Any:
    def pick(typing: Any, one: Any, other: Any, then: Any, otherwise: Any) -> Any:
        del typing

        def lowered(context: Any, builder: Any, typed: Any, values: Any) -> Any:
            del context, typed
            a, b, yes, no = (_spread(builder, value) for value in values)
            return builder.select(holds(builder, a, b), yes, no)

        return _VECTOR(one, other, then, otherwise), lowered

    return pick


def _is_below(builder: Any, one: Any, other: Any) -> Any:
    return builder.fcmp_ordered("<", one, other)


def _is_same(builder: Any, one: Any, other: Any) -> Any:
    return builder.fcmp_ordered("==", one, other)


def _is_opposite(builder: Any, one: Any, other: Any) -> Any:
    whole = ir.VectorType(ir.IntType(64), WIDE)
    differs = builder.xor(builder.bitcast(one, whole), builder.bitcast(other, whole))
    return builder.icmp_signed("<", differs, ir.Constant(whole, [0] * WIDE))


def _any_below(typing: Any, one: Any, other: Any) -> Any:
    del typing

    def lowered(context: Any, builder: Any, typed: Any, values: Any) -> Any:
        del context, typed
        below = _is_below(builder, *(_spread(builder, value) for value in values))
        bits = ir.IntType(WIDE)
        return builder.icmp_unsigned("!=", builder.bitcast(below, bits), ir.Constant(bits, 0))

    return types.boolean(one, other), lowered


_Pick = Callable[[Vector, Vector, Vector, Vector], Vector]

# (array, index): the numbers of `WIDE` draws from that index on; the last axis is the draw.
load: Callable[[Floats, tuple[int, ...]], Vector] = _intrinsic(_load)
# (array, index, value): write the numbers of `WIDE` draws from that index on.
store: Callable[[Floats, tuple[int, ...], Vector], None] = _intrinsic(_store)
# (number): the same in every draw.
every: Callable[[float], Vector] = _intrinsic(_every)
# (array, index): the one number at that index, in every draw.
every_at: Callable[[Floats, tuple[int, ...]], Vector] = _intrinsic(_every_at)
# (one, other, then, otherwise): `then` in the draws where one < other; where one == other; where
# the sign of one is that of the other turned round (nought has a sign too).
if_below: _Pick = _intrinsic(_if(_is_below))
if_same: _Pick = _intrinsic(_if(_is_same))
if_opposite: _Pick = _intrinsic(_if(_is_opposite))
# (one, other): whether in any of the draws one < other.
any_below: Callable[[Vector, Vector], bool] = _intrinsic(_any_below)
