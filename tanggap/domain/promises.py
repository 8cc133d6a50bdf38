"""How far away a promise may lie: on its day it is asked whether it was kept (REQ-20, T12d)."""

from datetime import date, timedelta
from typing import Final

from tanggap.domain.intake import Fault
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.domain.outcomes import NEEDS_DATE

# Two budget years: what is promised for later is asked about by nobody who gave the promise.
FARTHEST: Final = timedelta(days=2 * 366)
_PROMISING: Final = frozenset(
    {Action.ANSWER, Action.HOLD_ANSWER, Action.SUBMIT_MEMO, Action.SIGN_MEMO, Action.CLOSE_MANUAL}
)


def fault(action: Action, move: Move, *, known: str | None, today: date) -> Fault | None:
    """Return what is wrong with the day that an act promises; None for nothing, and for an act that promises none.

    `known` is the day that was promised before, as an ISO date: who repeats it says nothing new, also when it has
    passed. What a second officer releases was right on the day it was written, what a cluster carries in its lead.
    """
    day = move.outcome_on
    is_new = action == Action.RESCHEDULE
    if day is None or not (is_new or (action in _PROMISING and move.outcome in NEEDS_DATE)):
        return None
    if move.releases is not None or move.carried is not None or (not is_new and day.isoformat() == known):
        return None
    if day <= today:
        return Fault.PROMISE_PAST
    return Fault.PROMISE_FAR if day - today > FARTHEST else None
