# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Effects of policy variants as jobs in the queue.

Takes     an effect that waits.
Gives     its result, or why there is none; signs of life on the way.
Leaves    how an attempt is claimed, kept alive and ended to `web/attempts.py`, computing to
          `effect_computing`.
"""

import logging
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app

from maatwerkbank.ground.errors import MaatwerkError
from maatwerkbank.web import attempts
from maatwerkbank.web.attempts import Cancelled, SignsOfLife, Stopped
from maatwerkbank.web.overview.models import EffectRun

if TYPE_CHECKING:
    from maatwerkbank.web.overview.effect import EffectQuestion

_log = logging.getLogger(__name__)


def defer_effect(run: EffectRun) -> None:
    """Put an effect in the queue, in the transaction that made it. One job computes it."""
    run.job_id = compute_effect.configure(lock=f"effect-{run.pk}").defer(run=run.pk)
    EffectRun.objects.filter(pk=run.pk).update(job_id=run.job_id)


@app.task(name="compute_effect", pass_context=True)
def compute_effect(context: JobContext, *, run: int) -> None:
    """Compute an effect, if it still waits for that."""
    claimed = attempts.claim(EffectRun.objects.select_related("asked_by").filter(pk=run))
    if claimed is None:
        return
    from maatwerkbank.web.overview.effect import question  # noqa: PLC0415  (it queues)
    from maatwerkbank.web.overview.effect_computing import answer  # noqa: PLC0415  (takes seconds)

    attempt = claimed.attempts
    try:
        with SignsOfLife(claimed, context.should_abort) as life:
            asked = question(claimed.asked_by, variant=claimed.variant, known_on=claimed.known_on)
            _put_anew(claimed, asked)
            found = answer(asked.portfolio.read(), claimed.variant, claimed.known_on, life.tell)
    except Stopped as stopped:
        stopped.settle(claimed)
    except MaatwerkError as error:
        attempts.end(claimed, attempt, state="failed", error=attempts.told(error))
    except Exception:
        _log.exception("effect %s failed in a way that nobody foresaw", run)
        attempts.end(claimed, attempt, state="failed", error=attempts.UNFORESEEN)
        raise
    else:
        attempts.end(
            claimed,
            attempt,
            state="done",
            progress=1.0,
            receipt_number=found.result["receipt"]["number"],
            result=found.result,
            figures=found.figures,
            pictures=found.pictures,
        )


def _put_anew(run: EffectRun, asked: "EffectQuestion") -> None:
    """The question is about what the asker sees now, by the program and the law of now.

    Raises Cancelled where that was answered, or is being answered, already.
    """
    mine = EffectRun.objects.filter(pk=run.pk, state="running", attempts=run.attempts)
    try:
        with transaction.atomic():
            mine.update(key=asked.key, as_of=asked.portfolio.register.as_of)
    except IntegrityError:
        raise Cancelled from None


def find_lost(silent_for: float) -> int:
    """Queue effects again that no job computes and that are silent for so many seconds."""
    return attempts.find_lost(EffectRun.objects.all(), silent_for)
