"""The words that an agency hung on reports: read by its own officers alone, on reports that they may know of."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from tanggap.domain.actors import NationalAdmin, Officer
from tanggap.models import Report, ReportTag

_IN_LINE: Final = 4
_ON_PAGE: Final = 50
_FEW: Final = 1000


def words_of_row(viewer: Officer) -> QuerySet[ReportTag, Any]:
    """Return the first words on each report of a list, as a subquery of it."""
    return _of(viewer).filter(report_id=OuterRef("pk")).order_by("word").values("word")[:_IN_LINE]


def narrowed(rows: QuerySet[Report], viewer: Officer, word: str, *, few: int = _FEW) -> QuerySet[Report]:
    """Narrow a list of what the viewer may know of to the reports on which a word hangs. Takes one query.

    Where they are few, they are named. Where they are many, each report of the list is asked in its turn, so that a
    page is found along the index of its order: the planner, who believes that words hang anywhere, reads them all.
    Over all agencies thousands would be asked in vain: there the words of the own one are read once, into a hash.
    """
    hung = _of(viewer).filter(word=word)
    named = list(hung.values_list("report_id", flat=True)[: few + 1])
    if len(named) <= few:
        return rows.filter(pk__in=named)
    if isinstance(viewer, NationalAdmin):
        # Bare, this would become a join, with all of them fetched and put in order.
        is_hung = ExpressionWrapper(Q(pk__in=hung.values("report_id")), output_field=BooleanField())
        return rows.alias(is_hung=Coalesce(is_hung, Value(False))).filter(is_hung=True)
    return rows.alias(hung=Subquery(hung.filter(report_id=OuterRef("pk")).values("pk")[:1])).filter(hung__isnull=False)


def on_report(*, viewer: Officer, report: Report) -> Sequence[str]:
    """Return the words on a report that the viewer got by `reports.get`."""
    return list(_of(viewer).filter(report=report).order_by("word").values_list("word", flat=True)[:_ON_PAGE])


def _of(viewer: Officer) -> QuerySet[ReportTag]:
    return ReportTag.objects.filter(agency_id=viewer.agency_id)
