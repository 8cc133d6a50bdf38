"""The ladder: who is told, one level after the other, while a clock stays run out (D1.7; REQ-6, 7, 8).

One row per clock. A step fires so long after the due moment, in working time; a post that nobody can be reached
in is skipped at once and named, so that each step reaches a living person. What was answered stops the clock,
and with it the ladder.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from tanggap.domain.calendar import WorkingCalendar
from tanggap.domain.clocks import Clock
from tanggap.domain.reminders import CLOSES, OPENS, into_working_time

# A message that has no mail of its own: the digest of the day tells of it.
IN_DIGEST: Final = "in_digest"


class Rung(StrEnum):
    """A level of the ladder, from the desk up along the tree."""

    OFFICER = "officer"  # of the unit that has the report, or of the nearest unit above with somebody in post
    DEPUTY = "deputy"  # who stands in for an absent officer, colleagues, the unit above
    ADMIN = "admin"
    HEAD = "head"  # of the unit, else of the agency
    PROVINCE = "province"  # over its regencies
    NATIONAL = "national"


class Skipped(StrEnum):
    """Why a level was passed over."""

    VACANT = "vacant"  # nobody holds the post
    ABSENT = "absent"  # away, and nobody stands in
    NAMED = "named"  # everybody in post is named in the report
    NO_UNIT = "no_unit"  # no unit has been given the report
    NO_DEPUTY = "no_deputy"
    MAY_NOT_READ = "may_not_read"  # an overseer knows of no secret report (D1.9)
    NO_OVERSEER = "no_overseer"
    TOLD = "told"  # the same people were told by a level below


class After(StrEnum):
    """In what a step counts from the due moment."""

    HOURS = "wh"  # hours in which offices are open
    DAYS = "wd"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a ladder: who, and how long after the due moment."""

    rung: Rung
    count: int
    unit: After = After.DAYS


def _days(*steps: tuple[Rung, int]) -> tuple[Step, ...]:
    return tuple(Step(rung, count) for rung, count in steps)


_R = Rung
# Product rules (D1.6, D1.7), for the law says that a superior is told and not when. A unit has a day to put it right
# before its admin hears of it; a head hears of what the admin did not mend within two more; the next tier hears of
# what has lain for two weeks, or one where nobody has even looked at the report.
_ANSWER: Final = _days(
    (_R.OFFICER, 0), (_R.DEPUTY, 1), (_R.ADMIN, 2), (_R.HEAD, 4), (_R.PROVINCE, 10), (_R.NATIONAL, 12)
)

# The citizen has waited once already.
_AGAIN: Final = _days((_R.OFFICER, 0), (_R.DEPUTY, 1), (_R.ADMIN, 1), (_R.HEAD, 2), (_R.PROVINCE, 5), (_R.NATIONAL, 6))

LADDERS: Final[Mapping[Clock, tuple[Step, ...]]] = {
    # Nobody of a unit has it yet: it begins with the admins, and the next tier may then verify in their place.
    Clock.VERIFY: _days((_R.ADMIN, 0), (_R.HEAD, 1), (_R.PROVINCE, 3), (_R.NATIONAL, 3)),
    # A law gives fourteen days for the whole of the checking; no head should learn of it from the Ombudsman.
    Clock.STATUTORY_NOTICE: _days((_R.ADMIN, 0), (_R.HEAD, 0), (_R.NATIONAL, 1)),
    # The shortest clock of all, one day within a house: hours, and never beyond the own head.
    Clock.INTERNAL_ACCEPT: (
        Step(_R.OFFICER, 0, After.HOURS), Step(_R.DEPUTY, 4, After.HOURS), Step(_R.ADMIN, 1), Step(_R.HEAD, 3),
    ),
    Clock.FIRST_FOLLOWUP: _days((_R.OFFICER, 0), (_R.DEPUTY, 1), (_R.ADMIN, 2), (_R.HEAD, 4), (_R.NATIONAL, 10)),
    Clock.RESOLVE: _ANSWER,
    Clock.FORMAL: _ANSWER,
    Clock.FORMAL_OBJECTION: _ANSWER,
    Clock.REOPENED: _AGAIN,
    Clock.REPLY: _AGAIN,
    # Who divided a report follows its parts; each part has ladders of its own.
    Clock.PARTS: _days((_R.ADMIN, 0), (_R.HEAD, 1), (_R.PROVINCE, 3), (_R.NATIONAL, 3)),
    # The Ombudsman is offered to the reporter on this day (Ps 50): everybody above knows at once.
    Clock.STATUTORY_MAX: _days((_R.ADMIN, 0), (_R.HEAD, 0), (_R.PROVINCE, 1), (_R.NATIONAL, 1)),
}  # fmt: skip

