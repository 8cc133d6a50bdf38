"""What everybody reads of problems that come again: those that are worked on, counted from published reports alone."""

from django.db.models import FETCH_RAISE

from tanggap.domain.problems import State
from tanggap.domain.small_counts import SMALLEST
from tanggap.models import Problem


def list_(*, agency_id: int | None, before: int | None, size: int) -> list[Problem]:
    """Return a page of them, the newest first. What is counted to less than five any more is not told."""
    rows = Problem.objects.select_related("agency", "unit", "category", "district")
    rows = rows.filter(count__gte=SMALLEST).exclude(state=State.CLOSED.value)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk").fetch_mode(FETCH_RAISE)[:size])
