# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table in a terminal: columns as wide as their widest cell.

Takes     rows of texts, the heads first.
Gives     lines, the first column to the left and the others to the right, or as asked.
Leaves    numbers and words to whoever fills the cells.
"""

from collections.abc import Sequence


def table_lines(
    rows: Sequence[Sequence[str]], *, left: Sequence[int] = (0,), indent: str = "  "
) -> list[str]:
    """The rows as lines; the columns named in `left` start at the left.

    >>> table_lines([("", "mln"), ("Power", "1,5"), ("Tax", "-20,0")], indent="")
    ['         mln', 'Power    1,5', 'Tax    -20,0']
    """
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return [
        (
            indent
            + "  ".join(
                f"{cell:<{width}}" if n in left else f"{cell:>{width}}"
                for n, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
        ).rstrip()
        for row in rows
    ]
