# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Effects of policy variants as jobs in the queue.

Takes     an effect that waits.
Gives     its result, or why there is none; signs of life on the way.
Leaves    how an attempt is claimed, kept alive and ended to `web/attempts.py`, computing to
          `effect_computing`.
"""

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app

from maatwerkbank.ground.errors import MaatwerkError
from maatwerkbank.ground.language import Text
from maatwerkbank.web import attempts
from maatwerkbank.web.attempts import SignsOfLife, Stopped
from maatwerkbank.web.overview.models import EffectRun
from maatwerkbank.web.refusals import Conflict

_log = logging.getLogger(__name__)


class ChangedMeanwhile(Conflict):
    """The dossiers are not what they were when the question was put."""

    code = "effect.changed-meanwhile"

    def __init__(self) -> None:
        super().__init__(
            Text(
                nl="De dossiers, uw rechten of het programma zijn veranderd nadat u dit vroeg.",
                en="The dossiers, your rights or the program changed after you asked.",
            ),
            remedy=Text(nl="vraag het opnieuw", en="ask again"),
        )


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
            if asked.key != claimed.key:
                raise ChangedMeanwhile  # noqa: TRY301  (told as every other refusal)
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


def find_lost(silent_for: float) -> int:
    """Queue effects again that no job computes and that are silent for so many seconds."""
    return attempts.find_lost(EffectRun.objects.all(), silent_for)
