"""Hand a report in: from any door, once, with a receipt that stays the same however often it is sent."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from tanggap.domain import references
from tanggap.domain.actors import Officer, Reporter
from tanggap.domain.case import Projection
from tanggap.domain.intake import Fault, IncomingReport, clean, faults
from tanggap.domain.ledger import GENESIS, moment
from tanggap.domain.lifecycle import SUBMITTED, Action
from tanggap.domain.notices import NOTICES, Audience, Notice
from tanggap.models import EventText, Intake, Report
from tanggap.services import chain, deadlines, inserts, keys, messages, signed_receipts, vault
from tanggap.services.columns import of as columns
from tanggap.services.reports import rules_in_force

_TRIES = 5
NOON = time(12)
_ENTROPY_BYTES = 5


class NotForYouError(Exception):
    """This office does not type reports in for others."""


class FaultsError(Exception):
    """Fields that cannot be taken: pairs of field name and fault. Nothing was stored."""

    def __init__(self, faults_: list[tuple[str, Fault]]) -> None:
        super().__init__(", ".join(f"{field}: {fault}" for field, fault in faults_))
        self.faults = faults_


class SaidBeforeError(Exception):
    """A report that the same browser sent a while ago has the same title and text. Nothing was stored."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the reporter gets: the number, the secret token, and until when it is verified."""

    report_id: int
    number: str
    token: str
    received_at: datetime
    registered_at: datetime
    verify_due_at: datetime
    agency: str
    title: str = ""
    is_repeat: bool = False
    is_changed: bool = False  # the second time something else was sent; the first version is what was kept
    signed: str = ""  # the receipt as a statement that the site signed; '' where it has no key

    @property
    def was_typed_in_later(self) -> bool:
        """Say whether the report had reached the office before it was registered: both days are told then (D5.4)."""
        return self.registered_at > self.received_at


def submit(
    incoming: IncomingReport,
    *,
    now: datetime,
    actor: Officer | None = None,
    intake_key: bytes | None = None,
    content: bytes | None = None,
    number: str | None = None,
    before: str = "",
) -> Receipt:
    """Take a report and return its receipt.

    `actor` is the officer who types it in for somebody; None is the reporter. `intake_key` (any bytes bound to one
    form in one browser) makes a second try return the first receipt, which says whether what was sent then differs
    from what was kept: by `content`, the hash of a row, where it came in a sheet. `number` is for a door that must
    give the same numbers again (demo data); otherwise it is random. `before` is the number of a report whose words are
    not taken a second time under another key. Raises FaultsError, SaidBeforeError, and NotForYouError for an office
    that takes no reports.
    """
    if actor is not None and actor.role not in SUBMITTED.roles:
        raise NotForYouError
    key = hashlib.sha256(intake_key).digest() if intake_key else None
    tells = _tells(incoming)
    seen = _look(incoming, key, tells)
    if seen.is_repeat and key and (known := _known(key)):
        return _again(known, incoming, content)
    if before and _says_the_same(before, incoming):
        raise SaidBeforeError
    _check(incoming, seen, now=now)
    for _ in range(_TRIES):
        chosen = number or references.make(secrets.token_bytes(_ENTROPY_BYTES))
        try:
            with transaction.atomic():
                return _store(incoming, seen, chosen, key, tells, actor=actor, now=now, content=content)
        except IntegrityError:
            # The same form in the same instant, or a number that is taken (one in 34 billion).
            if key and (known := _known(key)):
                return _again(known, incoming, content)
            if number:
                raise
    raise RuntimeError("No free report number was found; the number space is exhausted or the database is broken.")


def _known(key: bytes) -> Report | None:
    found = Intake.objects.select_related("report__owner_agency").filter(key_hash=key).first()
    return found.report if found else None


def _says_the_same(number: str, incoming: IncomingReport) -> bool:
    """Say whether a report came in with these words: as they were sent, whatever an officer made of the title."""
    rows = EventText.objects.filter(event__report__number=number, event__seq=1, field__in=("title", "body"))
    said = dict(rows.values_list("field", "text"))
    return said == {"title": clean(incoming.title), "body": clean(incoming.body)}


