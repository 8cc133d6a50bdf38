"""Who has a report open: said by the page itself every so often, and lapsed a minute after it falls silent."""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from tanggap.domain.actors import InternalAuditor, Officer
from tanggap.domain.presence import LASTS
from tanggap.models import Presence, Report

_KEPT: Final = timedelta(hours=1)
# Who comes back after the minute begins anew.
_BEAT: Final = """
INSERT INTO tanggap_presence AS p (user_id, report_id, since, seen_at)
VALUES (%(user)s, %(report)s, %(now)s, %(now)s)
ON CONFLICT (report_id, user_id) DO UPDATE SET
    since = CASE WHEN p.seen_at < %(gone)s THEN %(now)s ELSE p.since END,
    seen_at = %(now)s
"""


def beat(*, actor: Officer, report: Report, now: datetime) -> None:
    """Note that an officer has a report open, which the officer got by `reports.get`.

    An inspectorate that looks into a report leaves no mark: the unit must not learn of it (UU 25/2009 Ps 47-49).
    """
    if isinstance(actor, InternalAuditor):
        return
    with connection.cursor() as cursor:
        cursor.execute(_BEAT, {"user": actor.user_id, "report": report.pk, "now": now, "gone": now - LASTS})


def purge(*, now: datetime) -> int:
    """Remove the marks of who is long gone, and return how many."""
    return Presence.objects.filter(seen_at__lt=now - _KEPT).delete()[0]
