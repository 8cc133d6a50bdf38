"""What may be the same matter: of the same district and the same weeks, in words that are alike (D5.8; REQ-24).

Always inside a place and a window, which an index answers, and within what the viewer may know of. That two reports
have one reporter is used and said only where neither hides who wrote it: else it would tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, FloatField, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from tanggap.domain.actors import AgencyAdmin, NationalAdmin, Officer
from tanggap.domain.clusters import CANDIDATES, MERGEABLE
from tanggap.models import Attachment, ContactHash, Publication, Report, ToldApart
from tanggap.selectors import filed_words, reports

_DISTRICT: Final = 8  # how long the code of a district is: "36.01.05"
_SPACE: Final = Value(" ", output_field=TextField())
_PLAIN: Final = ("owner_agency", "owner_unit", "area", "category")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report that may be about the same, with what decides it: place, date, words, photo, status."""

    report: Report
    words: str  # '' where the viewer may not read them as they came and nothing is published
    photo: str  # the key of its first picture, '' where there is none
    is_same_reporter: bool
    likeness: float


@dataclass(frozen=True, slots=True)
class Side:
    """One of two reports that are compared, with what the viewer reads of it."""

    report: Report
    words: str  # '' where the viewer may not read them as they came and nothing is published
    photos: Sequence[str]  # the keys of its pictures that the viewer may open


def pair(*, viewer: Officer, report: Report, number: str) -> tuple[Side, Side]:
    """Return a report that was got by `get`, and another one, each as the viewer reads it.

    Raises reports.NotFoundError alike for an unknown report, one that the viewer may not know of, and itself.
    """
    other = reports.get(viewer=viewer, number=number)
    if other.pk == report.pk:
        raise reports.NotFoundError(number)
    one, two = _sides(viewer, (report, other))
    return one, two


def _sides(viewer: Officer, rows: Sequence[Report]) -> list[Side]:
    """Return reports with words and pictures: as they came where the viewer reads that, else what was published."""
    ids = [row.pk for row in rows]
    came, public = _words_of(ids)
    photos: dict[int, list[str]] = {}
    images = Attachment.objects.filter(report_id__in=ids, event__seq=1, kind="image", erased_at=None)
    for report_id, key in images.order_by("pk").values_list("report_id", "key"):
        photos.setdefault(report_id, []).append(key)
    return [
        Side(row, came.get(row.pk) or "", photos.get(row.pk, ()))
        if _reads(viewer, row)
        else Side(row, public.get(row.pk) or "", ())
        for row in rows
    ]


def _words_of(ids: Sequence[int]) -> tuple[dict[int, str | None], dict[int, str]]:
    """Return the words of reports as they came, and as they were published."""
    came = {pk: words.get("body") for pk, words in filed_words.of(ids, ("body",)).items()}
    public = Publication.objects.filter(report_id__in=ids).values_list("report_id", "body")
    return came, dict(public)


def candidates(*, viewer: Officer, report: Report, text: str) -> Sequence[Candidate]:
    """Return the reports that may be about the same as one that was got by `get`, the most alike first.

    `text` is the report's own body. Takes at most five queries, whatever is found.
    """
    own = ContactHash.objects.filter(report_id=report.pk).values("hash")
    return _compared(viewer, report, text, _of_same_reporter(report, own))


def before_filing(*, viewer: Officer, report: Report, text: str, contacts: Sequence[bytes]) -> Sequence[Candidate]:
    """Return what may be about the same as a report that is being typed in and is not stored yet.

    `contacts` are the keyed hashes of who reports. A report whose reporter is hidden is never found by them.
    """
    return _compared(viewer, report, text, _of_same_reporter(report, contacts) if contacts else [])


def _compared(viewer: Officer, report: Report, text: str, ids: list[int]) -> list[Candidate]:
    found = {row.pk: row for row in _alike(_near(viewer, report), report, text, CANDIDATES.least)}
    if ids:
        rows = _mergeable(viewer, report).filter(pk__in=ids)
        found |= {row.pk: row for row in _alike(rows, report, text, CANDIDATES.least_same_reporter)}
    ordered = sorted(found.values(), key=lambda row: (-row.likeness, -row.pk))[: CANDIDATES.shown]  # type: ignore[attr-defined]
    return _shown(viewer, ordered, ids)


