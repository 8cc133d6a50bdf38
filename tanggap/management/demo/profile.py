"""When people report, and how much they write: counts copied from the supplied distributions.

Aggregates of 12,530 public complaints to a city, January 2022 to June 2023; no text and no person is in them.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Asia/Jakarta")
MONTHS: Final = 24
DAYS: Final = 730

# Complaints per hour of the day (WIB), per weekday from Monday, and on average per calendar month.
HOURS: Final = (
    194, 131, 95, 79, 100, 200, 307, 530, 819, 935, 1010, 936,
    778, 715, 731, 670, 653, 618, 614, 609, 621, 492, 402, 291,
)  # fmt: skip
WEEKDAYS: Final = (2023, 2071, 2063, 1946, 1894, 1367, 1166)
SEASON: Final = (702, 720, 854, 514, 604, 634, 683, 685, 786, 720, 802, 798)
# Length of a text in characters: (share of the texts that are shorter, length).
LENGTHS: Final = (
    (0.0, 32), (0.05, 37), (0.10, 56), (0.25, 105), (0.50, 204), (0.75, 392),
    (0.90, 692), (0.95, 976), (0.99, 1897), (1.0, 2600),
)  # fmt: skip
# An installation that becomes known: the last month brings this many times the reports of the first.
GROWTH: Final = 2.4

# D10.3, in percent.
CHANNELS: Final = (
    ("web", 45), ("android", 22), ("ios", 13), ("whatsapp", 8), ("sms", 5), ("x", 3), ("walk_in", 2), ("letter", 2),
)  # fmt: skip
CLASSIFICATIONS: Final = (("complaint", 80), ("information_request", 12), ("aspiration", 8))


def choose[T](rng: Random, weighted: Sequence[tuple[T, float]]) -> T:
    """Return one of the values, each as often as its weight says."""
    values, weights = zip(*weighted, strict=True)
    chosen: T = rng.choices(values, weights=weights)[0]
    return chosen


def moments(rng: Random, count: int, *, end: datetime) -> list[datetime]:
    """Return when `count` reports are handed in within the 24 months before `end`, in order of time."""
    last = end.astimezone(ZONE).date()
    days = [last - timedelta(days=back) for back in range(DAYS, 0, -1)]
    step = (GROWTH - 1) / DAYS
    weights = [(1 + step * at) * WEEKDAYS[day.weekday()] * SEASON[day.month - 1] for at, day in enumerate(days)]
    found = []
    for day in rng.choices(days, cum_weights=list(accumulate(weights)), k=count):
        hour = rng.choices(range(24), weights=HOURS)[0]
        local = datetime(day.year, day.month, day.day, hour, rng.randrange(60), rng.randrange(60), tzinfo=ZONE)
        found.append(local.astimezone(UTC))
    return sorted(found)


def length(rng: Random) -> int:
    """Return how many characters a report is going to have."""
    share = rng.random()
    for (low, short), (high, long) in pairwise(LENGTHS):
        if share <= high:
            return round(short + (long - short) * (share - low) / (high - low))
    return LENGTHS[-1][1]


def seeded(seed: int, count: int) -> Iterator[bytes]:
    """Yield five bytes for each report number: the same seed gives as many reports the same numbers."""
    rng = Random(f"numbers:{seed}:{count}")
    while True:
        yield rng.randbytes(5)