def _again(report: Report, incoming: IncomingReport, content: bytes | None) -> Receipt:
    """Return the first receipt for a form that was sent again, and whether it holds something else by now.

    Of the person the kinds of contact are compared by their keyed hashes: nothing is opened for that.
    """
    if content is not None and report.intake.content_hash is not None:
        return replace(receipt(report, is_repeat=True), is_changed=bytes(report.intake.content_hash) != content)
    first = report.events.get(seq=1)
    texts = dict(first.texts.values_list("field", "text"))
    contacts = {(kind, bytes(value)) for kind, value in report.contact_hashes.values_list("kind", "hash")}
    identity = vault.seal(report.number, incoming.identity)
    kept = (
        {name: texts.get(name, "") for name in _TEXTS},
        {name: first.data[name] for name in _codes(incoming)},
        sorted(first.attachments.values_list("name", flat=True)),
        contacts,
    )
    sent = (
        {name: clean(getattr(incoming, name)) for name in _TEXTS},
        _codes(incoming),
        sorted(file.name for file in incoming.files),
        set(identity.contacts) if identity else set(),
    )
    return replace(receipt(report, is_repeat=True), is_changed=kept != sent)


def receipt(report: Report, *, is_repeat: bool = False) -> Receipt:
    """Return the receipt of a report again."""
    first = report.deadlines.filter(clock="verify").order_by("run").first()
    if first is None:
        raise LookupError(f"Report {report.number} has no first clock.")
    return Receipt(
        report_id=report.pk,
        number=report.number,
        token=keys.token_for(report.number),
        received_at=report.received_at,
        registered_at=report.registered_at,
        verify_due_at=first.due_at,
        agency=report.owner_agency.name,
        title=report.title,
        is_repeat=is_repeat,
    )


def receipt_again(number: str) -> Receipt:
    """Return the receipt of a report for the browser that handed it in; raises LookupError for an unknown number."""
    report = Report.objects.select_related("owner_agency").filter(number=number).first()
    if report is None:
        raise LookupError(number)
    signed = signed_receipts.of(report.pk)
    return replace(receipt(report, is_repeat=True), signed=signed.written() if signed else "")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the database says before a report is stored, and the keys that its rows will have."""

    report_id: int
    event_id: int
    message_ids: list[int]
    newest: tuple[int, int]  # policy, calendar
    has_area: bool
    has_category: bool
    is_repeat: bool
    agency_id: int | None  # the reporter's choice or the national queue; None when there is no such agency
    agency: str
    zone: str


# Everything at once: each further question costs as much as the answer.
_LOOK = """
SELECT nextval('tanggap_report_id_seq'), nextval('tanggap_event_id_seq'),
    ARRAY(SELECT nextval('tanggap_message_id_seq') FROM generate_series(1, %(messages)s)),
    (SELECT max(id) FROM tanggap_policy), (SELECT max(id) FROM tanggap_calendarversion),
    %(area)s::text IS NULL OR EXISTS (SELECT FROM tanggap_area WHERE code = %(area)s),
    %(category)s::text IS NULL
        OR EXISTS (SELECT FROM tanggap_category WHERE code = %(category)s AND active_to IS NULL),
    EXISTS (SELECT FROM tanggap_intake WHERE key_hash = %(key)s),
    agency.id, agency.name, agency.timezone
