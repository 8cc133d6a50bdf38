"""What is hidden of a report after it was published (T30): more words, or a picture; never less than before.

A redaction is an event: where in which text, which pictures, on which ground. The texts stay sealed as they came;
what the public has is composed anew without them.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import HELD_TEXTS, PUBLIC_TEXTS, Action, Visibility
from tanggap.domain.redaction import Finding, FindingKind, mask, merge
from tanggap.domain.redaction.wanted import find_wanted

type Place = tuple[int, str]  # (seq of the event whose text it is, field)
type Texts = Mapping[Place, str | None]
type Spans = list[Sequence[Any]]

_CHECKING = frozenset({Action.VERIFY_AND_ASSIGN, Action.MANAGE_SELF})


class HidingGround(StrEnum):
    """Why something is hidden after publication."""

    THIRD_PARTY = "third_party"
    OWN_DATA = "own_data"
    CHILD_OR_VICTIM = "child_or_victim"
    ABUSIVE = "abusive"
    ACCUSATION = "accusation"


def public_places(events: Sequence[EventRecord]) -> list[Place]:
    """Return where the texts stand that a published report shows: title, body, location, words of both sides."""
    checked = [event.seq for event in events if event.kind in _CHECKING]
    if not checked:
        return []
    confirmed = {event.data["refers_to"] for event in events if event.kind == Action.CONFIRM_TEXT}
    said = [
        (event.seq, "text")
        for event in events
        if event.visibility == Visibility.PUBLIC
        and (event.kind in PUBLIC_TEXTS or (event.kind in HELD_TEXTS and event.seq in confirmed))
    ]
    return [(checked[-1], "title"), (1, "body"), (1, "location"), *said]


def reporters_places(events: Sequence[EventRecord]) -> list[Place]:
    """Return where the reporter's words stand, which a divided report and its parts have in common, and each title."""
    titles = [(event.seq, "title") for event in events if event.seq == 1 or event.kind in _CHECKING]
    return [*titles, (1, "body"), (1, "location")]


def marked_at_publication(events: Sequence[EventRecord]) -> dict[Place, Spans]:
    """Return what was masked, and what was left in the open on purpose, when each text became public."""
    found: dict[Place, Spans] = {}
    for event in events:
        for name in ("masked", "kept"):
            for field, spans in event.data.get(name, {}).items():
                place = _place_of(event, field)
                found.setdefault(place, []).extend(spans)
    return found


def _place_of(event: EventRecord, field: str) -> Place:
    if event.kind == Action.CONFIRM_TEXT:
        return event.data["refers_to"], field
    return (1, field) if event.kind in _CHECKING and field != "title" else (event.seq, field)


def marked(events: Iterable[EventRecord], texts: Texts) -> dict[Place, Spans]:
    """Return what redactions hide, by place. What was hidden of one title is hidden of every later one."""
    events = list(events)
    found: dict[Place, Spans] = {}
    for event in events:
        for seq, field, spans in event.data.get("redacted", ()):
            found.setdefault((seq, field), []).extend(spans)
    titles = [place for place in reporters_places(events) if place[1] == "title"]
    words = {(texts.get(place) or "")[start:end] for place in titles for start, end, _kind in found.get(place, ())} - {
        ""
    }
    for place in titles:
        if more := spans_of(texts.get(place) or "", words):
            found[place] = [*found.get(place, ()), *more]
    return found


def hidden_words(events: Sequence[EventRecord], texts: Texts) -> frozenset[str]:
    """Return what redactions hide of the reporter's words and of the titles."""
    found = marked(events, texts)
    places = reporters_places(events)
    said = {(texts.get(place) or "")[start:end] for place in places for start, end, _kind in found.get(place, ())}
    return frozenset(said - {""})


def desk_title(events: Sequence[EventRecord], texts: Texts) -> str:
    """Return the title without what officers marked in it, then or later; '' where they marked nothing."""
    given = [event for event in events if "title" in event.commitments][-1]
    place = (given.seq, "title")
    spans = [*given.data.get("masked", {}).get("title", ()), *marked(events, texts).get(place, ())]
    title = texts.get(place)
    return (
        mask(title, [Finding(start, end, FindingKind(kind)) for start, end, kind in spans]) if title and spans else ""
    )


def spans_of(text: str, words: Iterable[str]) -> Spans:
    """Return every place of a text where one of the words stands, as it goes into an event."""
    found = [Finding(start, end, FindingKind.HIDDEN) for one in words for start, end in find_wanted(text, one)]
    return [[one.start, one.end, one.kind.value] for one in merge(found)]


def hidden_files(events: Iterable[EventRecord]) -> frozenset[str]:
    """Return the keys of the pictures that the public does not see any more."""
    return frozenset(key for event in events for key in event.data.get("hidden", ()))


def is_covered(span: Sequence[Any], spans: Iterable[Sequence[Any]]) -> bool:
    """Say whether every sign of a span is in one of the others."""
    covered = {place for start, end, _kind in spans for place in range(start, end)}
    return covered.issuperset(range(span[0], span[1]))
