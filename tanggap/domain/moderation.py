"""What the public is told of moderation: that something was hidden or archived, when and why; never what (REQ-40).

Of a report that still stands in public, or left a stub, this is part of its publication and goes with it. Of the others
only counts by month and agency are told, of five or more and of months that are over: neither a count that grows while
somebody watches nor a small one points at a report that was made secret (ADR 0014, DOMAIN 6.3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tanggap.domain.case import Projection, project
from tanggap.domain.hiding import HidingGround
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action
from tanggap.domain.small_counts import SMALLEST


class Moderation(StrEnum):
    """What was done to something that stands, or stood, in public."""

    ARCHIVED = "archived"
    REDACTED = "redacted"
    COMMENT_HIDDEN = "comment_hidden"  # of a reader, on a report that is not named


class Unseen(StrEnum):
    """What was done that leaves no trace in public but a count."""

    MADE_SECRET = "made_secret"  # noqa: S105 - no password; it was public, and is gone
    ARCHIVED_BEFORE = "archived_before"  # it never was public, secret or not


class Reason(StrEnum):
    """Why something was redacted, no finer than that: who reads it must not be led to what was hidden."""

    PERSONAL = "personal"
    ABUSIVE = "abusive"
    ACCUSATION = "accusation"


_REASONS: Mapping[HidingGround, Reason] = {
    HidingGround.THIRD_PARTY: Reason.PERSONAL,
    HidingGround.OWN_DATA: Reason.PERSONAL,
    HidingGround.CHILD_OR_VICTIM: Reason.PERSONAL,
    HidingGround.ABUSIVE: Reason.ABUSIVE,
    HidingGround.ACCUSATION: Reason.ACCUSATION,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """The last act of moderation on a publication; `reason` is one of the archive or one of redaction."""

    at: datetime
    kind: Moderation
    reason: str


def last(facts: Projection, events: Sequence[EventRecord]) -> Entry | None:
    """Return the last act of moderation on a report that is public or a stub; None where there was none."""
    is_archived = not facts.is_public and bool(facts.archive_reason)
    for event in reversed(events):
        if event.kind == Action.ARCHIVE and is_archived:
            return Entry(event.acted_at, Moderation.ARCHIVED, facts.archive_reason)
        if event.kind == Action.REDACT:
            return Entry(event.acted_at, Moderation.REDACTED, _REASONS[HidingGround(event.data["ground"])].value)
    return None


# The acts that may leave nothing but a count.
UNSEEN_ACTS = (Action.SET_VISIBILITY, Action.ARCHIVE)


def unseen(events: Sequence[EventRecord], place: int) -> Unseen | None:
    """Return what the act at a place of a chain left to count; None where it left a trace, or nothing was hidden."""
    before, after = project(events[:place]), project(events[: place + 1])
    if events[place].kind == Action.ARCHIVE:
        return Unseen.ARCHIVED_BEFORE if after.first_public_at is None else None
    was_seen = before.is_public or before.is_stub
    return Unseen.MADE_SECRET if was_seen and after.is_confidential else None


@dataclass(frozen=True, slots=True)
class Counted:
    """A count that may be shown; without an agency it is that of several, each of which has too few."""

    agency_id: int | None
    kind: Unseen
    count: int


def shown(counts: Mapping[int, Mapping[str, int]]) -> list[Counted]:
    """Return the counts of a month, by agency and kind, as they may be shown.

    Agencies with fewer than five are counted together, where there are several of them and five together. What is
    still too small is not told, nor is any total from which it could be taken.
    """
    found = []
    for kind in Unseen:
        of_kind = {agency: kinds[kind] for agency, kinds in counts.items() if kinds.get(kind)}
        found += [Counted(agency, kind, count) for agency, count in of_kind.items() if count >= SMALLEST]
        few = [count for count in of_kind.values() if count < SMALLEST]
        if len(few) > 1 and sum(few) >= SMALLEST:
            found.append(Counted(None, kind, sum(few)))
    return found
