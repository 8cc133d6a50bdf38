"""Jobs as the officer who asked for them may see them: nobody else knows of them."""

from collections.abc import Sequence

from django.db.models import QuerySet

from tanggap.domain.actors import Officer, unit_of
from tanggap.models import BulkJob

type Job = BulkJob


class NotFoundError(LookupError):
    """There is no such job, or it is another's."""


def get(*, viewer: Officer, key: str) -> BulkJob:
    """Return a job; raises NotFoundError. Who holds another office by now does not see what the old one asked for."""
    found = _own(viewer).filter(key=key).first()
    if found is None:
        raise NotFoundError(key)
    return found


def latest(*, viewer: Officer, kind: str, size: int = 5) -> Sequence[BulkJob]:
    """Return the newest jobs of an officer, of one kind."""
    return list(_own(viewer).filter(kind=kind).order_by("-created_at")[:size])


def _own(viewer: Officer) -> QuerySet[BulkJob]:
    own = BulkJob.objects.filter(user_id=viewer.user_id, role=viewer.role.value, agency_id=viewer.agency_id)
    unit_id = unit_of(viewer)
    return own.filter(unit__isnull=True) if unit_id is None else own.filter(unit_id=unit_id)
