"""Clusters: who is handled together with whom, in one order for locks, and as an officer may know of it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.db import connection
from django.db.models import Q

from tanggap.domain.actors import AgencyAdmin, Officer
from tanggap.domain.clusters import MERGEABLE, waits_for_verification
from tanggap.models import Deadline, Report
from tanggap.selectors import prepared, reports

_TOGETHER: Final = "SELECT id, cluster_lead_id, member_count FROM tanggap_report WHERE number = %s"


def lock_together(*, number: str) -> None:
    """Lock a report and all that it is handled together with, until the transaction ends; one order, no deadlock."""
    for pk, lead_id, members in prepared.fetch(_TOGETHER, [number]):
        if lead_id is not None or members:
            lead = lead_id or pk
            _lock(Q(pk=lead) | Q(cluster_lead_id=lead))


def lock_with_copies(*, number: str) -> None:
    """Lock a report, the reports that carry the same words, and all that any of them is handled together with."""
    names = ("pk", "number", "part_of", "cluster_lead_id")
    known: set[tuple[int, str, str, int | None]] = set()
    new = set(Report.objects.filter(number=number).values_list(*names))
    while new:
        known |= new
        wholes, leads = {row[2] or row[1] for row in known}, {row[3] or row[0] for row in known}
        same_words = Q(number__in=wholes) | (Q(part_of__in=wholes) & ~Q(part_of=""))
        together = Q(pk__in=leads) | Q(cluster_lead_id__in=leads)
        new = set(Report.objects.filter(same_words | together).values_list(*names)) - known
    if len(known) > 1:
        _lock(Q(pk__in=[row[0] for row in known]))


def lock_all(*, numbers: Iterable[str]) -> None:
    """Lock several reports in the order in which everybody locks them."""
    _lock(Q(number__in=list(numbers)))


def _lock(which: Q) -> None:
    list(Report.objects.select_for_update(of=("self",)).filter(which).order_by("pk").values_list("pk"))


def of(*, viewer: Officer, report: Report) -> Sequence[Report]:
    """Return the cluster of a report that was got by `get`, the lead first, as far as the viewer knows it."""
    lead = report.cluster_lead_id or report.pk
    rows = reports.visible(viewer=viewer).filter(Q(pk=lead) | Q(cluster_lead_id=lead))
    found = rows.select_related("owner_agency", "owner_unit", "area").order_by("received_at", "pk")
    return sorted(found, key=lambda row: row.pk != lead)


def leads_among(*, viewer: Officer, numbers: Iterable[str]) -> Sequence[Report]:
    """Return which of these reports could lead the others, the oldest first, as far as their rows tell."""
    statuses = [status for status in MERGEABLE if not waits_for_verification(status)]
    rows = reports.visible(viewer=viewer).filter(number__in=list(numbers), status__in=statuses, cluster_lead=None)
    if isinstance(viewer, AgencyAdmin):
        rows = rows.filter(owner_agency_id=viewer.agency_id)
    return list(rows.order_by("received_at", "pk")[:_MOST_LEADS])


_MOST_LEADS: Final = 100


def is_told_by_lead(report: Report, clock: Deadline) -> bool:
    """Say whether officers who hear of the lead need no letter about this report: the same clock of the lead runs
    out no later. Where the lead is answered and this one was taken up again, nobody else would tell of it."""
    if report.cluster_lead_id is None:
        return False
    leads = Deadline.objects.filter(report_id=report.cluster_lead_id, clock=clock.clock, stopped_at=None)
    return leads.filter(due_at__lte=clock.due_at).exists()


_MEMBERS = """
SELECT lead.number, lead.member_count, count(member.id)
FROM tanggap_report AS lead JOIN tanggap_report AS member ON member.cluster_lead_id = lead.id
GROUP BY lead.id HAVING lead.member_count <> count(member.id)
UNION ALL
SELECT number, member_count, 0 FROM tanggap_report AS lead
WHERE member_count > 0 AND NOT EXISTS (SELECT FROM tanggap_report WHERE cluster_lead_id = lead.id)
"""

# Said by the database of itself, by its trigger: does the flag still say what the rows do?
_ALONG = """
SELECT member.number, member.goes_along FROM tanggap_report AS member
LEFT JOIN tanggap_report AS lead ON lead.id = member.cluster_lead_id
WHERE (member.goes_along OR lead.id IS NOT NULL) AND member.goes_along <> coalesce(
    (member.status, member.owner_agency_id, member.owner_unit_id, member.assignee_id)
    IS NOT DISTINCT FROM (lead.status, lead.owner_agency_id, lead.owner_unit_id, lead.assignee_id)
    AND (lead.came_back OR NOT member.came_back), false)
"""


def disagreements() -> Iterator[str]:
    """Yield what a lead and its members say differently of each other; each was compared with its own events before."""
    with connection.cursor() as cursor:
        cursor.execute(_ALONG)
        for number, goes_along in cursor.fetchall():
            yield f"report {number}: goes_along is {goes_along}, which is not what it and its lead say"
        cursor.execute(_MEMBERS)
        for number, said, found in cursor.fetchall():
            yield f"report {number}: it leads {said} reports, {found} say that they follow it"