FROM (SELECT) AS one LEFT JOIN tanggap_agency AS agency ON agency.valid_to IS NULL AND (
    (%(destination)s::bigint IS NULL AND agency.kind = 'national')
    OR (agency.id = %(destination)s AND agency.kind <> 'national')
)
"""


def _look(incoming: IncomingReport, key: bytes | None, tells: list[Notice]) -> _Seen:
    values = {
        "messages": sum(len(NOTICES[notice].channels) for notice in tells),
        "area": incoming.area_code or None,
        "category": incoming.category_code or None,
        "key": key,
        "destination": incoming.destination_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, values)
        report_id, event_id, message_ids, policy, calendar, *rest = cursor.fetchone()
    return _Seen(report_id, event_id, message_ids, (policy or 0, calendar or 0), *rest)


def _check(incoming: IncomingReport, seen: _Seen, *, now: datetime) -> None:
    """Raise FaultsError naming every field that cannot be taken."""
    found = [] if seen.agency_id else [("destination", Fault.UNKNOWN)]
    found += faults(incoming, today=now.astimezone(ZoneInfo(seen.zone or settings.TIME_ZONE)).date())
    if not seen.has_area:
        found.append(("area_code", Fault.UNKNOWN))
    if not seen.has_category:
        found.append(("category", Fault.UNKNOWN))
    if found:
        raise FaultsError(found)


def _store(
    incoming: IncomingReport,
    seen: _Seen,
    number: str,
    key: bytes | None,
    tells: list[Notice],
    *,
    actor: Officer | None,
    now: datetime,
    content: bytes | None,
) -> Receipt:
    """Write the report with everything that follows from it, in one go."""
    received_at = _received_at(incoming, seen.zone, now)
    identity = vault.seal(number, incoming.identity)
    draft = _draft(incoming, seen, identity, received_at=received_at, now=now)
    event, salts = chain.seal(number, draft, actor=actor or Reporter(0), seq=1, previous=GENESIS)
    facts = Projection()
    facts.read(event)
    runs = deadlines.compute([event])
    report = Report(
        pk=seen.report_id,
        number=number,
        channel=incoming.channel.value,
        received_at=received_at,
        registered_at=now,
        destination_id=incoming.destination_id,
        language=incoming.language,
        title=draft.texts["title"],
        **columns(facts, runs, now=now),
    )
    row, texts, files = chain.rows(report.pk, draft, event, salts, event_id=seen.event_id)
    told = messages.rows(report.pk, row.pk, tells, now=now, has_address=bool(incoming.identity.email))
    for message, pk in zip(told, seen.message_ids, strict=True):
        message.pk = pk
    inserts.together(
        [
            [report],
            [Intake(key_hash=key, report_id=report.pk, content_hash=content)] if key else [],
            [row],
            texts,
            files,
            [deadlines.new_row(report.pk, run) for run in runs],
            *vault.rows(report.pk, identity),
            told,
        ]
    )
    messages.defer(message.pk for message in told if message.state == "queued")
    return Receipt(
        report_id=report.pk,
        number=number,
        token=keys.token_for(number),
        received_at=received_at,
        registered_at=now,
        verify_due_at=next(run.due_at for run in runs if run.clock == "verify"),
        agency=seen.agency,
        title=draft.texts["title"],
    )


def _received_at(incoming: IncomingReport, zone: str, now: datetime) -> datetime:
    """Return when a report reached the office. A day without an hour is its noon there; today is now."""
    on = incoming.received_on
    here = now.astimezone(ZoneInfo(zone))
    if on is None or on >= here.date():
        return incoming.received_at or now
    return datetime.combine(on, NOON, tzinfo=here.tzinfo)


def _draft(
    incoming: IncomingReport, seen: _Seen, identity: vault.Sealed | None, *, received_at: datetime, now: datetime
) -> chain.Draft:
    """Return the first event of the report."""
    if seen.agency_id is None:
        raise ValueError("A report without an owner is not stored.")
    data: dict[str, Any] = {
        **_codes(incoming),
        "channel": incoming.channel.value,
        "received_at": moment(received_at),
        "registered_at": moment(now),
        "language": incoming.language,
        "owner": {"agency": seen.agency_id, "unit": None},
        # T2: the reporter's choice of agency wins, else the national queue.
        "route": "reporter_choice" if incoming.destination_id else "national_queue",
        # An identity that is taken away or exchanged later is missed by the audit.
        "identity": identity.digest if identity else None,
        **rules_in_force(seen.agency_id, seen.zone, received_at, newest=seen.newest),
    }
    texts = {name: text for name in _TEXTS if (text := clean(getattr(incoming, name)))}
    return chain.Draft(
        action=Action.SUBMIT,
        acted_at=now,
        recorded_at=now,
        from_status="",
        to_status=SUBMITTED.leads_from(Projection().status, None).value,
        visibility=SUBMITTED.visibility,
        data=data,
        texts=texts,
        files=incoming.files,
    )


_TEXTS = ("title", "body", "location", "solution", "loss")


def _codes(incoming: IncomingReport) -> dict[str, Any]:
    """Return what the reporter chose, as the first event holds it."""
    return {
        "classification": incoming.classification.value,
        "category": incoming.category_code,
        "urgency": incoming.urgency.value,
        "area": incoming.area_code,
        "event_date": incoming.event_date.isoformat() if incoming.event_date else None,
        "destination": incoming.destination_id,
        "anonymous": incoming.is_anonymous,
        "confidential": incoming.is_confidential,
    }


def _tells(incoming: IncomingReport) -> list[Notice]:
    """Return who is told: the reporter first by a mail that asks to confirm the address, if there is one."""
    told = [notice for notice in SUBMITTED.tells if NOTICES[notice].audience != Audience.REPORTER]
    return [Notice.CONFIRM_ADDRESS, *told] if incoming.identity.email else told
