"""Count what moderation left no other trace of, once a month is over."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from tanggap.domain.moderation import UNSEEN_ACTS, unseen
from tanggap.domain.periods import Period
from tanggap.models import Event, ModerationMonth, Report

_BACK: Final = 24  # months; older ones of a past that was loaded at once are not counted
_BATCH: Final = 500


def count(*, now: datetime) -> int:
    """Count the months that are over and not counted yet; return how many. A counted month is never counted again."""
    zone = ZoneInfo(settings.TIME_ZONE)
    first = Event.objects.order_by("pk").values_list("acted_at", flat=True).first()
    if first is None:
        return 0
    last_day = now.astimezone(zone).date().replace(day=1) - timedelta(days=1)
    over = [Period.named(month) for month in Period(first.astimezone(zone).date(), last_day).months()[-_BACK:]]
    known = set(ModerationMonth.objects.values_list("month", flat=True))
    missing = [month for month in over if month.first not in known]
    for month in missing:
        _count(month, zone)
    return len(missing)


@transaction.atomic
def _count(month: Period, zone: ZoneInfo) -> None:
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    start, end = month.moments(zone)
    acts = Event.objects.filter(kind__in=[act.value for act in UNSEEN_ACTS], acted_at__gte=start, acted_at__lt=end)
    places: dict[int, list[int]] = defaultdict(list)
    for report_id, seq in acts.order_by("report_id", "seq").values_list("report_id", "seq"):
        places[report_id].append(seq)
    ids = list(places)
    for at in range(0, len(ids), _BATCH):
        _add(counts, {report_id: places[report_id] for report_id in ids[at : at + _BATCH]})
    plain = {str(agency): dict(kinds) for agency, kinds in counts.items()}
    ModerationMonth.objects.bulk_create([ModerationMonth(month=month.first, counts=plain)], ignore_conflicts=True)


def _add(counts: dict[int, Counter[str]], places: dict[int, list[int]]) -> None:
    """Count each report once for each kind, in the agency that has it."""
    chains = defaultdict(list)
    for row in Event.objects.filter(report_id__in=places).order_by("report_id", "seq"):
        chains[row.report_id].append(row.as_record())
    owners = dict(Report.objects.filter(pk__in=places).values_list("pk", "owner_agency_id"))
    for report_id, seqs in places.items():
        for kind in {unseen(chains[report_id], seq - 1) for seq in seqs} - {None}:
            counts[owners[report_id]][str(kind)] += 1
