"""Messages that are owed: rows written with the event that causes them, delivered by a job after the commit.

At least once: a row stays queued until a sender took it (`settle`), and a queued row without a job gets
a new one (`requeue`). Whether a message is still true is looked at when it is delivered, not when it is
written: a reminder of a clock that stopped, or a mail to an officer who left, is skipped.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Min, Q
from procrastinate.contrib.django import app as jobs
from procrastinate.types import JSONDict

from tanggap.domain.escalation import IN_DIGEST
from tanggap.domain.letters import Owed
from tanggap.domain.notices import MOST_SINGLE, NOTICES, TOGETHER_AFTER, Audience, Channel, Notice, may_wait
from tanggap.models import Event, Identity, Message, Report, User
from tanggap.selectors import recipients
from tanggap.services import accounts, citizens, confirmations, inserts, letters, vault

log = logging.getLogger("tanggap.messages")

DELIVER = "messages.deliver"
# Why a queued row has no job: it waits to be told with others.
HELD = "held"
# With the waits of `tanggap.tasks.messages` these tries last three days, a weekend without a mail server.
MOST_ATTEMPTS = 20
# What is queued for longer waits for its next try, or lost its job.
_LOST_AFTER = timedelta(hours=1)
_BATCH = 500
_WITHOUT_JOB = """
SELECT m.id FROM tanggap_message m
WHERE m.state = 'queued' AND m.reason <> 'held' AND m.created_at < %(before)s
  AND NOT EXISTS (
    SELECT FROM procrastinate_jobs j
    WHERE j.task_name = %(task)s AND j.status IN ('todo', 'doing') AND (j.args->>'message_id')::bigint = m.id
  )
ORDER BY m.created_at LIMIT %(most)s FOR UPDATE OF m SKIP LOCKED
"""

_SILENCE = """
UPDATE tanggap_message SET state = 'skipped', reason = 'demo', settled_at = %(now)s WHERE id IN (
  SELECT id FROM tanggap_message WHERE state = 'queued' AND created_at < %(before)s FOR UPDATE SKIP LOCKED
) RETURNING id
"""
_WITHOUT_WORK = """
DELETE FROM procrastinate_jobs
WHERE status = 'todo' AND task_name = %(task)s AND (args->>'message_id')::bigint = ANY(%(ids)s)
"""


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

    `clock` is the clock that a reminder is about. `has_address` spares the look whether the reporter
    left an e-mail address, where that is known; without one the row is skipped from the start.
    """
    tells = list(tells)
    if has_address is None and any(NOTICES[notice].audience == Audience.REPORTER for notice in tells):
        has_address = Identity.objects.filter(report=report, has_email=True, erased_at=None).exists()
    event_id = event.pk if event else None
    made = rows(report.pk, event_id, tells, now=now, clock=clock, has_address=bool(has_address))
    if made:
        inserts.with_keys(made)
        defer(row.pk for row in made if row.state == "queued")


def owe_to(report: Report, user_ids: Iterable[int], notice: Notice, *, now: datetime) -> None:
    """Write down that these officers must be told of something beside the record; each by a message of its own."""
    made = [
        Message(
            report=report,
            user_id=user_id,
            notice=notice.value,
            audience=Audience.OFFICER.value,
            channel=channel.value,
            created_at=now,
        )
        for user_id in user_ids
        for channel in NOTICES[notice].channels
    ]
    if made:
        defer(row.pk for row in Message.objects.bulk_create(made))


def rows(
    report_id: int,
    event_id: int | None,
    tells: Iterable[Notice],
    *,
    now: datetime,
    has_address: bool,
    clock: str = "",
) -> list[Message]:
    """Return the rows of messages that are owed; whoever inserts them defers the queued ones."""
    made = []
    for notice in tells:
        spec = NOTICES[notice]
        is_skipped = spec.audience == Audience.REPORTER and not has_address
        made += [
            Message(
                report_id=report_id,
                event_id=event_id,
                notice=notice.value,
                audience=spec.audience.value,
                channel=channel.value,
                clock=clock,
                state="skipped" if is_skipped else "queued",
                reason="no_address" if is_skipped else "",
                created_at=now,
                settled_at=now if is_skipped else None,
            )
            for channel in spec.channels
        ]
    return made


def defer(message_ids: Iterable[int]) -> None:
    """Let the worker deliver messages after this transaction, each by a job of its own."""
    work: list[JSONDict] = [{"message_id": message_id} for message_id in message_ids]
    if work:
        jobs.configure_task(DELIVER, allow_unknown=False).batch_defer(*work)


