"""A thousand reports given to a unit in one go, as an officer does it; against the same acts without HTTP."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import psycopg

from bench import figures, lists
from bench.browser import Session
from bench.client import ClientError, ask
from bench.figures import Facts, Figure, Sizes
from bench.people import ADMIN
from tanggap.domain.actors import AgencyAdmin
from tanggap.domain.lifecycle import Action, Status
from tanggap.domain.moves import Move
from tanggap.models import Appointment, Report, Unit
from tanggap.services import reports

PATH: Final = "/meja/massal"
NOTE: Final = "Mohon ditindaklanjuti sesuai tugas unit."
MOST_MORE_MB: Final = 32
_DESK: Final = "/meja"
_LOOK_SECONDS: Final = 0.05
_PATIENCE_SECONDS: Final = 600
_DONE: Final = b" Selesai"
_KIB_PER_MB: Final = 1024


@dataclass(slots=True)
class Runs:
    """What each run gave."""

    direct: list[float]  # acts per second
    together: list[float]
    before: list[float]  # p95 of the desk in ms
    during: list[float]
    memory: list[tuple[float, float]]  # of the worker in MB: before, and at most


class Assigning:
    """The officer at the desk, and the reports that wait: one half for the job, the other for the bare acts."""

    def __init__(self, port: int, session: Session, database: psycopg.Connection[Any], count: int) -> None:
        self.port, self.session, self.database = port, session, database
        office = Appointment.objects.get(user__username=ADMIN)
        self.actor = AgencyAdmin(office.user_id, office.agency_id)
        # Secret ones too; a supervisory report is given by itself.
        waiting = Report.objects.filter(owner_agency_id=office.agency_id, status=Status.ASSIGNED.value)
        fit = waiting.exclude(supervisory=True).order_by("pk")
        numbers = list(fit.values_list("number", flat=True)[: 2 * count])
        self.mine, self.theirs = numbers[:count], numbers[count:]
        # Each time to another unit than the time before: nobody is given what he has.
        self.next_unit = {
            "mine": _others(office.agency_id, self.mine),
            "theirs": _others(office.agency_id, self.theirs),
        }

    def directly(self) -> float:
        """Do the acts here, one after the other, each its own transaction; return how many a second."""
        move, began = Move(unit_id=next(self.next_unit["mine"]), text=NOTE), time.perf_counter()
        for number in self.mine:
            now = datetime.now(UTC)  # noqa: TID251 - a door
            reports.act(actor=self.actor, number=number, action=Action.ASSIGN_TO_UNIT, move=move, now=now)
        return len(self.mine) / (time.perf_counter() - began)

    def together(self, numbers: Sequence[str], meanwhile: Callable[[], object]) -> float:
        """Choose, look at the preview, send, wait, read what became of each; return how many a second.

        `meanwhile` is done over and over until the job has ended. Raises ClientError where a report was refused.
        """
        began = time.perf_counter()
        chosen = {"massal": "teruskan", "nomor": " ".join(numbers)}
        desk = ask(self.port, self.session.get(_DESK))
        preview = lists.send(self.port, self.session, desk, PATH, chosen)
        filled = {"unit": str(next(self.next_unit["theirs"])), "text": NOTE, "kirim": "1"}
        answer = lists.send(self.port, self.session, preview, PATH, filled)
        page = answer.header("location")
        if not page:
            raise ClientError(f"Giving {len(numbers)} reports to a unit was answered with {answer.status}.")
        state = "SELECT state FROM tanggap_bulkjob WHERE key = %s"
        while self.database.execute(state, [page.rpartition("/")[2]]).fetchone() not in {("done",), ("failed",)}:
            if time.perf_counter() - began > _PATIENCE_SECONDS:
                raise ClientError(f"The job did not end in {_PATIENCE_SECONDS} s.")
            meanwhile()
        done = ask(self.port, self.session.get(page)).body.count(_DONE)
        if done < len(numbers):
            raise ClientError(f"Of {len(numbers)} reports {done} were given to a unit.")
        return len(numbers) / (time.perf_counter() - began)

    def look(self) -> float:
        """Look at the desk; return the seconds."""
        return ask(self.port, self.session.get(_DESK)).seconds


def _others(agency_id: int, numbers: Sequence[str]) -> Iterator[int]:
    """Return two units in turn, first the one that the reports were not given to when they were measured before."""
    units = Unit.objects.filter(agency_id=agency_id, valid_to=None).order_by("pk").values_list("pk", flat=True)[:2]
    have = Report.objects.get(number=numbers[0]).owner_unit_id
    return cycle(sorted(units, key=lambda unit: unit == have))


type Worker = Callable[[], AbstractContextManager[int]]


def assign(facts: Facts, sizes: Sizes, assigning: Assigning, worker: Worker) -> None:
    """Compare the rate of a job with that of its acts, and the desk during it with the desk before it."""
    runs = Runs([], [], [], [], [])
    for _ in range(sizes.runs):
        # The acts have the machine for themselves: nobody sends their messages meanwhile.
        runs.direct.append(assigning.directly())
        with worker() as process:
            _run(runs, sizes, assigning, process)
    count = len(assigning.theirs)
    pairs = zip(runs.together, runs.direct, strict=True)
    facts.figures += [
        Figure(
            f"bulk assign of {count:,} reports, preview to results: rate against the same acts without HTTP",
            statistics.median(ours / theirs for ours, theirs in pairs),
            must=0.8,
            aim=0.9,
            is_at_least=True,
            detail=f"{figures.spread(runs.together, '.1f')} against {figures.spread(runs.direct, '.1f')} reports/s",
        ),
        Figure(
            "p95 of the desk's first page during a bulk assign, against before",
            statistics.median(busy / calm for busy, calm in zip(runs.during, runs.before, strict=True)),
            must=2,
            aim=1.5,
            detail=f"{figures.spread(runs.during, '.1f')} against {figures.spread(runs.before, '.1f')} ms",
        ),
    ]
    if runs.memory:
        facts.figures.append(
            Figure(
                f"memory of the worker at its peak in a bulk assign of {count:,}, more than before it",
                max(peak - before for before, peak in runs.memory),
                must=MOST_MORE_MB,
                aim=8,
                unit="MB",
                detail=f"the most of all runs; at most {max(peak for _, peak in runs.memory):.0f} MB",
            )
        )


def _run(runs: Runs, sizes: Sizes, assigning: Assigning, process: int) -> None:
    """Measure one run while the worker is there."""
    database = assigning.database
    # A worker that has done one job has loaded all that it needs.
    assigning.together(assigning.theirs[: max(2, len(assigning.theirs) // 50)], _wait)
    figures.drain(database, sizes.empty)
    runs.together.append(assigning.together(assigning.theirs, _wait))
    figures.drain(database, sizes.empty)
    runs.before.append(figures.p95([assigning.look() for _ in range(sizes.pages)]) * 1000)
    before, seconds = _forget_peak(process), []
    assigning.together(assigning.theirs, lambda: seconds.append(assigning.look()))
    runs.during.append(figures.p95(seconds or [assigning.look()]) * 1000)
    if before is not None:
        runs.memory.append((before, _status(process, "VmHWM")))


def _wait() -> None:
    time.sleep(_LOOK_SECONDS)


def _forget_peak(process: int) -> float | None:
    """Let the kernel count the peak of a process anew; return what it holds now. None where a system cannot."""
    try:
        Path(f"/proc/{process}/clear_refs").write_text("5", encoding="ascii")
        return _status(process, "VmRSS")
    except OSError:
        return None


def _status(process: int, name: str) -> float:
    lines: Iterator[str] = iter(Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines())
    found = next(line for line in lines if line.startswith(f"{name}:"))
    return int(found.split()[1]) / _KIB_PER_MB
