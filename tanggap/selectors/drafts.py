"""The drafts of one officer: with their report while it is in sight, afterwards the own words alone (ADR 0085)."""

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
class Own:
    """An own draft, the number of its report, and the report itself where the viewer may know of it."""

    draft: Draft
    number: str
    report: Report | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the own drafts, with the key to the next."""

    rows: Sequence[Own]
    after: str


def list_(*, viewer: Officer, after: str = "") -> Page:
    """Return the viewer's drafts, newest first; of a report that is out of sight the number and nothing else."""
    found = Draft.objects.filter(user_id=viewer.user_id)
    if key := opaque.open_(_KEY, after):
        found = found.filter(TupleLessThan(Tuple("saved_at", "id"), (datetime.fromisoformat(key[0]), key[1])))
    rows = list(found.order_by("-saved_at", "-id")[: PAGE + 1])
    more, rows = rows[PAGE:], rows[:PAGE]
    own = _with_reports(viewer, rows)
    return Page(own, opaque.seal(_KEY, [rows[-1].saved_at.isoformat(), rows[-1].pk]) if more else "")


def _with_reports(viewer: Officer, rows: Sequence[Draft]) -> list[Own]:
    ids = {row.report_id for row in rows}
    walls = (reports.visible(viewer=viewer), reports.in_place(viewer=viewer))
    known = {report.pk: report for wall in walls for report in wall.filter(pk__in=ids)}
    numbers = dict(Report.objects.filter(pk__in=ids).values_list("pk", "number"))
    return [Own(row, numbers[row.report_id], known.get(row.report_id)) for row in rows]
