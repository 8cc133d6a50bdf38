"""What may be the same matter: of the same district and the same weeks, in words that are alike (D5.8; REQ-24).

Always inside a place and a window, which an index answers, and within what the viewer may know of. That two reports
have one reporter is used and said only where neither hides who wrote it: else it would tell.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, FloatField, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.expressions import CombinedExpression, RawSQL
from django.db.models.functions import Concat

from tanggap.domain.actors import AgencyAdmin, NationalAdmin, Officer
from tanggap.domain.clusters import CANDIDATES, MERGEABLE
from tanggap.domain.lifecycle import Action
from tanggap.models import Attachment, ContactHash, Event, EventText, Publication, Report, ToldApart
from tanggap.selectors import filed_words, patterns, prepared, reports

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
class Filed:
    """A report that the viewer typed in, and may know no more of: only that it was taken, and when."""

    number: str
    registered_at: datetime
    is_known: bool  # the viewer may open it


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
    return _compared(viewer, report, text, _of_same_reporter(report, _OWN, report.pk))


def before_filing(*, viewer: Officer, report: Report, text: str, contacts: Sequence[bytes]) -> Sequence[Candidate]:
    """Return what may be about the same as a report that is being typed in and is not stored yet.

    `contacts` are the keyed hashes of who reports. A report whose reporter is hidden is never found by them.
    """
    return _compared(viewer, report, text, _of_same_reporter(report, "%s", list(contacts)) if contacts else [])


def filed_before(
    *, viewer: Officer, report: Report, text: str, contacts: Sequence[bytes], now: datetime, besides: Collection[int]
) -> Sequence[Filed]:
    """Return what the viewer typed in in these days that may be the same, though another office has it by now.

    Of a report that is not stored yet, as in `before_filing`; `besides` are the reports that were found there. Alike in
    words and of the same place or contact, or the very same words. Nothing is told but what its receipt told.
    """
    since = now - CANDIDATES.window_same_reporter
    typed = Event.objects.filter(user_id=viewer.user_id, kind=Action.SUBMIT.value, recorded_at__gte=since)
    newest = typed.order_by("-recorded_at", "-pk")[: CANDIDATES.looked_at]
    rows = Report.objects.filter(pk__in=newest.values("report_id")).exclude(pk__in=besides)
    rows = reports.not_named(rows, viewer)
    same = Q(likeness__gte=CANDIDATES.same_words)
    if report.area_id:
        same |= Q(_in_place(report), likeness__gte=CANDIDATES.least)
    if contacts and not (report.is_anonymous or report.is_confidential):
        of_reporter = Q(pk__in=ContactHash.objects.filter(hash__in=list(contacts)).values("report_id"))
        is_open = Q(is_anonymous=False, is_confidential=False)
        same |= Q(of_reporter, is_open, likeness__gte=CANDIDATES.least_same_reporter)
    # With what was typed in, not with what its reporter or another office made of it since.
    words = Concat(_first("title"), _SPACE, _first("body"), output_field=TextField())
    alike = rows.annotate(likeness=_likeness(words, report, text)).filter(same)
    told = alike.order_by("-likeness", "-pk").values_list("number", "registered_at")
    found = list(told[: CANDIDATES.shown])
    known = reports.known(viewer=viewer, numbers=[number for number, _at in found]) if found else frozenset()
    return [Filed(number, at, number in known) for number, at in found]


def _compared(viewer: Officer, report: Report, text: str, ids: list[int]) -> list[Candidate]:
    asked, places = _questions(viewer, report, text)
    found = {row.pk: row for row in asked.near.rows(places)} if asked.near else {}
    if ids:
        found |= {row.pk: row for row in asked.same_reporter.rows({**places, _IDS: tuple(ids)})}
    ordered = sorted(found.values(), key=lambda row: (-row.likeness, -row.pk))[: CANDIDATES.shown]  # type: ignore[attr-defined]
    return _shown(viewer, ordered, ids)


class _Questions(NamedTuple):
    """What is asked about a report, kept for all reports of its shape: to put it together took half a page's time."""

    near: prepared.Kept[Report] | None
    same_reporter: prepared.Kept[Report]


# What stands for the values of a report until they are known.
_REPORT: Final = -201
_IDS: Final = -202
_TITLE, _TEXT, _CATEGORY = "<title>", "<text>", "<category>"
_AREA: Final = "#"
_RECEIVED: Final = datetime(1, 7, 1, tzinfo=UTC)


