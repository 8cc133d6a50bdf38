"""Hide more of a published report (T30), and find what a better finder sees in what was published before."""

from collections.abc import Iterator, Sequence
from typing import Any

from tanggap.domain import hiding
from tanggap.domain.hiding import Place
from tanggap.domain.intake import Fault
from tanggap.domain.ledger import EventRecord
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.models import Attachment, Publication
from tanggap.selectors import reports
from tanggap.services import publications, redaction

BATCH = 200


class HidingError(Exception):
    """A word or picture that is to be hidden is not public; `field` names it and `fault` says what is wrong."""

    def __init__(self, field: str, fault: Fault) -> None:
        super().__init__(f"{field}: {fault}")
        self.field, self.fault = field, fault


def event_data(action: Action, report_id: int, move: Move) -> dict[str, Any]:
    """Return what a redaction hides and why; raises HidingError where there is nothing of it to hide."""
    if action != Action.REDACT or move.hiding_ground is None:
        return {}
    events = reports.events_of(report_id)
    spans = _spans(report_id, events, move)
    files = _files(report_id, events, move)
    if not spans and not files:
        raise HidingError("masked_words", Fault.MISSING)
    return {"redacted": spans, "hidden": files, "ground": move.hiding_ground.value}


def _spans(report_id: int, events: Sequence[EventRecord], move: Move) -> list[list[Any]]:
    texts = publications.texts_of(report_id, events)
    found = []
    # What reaches a copy is about the reporter's words alone, published yet or not.
    places = hiding.public_places(events) if move.shared is None else hiding.reporters_places(events)
    for seq, field in places:
        if spans := hiding.spans_of(texts.get((seq, field)) or "", move.hidden_words):
            found.append([seq, field, spans])
    if move.hidden_words and not found:
        raise HidingError("masked_words", Fault.UNKNOWN)
    return found


def _files(report_id: int, events: Sequence[EventRecord], move: Move) -> list[str]:
    public = Attachment.objects.filter(report_id=report_id, is_publishable=True, key__in=move.hidden_files)
    known = set(public.values_list("key", flat=True)) - hiding.hidden_files(events)
    if set(move.hidden_files) - known:
        raise HidingError("hidden_files", Fault.UNKNOWN)
    return sorted(known)


def for_copy(origin_id: int, copy_id: int, move: Move) -> Move | None:
    """Return how a redaction reaches a copy of the reporter's words and files, or None where it finds nothing."""
    words = _standing(origin_id, move.hidden_words)
    hashes = Attachment.objects.filter(report_id=origin_id, event__seq=1, key__in=move.hidden_files).values("sha256")
    known = hiding.hidden_files(reports.events_of(copy_id))
    same = Attachment.objects.filter(report_id=copy_id, event__seq=1, is_publishable=True, sha256__in=hashes)
    files = tuple(key for key in same.values_list("key", flat=True) if key not in known)
    words = _standing(copy_id, words)
    return Move(hidden_words=words, hidden_files=files, hiding_ground=move.hiding_ground) if words or files else None


def _standing(report_id: int, words: Sequence[str]) -> tuple[str, ...]:
    events = reports.events_of(report_id)
    texts = publications.texts_of(report_id, events)
    own = [texts.get(place) or "" for place in hiding.reporters_places(events)]
    return tuple(word for word in words if any(hiding.spans_of(text, (word,)) for text in own))


def uncovered(events: Sequence[EventRecord], texts: hiding.Texts) -> list[tuple[Place, str, str]]:
    """Return what the finders see in the public texts and no officer has answered: place, kind, and the words."""
    answered, later = hiding.marked_at_publication(events), hiding.marked(events, texts)
    found = []
    for place in hiding.public_places(events):
        text = texts.get(place) or ""
        known = [*answered.get(place, ()), *later.get(place, ())]
        found += [
            (place, finding.kind.value, text[finding.start : finding.end])
            for finding in redaction.find(text)
            if not hiding.is_covered((finding.start, finding.end), known)
        ]
    return found


def recheck() -> Iterator[tuple[str, list[str]]]:
    """Yield each published report with findings that nobody has answered: its number, and where and of which kind.

    It changes nothing: an officer looks, and hides what is to be hidden.
    """
    last = 0
    while rows := list(
        Publication.objects.filter(is_stub=False, report_id__gt=last)
        .order_by("report_id")
        .values_list("report_id", "number")[:BATCH]
    ):
        for report_id, number in rows:
            events = reports.events_of(report_id)
            found = uncovered(events, publications.texts_of(report_id, events))
            if found:
                yield number, [f"{field} of event {seq}: {kind}" for (seq, field), kind, _words in found]
        last = rows[-1][0]
