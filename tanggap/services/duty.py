"""Leave of officers: who is away from when to when, and who stands in. No row is removed; each says who wrote it."""

from datetime import date, datetime

import structlog
from django.db import transaction

from tanggap.domain.actors import Actor, user_of
from tanggap.domain.duty import Leave, LeaveFault, Post, fault_of
from tanggap.domain.organisation import Change
from tanggap.models import Absence, User
from tanggap.selectors import duty as duty_selectors
from tanggap.selectors.administration import manages
from tanggap.services import administration
from tanggap.services.accounts import office_day

log = structlog.get_logger("tanggap.duty")


class NotAllowedError(Exception):
    """This actor may not write down this person's leave, or there is no such person."""


class LeaveError(Exception):
    """An absence cannot be as it was entered; `fault` says why."""

    def __init__(self, fault: LeaveFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@transaction.atomic
def enter_absence(
    *, actor: Actor, user_id: int, first_day: date, last_day: date, now: datetime, deputy_id: int | None = None
) -> Absence:
    """Write down that a person is away, and who stands in.

    Everybody does so for themselves; for others whoever gives them all their offices (DOMAIN 1.9): never beside or
    above the own one. What is written for others stands in the log of the organisation.
    A deputy gets no rights by it: only who sees the same reports by an office of the own can be one.
    Errors: NotAllowedError, LeaveError.
    """
    today = office_day(now)
    _lock(user_id, deputy_id)
    if not _may_write(actor, user_id, today):
        raise NotAllowedError
    leave = Leave(user_id, first_day, last_day, deputy_id)
    if fault := fault_of(leave, today=today, others=duty_selectors.leaves(since=min(first_day, today))):
        raise LeaveError(fault)
    if deputy_id is not None and not duty_selectors.posts_of(deputy_id, today):
        raise LeaveError(LeaveFault.DEPUTY_NOT_THERE)
    if deputy_id is not None and not duty_selectors.covers(deputy_id, user_id, today):
        raise LeaveError(LeaveFault.DEPUTY_SEES_LESS)
    row = Absence.objects.create(
        user_id=user_id,
        deputy_id=deputy_id,
        first_day=first_day,
        last_day=last_day,
        entered_by_id=user_of(actor),
        entered_at=now,
    )
    _note(Change.LEAVE_ENTERED, row, actor, now)
    log.info("absence_entered", absence_id=row.pk, user_id=user_id, deputy_id=deputy_id, by=user_of(actor))
    return row


@transaction.atomic
def end_absence(*, actor: Actor, absence_id: int, now: datetime) -> None:
    """Take an absence back, from today on; the row stays. Doing it twice changes nothing. Errors: NotAllowedError."""
    row = Absence.objects.select_for_update().filter(pk=absence_id).first()
    if row is None or not _may_write(actor, row.user_id, office_day(now)):
        raise NotAllowedError
    if row.ended_at is None:
        row.ended_at, row.ended_by_id = now, user_of(actor)
        row.save(update_fields=["ended_at", "ended_by_id"])
        _note(Change.LEAVE_ENDED, row, actor, now)
        log.info("absence_ended", absence_id=row.pk, user_id=row.user_id, by=user_of(actor))


def _lock(*user_ids: int | None) -> None:
    """Let two entries about the same people follow each other, so that they cannot make a circle together."""
    wanted = sorted(pk for pk in user_ids if pk is not None)
    list(User.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk").values_list("pk"))


def _may_write(actor: Actor, user_id: int, today: date) -> bool:
    held = duty_selectors.posts_of(user_id, today)
    if not held:
        return False
    return user_of(actor) == user_id or all(_gives(actor, post) for post in held)


def _gives(actor: Actor, post: Post) -> bool:
    return manages(actor, office=post.office, agency_id=post.agency_id, unit_id=post.unit_id)


def _note(kind: Change, row: Absence, actor: Actor, now: datetime) -> None:
    """Write into the log what somebody wrote about another one's leave, in each agency that this one serves."""
    if user_of(actor) == row.user_id:
        return
    days = {"from": row.first_day, "to": row.last_day}
    for agency_id in sorted({post.agency_id for post in duty_selectors.posts_of(row.user_id, office_day(now))}):
        administration.write(actor=actor, kind=kind, now=now, agency_id=agency_id, subject_id=row.user_id, after=days)
