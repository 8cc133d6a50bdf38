"""Comments as those read them who decide on them, and as each account reads its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Count, Min, QuerySet

from tanggap.domain.actors import AgencyAdmin, InternalAuditor, LiaisonOfficer, NationalAdmin, Officer, UnitAdmin
from tanggap.domain.comments import State
from tanggap.models import Comment, Publication
from tanggap.selectors import opaque, reports

PAGE: Final = 20
_KEY: Final = "key of the list of comments"
_ONE: Final = "one comment"
# Of a publication its number and title are read here.
_UNREAD: Final = tuple(f"report__publication__{name}" for name in ("search", "body", "answers", "timeline", "clocks"))


class NotFoundError(LookupError):
    """There is no such comment, or this viewer may not decide on it."""


def may_decide(viewer: Officer) -> bool:
    """Say whether somebody decides on comments at all: who speaks for an office, not who prepares for it."""
    match viewer:
        case AgencyAdmin() | NationalAdmin() | LiaisonOfficer() | InternalAuditor():
            return True
        case UnitAdmin():
            return False


def _decided_by(viewer: Officer) -> QuerySet[Comment]:
    """Decide, once, whose comments somebody decides on: those on the public reports that the own office has.

    Not those on a report that the viewer is named in. A report that is not public has none here.
    """
    if not may_decide(viewer):
        return Comment.objects.none()
    own = reports.not_named(reports.owned(viewer=viewer), viewer)
    return Comment.objects.filter(report__in=own, report__publication__is_stub=False)


def locked(*, viewer: Officer, comment_id: int) -> Comment:
    """Return a comment for a decision, locked. Raises NotFoundError alike for unknown and forbidden."""
    row = _decided_by(viewer).select_for_update(of=("self",)).filter(pk=comment_id).first()
    if row is None:
        raise NotFoundError(comment_id)
    return row


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many comments wait for the viewer, and since when the oldest of them."""

    count: int
    since: date | None


def undecided(*, viewer: Officer) -> QuerySet[Comment]:
    """Return the comments that wait for a decision of the viewer."""
    return _decided_by(viewer).filter(state=State.WAITING.value)


def waiting(*, viewer: Officer) -> Waiting:
    """Return what waits for a decision of the viewer."""
    found = undecided(viewer=viewer).aggregate(count=Count("pk"), since=Min("written_on"))
    return Waiting(found["count"], found["since"])


@dataclass(frozen=True, slots=True)
class Page:
    """A page of comments; `after` is the key to the next one, '' when there is none."""

    rows: Sequence[Comment]
    after: str


def list_(*, viewer: Officer, is_shown: bool, after: str = "") -> Page:
    """Return a page of what waits, the oldest first, or of what is shown, the newest first."""
    state = State.SHOWN if is_shown else State.WAITING
    found = _decided_by(viewer).filter(state=state.value).select_related("report__publication").defer(*_UNREAD)
    if key := opaque.open_(_KEY, after):
        found = found.filter(pk__lt=key[0]) if is_shown else found.filter(pk__gt=key[0])
    rows = list(found.order_by("-pk" if is_shown else "pk")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    return Page(rows, opaque.seal(_KEY, [rows[-1].pk]) if more else "")


def own(ids: Sequence[int]) -> list[Comment]:
    """Return the comments that an account holds, the newest first, each with the publication where there is one."""
    rows = Comment.objects.filter(pk__in=ids).exclude(state=State.REMOVED.value)
    return list(rows.select_related("report__publication").defer(*_UNREAD).order_by("-pk"))


def public_place(row: Comment) -> Publication | None:
    """Return the publication that a comment of `own` stands under; None while its report is not public."""
    publication: Publication | None = getattr(row.report, "publication", None)
    return publication if publication is not None and not publication.is_stub else None


# What the last act on a comment made of it.
_UNLIKE: Final = """
SELECT c.id, c.state, a.kind FROM tanggap_comment c
LEFT JOIN LATERAL (SELECT kind FROM tanggap_commentact WHERE comment_id = c.id ORDER BY id DESC LIMIT 1) a ON true
WHERE c.state <> CASE coalesce(a.kind, 'return') WHEN 'return' THEN 'waiting' WHEN 'show' THEN 'shown'
    WHEN 'refuse' THEN 'refused' WHEN 'hide' THEN 'hidden' ELSE 'removed' END
ORDER BY c.id
"""


def disagreements() -> Iterator[str]:
    """Yield which comments stand otherwise than the last act on them left them."""
    with connection.cursor() as cursor:
        cursor.execute(_UNLIKE)
        for pk, state, act in cursor.fetchall():
            yield f"comment {pk}: it is {state}, the last act on it is {act or 'none'}"


def key_of(row: Comment) -> str:
    """Return a comment as it stands in a form: its id counts all comments, those on secret reports too."""
    return opaque.seal(_ONE, [row.pk])


def opened(key: str) -> int:
    """Return the id that a form sends back; raises NotFoundError for what is none."""
    parts = opaque.open_(_ONE, key)
    if parts is None:
        raise NotFoundError(key)
    found: int = parts[0]
    return found
