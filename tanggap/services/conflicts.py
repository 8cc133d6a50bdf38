"""When all who could decide about a report are named in it, it goes to the next tier: it has a living owner always."""

from collections.abc import Iterator
from datetime import date

from tanggap.domain.actors import System
from tanggap.domain.appointments import Office
from tanggap.domain.case import Projection
from tanggap.domain.lifecycle import Action, Status, rows
from tanggap.domain.notices import Audience
from tanggap.models import Report
from tanggap.selectors import accounts, recipients

_STATUSES = sorted(status.value for status in Status if rows(Action.LIFT, status))


def leaves_nobody(report: Report, facts: Projection, *, on: date) -> bool:
    """Say whether all who could decide about a report are named in it, after an act that left it in this state."""
    is_about_people = bool(facts.named_user_ids | facts.named_unit_ids)
    return is_about_people and facts.status.value in _STATUSES and _all_named(report, on)


def unmanned(*, on: date) -> Iterator[int]:
    """Yield the reports that nobody is left to decide about, because the others have gone since."""
    named = Report.objects.filter(named__isnull=False, status__in=_STATUSES)
    for report in named.distinct().order_by("pk").iterator():
        if _all_named(report, on):
            yield report.pk


def _all_named(report: Report, on: date) -> bool:
    """An agency without any admin is another matter: the ladder climbs past it."""
    offices = accounts.list_officers(viewer=System(), on=on, agency_id=report.owner_agency_id)
    is_manned = offices.filter(role=Office.AGENCY_ADMIN.value).exists()
    return is_manned and not recipients.officers(report, Audience.ADMINS, on=on)
