"""What a correction would change (T24): the very chain that the act would write, read and not written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tanggap.domain.actors import Officer
from tanggap.domain.case import Projection, project
from tanggap.domain.clocks import CLOCKS, Clock
from tanggap.domain.deadlines import ClockRun
from tanggap.domain.lifecycle import Action
from tanggap.domain.moves import Move
from tanggap.selectors import reports as report_selectors
from tanggap.services import conflicts, deadlines, reports


@dataclass(frozen=True, slots=True)
class Preview:
    """A report before and after a correction; `clocks` are those that run, each before and after it.

    `follows` is what the system does at once where the correction names who has the report.
    """

    was: Projection
    becomes: Projection
    clocks: tuple[tuple[ClockRun, ClockRun], ...]
    follows: conflicts.Follows | None = None


def preview(*, viewer: Officer, number: str, move: Move, now: datetime) -> Preview:
    """Return what a correction would make of a report now, by the functions of the act itself; nothing is written.

    The time limit of the answer comes first, then every other clock that would move. Raises what `reports.act` does.
    """
    report = report_selectors.get(viewer=viewer, number=number)
    events = report_selectors.events_of(report.pk)
    after = reports.foreseen(report, events, actor=viewer, action=Action.RECLASSIFY, move=move, now=now)
    clocks = _changed(deadlines.compute(events), deadlines.compute(after))
    becomes, on = project(after), now.astimezone(ZoneInfo(report.owner_agency.timezone)).date()
    parties, is_naming = conflicts.Parties.of(becomes), bool(move.named_units or move.named_users)
    follows = conflicts.follows(report, parties, on=on, is_naming=is_naming)
    return Preview(project(events), becomes, clocks, follows)


def _changed(was: Sequence[ClockRun], becomes: Sequence[ClockRun]) -> tuple[tuple[ClockRun, ClockRun], ...]:
    before = {(run.clock, run.run): run for run in was}
    pairs = [(before[run.clock, run.run], run) for run in becomes if (run.clock, run.run) in before]
    shown = [
        (old, new) for old, new in pairs if new.is_running and (new.clock == Clock.RESOLVE or old.due_at != new.due_at)
    ]
    return tuple(sorted(shown, key=lambda pair: (pair[1].clock != Clock.RESOLVE, CLOCKS[pair[1].clock].is_statutory)))