def _questions(viewer: Officer, report: Report, text: str) -> tuple[_Questions, patterns.Places]:
    kind, places = patterns.of(viewer) or (viewer, {})
    area = report.area_id or ""
    code = area[:_DISTRICT]
    asked = _kept(kind, _AREA * len(code), is_stored=report.pk is not None, is_secret=report.is_confidential)
    stood = _around(Report(received_at=_RECEIVED), CANDIDATES.window)
    meant = _around(report, CANDIDATES.window)
    return asked, {
        **places,
        _REPORT: report.pk,
        f"{_TITLE} {_TEXT}": f"{report.title} {text}",
        _CATEGORY: report.category_id or "",
        _AREA * len(code): code,
        f"{_AREA * len(code)}%": f"{code}%",
        **dict(zip(stood, meant, strict=True)),
    }


@lru_cache(maxsize=256)
def _kept(kind: Any, area: str, *, is_stored: bool, is_secret: bool) -> _Questions:
    values = {"title": _TITLE, "category_id": _CATEGORY, "area_id": area or None, "received_at": _RECEIVED}
    report = Report(pk=_REPORT if is_stored else None, is_confidential=is_secret, **values)
    ids = RawSQL("SELECT unnest(%s::bigint[])", [[_IDS]])
    near, of_reporter = _near(kind, report) if area else None, _mergeable(kind, report).filter(pk__in=ids)
    return _Questions(
        # A plan is made for the place and the words of each report: they decide what it costs.
        prepared.keep(_alike(near, report, _TEXT, CANDIDATES.least), is_planned=False) if near is not None else None,
        prepared.keep(_alike(of_reporter, report, _TEXT, CANDIDATES.least_same_reporter), is_planned=False),
    )


def _mergeable(viewer: Officer, report: Report) -> QuerySet[Report]:
    """Return what could be handled together with a report, as far as its own row tells, within the viewer's sight."""
    rows = reports.visible(viewer=viewer, in_one=True).filter(
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
    """Return the newest of the same district and the same weeks, for a report with a place."""
    rows = _mergeable(viewer, report)
    window = _around(report, CANDIDATES.window)
    newest = rows.filter(_in_place(report), received_at__range=window).order_by("-received_at", "-pk")[
        : CANDIDATES.looked_at
    ]
    return Report.objects.filter(pk__in=newest.values("pk"))


def _in_place(report: Report) -> Q:
    """Return the condition for what is of the same district; of the same area where a report says no district."""
    code = report.area_id or ""
    return Q(area__code__startswith=code[:_DISTRICT]) if len(code) >= _DISTRICT else Q(area_id=report.area_id)


def _around(report: Report, window: timedelta) -> tuple[Any, Any]:
    return report.received_at - window, report.received_at + window


def _alike(rows: QuerySet[Report], report: Report, text: str, least: float) -> QuerySet[Report]:
    body = filed_words.body_of(OuterRef("pk"))
    words = Concat("title", _SPACE, body, output_field=TextField())  # what is not there is empty
    alike = rows.annotate(likeness=_likeness(words, report, text)).filter(likeness__gte=least)
    return alike.select_related(*_PLAIN).order_by("-likeness", "-pk")[: CANDIDATES.shown]


def _first(field: str) -> Subquery:
    rows = EventText.objects.filter(event__report_id=OuterRef("pk"), event__seq=1, field=field)
    return Subquery(rows.values("text")[:1])


def _likeness(words: Concat, report: Report, text: str) -> CombinedExpression:
    """Return how much a row is alike in these words of it, with what the same category adds to that."""
    bonus = When(category_id=report.category_id or "", then=Value(CANDIDATES.same_category))
    same = Case(bonus, default=Value(0.0), output_field=FloatField())
    return TrigramSimilarity(words, f"{report.title} {text}") + same


_OWN: Final = "ARRAY(SELECT hash FROM tanggap_contacthash WHERE report_id = %s)"
_OF_CONTACT: Final = """
SELECT DISTINCT told.report_id FROM tanggap_contacthash told JOIN tanggap_report report ON report.id = told.report_id
WHERE told.hash = ANY({own}) AND NOT report.is_anonymous AND NOT report.is_confidential
  AND report.received_at BETWEEN %s AND %s
ORDER BY told.report_id DESC LIMIT %s
"""


def _of_same_reporter(report: Report, hashes: str, own: Any) -> list[int]:
    """Return the reports of the same contact in the same days, of which none hides who wrote it.

    `hashes`: how the statement says the hashes of the contact, with one parameter, which is `own`.
    """
    if report.is_anonymous or report.is_confidential:
        return []
    asked = [own, *_around(report, CANDIDATES.window_same_reporter), CANDIDATES.looked_at + 1]
    found = [pk for (pk,) in prepared.fetch(_OF_CONTACT.format(own=hashes), asked) if pk != report.pk]
    return found[: CANDIDATES.looked_at]


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
