"""How long each clock may run: the time limits of a policy, and whether a local one is looser (DOMAIN 3.9).

The numbers themselves are versioned data (`tanggap/data/time_limits.csv`). A policy never changes:
its key `code@version` can be read again for as long as a report names it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.clocks import CLOCKS, Clock

END_OF_DAY = time(23, 59, 59)
PART = "+"  # between the national and the local policy in the name of a set of limits


class LimitUnit(StrEnum):
    """In what a time limit is counted."""

    WORKING_DAYS = "wd"
    CALENDAR_DAYS = "cd"
    HOURS = "hour"


class NoPolicyError(LookupError):
    """No policy is in force on a day: the first known one begins on 2018-12-01 (Permen PANRB 62/2018)."""


class NoLimitError(LookupError):
    """The policies in force say nothing of this clock for this kind of report."""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long one clock may run for one report, and who says so; `policy` is `code@version`."""

    count: int
    unit: str
    article: str
    basis: str
    policy: str


@dataclass(frozen=True, slots=True)
class LimitRule:
    """One row of a policy: a blank classification and `supervisory=None` mean any."""

    clock: str
    classification: str
    supervisory: bool | None
    count: int
    unit: str
    article: str
    basis: str
    since: date

    @property
    def key(self) -> tuple[str, str, bool | None]:
        """Return what a row of an inheriting policy must share to replace this one."""
        return self.clock, self.classification, self.supervisory

    def covers(self, clock: str, classification: str, *, supervisory: bool) -> bool:
        """Say whether the row speaks of this clock of this kind of report."""
        return (
            self.clock == clock
            and self.classification in ("", classification)
            and self.supervisory in (None, supervisory)
        )

    @property
    def precision(self) -> int:
        """Return how much the row names: the row that names more wins."""
        return 2 * bool(self.classification) + (self.supervisory is not None)


@dataclass(frozen=True, slots=True)
class PolicyRules:
    """A policy with the rows that it inherits already in it."""

    key: str
    rules: tuple[LimitRule, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """The time limits for one agency on one day: the national policy, and a stricter local one on top."""

    layers: tuple[PolicyRules, ...]  # the one that wins comes first
    # What was looked up: a policy never changes, and a replay asks for the same few limits again and again.
    _found: dict[tuple[str, str, bool], TimeLimit] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def name(self) -> str:
        """Return the keys of the policies, national first: `permen5-2025@1+kab-tangerang-internal@1`."""
        return PART.join(layer.key for layer in reversed(self.layers))

    def limit(self, clock: str, classification: str = "", supervisory: bool | None = None) -> TimeLimit:
        """Return the limit of a clock; a report not yet judged (`supervisory` None) counts as not supervisory.

        Raises NoLimitError where no policy speaks of the clock for this kind of report.
        """
        key = clock, classification, bool(supervisory)
        found = self._found.get(key) or self._looked_up(*key)
        if found is None:
            raise NoLimitError(f"No time limit for {clock} of {classification or 'any report'} in {self.name}.")
        self._found[key] = found
        return found

    def _looked_up(self, clock: str, classification: str, supervisory: bool) -> TimeLimit | None:
        for layer in self.layers:
            covering = [r for r in layer.rules if r.covers(clock, classification, supervisory=supervisory)]
            if covering:
                rule = max(covering, key=lambda rule: rule.precision)
                return TimeLimit(rule.count, rule.unit, rule.article, rule.basis, layer.key)
        return None


def inherit(parent: Iterable[LimitRule], own: Iterable[LimitRule]) -> tuple[LimitRule, ...]:
    """Return the parent's rows with a policy's own rows in their places."""
    rows = {rule.key: rule for rule in parent}
    rows.update({rule.key: rule for rule in own})
    return tuple(rows.values())


def last_second(limit: TimeLimit | LimitRule, day: date, calendar: WorkingCalendar) -> datetime:
    """Return the last second in time, by the local clock, for a start in the last second of `day`."""
    match limit.unit:
        case LimitUnit.WORKING_DAYS:
            return datetime.combine(calendar.add_working_days(day, limit.count), END_OF_DAY)
        case LimitUnit.CALENDAR_DAYS:
            return datetime.combine(day + timedelta(days=limit.count), END_OF_DAY)
        case LimitUnit.HOURS:
            return datetime.combine(day, END_OF_DAY) + timedelta(hours=limit.count)
        case _:
            raise ValueError(f"A time limit is counted in wd, cd or hour, not {limit.unit!r}.")


def is_looser(
    local: TimeLimit | LimitRule,
    national: TimeLimit | LimitRule,
    calendar: WorkingCalendar,
    first: date,
    last: date,
) -> date | None:
    """Return the first start day in [first, last] on which the local limit ends later than the national one.

    Every day is tried, because hours, calendar days and working days cannot be compared by their
    numbers. Days count whole, so the latest start of a day decides for hours. None: never looser.
    """
    day = first
    while day <= last:
        if last_second(local, day, calendar) > last_second(national, day, calendar):
            return day
        day += timedelta(days=1)
    return None


@dataclass(frozen=True, slots=True)
class Looser:
    """A local row that gives an agency more time than the national policy does, and the day that shows it."""

    rule: LimitRule
    national: TimeLimit
    classification: str
    supervisory: bool
    day: date


def looser_rules(
    local: Iterable[LimitRule],
    national: Limits,
    calendar: WorkingCalendar,
    period: tuple[date, date],
    classifications: Iterable[str],
) -> Iterator[Looser]:
    """Yield each row of a local policy that is looser than the national one for some kind of report.

    Where the time is the reporter's (a window to answer, to reopen, to appeal) less of it is no
    better than more: such a row must give exactly what the national policy gives.
    """
    kinds = [(code, flag) for code in classifications for flag in (False, True)]
    for rule in local:
        for classification, supervisory in kinds:
            if not rule.covers(rule.clock, classification, supervisory=supervisory):
                continue
            try:
                bound = national.limit(rule.clock, classification, supervisory)
            except NoLimitError:
                continue
            day = is_looser(rule, bound, calendar, *period)
            if day is None and CLOCKS[Clock(rule.clock)].is_reporters:
                day = is_looser(bound, rule, calendar, *period)
            if day is not None:
                yield Looser(rule, bound, classification, supervisory, day)
                break
