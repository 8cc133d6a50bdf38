"""Divide a report into parts that go their own ways, and end the whole when all of them have ended (T22).

Each part is a report with a number, an owner and clocks of its own, as old as the whole and as hidden. Who filed it
is sealed anew for each, under a key of its own; a look into it is on the record of the part.
"""

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from tanggap.domain import hiding, references
from tanggap.domain.actors import Officer, Reporter, System
from tanggap.domain.case import Projection, project
from tanggap.domain.intake import TITLE_LENGTH, Fault, StagedFile, clean
from tanggap.domain.ledger import GENESIS, moment
from tanggap.domain.lifecycle import OPEN, OVER, SUBMITTED, Action, Status
from tanggap.domain.moves import MOST_PARTS, Move, SplitPart
from tanggap.domain.notices import NOTICES, Audience
from tanggap.domain.outcomes import Outcome, of_parts
from tanggap.models import Attachment, NamedParty, Report
from tanggap.selectors import agencies, filed_words
from tanggap.selectors import reports as report_selectors
from tanggap.services import chain, columns, deadlines, messages, publications, reports, rounds, vault
from tanggap.services.moves import MoveError

log = logging.getLogger("tanggap.parts")

BATCH = 200
_ENTROPY_BYTES = 5
# What a part takes over of what is known of the whole, by the name that an event has for it.
_CODES = ("channel", "classification", "supervisory", "category", "urgency", "area", "event_date", "language")


@transaction.atomic
def split(
    *, actor: Officer, number: str, move: Move, now: datetime, link: Callable[[str], str], seen: int | None = None
) -> Report:
    """Divide a report; raises what `reports.act` raises, and MoveError for a part that cannot be.

    `link` gives a stored file a second key (FileNotFoundError when it is gone). A part has a number already only where
    a door must give the same ones again (demo data); otherwise it is random.
    """
    whole = report_selectors.locked(viewer=actor, number=number)
    if seen is not None and seen != whole.event_count:
        raise reports.MovedOnError(seen, whole.event_count)
    if len(move.parts) > MOST_PARTS:
        raise MoveError("parts", Fault.TOO_MANY)
    events = report_selectors.events_of(whole.pk)
    facts = project(events)
    texts = filed_words.of([whole.pk]).get(whole.pk, {})
    hidden = hiding.hidden_files(events)
    words = hiding.hidden_words(events, publications.texts_of(whole.pk, events))
    parts = tuple(_numbered(part) for part in move.parts)
    for part in parts:
        _make(whole, facts, part, texts, _files(whole, hidden, link), words, now=now)
    return reports.act(actor=actor, number=number, action=Action.SPLIT, move=replace(move, parts=parts), now=now)


def _numbered(part: SplitPart) -> SplitPart:
    title = clean(part.title)
    if not TITLE_LENGTH[0] <= len(title) <= TITLE_LENGTH[1]:
        raise MoveError("parts", Fault.TOO_LONG if len(title) > TITLE_LENGTH[1] else Fault.TOO_SHORT)
    try:
        agency = agencies.get(part.agency_id)
    except agencies.NotFoundError as error:
        raise MoveError("parts", Fault.UNKNOWN) from error
    if agency.valid_to is not None or agency.kind == "national":
        raise MoveError("parts", Fault.UNKNOWN)
    return replace(part, title=title, number=part.number or references.make(secrets.token_bytes(_ENTROPY_BYTES)))


def _make(
    whole: Report,
    facts: Projection,
    part: SplitPart,
    texts: Mapping[str, str],
    files: tuple[StagedFile, ...],
    hidden_words: frozenset[str],
    *,
    now: datetime,
) -> None:
    """Write a part: its words are the reporter's own, whole; what it is called was said by who divided it."""
    identity = vault.seal_again(whole, part.number)
    words = {name: text for name, text in texts.items() if text} | {"title": part.title}
    data = _data(whole, facts, part, identity.digest if identity else None, now=now)
    draft = chain.Draft(
        action=Action.SUBMIT,
        acted_at=now,
        recorded_at=now,
        from_status="",
        to_status=Status.UNVERIFIED.value,
        visibility=SUBMITTED.visibility,
        data=data | _redacted(words, hidden_words),
        texts=words,
        files=files,
    )
    event, salts = chain.seal(part.number, draft, actor=Reporter(0), seq=1, previous=GENESIS)
    facts = Projection()
    facts.read(event)
    runs = deadlines.compute([event])
    row = Report.objects.create(
        number=part.number,
        channel=facts.channel,
        received_at=whole.received_at,
        registered_at=now,
        destination_id=part.agency_id,
        language=facts.language,
        title=part.title,
        desk_title=hiding.desk_title([event], {(1, name): text for name, text in words.items()}),
        **columns.of(facts, runs, now=now),
    )
    written = chain.write(row, draft, event, salts)
    deadlines.store(row, runs, ())
    _name(row, facts)
    vault.store(whole, row, identity)
    officers = [notice for notice in SUBMITTED.tells if NOTICES[notice].audience != Audience.REPORTER]
    messages.owe(row, written, officers, now=now)


