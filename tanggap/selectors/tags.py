"""Tags as the office that gave them may see them: nobody else knows of them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from tanggap.domain.actors import Officer
from tanggap.models import Report, ReportTag

MOST = 100


def of_report(*, viewer: Officer, report: Report) -> list[str]:
    """Return the words that the viewer's agency has hung on a report that was got by `reports.get`."""
    return list(_own(viewer).filter(report=report).order_by("word").values_list("word", flat=True))


def known(*, viewer: Officer) -> list[str]:
    """Return the words that the viewer's agency uses, at most a hundred."""
    return list(_own(viewer).order_by("word").values_list("word", flat=True).distinct()[:MOST])


def of_reports(*, viewer: Officer, report_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the words on several reports of a list that the viewer has."""
    found: dict[int, list[str]] = {}
    for report_id, word in (
        _own(viewer).filter(report_id__in=list(report_ids)).order_by("word").values_list("report_id", "word")
    ):
        found.setdefault(report_id, []).append(word)
    return found


def _own(viewer: Officer) -> QuerySet[ReportTag]:
    return ReportTag.objects.filter(agency_id=viewer.agency_id)
