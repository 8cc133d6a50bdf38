"""Notes and mentions behind the wall of their report: who may not know of it knows of none of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan

from tanggap.domain.actors import Officer, unit_of
from tanggap.domain.notes import Audience, may_read
from tanggap.models import Mention, Note, Report
from tanggap.selectors import accounts, opaque, organisation, prepared, recipients, reports

PAGE = 25
# A page shows the newest; who needs the older ones goes on from there.
SHOWN = 50
_MOST_SUGGESTED = 30
_KEY = "place in the list of mentions"


def of_report(*, viewer: Officer, report: Report) -> list[Note]:
    """Return the newest notes that the viewer reads, of a report that the viewer got by `reports.get`."""
    rows = _of_report().rows({_REPORT: report.pk})
    path = organisation.unit_path(unit_of(viewer)) if rows else frozenset[int]()
    return [row for row in rows if reads(viewer, row, path)][:SHOWN]


_REPORT = -1  # stands for a report until it is known which


@cache
def _of_report() -> prepared.Kept[Note]:
    rows = Note.objects.filter(report_id=_REPORT).select_related("user", "agency", "unit")
    return prepared.keep(rows.order_by("-id")[: SHOWN * 4])


def reads(viewer: Officer, note: Note, path: frozenset[int] | None = None) -> bool:
    """Say whether an officer who may know of the report reads this note."""
    path = organisation.unit_path(unit_of(viewer)) if path is None else path
    return may_read(viewer, Audience(note.audience), agency_id=note.agency_id, unit_id=note.unit_id, path=path)


def mentions(*, viewer: Officer) -> QuerySet[Mention]:
    """Return where the viewer is mentioned and has not looked yet; what is out of sight is not counted either."""
    return _of(viewer).filter(read_at=None)


def _of(viewer: Officer) -> QuerySet[Mention]:
    return Mention.objects.filter(user_id=viewer.user_id, note__report__in=reports.visible(viewer=viewer, in_one=True))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of mentions, with the key to the next."""

    rows: Sequence[Mention]
    after: str


def list_(*, viewer: Officer, after: str = "") -> Page:
    """Return where the viewer is mentioned: what was not read yet, then the rest, each the newest first."""
    is_unread = ExpressionWrapper(Q(read_at=None), output_field=BooleanField())
    found = _of(viewer).select_related("note__report", "note__user", "note__agency", "note__unit")
    if key := opaque.open_(_KEY, after):
        place = key[0], datetime.fromisoformat(key[1]), key[2]
        found = found.filter(TupleLessThan(Tuple(is_unread, "note__created_at", "id"), place))
    rows = list(found.order_by(is_unread.desc(), "-note__created_at", "-id")[: PAGE + 1])
    more, rows = rows[PAGE:], rows[:PAGE]
    return Page(rows, opaque.seal(_KEY, _place_of(rows[-1])) if more else "")


def _place_of(row: Mention) -> list[bool | str | int]:
    return [row.read_at is None, row.note.created_at.isoformat(), row.pk]


def suggested(*, viewer: Officer, report: Report, on: date) -> list[tuple[str, str]]:
    """Return whom the viewer can mention on a report, by name for signing in: those who work on it, but for the named.

    Others who may know of it can be mentioned too; whoever may not is never in this list.
    """
    offices = accounts.colleagues(agency_id=report.owner_agency_id, unit_id=report.owner_unit_id, on=on)
    free = recipients.but_for_the_named(report, on, offices) - {viewer.user_id}
    rows = offices.filter(user_id__in=free).values_list("user__username", "user__display_name").distinct()
    return sorted((username, name or username) for username, name in rows)[:_MOST_SUGGESTED]
