"""What a reporter may still change while nobody has verified the report: its words, place, day and kind (D1.9).

The first words are never changed: each edit is an event with all the words anew. What is read, checked and masked as
"the report" is the last of these versions, under the place of the first (event 1); so marks of officers, which come
with the verification, always lie in the words that were verified, for nothing is edited after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from tanggap.domain.actors import Actor
from tanggap.domain.case import Case, Projection
from tanggap.domain.intake import Classification, IncomingReport, clean
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Edit, Move
from tanggap.domain.reasons import Reason

type Place = tuple[int, str]  # (seq of the event, field)

FIELDS: Final = ("title", "body", "location", "solution", "loss")
# Whoever writes a report anew that often writes another one.
MOST_EDITS: Final = 20


@dataclass(frozen=True, slots=True)
class Version:
    """The words of a report as they stood until an edit."""

    until: datetime
    words: dict[str, str]

    @property
    def rest(self) -> list[str]:
        """Return what stood below the title, in the order of the page."""
        return [self.words[name] for name in FIELDS[1:] if name in self.words]


def of(report: IncomingReport) -> Edit:
    """Return what an edit says, of a filled in form."""
    return Edit(
        words={name: text for name in FIELDS if (text := clean(getattr(report, name)))},
        classification=report.classification,
        category_code=report.category_code,
        area_code=report.area_code,
        event_date=report.event_date,
    )


def as_it_stands(facts: Projection, words: Mapping[str, str | None]) -> Edit:
    """Return the edit that would change nothing."""
    return Edit(
        words={name: text for name in FIELDS if (text := words.get(name))},
        classification=Classification(facts.classification),
        category_code=facts.category,
        area_code=facts.area,
        event_date=date.fromisoformat(facts.event_date) if facts.event_date else None,
    )


def data(action: Action, move: Move) -> dict[str, Any]:
    """Return the codes of an edit as its event holds them."""
    if action != Action.EDIT or move.edit is None:
        return {}
    return {
        "classification": move.edit.classification.value,
        "category": move.edit.category_code,
        "area": move.edit.area_code,
        "event_date": move.edit.event_date.isoformat() if move.edit.event_date else None,
    }


def may_edit(_actor: Actor, case: Case, _move: Move | None) -> Reason | None:
    """Only until somebody has verified or judged it, and only a whole report that began here."""
    facts = case.facts
    was_judged = facts.assigned_at is not None or facts.is_appealed or facts.first_public_at is not None
    if was_judged or facts.part_of or facts.source:
        return Reason.ALREADY_VERIFIED
    return Reason.EDITED_ENOUGH if facts.edit_count >= MOST_EDITS else None


def current[Text](events: Sequence[EventRecord], texts: Mapping[Place, Text]) -> dict[Place, Text]:
    """Return the texts with the last version of the report's words in the place of the first."""
    found = dict(texts)
    last = next((event.seq for event in reversed(events) if event.kind == Action.EDIT), None)
    if last is not None:
        for name in FIELDS:
            found.pop((1, name), None)
            if (last, name) in texts:
                found[1, name] = texts[last, name]
    return found


def versions(events: Sequence[EventRecord], texts: Mapping[Place, str | None]) -> list[Version]:
    """Return the words before each edit, the newest first; `texts` as they are stored."""
    found, seq = [], 1
    for event in events:
        if event.kind == Action.EDIT:
            words = {name: text for name in FIELDS if (text := texts.get((seq, name)))}
            found.append(Version(event.acted_at, words))
            seq = event.seq
    return found[::-1]
