# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which firms does a letter speak of together, and how many are there of each kind?

Takes     a register.
Gives     every firm in exactly one group, by its exit, else its track, else its stage; counts.
Leaves    the words to the parts.
"""

from collections.abc import Mapping

from maatwerkbank.letter.progress.model import Count
from maatwerkbank.portfolio.register import CompanyState, Register, Stage

# From far to near, then those with which it goes no further.
GROUPS = (
    "execution",
    "agreement",
    "jloi",
    "advice",
    "draft_jloi",
    "working_out",
    "eop",
    "exploration",
    "guidance",
    "stopped_door_open",
    "paused",
    "withdrawn",
)
TOWARDS_JLOI = ("working_out", "draft_jloi", "advice")
LEFT = ("stopped_door_open", "paused", "withdrawn")


def group_of(firm: CompanyState) -> str:
    """The one group in which a firm stands."""
    if firm.exit:
        return firm.exit.kind
    return "guidance" if firm.track == "net_zero_guidance" else str(Stage(firm.stage))


def grouped(register: Register) -> Mapping[str, tuple[CompanyState, ...]]:
    """The firms of every group, in the order of the register; an empty group is there too."""
    return {group: tuple(firm for firm in register if group_of(firm) == group) for group in GROUPS}


def counts(register: Register) -> Mapping[str, Count]:
    """Everything that the letter counts, by id."""
    by_group = grouped(register)
    firms = {
        "count.firms": tuple(register),
        "count.eop": tuple(each for each in register if each.eop_signed),
        "count.jloi": tuple(each for each in register if each.jloi_date),
        "count.agreement": tuple(each for each in register if each.agreement_date),
        "count.towards_jloi": tuple(each for each in register if group_of(each) in TOWARDS_JLOI),
        "count.left": tuple(each for each in register if group_of(each) in LEFT),
        **{f"count.group.{group}": by_group[group] for group in GROUPS},
    }
    return {
        identity: Count(identity, len(found), tuple(each.id for each in found))
        for identity, found in firms.items()
    }
