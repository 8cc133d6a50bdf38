"""Close months and years: what was published stays, with a checksum; a correction is a version beside it (ADR 0059).

A version says what was known when it was made. A month that is over is closed as it stands. What comes later into a
closed one (a letter keyed in, the past of another system, a corrected calendar) asks for the next version, which is
made with the next closing, or by hand. Secret reports are told anew at a closing only, so that no count moves with the
single case.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from tanggap.domain import frozen, rollups, small_counts
from tanggap.domain.frozen import Lines
from tanggap.domain.indicators import Kind, Population
from tanggap.domain.periods import Period
from tanggap.domain.rollups import NATION
from tanggap.models import (
    Agency,
    FrozenFigures,
    FrozenPeriod,
    IndicatorState,
    PeriodDue,
    SecretCell,
    SecretCount,
)
from tanggap.selectors import formulas
from tanggap.services.indicators import are_behind, is_alone

_ROWS: Final = 500  # in one statement
_YEAR: Final = 4  # letters
_FAMILIES: Final = "status_distribution"


def close(*, now: datetime) -> list[str]:
    """Close every month and year that is over and not closed yet; return the versions that were made.

    With a new month come the next versions of closed ones that were corrected, and the counts of secret reports. While
    the folding has more to do than one round, as after an upgrade, nothing is closed: the next round of the job does.
    """
    if are_behind(now=now):
        return []
    made = [found for name in _to_close(now) if (found := close_one(name, reason="", now=now))]
    if made:
        made += revise(now=now)
        _tell_secret_counts()
    return made


def revise(*, now: datetime) -> list[str]:
    """Make the next version of each closed period that was corrected, where a figure differs."""
    due = list(PeriodDue.objects.order_by("period").values_list("period", "reason"))
    return [found for period, reason in due if (found := close_one(period, reason=reason, now=now))]


@transaction.atomic
def close_one(period: str, *, reason: str, now: datetime) -> str:
    """Keep the figures of a period as the next version; return its name, '' where nothing differs or a fold runs.

    Raises ValueError for what is no month or year, or is not over.
    """
    if Period.named(period).last >= _today(now):
        raise ValueError(f"{period} is not over.")
    if not is_alone():
        return ""
    PeriodDue.objects.filter(period=period).delete()
    places = frozen.in_order(_figures(period, _today(now)))
    known = FrozenPeriod.objects.filter(period=period).order_by("-version").first()
    if known is not None and places == _kept(known):
        return ""
    version = known.version + 1 if known is not None else 1
    fingerprint = formulas.fingerprint()
    row = FrozenPeriod.objects.create(
        period=period,
        version=version,
        closed_at=now,
        reason=reason,
        formulas=fingerprint,
        checksum=frozen.checksum(period, version, closed_at=now, formulas=fingerprint, places=places),
    )
    FrozenFigures.objects.bulk_create(
        (FrozenFigures(frozen=row, kind=kind, place=place, figures=told) for kind, place, told in places),
        batch_size=_ROWS,
    )
    return str(row)


def _today(now: datetime) -> date:
    return now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def _to_close(now: datetime) -> Iterator[str]:
    """Yield the months since the first report that are over and not closed, and the years; a month without any, too."""
    if not IndicatorState.objects.exists():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(received_on) FROM tanggap_indicatorfact")
        first = cursor.fetchone()[0]
    last = _today(now).replace(day=1) - timedelta(days=1)
    if first is None or first > last:
        return
    months = Period(first, last).months()
    years = sorted({month[:_YEAR] for month in months if month.endswith("-12")})
    known = set(FrozenPeriod.objects.values_list("period", flat=True))
    yield from (name for name in (*months, *years) if name not in known)


def _figures(period: str, on: date) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield every place that has reports in a period, with all its figures; the nation also without any."""
    asked = [
        one for one in formulas.newest().values() if one.population == Population.REPORTS and one.kind != Kind.COMPOSITE
    ]
    for kind in frozen.KINDS:
        found = _sums(kind, Period.named(period).months())
        places = found if kind != NATION else {"": found.get("", {})}
        for place, tally in places.items():
            yield kind, place, {one.code: frozen.written(rollups.figure(one, tally, on=on, kind=kind)) for one in asked}


def _sums(kind: str, months: Sequence[str]) -> dict[str, dict[str, int]]:
    """Let the database add up a kind of place: a number for each measure, not a row for each month."""
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, [kind, list(months)])
        return {
            place: {name: int(n) for _place, name, n in rows}
            for place, rows in groupby(cursor.fetchall(), key=lambda row: row[0])
        }


_SUMS: Final = """
SELECT place, name, sum(n::bigint) FROM tanggap_indicatorcell, jsonb_each_text(tally) AS counted (name, n)
WHERE kind = %s AND period = ANY(%s) GROUP BY place, name ORDER BY place
"""


def _kept(row: FrozenPeriod) -> Lines:
    return frozen.in_order(row.figures.values_list("kind", "place", "figures"))


@transaction.atomic
def _tell_secret_counts() -> None:
    """Write how many secret reports of the closed months ended how, small counts one tier up."""
    closed = FrozenPeriod.objects.aggregate(last=Max("closed_at"))["last"]
    if closed is None or not is_alone():
        return
    tiers = dict(Agency.objects.values_list("pk", "area_id"))
    start = f"{formulas.newest()[_FAMILIES].of_key}:"
    months = FrozenPeriod.objects.values("period")
    counts: dict[str, dict[tuple[str, str], dict[str, int]]] = {}
    rows = SecretCell.objects.filter(kind="agency", period__in=months).values_list("place", "period", "tally")
    for place, period, tally in rows:
        families = {name[len(start) :]: n for name, n in tally.items() if name.startswith(start)}
        province = (tiers.get(int(place)) or "").partition(".")[0]
        counts.setdefault(period, {})[place, province] = families
    SecretCount.objects.all().delete()
    SecretCount.objects.bulk_create(
        SecretCount(kind=kind, place=place, period=period, family=family, n=n)
        for period, found in sorted(counts.items())
        for (kind, place, family), n in small_counts.told(found).items()
    )
