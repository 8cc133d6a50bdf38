"""Tell those who follow a public report of its next public step, as long as it is public."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from procrastinate.contrib.django import app as jobs
from procrastinate.types import JSONDict

from tanggap.domain.citizens import FOLLOWED
from tanggap.domain.lifecycle import Action
from tanggap.models import Follow, Report
from tanggap.selectors import citizen_reports
from tanggap.services import citizens

SPREAD: Final = "watching.spread"
SEND: Final = "watching.send"
BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Letter:
    """What a follower is told: that there is a new step, and where it is read."""

    address: str
    language: str
    number: str
    reference: str


def owe(report: Report, action: Action, seq: int, *, has_followers: bool) -> None:
    """Let the worker tell the followers of an act, in the transaction of the act."""
    if has_followers and action in FOLLOWED and report.is_published:
        jobs.configure_task(SPREAD, allow_unknown=False).defer(report_id=report.pk, seq=seq)


def spread(report_id: int, seq: int) -> int:
    """Give every follower a job of its own; returns how many. A second time it mails under the same Message-ID."""
    done, last = 0, 0
    while ids := list(
        Follow.objects.filter(report_id=report_id, pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        _defer(ids, seq)
        done, last = done + len(ids), ids[-1]
    return done


def letter(follow_id: int, seq: int) -> Letter | None:
    """Return what is mailed to a follower; None for who has left or wants no mail, and for what is public no longer."""
    row = Follow.objects.select_related("report").filter(pk=follow_id).first()
    if row is None or not citizen_reports.is_public(row.report_id):
        return None
    account = citizens.follower(row)
    # No news goes out by SMS: each costs, and what is followed stands on the page of the account.
    if account is None or account.is_by_phone or not account.wants_mail:
        return None
    return Letter(account.address, account.language, row.report.number, f"follow-{follow_id}-{seq}")


def _defer(ids: Iterable[int], seq: int) -> None:
    work: list[JSONDict] = [{"follow_id": one, "seq": seq} for one in ids]
    jobs.configure_task(SEND, allow_unknown=False).batch_defer(*work)
