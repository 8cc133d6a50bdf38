"""More time for an answer: whether an agency may give it at all, and by how much (T25, REQ-4)."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from tanggap.domain.actors import NationalAdmin, System
from tanggap.domain.case import Projection
from tanggap.domain.clocks import Clock
from tanggap.domain.intake import Fault, clean
from tanggap.domain.limits import LimitUnit, NoLimitError
from tanggap.models import Agency, Deadline, ExtensionRule
from tanggap.selectors import calendars, policies


class MissingGroundError(ValueError):
    """Nobody is given more time without a reason that can be read later."""


@transaction.atomic
def decide(*, actor: NationalAdmin | System, agency_id: int, is_on: bool, ground: str, now: datetime) -> bool:  # noqa: ARG001
    """Switch the giving of more time on or off for an agency; returns whether that is new.

    Reports that were given more time keep it. Raises MissingGroundError, and Agency.DoesNotExist.
    """
    if not clean(ground):
        raise MissingGroundError(agency_id)
    agency = Agency.objects.get(pk=agency_id)
    if policies.may_extend(agency.pk) == is_on:
        return False
    ExtensionRule.objects.create(agency=agency, is_on=is_on, ground=clean(ground), decided_at=now)
    return True


def until(report_id: int, facts: Projection, day: date) -> dict[str, Any] | Fault:
    """Return by how many units the clock of the answer would be extended to a day, as its event says it.

    A fault for a day that is not later, later than the policy allows, or later than the law's own date.
    """
    run = Deadline.objects.get(report_id=report_id, clock=Clock.RESOLVE.value, stopped_at=None)
    calendar = calendars.working_calendar(run.agency_id, run.calendar)
    due_on = _day(run)
    days = calendar.working_days_between(due_on, day)
    try:
        rules = policies.named(facts.policy)
        longest = rules.limit(Clock.EXTENSION, facts.classification, facts.supervisory).count
    except NoLimitError:
        longest = 0
    if days < 1:
        return Fault.NOT_LATER
    law = Deadline.objects.filter(report_id=report_id, clock=Clock.STATUTORY_MAX.value, stopped_at=None).first()
    if days > longest or (law is not None and day > _day(law)):
        return Fault.TOO_LATE
    units = days if run.unit == LimitUnit.WORKING_DAYS else (day - due_on).days
    return {"until": day.isoformat(), "extension": units * 24 if run.unit == LimitUnit.HOURS else units}


def of_formal(facts: Projection) -> int:
    """Return by how many working days the answer to a formal request is put off (UU 14/2008 Ps 22 (8))."""
    return policies.named(facts.policy).limit(Clock.EXTENSION, facts.classification, facts.supervisory).count


def _day(run: Deadline) -> date:
    return run.due_at.astimezone(ZoneInfo(run.zone)).date()
