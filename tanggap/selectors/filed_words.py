"""The words of reports as their reporters left them: the first ones, or those of the last edit (`domain.edits`).

Who reads words of several reports, or only some fields, asks here: event 1 alone would tell what was taken back.
"""

from collections.abc import Iterable

from django.db.models import OuterRef, Q, Subquery

from tanggap.domain.edits import FIELDS
from tanggap.domain.lifecycle import Action
from tanggap.models import EventText


def of(report_ids: Iterable[int], fields: Iterable[str] = FIELDS) -> dict[int, dict[str, str]]:
    """Return the words of each report by field; what is empty or erased is left out. For who may read them."""
    fields = frozenset(fields)
    wanted = fields | {"title"}  # each version has one: it tells which is the last
    versions = Q(event__seq=1) | Q(event__kind=Action.EDIT.value)
    rows = EventText.objects.filter(versions, event__report_id__in=list(report_ids), field__in=wanted)
    found: dict[int, dict[str, str]] = {}
    last: dict[int, int] = {}
    for report_id, seq, field, text in rows.order_by("event__seq").values_list(
        "event__report_id", "event__seq", "field", "text"
    ):
        if last.setdefault(report_id, seq) != seq:
            last[report_id], found[report_id] = seq, {}
        if text is not None and field in fields:
            found.setdefault(report_id, {})[field] = text
    return found


def body_of(report: OuterRef) -> Subquery:
    """Return the body of the report of an outer query, as a subquery of one text."""
    rows = EventText.objects.filter(event__report_id=report, field="body").order_by("-event__seq")
    return Subquery(rows.values("text")[:1])
