"""Forced hand-over: no report stays with somebody who is on leave, has left, or may not sign in."""

from datetime import datetime

from django.db import transaction

from tanggap.domain.actors import System
from tanggap.domain.lifecycle import OPEN, Action
from tanggap.domain.moves import Move
from tanggap.models import Report
from tanggap.selectors.ladder import Landscape
from tanggap.services import reports, rounds
from tanggap.services.accounts import office_day
from tanggap.services.moves import MoveError

BATCH = 500


def hand_over(*, now: datetime) -> int:
    """Give what absent people work on to who stands in, else back to the unit; returns how many reports moved.

    Each report is a transaction of its own, and an event. Safe to run twice: what moved is found no more.
    """
    taken = Report.objects.filter(assignee__isnull=False, status__in=OPEN)
    holders = list(taken.order_by().values_list("assignee_id", flat=True).distinct())
    if not holders:
        return 0
    land, done = Landscape(office_day(now)), 0
    for absent, deputy in land.absent(pk for pk in holders if pk is not None):
        ids = list(taken.filter(assignee_id=absent).order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH])
        done += rounds.one_by_one(ids, lambda pk: _move_on(pk, absent, deputy, now=now), what="hand_over")  # noqa: B023
    return done


def _move_on(report_id: int, absent: int, deputy: int | None, *, now: datetime) -> int:
    with transaction.atomic():
        rows = Report.objects.select_for_update(skip_locked=True, of=("self",)).filter(assignee_id=absent)
        report = rows.filter(pk=report_id).first()
        if report is None:
            return 0
        if deputy is None or not _entrusted(report, deputy, now=now):
            reports.act(actor=System(), number=report.number, action=Action.RELEASE, now=now)
    return 1


def _entrusted(report: Report, deputy: int, *, now: datetime) -> bool:
    """Let the deputy work on it; False where the deputy is named in the report or does not serve that office."""
    move = Move(assignee_id=deputy)
    try:
        with transaction.atomic():
            reports.act(actor=System(), number=report.number, action=Action.ENTRUST, move=move, now=now)
    except (reports.NotAllowedError, MoveError):
        return False
    return True
