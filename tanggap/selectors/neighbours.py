"""What stands before and after a report in a list of open work: for those who go through a list one by one."""

from typing import NamedTuple

from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from tanggap.domain.actors import Officer
from tanggap.models import Report
from tanggap.selectors import queues
from tanggap.selectors.queues import Filters

_ORDER = ("due_at", "urgency_rank", "id")


class Neighbours(NamedTuple):
    """The numbers of the reports before and after one; '' where there is none."""

    before: str
    after: str


def around(*, viewer: Officer, filters: Filters, report: Report) -> Neighbours:
    """Return what stands before and after a report, whether it stands in the list itself or has just left it.

    Past the end comes the first again; a report without a due date has nothing before it.
    """
    rows = queues.rows_of(viewer, filters).exclude(pk=report.pk)
    upwards = rows.order_by(*_ORDER).values_list("number", flat=True)
    if report.due_at is None:
        return Neighbours("", upwards.first() or "")
    key = (report.due_at, report.urgency_rank, report.pk)
    before = rows.filter(TupleLessThan(Tuple(*_ORDER), key)).order_by(*(f"-{name}" for name in _ORDER))
    after = upwards.filter(TupleGreaterThan(Tuple(*_ORDER), key)).first() or upwards.first()
    return Neighbours(before.values_list("number", flat=True).first() or "", after or "")
