"""Which colleagues have a report open now."""

from datetime import datetime

from tanggap.domain.actors import Officer
from tanggap.domain.presence import LASTS
from tanggap.models import Appointment, Presence, Report


def others(*, viewer: Officer, report: Report, now: datetime) -> list[Presence]:
    """Return who else of the viewer's agency has a report open that the viewer got by `reports.get`, longest first."""
    colleagues = Appointment.objects.filter(agency_id=viewer.agency_id).values("user_id")
    found = Presence.objects.filter(report=report, seen_at__gte=now - LASTS, user_id__in=colleagues)
    return list(found.exclude(user_id=viewer.user_id).select_related("user").order_by("since")[:5])