def _data(whole: Report, facts: Projection, part: SplitPart, identity: str | None, *, now: datetime) -> dict[str, Any]:
    zone = agencies.get(part.agency_id).timezone
    return {
        **{name: getattr(facts, name) for name in _CODES},
        "part_of": whole.number,
        "received_at": moment(whole.received_at),
        "registered_at": moment(now),
        "destination": part.agency_id,
        "owner": {"agency": part.agency_id, "unit": None},
        "route": "split",
        "anonymous": facts.is_anonymous,
        "confidential": facts.is_confidential,
        "inherits": {
            "anonymous": sorted(facts.anonymous_by),
            "confidential": sorted(facts.confidential_by),
            "supervisory_by": facts.supervisory_by,
        },
        "named_units": sorted(facts.named_unit_ids),
        "named_users": sorted(facts.named_user_ids),
        "identity": identity,
        **reports.rules_in_force(part.agency_id, zone, whole.received_at),
    }


def _redacted(texts: Mapping[str, str], words: frozenset[str]) -> dict[str, Any]:
    """Return where the words stand that were hidden before the report was divided: they stay hidden in each part."""
    places = [(field, hiding.spans_of(texts.get(field, ""), words)) for field in ("title", "body", "location")]
    found = [[1, field, spans] for field, spans in places if spans]
    return {"redacted": found} if found else {}


def _files(whole: Report, hidden: frozenset[str], link: Callable[[str], str]) -> tuple[StagedFile, ...]:
    """Give each file that came with the report a second name; what is gone or erased stays with the whole."""
    made = []
    for row in Attachment.objects.filter(report=whole, event__seq=1, erased_at=None).order_by("pk"):
        known = StagedFile(
            key=row.key,
            sha256=bytes(row.sha256).hex(),
            size=row.size,
            media_type=row.media_type,
            kind=row.kind,
            name=row.name,
            is_publishable=row.is_publishable and row.key not in hidden,
        )
        try:
            made.append(replace(known, key=link(row.key)))
        except FileNotFoundError:
            log.warning("parts.file_gone report=%s", whole.pk)
    return tuple(made)


def _name(row: Report, facts: Projection) -> None:
    named = [NamedParty(report=row, unit_id=pk) for pk in sorted(facts.named_unit_ids)]
    NamedParty.objects.bulk_create(
        [*named, *(NamedParty(report=row, user_id=pk) for pk in sorted(facts.named_user_ids))]
    )


def settle(*, now: datetime) -> int:
    """End every divided report whose parts have all ended, and take it up again when one is; returns how many."""
    done = rounds.one_by_one(_whole(is_over=False), lambda pk: _close(pk, now=now), what="close_parts")
    return done + rounds.one_by_one(_whole(is_over=True), lambda pk: _reopen(pk, now=now), what="reopen_parts")


def _whole(*, is_over: bool) -> Iterator[int]:
    """Yield divided reports that are open without an open part, or over with one."""
    open_parts = Report.objects.filter(part_of=OuterRef("number"), status__in=OPEN).exclude(part_of="")
    if is_over:
        numbers = Report.objects.filter(status__in=OPEN).exclude(part_of="").values("part_of")
        rows = Report.objects.filter(number__in=numbers, status__in=OVER)
    else:
        rows = Report.objects.filter(~Exists(open_parts), status=Status.SPLIT.value)
    yield from rows.order_by("pk").values_list("pk", flat=True)[:BATCH]


def _close(report_id: int, *, now: datetime) -> int:
    whole = Report.objects.get(pk=report_id)
    facts = project(report_selectors.events_of(report_id))
    ended = list(report_selectors.parts_of(facts).values_list("outcome", "outcome_on"))
    outcome = of_parts(code for code, _on in ended)
    days = [on for _code, on in ended if on is not None]
    on = max(days) if days and outcome == Outcome.SCHEDULED else None
    return _act(whole, Action.CLOSE_PARTS, Move(outcome=outcome, outcome_on=on), now=now)


def _reopen(report_id: int, *, now: datetime) -> int:
    return _act(Report.objects.get(pk=report_id), Action.REOPEN_PARTS, Move(), now=now)


def _act(whole: Report, action: Action, move: Move, *, now: datetime) -> int:
    try:
        reports.act(actor=System(), number=whole.number, action=action, move=move, now=now)
    except reports.NotAllowedError as error:
        log.info("parts.refused report=%s action=%s reason=%s", whole.pk, action, error.reason)
        return 0
    return 1
