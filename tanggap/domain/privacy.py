"""What an officer may read of a report whose reporter is hidden (D1.9, D4.4).

The unit that answers needs the facts, not the person: it reads the text without what an admin marked as
personal. Whoever must check a text before it is public reads it whole; everybody else opens it with a
reason that is written into the chain.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from tanggap.domain.actors import (
    ADMINS,
    WATCHERS,
    Actor,
    Evaluator,
    Head,
    Officer,
    Ombudsman,
    Overseer,
    RegionalOverseer,
    Role,
    Watcher,
)
from tanggap.domain.case import Case
from tanggap.domain.clusters import waits_for_verification
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import INTERNAL_TEXTS, Action, Visibility
from tanggap.domain.policy import Allowed, decide
from tanggap.domain.redaction import Finding, FindingKind, find, mask

type Spans = tuple[Finding, ...]

_CHECKING = (Action.VERIFY_AND_ASSIGN, Action.MANAGE_SELF)


def is_hidden(case: Case) -> bool:
    """Say whether the reporter asked for, or was given, a hidden identity."""
    return case.facts.is_anonymous or case.facts.is_confidential


def may_open(actor: Actor, case: Case) -> bool:
    """Say whether an officer may read the whole text, for a reason that goes on record."""
    return isinstance(decide(Action.OPEN_ORIGINAL, actor=actor, case=case), Allowed)


def reads_original(actor: Actor, case: Case) -> bool:
    """Say whether an officer reads the words as they came: always of an open reporter, else only to check them.

    Who only looks reads no word that was not cleared of persons.
    """
    if actor.role in WATCHERS:
        return False
    if not is_hidden(case):
        return True
    return any(isinstance(decide(action, actor=actor, case=case), Allowed) for action in _CHECKING)


def reads_listed(actor: Officer, *, is_hidden: bool, status: str, owner_agency_id: int) -> bool:
    """Say whether an officer reads a title in a list as it came, as `reads_original` says it of the page.

    Of a hidden reporter only who must verify it does: before that nobody has marked anything.
    """
    if not is_hidden:
        return True
    is_theirs = actor.role == Role.NATIONAL_ADMIN or owner_agency_id == actor.agency_id
    return actor.role in ADMINS and is_theirs and waits_for_verification(status)


class Reading(StrEnum):
    """How much of a report somebody reads who only looks."""

    MASKED = "masked"  # its words without persons, as a unit reads those of a hidden reporter
    PUBLIC = "public"  # what everybody reads
    STANDING = "standing"  # where it stands and since when: no word of it


def reading(actor: Watcher, case: Case) -> Reading:
    """Say how much of a report, which the watcher may know of, the watcher reads.

    A head is answerable for the work of the office, so a head knows of its secret reports and that they are late;
    their words stay with those who handle them. What no admin has checked yet, neither head nor overseer reads.
    """
    facts = case.facts
    match actor:
        case Head():
            is_checked = facts.assigned_at is not None and not facts.is_unchecked
            return Reading.MASKED if is_checked and not facts.is_confidential else Reading.STANDING
        case RegionalOverseer() | Overseer():
            return Reading.PUBLIC if facts.is_public else Reading.STANDING
        case Evaluator() | Ombudsman():
            return Reading.STANDING


def may_read_file(*, is_reporters: bool, kind: str, reads_originals: bool) -> bool:
    """Say whether an officer may open a file: pictures were made anew without their data, documents were not."""
    return reads_originals or not is_reporters or kind == "image"


_OF_MEMOS = frozenset({Action.SUBMIT_MEMO, Action.CHECK_MEMO, Action.RETURN_MEMO, Action.SIGN_MEMO})


def reads_memo(actor: Officer, event: EventRecord, case: Case) -> bool:
    """Say whether an officer who may know of a report reads an event of its memo: words of one agency among itself.

    Who is offered the report, had it before or helps from elsewhere knows that there was one.
    """
    if event.kind not in _OF_MEMOS or actor.role == Role.NATIONAL_ADMIN or event.agency_id == actor.agency_id:
        return True
    return event.role == Role.NATIONAL_ADMIN and case.facts.owner_agency_id == actor.agency_id


def reads_event(actor: Officer, event: EventRecord, case: Case, *, is_in_place: bool) -> bool:
    """Say whether an officer who may know of a report reads what an event says: its words, facts and files.

    Who only verifies in the place of an agency reads what it told the reporter or the public, not its talk inside.
    """
    is_inside = event.kind in INTERNAL_TEXTS or event.visibility == Visibility.INTERNAL
    if is_in_place and is_inside and event.agency_id != actor.agency_id:
        return False
    return reads_memo(actor, event, case)


def confirmed_spans(events: Sequence[EventRecord]) -> dict[tuple[int, str], Spans]:
    """Return what officers marked, by (seq of the event whose text it is, field); the last word counts."""
    found: dict[tuple[int, str], Spans] = {}
    for event in events:
        for field, spans in event.data.get("masked", {}).items():
            found[_place_of(event, field)] = to_spans(spans)
    for event in events:
        for seq, field, spans in event.data.get("redacted", ()):
            if (seq, field) in found:  # what was hidden of a copy that nobody has checked does not make it checked
                found[seq, field] = (*found[seq, field], *to_spans(spans))
    return found


def _place_of(event: EventRecord, field: str) -> tuple[int, str]:
    """Return whose text a mark belongs to: a verification marks the report, a confirmation the text it names."""
    if event.kind == Action.CONFIRM_TEXT:
        return event.data["refers_to"], field
    if event.kind in _CHECKING and field != "title":
        return 1, field
    return event.seq, field


def to_spans(stored: Iterable[Sequence[int | str]]) -> Spans:
    """Read spans as they stand in an event."""
    return tuple(Finding(int(start), int(end), FindingKind(str(kind))) for start, end, kind in stored)


def title_without_person(title: str, desk_title: str) -> str:
    """Return a title as who does not read it as it came may read it: without what was marked, or a finder finds."""
    return without_person(desk_title or title)


def without_person(text: str, spans: Spans | None = None) -> str:
    """Return a text as a unit may read it: without what an officer marked, else without what the finder finds."""
    return mask(text, find(text) if spans is None else spans)
