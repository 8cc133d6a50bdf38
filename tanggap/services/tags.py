"""Hang words on reports, and take them off again: for finding them, within one agency."""

from datetime import datetime

from django.db import transaction

from tanggap.domain import bulk
from tanggap.domain.actors import Officer
from tanggap.domain.intake import Fault
from tanggap.models import ReportTag
from tanggap.selectors import reports
from tanggap.services.moves import MoveError


@transaction.atomic
def hang(*, actor: Officer, number: str, word: str, now: datetime) -> bool:
    """Hang a word on a report; False when it hung there already.

    Raises reports.NotFoundError for what the actor may not know of, MoveError for what is no tag.
    """
    report = reports.get(viewer=actor, number=number)
    _row, is_new = ReportTag.objects.get_or_create(
        report=report, agency_id=actor.agency_id, word=_checked(word), defaults={"user_id": actor.user_id, "at": now}
    )
    return is_new


@transaction.atomic
def take_off(*, actor: Officer, number: str, word: str) -> bool:
    """Take a word off a report; False when it did not hang there. Raises as `hang` does."""
    report = reports.get(viewer=actor, number=number)
    gone, _kinds = ReportTag.objects.filter(report=report, agency_id=actor.agency_id, word=_checked(word)).delete()
    return gone > 0


def _checked(word: str) -> str:
    made = bulk.tag(word)
    if not made:
        raise MoveError("word", Fault.TOO_SHORT if len(word.strip()) < bulk.TAG_LENGTH[0] else Fault.TOO_LONG)
    return made
