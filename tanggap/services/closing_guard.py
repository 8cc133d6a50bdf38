"""Hold an answer that sends the citizen elsewhere, says nothing or repeats earlier ones, until a second officer looked.

The chain says it all: the answer that is held, who released it or sent it back and why, and the answer that went out.
No clock knows of it: what is not sent has answered nobody.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from tanggap.domain import closing_guard
from tanggap.domain.actors import Officer, Role, acting_as
from tanggap.domain.closing_guard import MOST_SAME, SAME_DAYS, Ground
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.domain.outcomes import Outcome
from tanggap.models import AnswerPrint, EventText, Report
from tanggap.selectors import answers, areas
from tanggap.services import keys

_ANSWERS = frozenset({Action.ANSWER, Action.HOLD_ANSWER})


def held(action: Action, report: Report, move: Move, *, now: datetime) -> Move | None:
    """Return the move of an answer that has to wait for a second look, with the grounds; None for any other."""
    if action != Action.ANSWER or move.releases is not None or move.carried is not None:
        return None
    same = answers.same(report, _print(report, move.text), since=_since(now))
    sends = closing_guard.sends_elsewhere(move.text)
    found = {
        Ground.SENDS_ELSEWHERE: sends,
        Ground.SAYS_NOTHING: not sends and closing_guard.says_nothing(move.text),
        Ground.SAME_WORDS: same >= MOST_SAME,
    }
    grounds = tuple(ground for ground, is_so in found.items() if is_so)
    return replace(move, held_for=grounds, same_answers=same) if grounds else None


def remember(action: Action, report: Report, move: Move, *, now: datetime) -> None:
    """Keep the print of an answer, so that the next one of the same words is known; a released one is known already."""
    if action in _ANSWERS and move.releases is None and report.owner_agency_id is not None:
        made = _print(report, move.text)
        AnswerPrint.objects.create(report=report, agency_id=report.owner_agency_id, print=made, answered_at=now)


def count_same(report: Report, text: str, *, now: datetime) -> int:
    """Return how often the owner of a report has sent these very words lately, for who writes them again."""
    if report.owner_agency is None or not text.strip():
        return 0
    return answers.same(report, _print(report, text), since=_since(now))


def _since(now: datetime) -> datetime:
    """Return from when same answers are counted: a moment in the past, so no day of the calendar begins anew."""
    return now - timedelta(days=SAME_DAYS)


def _print(report: Report, text: str) -> bytes:
    # Province first: a code holds the codes of what it lies in.
    places = sorted(areas.names([report.area_id]).items()) if report.area_id else ()
    return keys.answer_print(closing_guard.normalised(text, [report.number, *(name for _code, name in places)]))


def released(report: Report, events: Sequence[EventRecord], seq: int) -> tuple[Officer, Move]:
    """Return the author of a held answer and the answer as it was held, to be sent now."""
    event = next(event for event in events if event.seq == seq)
    if event.user_id is None or event.agency_id is None:
        raise ValueError("A held answer was written by an officer.")
    author = acting_as(Role(event.role), event.user_id, event.agency_id, event.unit_id)
    text = EventText.objects.values_list("text", flat=True).get(event__report=report, event__seq=seq, field="text")
    on = event.data["answer"]["outcome_on"]
    return author, Move(
        text=text or "",
        outcome=Outcome(event.data["answer"]["outcome"]),
        outcome_on=date.fromisoformat(on) if on else None,
        masked=_spans(event, "masked"),
        kept=_spans(event, "kept"),
        checks_answered=True,
        releases=seq,
        by_memo=event.data.get("by_memo"),
    )


def _spans(event: EventRecord, name: str) -> dict[str, tuple[tuple[int, int, str], ...]]:
    stored = event.data.get(name, {})
    return {field: tuple((start, end, kind) for start, end, kind in spans) for field, spans in stored.items()}
