"""The public log of moderation: what was archived or redacted, comments that were hidden, newest first, and counts of
what left no trace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan

from tanggap.domain.comments import Act
from tanggap.domain.moderation import Counted, Moderation, shown
from tanggap.domain.periods import Period
from tanggap.models import CommentAct, ModerationMonth, Publication
from tanggap.selectors import opaque

PAGE: Final = 50
_KEY: Final = "key of the log of moderation, two sources"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the day, and the number of an archived report alone; a redacted one is not named,
    nor one on which a comment was hidden."""

    at: datetime
    agency_id: int
    kind: Moderation
    reason: str
    number: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the log; `after` is the key to the next one, '' when there is nothing more."""

    rows: Sequence[Row]
    after: str


@dataclass(frozen=True, slots=True)
class _Source:
    """One table that lines come from: which rows, and the columns of time, agency, kind, reason and number."""

    rows: QuerySet[Any]
    columns: tuple[str, str, Any, str, Any]


def _sources() -> tuple[_Source, ...]:
    """Return the sources in the order of lines of one moment. A line goes with the publication, whatever it is of."""
    published = "comment__report__publication"
    hidden = CommentAct.objects.filter(kind=Act.HIDE.value, **{f"{published}__isnull": False})
    kind, nameless = Value(Moderation.COMMENT_HIDDEN.value), Value("")
    return (
        _Source(
            Publication.objects.filter(moderated_at__isnull=False),
            ("moderated_at", "agency_id", "moderation", "moderation_reason", "number"),
        ),
        _Source(hidden, ("at", f"{published}__agency_id", kind, "ground", nameless)),
    )


def list_(*, month: date | None = None, agency_id: int | None = None, after: str = "", size: int = PAGE) -> Page:
    """Return a page of the log, of one month or agency or of all; a walk through one index for each source."""
    key = opaque.open_(_KEY, after)
    found: list[tuple[datetime, int, int, Row]] = []
    for place, source in enumerate(_sources()):
        at, agency = source.columns[:2]
        rows = source.rows
        if month is not None:
            start, end = Period.month_of(month).moments(ZoneInfo(settings.TIME_ZONE))
            rows = rows.filter(**{f"{at}__gte": start, f"{at}__lt": end})
        if agency_id is not None:
            rows = rows.filter(**{agency: agency_id})
        if key:
            rows = rows.filter(_beyond(place, at, key))
        values = rows.order_by(f"-{at}", "-id").values_list("id", *source.columns)[: size + 1]
        found += [(_row(*said).at, -place, pk, _row(*said)) for pk, *said in values]
    found.sort(key=lambda line: line[:3], reverse=True)
    more, found = len(found) > size, found[:size]
    after = opaque.seal(_KEY, [found[-1][0].isoformat(), -found[-1][1], found[-1][2]]) if more else ""
    return Page([line[-1] for line in found], after)


def _beyond(place: int, at: str, key: list[Any]) -> Q | TupleLessThan:
    """Return what of a source comes after a line: (its moment, the place of its source, its id)."""
    moment = datetime.fromisoformat(key[0])
    if place == key[1]:
        return TupleLessThan(Tuple(at, "id"), (moment, key[2]))
    return Q(**{f"{at}__lt" if place < key[1] else f"{at}__lte": moment})


def _row(at: datetime, agency_id: int, kind: str, reason: str, number: str) -> Row:
    is_named = kind == Moderation.ARCHIVED
    return Row(at, agency_id, Moderation(kind), reason, number if is_named else "")


def counts(month: date, agency_id: int | None = None) -> list[Counted]:
    """Return the counts of a month that may be shown, of one agency or of all; none while it is not over."""
    row = ModerationMonth.objects.filter(month=month).first()
    if row is None:
        return []
    found = shown({int(agency): kinds for agency, kinds in row.counts.items()})
    return [one for one in found if agency_id is None or one.agency_id in {agency_id, None}]
