"""Answers that say the same, counted by their prints: one index, whatever the number of answers."""

from datetime import datetime

from tanggap.models import AnswerPrint, Report


def same(report: Report, print_: bytes, *, since: datetime) -> int:
    """Return how many other reports of the owning agency got an answer of this print since a moment.

    There is no viewer: what is given is a number, for the guard and for the author of the answer.
    """
    rows = AnswerPrint.objects.filter(agency_id=report.owner_agency_id, print=print_, answered_at__gte=since)
    return rows.exclude(report=report).values("report").distinct().count()
