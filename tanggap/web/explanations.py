"""Why a clock runs out on that day: the days that lead to it, one by one, in words (REQ-1).

Shared by the public report, the tracking page and the desk; drawn by `components/explained_clock.html`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tanggap.domain.calculator import known_until
from tanggap.domain.clocks import CLOCKS, is_passed_on
from tanggap.domain.deadlines import ClockRun, CountedDay, explain
from tanggap.domain.limits import LimitRule, LimitUnit, NoPolicyError
from tanggap.selectors import policies
from tanggap.services import deadlines
from tanggap.web import wording

_PAUSE = "pause"  # how the domain names a day on which the clock stood still


@dataclass(frozen=True, slots=True)
class ExplainedDay:
    """One day: counted under its number, or skipped with the reason."""

    day: date
    number: int | None
    why: str


@dataclass(frozen=True, slots=True)
class ExplainedClock:
    """One run of one clock in words; `state` is running, paused, met, late or over."""

    code: str
    name: str
    run: int
    limit: str
    article: str
    basis: str
    started_at: datetime
    due_at: datetime
    due_on: date
    zone: str
    state: str
    state_words: str
    tone: str
    is_statutory: bool
    is_reporters: bool
    calendar: int
    policy: str
    days: tuple[ExplainedDay, ...]
    known_until: date | None = None  # the last day whose holidays are known, where it is counted beyond that
    extended: str = ""  # by how much more time was given, beyond the limit


def explain_runs(runs: Iterable[ClockRun], language: str, *, now: datetime | None = None) -> list[ExplainedClock]:
    """Return every run in words of a language, in the order given.

    `now`: the moment of asking; without it a clock that still runs is not called late.
    """
    with translation.override(language):
        return [_explained(run, now) for run in runs]


def limit_words(count: int, unit: str) -> str:
    """Say how long a clock may run: "14 hari kerja"."""
    match unit:
        case LimitUnit.WORKING_DAYS:
            words = ngettext("%(count)s hari kerja", "%(count)s hari kerja", count)
        case LimitUnit.CALENDAR_DAYS:
            words = ngettext("%(count)s hari kalender", "%(count)s hari kalender", count)
        case _:
            words = ngettext("%(count)s jam", "%(count)s jam", count)
    return words % {"count": count}


def _explained(run: ClockRun, now: datetime | None) -> ExplainedClock:
    rule = _rule(run)
    state, words, tone = _state(run, now)
    return ExplainedClock(
        code=run.clock.value,
        name=str(wording.CLOCK[run.clock]),
        run=run.run,
        limit=limit_words(run.count, run.unit),
        article=rule.article if rule else "",
        basis=rule.basis if rule else "",
        started_at=run.started_at,
        due_at=run.due_at,
        due_on=run.due_on,
        zone=run.zone,
        state=state,
        state_words=words,
        tone=tone,
        is_statutory=CLOCKS[run.clock].is_statutory,
        is_reporters=CLOCKS[run.clock].is_reporters,
        calendar=run.calendar,
        policy=run.policy,
        known_until=known_until(run, deadlines.calendar_of(run.calendar, run.agency_id)),
        days=tuple(_day(counted) for counted in explain(run, deadlines.calendar_of)),
        extended=limit_words(run.extended, run.unit) if run.extended else "",
    )


def _rule(run: ClockRun) -> LimitRule | None:
    """Return the row of the policy that gave the limit, for its article; None where the policy is gone."""
    try:
        layers = policies.named(run.policy).layers
    except NoPolicyError:
        return None
    rows = [rule for layer in layers for rule in layer.rules if rule.clock == run.clock.value]
    same = [rule for rule in rows if (rule.count, rule.unit) == (run.count, run.unit)]
    return next(iter(same or rows), None)


def _state(run: ClockRun, now: datetime | None) -> tuple[str, str, str]:
    """Return the state of a clock, its words and the tone that they are shown in."""
    moment = run.stopped_at or now
    if moment is not None and CLOCKS[run.clock].is_reporters and run.is_breached(moment):
        return "over", _("Berakhir"), "calm"  # nobody is late: the reporter let a window pass
    if moment is not None and run.is_breached(moment):
        return "late", _("Terlambat"), "late"
    if run.is_paused:
        return "paused", _("Berhenti sementara: menunggu data dari pelapor"), "paused"
    if is_passed_on(run.clock, run.stopped_by):
        return "moved", _("Berpindah ke tenggat lain"), "calm"
    if run.is_stopped:
        return "met", _("Selesai tepat waktu"), "done"
    return "running", str(wording.EXTENDED) if run.extended else _("Berjalan"), "busy"


def _day(counted: CountedDay) -> ExplainedDay:
    if counted.number is not None:
        why = ""
    elif counted.name == _PAUSE:
        why = _("jam berhenti: menunggu data dari pelapor")
    else:
        why = counted.name or _("akhir pekan")
    return ExplainedDay(counted.day, counted.number, why)
