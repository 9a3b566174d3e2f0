# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of rows of the register, each with its address, form and words.

Takes     the part of an address.
Gives     the kind.
Leaves    what a page shows of a row to `shown.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.http import Http404
from django.utils.translation import gettext_noop

from maatwerkbank.web.parliament import forms
from maatwerkbank.web.parliament.models import RegisterRow


@dataclass(frozen=True)
class RowKind:
    """One kind. `part` is its name in the floor below: `commitments`."""

    slug: str
    part: str
    form: type[forms.RegisterForm]
    label: str
    one: str
    add: str

    @property
    def model(self) -> type[RegisterRow]:
        """The table."""
        return self.form.kind


KINDS: Mapping[str, RowKind] = MappingProxyType(
    {
        kind.slug: kind
        for kind in (
            RowKind(
                "toezeggingen",
                "commitments",
                forms.CommitmentForm,
                gettext_noop("Commitments to the House"),
                gettext_noop("Commitment"),
                gettext_noop("Write a commitment down"),
            ),
            RowKind(
                "moties",
                "motions",
                forms.MotionForm,
                gettext_noop("Motions"),
                gettext_noop("Motion"),
                gettext_noop("Write a motion down"),
            ),
            RowKind(
                "brieven",
                "letters",
                forms.LetterForm,
                gettext_noop("Letters to the House"),
                gettext_noop("Letter to the House"),
                gettext_noop("Write a letter down"),
            ),
            RowKind(
                "debatten",
                "debates",
                forms.DebateForm,
                gettext_noop("Debates"),
                gettext_noop("Debate"),
                gettext_noop("Write a debate down"),
            ),
            RowKind(
                "vragen",
                "questions",
                forms.QuestionForm,
                gettext_noop("Questions of the House"),
                gettext_noop("Question of the House"),
                gettext_noop("Write a question down"),
            ),
        )
    }
)


def kind_for(slug: str) -> RowKind:
    """The kind at that address.  Raises Http404."""
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def kind_of(row: RegisterRow) -> RowKind:
    """The kind of a row."""
    return next(kind for kind in KINDS.values() if kind.model is type(row))