def _mergeable(viewer: Officer, report: Report) -> QuerySet[Report]:
    """Return what could be handled together with a report, as far as its own row tells, within the viewer's sight."""
    rows = reports.visible(viewer=viewer).filter(
        status__in=MERGEABLE, cluster_lead=None, offered_agency=None, is_confidential=report.is_confidential
    )
    if isinstance(viewer, AgencyAdmin):
        rows = rows.filter(owner_agency_id=viewer.agency_id)
    return rows.exclude(pk=report.pk).exclude(_told_apart(viewer, report))


def _told_apart(viewer: Officer, report: Report) -> Q:
    """Return the condition for what the viewer's agency found to be another matter."""
    if report.pk is None:
        return Q(pk__in=[])
    told = ToldApart.objects.filter(agency_id=viewer.agency_id)
    older, newer = (
        told.filter(other_id=report.pk).values("report_id"),
        told.filter(report_id=report.pk).values("other_id"),
    )
    return Q(pk__in=older) | Q(pk__in=newer)


def are_told_apart(*, viewer: Officer, one: Report, two: Report) -> bool:
    """Say whether the viewer's agency found two reports, which the viewer got, to be about two matters."""
    return Report.objects.filter(_told_apart(viewer, one), pk=two.pk).exists()


def _near(viewer: Officer, report: Report) -> QuerySet[Report]:
    """Return the newest of the same district and the same weeks; none for a report without a place."""
    rows = _mergeable(viewer, report)
    if not report.area_id:
        return rows.none()
    if len(report.area_id) >= _DISTRICT:
        rows = rows.filter(area__code__startswith=report.area_id[:_DISTRICT])
    else:
        rows = rows.filter(area_id=report.area_id)
    window = _around(report, CANDIDATES.window)
    newest = rows.filter(received_at__range=window).order_by("-received_at", "-pk")[: CANDIDATES.looked_at]
    return Report.objects.filter(pk__in=newest.values("pk"))


def _around(report: Report, window: timedelta) -> tuple[Any, Any]:
    return report.received_at - window, report.received_at + window


def _alike(rows: QuerySet[Report], report: Report, text: str, least: float) -> QuerySet[Report]:
    body = filed_words.body_of(OuterRef("pk"))
    words = Concat("title", _SPACE, body, output_field=TextField())  # what is not there is empty
    bonus = When(category_id=report.category_id or "", then=Value(CANDIDATES.same_category))
    same = Case(bonus, default=Value(0.0), output_field=FloatField())
    alike = rows.annotate(likeness=TrigramSimilarity(words, f"{report.title} {text}") + same)
    return alike.filter(likeness__gte=least).select_related(*_PLAIN).order_by("-likeness", "-pk")[: CANDIDATES.shown]


def _of_same_reporter(report: Report, own: Any) -> list[int]:
    """Return the reports of the same contact in the same days, of which none hides who wrote it."""
    if report.is_anonymous or report.is_confidential:
        return []
    rows = ContactHash.objects.filter(hash__in=own, report__is_anonymous=False, report__is_confidential=False)
    near = rows.filter(report__received_at__range=_around(report, CANDIDATES.window_same_reporter))
    ids = near.exclude(report_id=report.pk).order_by("-report_id").values_list("report_id", flat=True).distinct()
    return list(ids[: CANDIDATES.looked_at])


def _shown(viewer: Officer, rows: Sequence[Report], same_reporter: Sequence[int]) -> list[Candidate]:
    """Add words and pictures: as they came where the reporter is open, else what was published."""
    ids = [row.pk for row in rows]
    if not ids:
        return []
    came, public = _words_of(ids)
    images = Attachment.objects.filter(report_id__in=ids, event__seq=1, kind="image", erased_at=None)
    photos = dict(images.order_by("-pk").values_list("report_id", "key"))
    return [
        Candidate(
            report=row,
            words=(came if _reads(viewer, row) else public).get(row.pk) or "",
            photo=photos.get(row.pk, ""),
            is_same_reporter=row.pk in same_reporter,
            likeness=row.likeness,  # type: ignore[attr-defined]
        )
        for row in rows
    ]


def _reads(viewer: Officer, row: Report) -> bool:
    """Say whether the words are read as they came: of an open reporter, or by the admin who has to verify them."""
    if not (row.is_anonymous or row.is_confidential):
        return True
    return row.assigned_at is None and isinstance(viewer, AgencyAdmin | NationalAdmin)