@transaction.atomic
def claim(message_id: int, *, now: datetime) -> Owed | None:
    """Return what is to be sent for a message, or None when nothing is owed (any more).

    A message to a group is spread into one copy per officer; each copy is delivered by a job of its own.
    Safe to run twice or twice at once: the row is locked, and only a queued one is owed. A claim is no
    promise: until `settle` the message is owed, so what a killed worker had claimed is claimed again.
    """
    row = (
        Message.objects.select_for_update(of=("self",))
        .select_related("report__owner_agency", "report__owner_unit", "event__agency", "event__unit", "user")
        .filter(pk=message_id)
        .first()
    )
    if row is None or row.state != "queued" or row.reason == HELD:
        return None
    notice, audience = Notice(row.notice), Audience(row.audience)
    if row.user_id is None and audience not in {Audience.REPORTER, Audience.OFFICER}:
        _spread(row, audience, now=now)
        return None
    if row.attempts >= MOST_ATTEMPTS:
        # Each try ended without a word: a worker that was killed, or a letter that cannot be written.
        _settle(row, state="failed", reason=row.reason or "tried_too_often", now=now)
        return None
    if reason := letters.reason_to_skip(row, now=now):
        _settle(row, state="skipped", reason=reason, now=now)
        return None
    address, language, why_not = _address(row, notice)
    if not address:
        _settle(row, state="skipped", reason=why_not, now=now)
        return None
    if row.attempts == 0 and row.user_id is not None and may_wait(notice) and _had_enough(row, now=now):
        row.reason = HELD
        row.save(update_fields=["reason"])
        return None
    row.attempts += 1
    row.save(update_fields=["attempts"])
    facts = letters.facts(row, now=now)
    if notice == Notice.CONFIRM_ADDRESS and row.report_id is not None:
        facts["confirmation"] = confirmations.make(row.report_id, address)
    return Owed(
        message_id=row.pk,
        notice=notice,
        channel=Channel(row.channel),
        address=address,
        language=language,
        is_first_try=row.attempts == 1,
        **facts,
    )


def _had_enough(row: Message, *, now: datetime) -> bool:
    """Say whether an officer got as many mails of a kind as one gets within an hour; one claim a person at a time."""
    User.objects.select_for_update(no_key=True).get(pk=row.user_id or 0)
    same = Message.objects.filter(user_id=row.user_id or 0, notice=row.notice, channel=row.channel, attempts__gt=0)
    recent = same.filter(Q(settled_at__gt=now - TOGETHER_AFTER, state="sent") | Q(state="queued"))
    return recent[:MOST_SINGLE].count() >= MOST_SINGLE


def tell_together(*, now: datetime) -> int:
    """Owe one message for all of a kind that an officer's mails were held of, an hour after the first of them.

    Safe to run twice, and nothing is lost in between: what is held is noted as told in the transaction that owes the
    message which tells it.
    """
    held = Message.objects.filter(state="queued", reason=HELD)
    groups = held.order_by().values_list("user_id", "notice", "channel").annotate(first=Min("created_at"))
    done = 0
    for user_id, notice, channel, _first in list(groups.filter(first__lte=now - TOGETHER_AFTER)):
        with transaction.atomic():
            same = held.filter(user_id=user_id, notice=notice, channel=channel)
            ids = list(same.select_for_update(skip_locked=True).values_list("pk", flat=True))
            if not ids:
                continue
            Message.objects.filter(pk__in=ids).update(state="skipped", reason=letters.TOLD_TOGETHER, settled_at=now)
            row = Message.objects.create(
                user_id=user_id,
                notice=Notice.TOGETHER.value,
                audience=Audience.OFFICER.value,
                channel=channel,
                clock=notice,  # of which kind it tells
                created_at=now,
            )
            defer([row.pk])
        done += 1
    return done


def _address(row: Message, notice: Notice) -> tuple[str, str, str]:
    """Return address and language, and why there is none: an officer's own, or the reporter's out of the vault.

    Whoever has an account says there in which language, and whether news that nothing depends on is mailed.
    """
    if row.user is not None:
        return row.user.email, row.user.language, "no_address"
    if row.report_id is None:
        return "", "", "no_address"
    address, language = vault.address_of(row.report_id, confirmed=NOTICES[notice].needs_confirmed_address)
    wishes = citizens.wishes_of(address) if address else None
    if wishes is None:
        return address, language, "not_confirmed"
    return (
        ("", "", "not_wanted")
        if NOTICES[notice].is_optional and not wishes.wants_mail
        else (address, wishes.language, "")
    )


