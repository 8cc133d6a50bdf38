"""Jobs as whoever asked for them may see them: nobody else knows of them."""

from collections.abc import Sequence

from django.db.models import Case, Count, QuerySet, When

from tanggap.domain.actors import OfficeHolder, unit_of
from tanggap.models import BulkJob, BulkLine

type Job = BulkJob


class NotFoundError(LookupError):
    """There is no such job, or it is another's."""


def get(*, viewer: OfficeHolder, key: str) -> BulkJob:
    """Return a job; raises NotFoundError. Who holds another office by now does not see what the old one asked for."""
    found = _own(viewer).filter(key=key).first()
    if found is None:
        raise NotFoundError(key)
    return found


def latest(*, viewer: OfficeHolder, kind: str, size: int = 5) -> Sequence[BulkJob]:
    """Return the newest jobs of an officer, of one kind."""
    return list(_own(viewer).filter(kind=kind).order_by("-created_at")[:size])


def _own(viewer: OfficeHolder) -> QuerySet[BulkJob]:
    own = BulkJob.objects.filter(user_id=viewer.user_id, role=viewer.role.value, agency_id=viewer.agency_id)
    unit_id = unit_of(viewer)
    return own.filter(unit__isnull=True) if unit_id is None else own.filter(unit_id=unit_id)


def lines(*, viewer: OfficeHolder, job: BulkJob) -> Sequence[BulkLine]:
    """Return the lines of a job of the viewer, the refused ones first; at most a thousand, as many as a job has."""
    own = BulkLine.objects.filter(job__in=_own(viewer), job=job)
    is_refused = Case(When(state__in=["refused", "kept"], then=0), default=1)
    return list(own.order_by(is_refused, "position"))


def counts(job: BulkJob) -> dict[str, int]:
    """Return how many lines of a job stand how."""
    rows = BulkLine.objects.filter(job=job).order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)
