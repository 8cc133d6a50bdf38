"""Keep what an officer types until it is done, thrown away on purpose, or long over (REQ-27)."""

import logging
from datetime import datetime

from django.db import transaction

from tanggap.domain.actors import Actor, Officer, System, user_of
from tanggap.domain.drafts import KEPT_AFTER_THE_END, MOST_CHARACTERS, Kept, Values, size
from tanggap.domain.lifecycle import OVER
from tanggap.models import Draft, Report
from tanggap.selectors import prepared
from tanggap.selectors import reports as report_selectors

log = logging.getLogger("tanggap.drafts")


class TooLongError(ValueError):
    """More was typed than a draft holds."""


class ElsewhereError(Exception):
    """The draft was written on another page since this one was opened; `saved_at` says when."""

    def __init__(self, saved_at: datetime) -> None:
        super().__init__(saved_at.isoformat())
        self.saved_at = saved_at


@transaction.atomic
def save(
    *,
    actor: Officer,
    number: str,
    place: str,
    values: Values,
    seen: int,
    now: datetime,
    page: str = "",
    base: str | None = None,
    was_given: bool = False,
) -> Kept:
    """Keep what was typed in one form; the newest words replace those before them.

    `page` names the opened page that saves, `base` the moment of the draft with which it began ('' for none).
    With a `base` nothing is overwritten that another page wrote meanwhile (ElsewhereError); without one the
    officer has pressed a button and means it. `was_given`: the door has seen the mark of a page of this report that
    was given to this very account; what was typed in it is kept wherever the report is now (ADR 0085). Raises
    reports.NotFoundError and TooLongError.
    """
    if size(values) > MOST_CHARACTERS:
        raise TooLongError(place)
    report = report_selectors.get(viewer=System() if was_given else actor, number=number, also_in_place=True)
    where = {"user_id": actor.user_id, "report_id": report.pk, "place": place}
    before = Draft.objects.select_for_update().filter(**where).first()
    if before is not None and base is not None and before.page != page and before.saved_at.isoformat() != base:
        raise ElsewhereError(before.saved_at)
    draft = Draft(**where, values={name: list(texts) for name, texts in values.items()})
    draft.seen, draft.page, draft.saved_at = seen, page, now
    Draft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["user", "report", "place"],
        update_fields=["values", "seen", "page", "saved_at"],
    )
    return Kept(place, values, seen, now)


def discard(*, actor: Officer, number: str, place: str) -> None:
    """Throw a draft away on purpose; raises reports.NotFoundError."""
    report = report_selectors.get(viewer=actor, number=number, also_in_place=True)
    Draft.objects.filter(user_id=actor.user_id, report_id=report.pk, place=place).delete()


def discard_unseen(*, actor: Officer, number: str, place: str) -> bool:
    """Throw an own draft away wherever its report is; say whether there was one. It tells nothing of the report."""
    count, _by_table = Draft.objects.filter(user_id=actor.user_id, report__number=number, place=place).delete()
    return count > 0


_DONE = "DELETE FROM tanggap_draft WHERE user_id = %s AND report_id = %s AND place = %s"


def done(actor: Actor, report: Report, place: str) -> None:
    """Throw away the draft of a deed that has just been done, in the transaction of the deed."""
    if user_id := user_of(actor):
        prepared.run(_DONE, [user_id, report.pk, place])


def sweep(*, now: datetime) -> int:
    """Remove the drafts of reports that have been over for long, and return how many; safe to run twice."""
    stale = Draft.objects.filter(report__status__in=OVER, report__last_acted_at__lt=now - KEPT_AFTER_THE_END)
    count, _by_table = stale.delete()
    if count:
        log.info("drafts.swept count=%s", count)
    return count
