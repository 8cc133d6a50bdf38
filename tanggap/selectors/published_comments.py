"""What everybody reads of comments: those that are shown, on reports that are public, without who decided on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from tanggap.models import Comment, CommentRule, Publication
from tanggap.selectors import opaque

PAGE: Final = 20
_KEY: Final = "key of the comments on a report"


@dataclass(frozen=True, slots=True)
class Row:
    """One comment; `name` is '' where the writer chose none."""

    pk: int
    name: str
    text: str
    written_on: date


@dataclass(frozen=True, slots=True)
class Page:
    """A page of comments, the oldest first; `after` is the key to the next one, '' when there is none."""

    rows: Sequence[Row]
    after: str


def of_report(publication: Publication, *, after: str = "") -> Page:
    """Return a page of what is shown under a publication, which the caller got as the public."""
    if publication.is_stub:
        return Page((), "")
    found = Comment.objects.filter(report_id=publication.report_id, state="shown")
    if key := opaque.open_(_KEY, after):
        found = found.filter(pk__gt=key[0])
    columns = found.order_by("pk").values_list("pk", "name", "shown", "written_on")
    rows = [Row(*values) for values in columns[: PAGE + 1]]
    more, rows = len(rows) > PAGE, rows[:PAGE]
    return Page(rows, opaque.seal(_KEY, [rows[-1].pk]) if more else "")


def rules(agency_id: int) -> QuerySet[CommentRule]:
    """Return what was decided on comments of an agency, the newest first: that one counts."""
    return CommentRule.objects.filter(agency_id=agency_id).order_by("-pk")


def is_on(agency_id: int) -> bool:
    """Say whether an agency takes comments: not until it was decided."""
    return bool(rules(agency_id).values_list("is_on", flat=True).first())


def are_taken(report_id: int) -> bool:
    """Say whether a comment on a report is taken now: it is public, and its agency takes them."""
    live = Publication.objects.filter(report_id=report_id, is_stub=False)
    agency_id = live.values_list("agency_id", flat=True).first()
    return agency_id is not None and is_on(agency_id)
