"""Which of its two flags an event turned: it holds what was said, of both, whether that changed anything or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tanggap.domain.case import Projection
from tanggap.domain.ledger import EventRecord


class Flag(StrEnum):
    """What a report is hidden by."""

    ANONYMOUS = "anonymous"
    CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True)
class Turn:
    """A flag that somebody set or took back.

    `is_on` is how the report stands after it; `is_new`: it stood otherwise before. A flag that two sides set stays on
    when one of them takes it back.
    """

    flag: Flag
    is_on: bool
    is_new: bool


def turns(events: Iterable[EventRecord]) -> dict[int, tuple[Turn, ...]]:
    """Return what each event after the first turned, by the number of the event."""
    facts, found = Projection(), {}
    before: dict[Flag, frozenset[str]] = {}
    for event in events:
        facts.read(event)
        after = {Flag.ANONYMOUS: facts.anonymous_by, Flag.CONFIDENTIAL: facts.confidential_by}
        if turned := tuple(
            Turn(flag, is_on=bool(by), is_new=bool(by) != bool(before[flag]))
            for flag, by in after.items()
            if before and by != before[flag]
        ):
            found[event.seq] = turned
        before = after
    return found
