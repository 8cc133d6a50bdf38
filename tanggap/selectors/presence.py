"""Which colleagues have a report open now."""

from datetime import UTC, datetime
from functools import cache
from typing import Final

from tanggap.domain.actors import Officer
from tanggap.domain.presence import LASTS
from tanggap.models import Appointment, Presence, Report
from tanggap.selectors import prepared


def others(*, viewer: Officer, report: Report, now: datetime) -> list[Presence]:
    """Return who else of the viewer's agency has a report open that the viewer got by `reports.get`, longest first."""
    places = {_AGENCY: viewer.agency_id, _REPORT: report.pk, _USER: viewer.user_id, _SINCE: now - LASTS}
    return _others().rows(places)


# What stands for the values of a question until they are known.
_AGENCY, _REPORT, _USER = -1, -2, -3
_SINCE: Final = datetime(1, 1, 1, tzinfo=UTC)


@cache
def _others() -> prepared.Kept[Presence]:
    colleagues = Appointment.objects.filter(agency_id=_AGENCY).values("user_id")
    found = Presence.objects.filter(report_id=_REPORT, seen_at__gte=_SINCE, user_id__in=colleagues)
    return prepared.keep(found.exclude(user_id=_USER).select_related("user").order_by("since")[:5])
