"""Comments of readers: written from a sealed account, decided by the office that has the report, removed by the writer.

No row says who wrote one: the account holds which are its own, as it holds what it supports (ADR 0068, 0070).
"""

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from django.db import transaction

from tanggap.domain import comments as domain
from tanggap.domain.actors import Officer, Role, System, user_of
from tanggap.domain.comments import NEED_A_GROUND, TARGETS, Act, Fault, Ground, State
from tanggap.domain.limits_of_use import Bucket, Verdict
from tanggap.domain.redaction import Finding
from tanggap.models import Comment, CommentAct
from tanggap.selectors import comments as selectors
from tanggap.selectors import published_comments
from tanggap.services import citizens, limits, redaction
from tanggap.services.accounts import office_day
from tanggap.services.citizens import SignedIn

_BATCH: Final = 500


class CommentError(Exception):
    """Something with a comment was refused; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def may_write(key: uuid.UUID, *, client: str, now: datetime) -> Verdict:
    """Count a comment that is about to be kept; not to be called in a transaction."""
    verdict = limits.hit(Bucket.COMMENT_CLIENT, client, now=now)
    return limits.hit(Bucket.COMMENT_ACCOUNT, str(key), now=now) if verdict.allowed else verdict


def fault_of(*, text: str, name: str) -> Fault | None:
    """Say what is wrong with a comment as it was typed, before it is counted and kept."""
    return domain.fault_of(domain.text_of(text), domain.name_of(name))


@transaction.atomic
def write(who: SignedIn, report_id: int, *, text: str, name: str, now: datetime) -> SignedIn:
    """Keep a comment for the office to look at; the door has seen that the report is public.

    The same words of the same account once more are the same comment: a form that was sent twice.
    Raises CommentError and citizens.FullError.
    """
    if fault := fault_of(text=text, name=name):
        raise CommentError(fault)
    if not published_comments.are_taken(report_id):
        raise CommentError(Fault.CLOSED)
    text, name = domain.text_of(text), domain.name_of(name)
    known = Comment.objects.filter(pk__in=who.account.comments, report_id=report_id, body=text)
    if known.exists():
        return who
    made = Comment.objects.create(report_id=report_id, name=name, body=text, written_on=office_day(now))
    return citizens.keep_comment(who, made.pk)


@transaction.atomic
def remove(who: SignedIn, comment_id: int, *, now: datetime) -> SignedIn:
    """Take an own comment away, with its words; that there was one, and when, stays. Another's is passed over."""
    if comment_id in who.account.comments:
        empty([comment_id], now=now)
    return citizens.forget_comment(who, comment_id)


@transaction.atomic
def purge(*, now: datetime) -> int:
    """Empty what was refused or hidden long ago, and return how much that was: nobody reads it any more."""
    states = (State.REFUSED.value, State.HIDDEN.value)
    old = Comment.objects.filter(state__in=states, decided_at__lt=now - domain.KEPT).order_by("pk")
    ids = list(old.values_list("pk", flat=True)[:_BATCH])
    empty(ids, now=now, role=System().role)
    return len(ids)


def empty(ids: Iterable[int], *, now: datetime, role: Role = Role.ANYONE) -> None:
    """Empty comments for who wrote them, or for the rule of the house, in the transaction of the caller."""
    for row in Comment.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk"):
        if row.state != State.REMOVED:
            row.name = row.body = row.shown = ""
            row.state = State.REMOVED.value
            row.save(update_fields=["name", "body", "shown", "state"])
            _add(row, Act.REMOVE, role, None, now)


@transaction.atomic
def decide(
    *,
    actor: Officer,
    comment_id: int,
    act: Act,
    ground: Ground | None = None,
    left: Collection[tuple[int, int]] = (),
    now: datetime,
) -> Comment:
    """Show, refuse or hide a comment of a report that the own office has.

    What the finders see in it is masked, but for the places that are `left` in the open. A comment that was shown
    before is hidden, not refused. Raises selectors.NotFoundError alike for unknown and forbidden, and CommentError.
    """
    row = selectors.locked(viewer=actor, comment_id=comment_id)
    if act == Act.REFUSE and row.state == State.WAITING and row.acts.filter(kind=Act.SHOW.value).exists():
        act = Act.HIDE
    to = TARGETS.get((State(row.state), act))
    if to is None:
        raise CommentError(Fault.WRONG_STATE)
    if (act in NEED_A_GROUND) != (ground is not None):
        raise CommentError(Fault.GROUND_MISSING)
    row.shown = _masked(row.body, left) if to == State.SHOWN else ""
    row.state, row.ground = to.value, ground.value if ground else ""
    row.decided_by_id, row.decided_at = user_of(actor), now
    row.save(update_fields=["shown", "state", "ground", "decided_by_id", "decided_at"])
    _add(row, act, actor.role, user_of(actor), now, row.ground)
    return row


def _masked(text: str, left: Collection[tuple[int, int]]) -> str:
    spans = [found for found in findings(text) if (found.start, found.end) not in left]
    return redaction.mask(text, spans)


def findings(text: str) -> tuple[Finding, ...]:
    """Return what an officer is asked to look at before a comment is shown."""
    return redaction.find(text)


def look_again(report_id: int, *, now: datetime) -> None:
    """Let nothing stand that was said of a report before more of it was hidden, or it was taken back.

    In the transaction of that act. Who decides on comments looks at each anew, as soon as the report is public.
    """
    for row in Comment.objects.select_for_update().filter(report_id=report_id, state=State.SHOWN.value):
        row.shown, row.state = "", State.WAITING.value
        row.save(update_fields=["shown", "state"])
        _add(row, Act.RETURN, System().role, None, now)


def _add(row: Comment, act: Act, role: Role, by: int | None, now: datetime, ground: str = "") -> None:
    CommentAct.objects.create(comment=row, kind=act.value, at=now, by_id=by, role=role.value, ground=ground)