# Clocks without a ladder, and why.
WITHOUT_LADDER: Final[Mapping[Clock, str]] = {
    Clock.AUTO_CLOSE: "the reporter has this time",
    Clock.DATA_REQUEST: "the reporter has this time",
    Clock.OUTCOME_NOTICE: "it is met when the answer is sent",
    Clock.REOPEN_WINDOW: "the reporter has this time",
    Clock.APPEAL: "the reporter has this time",
    Clock.FORMAL_WINDOW: "the reporter has this time",
    Clock.HOP: "the system asks the arbiter as soon as it runs out (T7c)",
    Clock.EXTENSION: "the date of the answer runs on meanwhile, and has a ladder of its own",
    Clock.ARBITRATION: "the arbiter stands at the top; the breach is told to all of them",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Who can be reached on a level now; nobody has a reason."""

    people: tuple[int, ...] = ()
    why: Skipped | None = None


@dataclass(frozen=True, slots=True)
class Escalation:
    """A step that is taken: of which run of which clock, who is told, and which levels were passed over before."""

    clock: Clock
    run: int
    due_at: datetime
    step: int  # the place in the ladder
    rung: Rung
    people: tuple[int, ...]
    skipped: tuple[tuple[Rung, Skipped], ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return it as an event holds it: codes, ids and dates."""
        return {
            "clock": self.clock.value,
            "run": self.run,
            "due": self.due_at.astimezone(UTC).isoformat(),
            "step": self.step,
            "rung": self.rung.value,
            "people": list(self.people),
            "skipped": {rung.value: why.value for rung, why in self.skipped},
        }

    @property
    def key(self) -> tuple[str, int, str]:
        """Name the run: a clock that got another due moment has a ladder of its own."""
        return self.clock.value, self.run, self.due_at.astimezone(UTC).isoformat()


def fires_at(step: Step, *, due_at: datetime, zone: str, calendar: WorkingCalendar) -> datetime:
    """Return when a step is due: always a moment at which offices in the zone are open; in UTC."""
    start = into_working_time(due_at + timedelta(seconds=1), zone=zone, calendar=calendar)
    if step.unit == After.HOURS:
        return _add_hours(start, step.count, zone=zone, calendar=calendar)
    if step.count == 0:
        return start
    day = calendar.add_working_days(start.astimezone(ZoneInfo(zone)).date(), step.count)
    return datetime.combine(day, OPENS, ZoneInfo(zone)).astimezone(UTC)


def _add_hours(start: datetime, hours: int, *, zone: str, calendar: WorkingCalendar) -> datetime:
    left, moment = timedelta(hours=hours), start
    while True:
        local = moment.astimezone(ZoneInfo(zone))
        rest = datetime.combine(local.date(), CLOSES, ZoneInfo(zone)) - local
        if left < rest:
            return (local + left).astimezone(UTC)
        left -= rest
        evening = datetime.combine(local.date(), time(23, 59), ZoneInfo(zone))
        moment = into_working_time(evening, zone=zone, calendar=calendar)


def may_reach_later(ladder: tuple[Step, ...], step: int, standing: Mapping[Rung, Standing]) -> bool:
    """Say whether on some level, from `step` on, somebody is in post and only away: tried again the next working day.

    A vacant post is filled by an appointment, and whoever is appointed finds what is late on the own board.
    """
    return any(standing[one.rung].why == Skipped.ABSENT for one in ladder[step:])


def climb(
    ladder: tuple[Step, ...], step: int, standing: Mapping[Rung, Standing], *, told: Collection[int] = ()
) -> tuple[int, tuple[int, ...], tuple[tuple[Rung, Skipped], ...]] | None:
    """Return the place of the first level, from `step` on, that reaches somebody, whom, and what was passed over.

    None when no level does: then nothing is told, and the next working day is tried again. `told` are the people
    that lower levels of the same run have reached: the same person is not told the same thing as somebody higher.
    """
    skipped: list[tuple[Rung, Skipped]] = []
    for place in range(step, len(ladder)):
        rung = ladder[place].rung
        found = standing[rung]
        people = tuple(person for person in found.people if person not in told)
        if people:
            return place, people, tuple(skipped)
        skipped.append((rung, found.why or Skipped.TOLD))
    return None
