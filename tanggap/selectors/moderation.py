"""The public log of moderation: what was archived or redacted, newest first, and counts of what left no trace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan

from tanggap.domain.moderation import Counted, Moderation, shown
from tanggap.domain.periods import Period
from tanggap.models import ModerationMonth, Publication
from tanggap.selectors import opaque

PAGE: Final = 50
_KEY: Final = "key of the log of moderation"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the day, and the number of an archived report alone; a redacted one is not named."""

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


def list_(*, month: date | None = None, agency_id: int | None = None, after: str = "", size: int = PAGE) -> Page:
    """Return a page of the log, of one month or agency or of all; one walk through an index."""
    found = Publication.objects.filter(moderated_at__isnull=False)
    if month is not None:
        start, end = Period.month_of(month).moments(ZoneInfo(settings.TIME_ZONE))
        found = found.filter(moderated_at__gte=start, moderated_at__lt=end)
    if agency_id is not None:
        found = found.filter(agency_id=agency_id)
    if key := opaque.open_(_KEY, after):
        found = found.filter(TupleLessThan(Tuple("moderated_at", "id"), (datetime.fromisoformat(key[0]), key[1])))
    columns = ("moderated_at", "agency_id", "moderation", "moderation_reason", "number", "pk")
    rows = list(found.order_by("-moderated_at", "-id").values_list(*columns)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    after = opaque.seal(_KEY, [rows[-1][0].isoformat(), rows[-1][-1]]) if more else ""
    return Page([_row(*values) for values in rows], after)


def _row(at: datetime, agency_id: int, kind: str, reason: str, number: str, _pk: int) -> Row:
    is_named = kind == Moderation.ARCHIVED
    return Row(at, agency_id, Moderation(kind), reason, number if is_named else "")


def counts(month: date, agency_id: int | None = None) -> list[Counted]:
    """Return the counts of a month that may be shown, of one agency or of all; none while it is not over."""
    row = ModerationMonth.objects.filter(month=month).first()
    if row is None:
        return []
    found = shown({int(agency): kinds for agency, kinds in row.counts.items()})
    return [one for one in found if agency_id is None or one.agency_id in {agency_id, None}]
