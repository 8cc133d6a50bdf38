"""Forced hand-over: no report stays with somebody who is on leave, has left its office, or may not sign in."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from tanggap.domain.actors import System
from tanggap.domain.appointments import Office
from tanggap.domain.duty import Post
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
    desks = _desks(taken)
    if not desks:
        return 0
    land, done = Landscape(office_day(now)), 0
    for desk, deputy in land.absent(desks):
        at_it = taken.filter(assignee_id=desk.user_id, owner_agency_id=desk.agency_id, owner_unit_id=desk.unit_id)
        ids = list(at_it.order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH])
        move_on = partial(_move_on, desk=desk, deputy=deputy, now=now)
        done += rounds.one_by_one(ids, move_on, what="hand_over")
    return done


def _desks(taken: QuerySet[Report]) -> list[Post]:
    """Return at which desks reports are worked on: an officer, and the office that has them."""
    places = taken.order_by().values_list("assignee_id", "owner_agency_id", "owner_unit_id").distinct()
    return [
        Post(user_id, Office.LIAISON_OFFICER, agency_id, unit_id)
        for user_id, agency_id, unit_id in places
        if user_id is not None
    ]


def _move_on(report_id: int, *, desk: Post, deputy: int | None, now: datetime) -> int:
    with transaction.atomic():
        rows = Report.objects.select_for_update(skip_locked=True, of=("self",)).filter(assignee_id=desk.user_id)
        report = rows.filter(pk=report_id, owner_agency_id=desk.agency_id, owner_unit_id=desk.unit_id).first()
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
