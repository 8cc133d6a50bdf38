"""Messages that are owed: rows written with the event that causes them, delivered by a job after the commit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from tanggap.domain.notices import NOTICES, Audience, Channel, Notice
from tanggap.models import Appointment, Event, Identity, Message, Report
from tanggap.services import vault

DELIVER = "messages.deliver"
MOST_ATTEMPTS = 12


@dataclass(frozen=True, slots=True)
class Owed:
    """A message that is to be sent now, with what its text needs and no word of the report."""

    message_id: int
    notice: Notice
    channel: Channel
    address: str
    language: str
    number: str
    clock: str
    due_at: datetime | None
    agency: str
    unit: str
    report_id: int | None


def owe(
    report: Report,
    event: Event | None,
    tells: Iterable[Notice],
    *,
    now: datetime,
    clock: str = "",
    has_address: bool | None = None,
) -> None:
    """Write down that people must be told, and defer the delivery in the same transaction.

    `has_address` spares the look whether the reporter left an e-mail address, where that is known.
    """
    rows = []
    for notice in tells:
        audience = NOTICES[notice].audience
        state, reason = "queued", ""
        if audience == Audience.REPORTER:
            if has_address is None:
                has_address = Identity.objects.filter(report=report, has_email=True, erased_at=None).exists()
            if not has_address:
                state, reason = "skipped", "no_address"
        rows.extend(
            Message(
                report=report,
                event=event,
                notice=notice.value,
                audience=audience.value,
                channel=channel.value,
                clock=clock,
                state=state,
                reason=reason,
                created_at=now,
                settled_at=now if state == "skipped" else None,
            )
            for channel in NOTICES[notice].channels
        )
    for row in Message.objects.bulk_create(rows):
        if row.state == "queued":
            defer(row.pk)


def defer(message_id: int) -> None:
    """Let the worker deliver one message after this transaction."""
    jobs.configure_task(DELIVER, allow_unknown=False).defer(message_id=message_id)


@transaction.atomic
def claim(message_id: int, *, now: datetime) -> Owed | None:
    """Return what is to be sent for a message, or None when nothing is owed (any more).

    A message to a group is spread into one copy per officer; each copy is delivered by a job of its own.
    Safe to run twice or twice at once: the row is locked, and only a queued one is owed.
    """
    row = Message.objects.select_for_update(of=("self",)).select_related("report", "user").filter(pk=message_id).first()
    if row is None or row.state != "queued":
        return None
    notice, audience = Notice(row.notice), Audience(row.audience)
    if audience in {Audience.OWNER, Audience.ADMINS} and row.user_id is None:
        _spread(row, audience, now=now)
        return None
    address, language = _address(row, notice, audience)
    if not address:
        _settle(row, state="skipped", reason="no_address", now=now)
        return None
    row.attempts += 1
    row.save(update_fields=["attempts"])
    report = row.report
    return Owed(
        message_id=row.pk,
        notice=notice,
        channel=Channel(row.channel),
        address=address,
        language=language,
        number=report.number if report else "",
        clock=row.clock or (report.due_clock if report else ""),
        due_at=report.due_at if report else None,
        agency=report.owner_agency.name if report else "",
        unit=report.owner_unit.name if report and report.owner_unit else "",
        report_id=report.pk if report else None,
    )


def _address(row: Message, notice: Notice, audience: Audience) -> tuple[str, str]:
    if audience == Audience.REPORTER:
        if row.report_id is None:
            return "", ""
        return vault.address_of(row.report_id, confirmed=NOTICES[notice].needs_confirmed_address)
    if row.user is None or not row.user.is_active:
        return "", ""
    return row.user.email, row.user.language


def _spread(row: Message, audience: Audience, *, now: datetime) -> None:
    report = row.report
    if report is None:
        _settle(row, state="skipped", reason="no_report", now=now)
        return
    on = now.date()
    people = Appointment.objects.filter(agency_id=report.owner_agency_id, valid_from__lte=on, user__is_active=True)
    people = people.exclude(valid_to__lt=on)
    if audience == Audience.OWNER and report.owner_unit_id is not None:
        people = people.filter(unit_id=report.owner_unit_id)
    else:
        people = people.filter(unit__isnull=True)
    named = set(report.named.filter(user__isnull=False).values_list("user_id", flat=True))
    users = sorted({person.user_id for person in people} - named)
    for user_id in users:
        copy, made = Message.objects.get_or_create(
            origin=row,
            user_id=user_id,
            channel=row.channel,
            defaults={
                "report": report,
                "event_id": row.event_id,
                "notice": row.notice,
                "audience": row.audience,
                "clock": row.clock,
                "created_at": now,
            },
        )
        if made:
            defer(copy.pk)
    _settle(row, state="spread" if users else "skipped", reason="" if users else "nobody_in_post", now=now)


def _settle(row: Message, *, state: str, reason: str, now: datetime) -> None:
    row.state, row.reason, row.settled_at = state, reason, now
    row.save(update_fields=["state", "reason", "settled_at"])


@transaction.atomic
def settle(message_id: int, *, sent: bool, reason: str = "", now: datetime) -> None:
    """Note that a message went out, or that it could not; a failed one stays queued until it was tried enough."""
    row = Message.objects.select_for_update().get(pk=message_id)
    if row.state != "queued":
        return
    if sent:
        _settle(row, state="sent", reason="", now=now)
    elif row.attempts >= MOST_ATTEMPTS:
        _settle(row, state="failed", reason=reason, now=now)