def _spread(row: Message, audience: Audience, *, now: datetime) -> None:
    """Write one copy per officer, but for the one whose act is told; the row is locked, so this happens once.

    Who is told by the digest of the day gets a copy that is not sent; whoever gets the mail needs no second word.
    """
    report = row.report
    if report is None:
        _settle(row, state="skipped", reason="no_report", now=now)
        return
    on = accounts.office_day(now)
    people = set(recipients.officers(report, audience, on=on))
    if audience == Audience.SUPPORTER and row.event is not None:
        people |= set(recipients.supporters(report, row.event.data["supporter"], on=on))
    if row.clock:
        people |= set(recipients.auditors(report, on=on))
    by_digest = NOTICES[Notice(row.notice)].digest
    reads = set(recipients.officers(report, by_digest, on=on)) - people if by_digest is not None else set()
    actor = {row.event.user_id} if row.event is not None else set()
    copies = Message.objects.bulk_create(
        [_copy(row, user_id, now=now) for user_id in sorted(people - actor)]
        + [_copy(row, user_id, now=now, in_digest=by_digest) for user_id in sorted(reads - actor)]
    )
    defer(copy.pk for copy in copies if copy.state == "queued")
    _settle(row, state="spread" if copies else "skipped", reason="" if copies else "nobody_in_post", now=now)


def _copy(row: Message, user_id: int, *, now: datetime, in_digest: Audience | None = None) -> Message:
    """Return the message of one officer: a mail that is owed, or what the digest of the day counts."""
    return Message(
        origin=row,
        user_id=user_id,
        channel=row.channel,
        report_id=row.report_id,
        event_id=row.event_id,
        notice=row.notice,
        audience=in_digest or row.audience,
        clock=row.clock,
        state="skipped" if in_digest else "queued",
        reason=IN_DIGEST if in_digest else "",
        created_at=now,
        settled_at=now if in_digest else None,
    )


def _settle(row: Message, *, state: str, reason: str, now: datetime) -> None:
    row.state, row.reason, row.settled_at = state, reason, now
    row.save(update_fields=["state", "reason", "settled_at"])


@transaction.atomic
def settle(message_id: int, *, sent: bool, now: datetime, reason: str = "", is_permanent: bool = False) -> bool:
    """Note that a message went out, or why not; returns whether it is still owed and must be tried again.

    `is_permanent` says that trying again cannot help. A message that was tried often enough fails for good.
    """
    row = Message.objects.select_for_update().get(pk=message_id)
    if row.state != "queued":
        return False
    if sent:
        _settle(row, state="sent", reason="", now=now)
    elif is_permanent or row.attempts >= MOST_ATTEMPTS:
        log.warning("messages.failed message=%s reason=%s", row.pk, reason)
        _settle(row, state="failed", reason=reason, now=now)
    else:
        row.reason = reason
        row.save(update_fields=["reason"])
        return True
    return False


@transaction.atomic
def hold_back(message_id: int, *, now: datetime) -> None:
    """Note that a message is not sent, because the address has been written to often enough today."""
    row = Message.objects.select_for_update().get(pk=message_id)
    if row.state == "queued":
        _settle(row, state="skipped", reason="enough_today", now=now)


@transaction.atomic
def silence(*, before: datetime, now: datetime) -> int:
    """Let nothing go out for acts before a moment: for simulated acts of the past (demo data); returns how many.

    Safe for everybody else: `before` is when the simulation was started, so what a person has done on this site
    since is later and goes out. Safe against a worker: the row alone decides whether a message is owed (`claim`),
    and in the transaction of the acts themselves no worker has seen row or job yet. A row that a worker holds
    at this moment is left to it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SILENCE, {"before": before, "now": now})
        ids = [pk for (pk,) in cursor.fetchall()]
        if ids:
            cursor.execute(_WITHOUT_WORK, {"task": DELIVER, "ids": ids})
    return len(ids)


def requeue(*, now: datetime) -> int:
    """Give every message that is queued without a job a new one; returns how many.

    A job can be lost: it was tried too often while the row was not (a worker killed at each start), or an
    operator removed it. Safe to run twice: what has a job again is no longer found.
    """
    done = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_WITHOUT_JOB, {"before": now - _LOST_AFTER, "task": DELIVER, "most": _BATCH})
            found = [pk for (pk,) in cursor.fetchall()]
            defer(found)
        done += len(found)
        if len(found) < _BATCH:
            return done
