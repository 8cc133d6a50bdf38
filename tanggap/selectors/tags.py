"""The words that an agency hung on reports: read by its own officers alone, on reports that they may know of."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import OuterRef, QuerySet

from tanggap.domain.actors import Officer
from tanggap.models import Report, ReportTag

_IN_LINE: Final = 4
_ON_PAGE: Final = 50


def words_of_row(viewer: Officer) -> QuerySet[ReportTag, Any]:
    """Return the first words on each report of a list, as a subquery of it."""
    return _of(viewer).filter(report_id=OuterRef("pk")).order_by("word").values("word")[:_IN_LINE]


def reports_with(viewer: Officer, word: str) -> QuerySet[ReportTag, Any]:
    """Return the keys of the reports on which a word hangs, to narrow a list of what the viewer may know of."""
    return _of(viewer).filter(word=word).values("report_id")


def on_report(*, viewer: Officer, report: Report) -> Sequence[str]:
    """Return the words on a report that the viewer got by `reports.get`."""
    return list(_of(viewer).filter(report=report).order_by("word").values_list("word", flat=True)[:_ON_PAGE])


def _of(viewer: Officer) -> QuerySet[ReportTag]:
    return ReportTag.objects.filter(agency_id=viewer.agency_id)
