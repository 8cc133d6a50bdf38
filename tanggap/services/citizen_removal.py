"""Remove the account of a citizen with all it holds: the own reports stay, without their reporter's identity."""

from datetime import datetime

from tanggap.domain.actors import Reporter
from tanggap.domain.lifecycle import Action
from tanggap.models import Report
from tanggap.services import citizens, comments, reports, vault
from tanggap.services.citizens import SignedIn


def remove(who: SignedIn, *, now: datetime) -> None:
    """Erase who reported from every report of the account, then remove the account, with the words of its comments.

    Each report is a transaction of its own, and the account goes last: what was stopped half-way is done again from
    the page. A report that was linked in between is cleared too.
    """
    cleared: frozenset[int] = frozenset()
    while True:
        left = citizens.remove(who, cleared=cleared, empty=lambda ids: comments.empty(ids, now=now))
        if not left:
            return
        for report_id, number in Report.objects.filter(pk__in=left).order_by("pk").values_list("pk", "number"):
            _clear(report_id, number, now=now)
        cleared |= left


def _clear(report_id: int, number: str, *, now: datetime) -> None:
    if not vault.has(report_id):  # nothing was told, or a part of what was cleared before
        return
    try:
        reports.act(actor=Reporter(report_id), number=number, action=Action.ERASE_IDENTITY, now=now)
    except reports.NotAllowedError:
        if vault.has(report_id):
            raise
