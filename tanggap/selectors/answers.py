"""Answers that say the same, counted by their prints: one index, whatever the number of answers."""

from datetime import datetime

from tanggap.models import Report
from tanggap.selectors import prepared


def same(report: Report, print_: bytes, *, since: datetime) -> int:
    """Return how many other reports of the owning agency got an answer of this print since a moment.

    There is no viewer: what is given is a number, for the guard and for the author of the answer.
    """
    ((found,),) = prepared.fetch(_SAME, [report.owner_agency_id, print_, since, report.pk])
    return int(found)


_SAME = """
SELECT count(DISTINCT report_id) FROM tanggap_answerprint
WHERE agency_id = %s AND print = %s AND answered_at >= %s AND report_id <> %s
"""
