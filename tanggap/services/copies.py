"""What an act on one copy of a reporter's words means for the others: a divided report and its parts (T22).

What hides one hides all, and what erases the reporter of one erases the one of all, in the transaction of the act, as
an event in the chain of each. The reporter's own flags go both ways in all of them; what an officer does only ever
hides more.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from tanggap.domain.actors import Actor, Reporter, System
from tanggap.domain.case import project
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.models import Report
from tanggap.selectors import reports
from tanggap.services import hiding, vault
from tanggap.services.followers import Change

_SAME_FOR_ALL: Final = frozenset({Action.REDACT, Action.ERASE_IDENTITY})
_FLAGGING: Final = frozenset({Action.SET_VISIBILITY, Action.VERIFY_AND_ASSIGN, Action.MANAGE_SELF})


def concerns(action: Action, move: Move) -> bool:
    """Say whether an act may reach the copies of a report: all of them are locked before, in one order."""
    return action in _SAME_FOR_ALL or (
        action in _FLAGGING and not (move.is_anonymous is None and move.is_confidential is None)
    )


def reach(report: Report, change: Change, *, act: Callable[..., Report]) -> None:
    """Let an act that hides a report, or some of it, reach its whole and its parts; `act` is `services.reports`'."""
    facts, move = change.facts, change.move
    if move.shared is not None or not concerns(change.action, move) or not (facts.parts or facts.part_of):
        return
    for copy in reports.copies_of(facts, report):
        found = _for_copy(report, copy, change)
        if found is None:
            continue
        act(
            actor=Reporter(copy.pk) if isinstance(change.actor, Reporter) else System(),
            number=copy.number,
            action=change.action if change.action in _SAME_FOR_ALL else Action.SET_VISIBILITY,
            move=replace(found, shared=(report.number, facts.count)),
            now=change.now,
        )
    report.refresh_from_db()


def _for_copy(report: Report, copy: Report, change: Change) -> Move | None:
    """Return how an act reaches a copy, or None where there is nothing of it to do."""
    if change.action == Action.REDACT:
        return hiding.for_copy(report.pk, copy.pk, change.move)
    if change.action == Action.ERASE_IDENTITY:
        return Move() if vault.has(copy.pk) else None
    return _flags(copy, change.actor, change.move)


def _flags(copy: Report, actor: Actor, move: Move) -> Move | None:
    """Return the flags that a copy lacks of those that were set by the same hands, or None."""
    facts = project(reports.events_of(copy.pk))
    who = "reporter" if isinstance(actor, Reporter) else "officer"
    anonymous = _change(move.is_anonymous, who, facts.anonymous_by)
    confidential = _change(move.is_confidential, who, facts.confidential_by)
    if anonymous is None and confidential is None:
        return None
    return Move(is_anonymous=anonymous, is_confidential=confidential)


def _change(said: bool | None, who: str, by: frozenset[str]) -> bool | None:
    if said is None or (not said and who == "officer"):
        return None
    return None if (who in by) == said else said
