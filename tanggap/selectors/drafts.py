"""The drafts of one officer, as long as the officer may know of the report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan

from tanggap.domain.actors import Officer
from tanggap.domain.drafts import Kept
from tanggap.models import Draft, Report
from tanggap.selectors import opaque, prepared, reports

PAGE = 25
_KEY = "key of the list of drafts"


def of_report(*, viewer: Officer, report: Report) -> dict[str, Kept]:
    """Return the viewer's drafts for a report that the viewer got by `reports.get`, by place."""
    asked = f"SELECT {prepared.columns_of(Draft)} FROM tanggap_draft WHERE user_id = %s AND report_id = %s"  # noqa: S608 - names of the model
    found = prepared.rows(Draft, asked, [viewer.user_id, report.pk])
    return {row.place: Kept(row.place, row.values, row.seen, row.saved_at) for row in found}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the own drafts, with the key to the next."""

    rows: Sequence[Draft]
    after: str


def list_(*, viewer: Officer, after: str = "") -> Page:
    """Return the viewer's drafts, newest first; what belongs to a report that is out of sight is not there."""
    found = Draft.objects.filter(user_id=viewer.user_id, report__in=reports.visible(viewer=viewer))
    if key := opaque.open_(_KEY, after):
        found = found.filter(TupleLessThan(Tuple("saved_at", "id"), (datetime.fromisoformat(key[0]), key[1])))
    rows = list(found.select_related("report").order_by("-saved_at", "-id")[: PAGE + 1])
    more, rows = rows[PAGE:], rows[:PAGE]
    return Page(rows, opaque.seal(_KEY, [rows[-1].saved_at.isoformat(), rows[-1].pk]) if more else "")
