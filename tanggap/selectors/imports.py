"""How the rows of an import stand, for the officer who brought the sheet in: nobody else knows of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count

from tanggap.domain import sp4n
from tanggap.domain.actors import Officer
from tanggap.domain.imports import State
from tanggap.models import BulkJob, ImportLine, Report
from tanggap.selectors import reports


def counts(job: BulkJob) -> dict[State, int]:
    """Return how many rows stand how."""
    rows = ImportLine.objects.filter(job=job, position__gt=0).order_by().values_list("state").annotate(n=Count("pk"))
    return {State(state): n for state, n in rows}


def lines(job: BulkJob, states: Sequence[State], *, after: int = 0, size: int = 50) -> list[ImportLine]:
    """Return rows that stand so, by their place in the sheet; one more than `size` where there are more."""
    rows = ImportLine.objects.filter(job=job, state__in=states, position__gt=after)
    return list(rows.order_by("position")[: size + 1])


def refusal(job: BulkJob) -> str:
    """Return why nothing of a sheet was taken; '' where rows of it were judged."""
    line = ImportLine.objects.filter(job=job, position=0).first()
    return str(line.faults[0][1]) if line is not None else ""


def positions(job: BulkJob) -> frozenset[int]:
    """Return which rows of a sheet are reports here."""
    rows = ImportLine.objects.filter(job=job).exclude(number="")
    return frozenset(rows.filter(state__in=[State.DONE, State.KNOWN]).values_list("position", flat=True))


def going_on(job: BulkJob) -> BulkJob | None:
    """Return the job that takes the good rows of a judged sheet in, once there is one."""
    return BulkJob.objects.filter(user_id=job.user_id, kind="import", asked__of=job.pk).first()


def known(*, viewer: Officer, found: Sequence[ImportLine]) -> frozenset[str]:
    """Return the numbers among these rows that are reports which the viewer may know of."""
    return reports.known(viewer=viewer, numbers=[line.number for line in found if line.number])


@dataclass(frozen=True, slots=True)
class Tally:
    """How many reports there are in each status (in the words of SP4N-LAPOR!), category and office."""

    status: Counter[str] = field(default_factory=Counter)
    category: Counter[str] = field(default_factory=Counter)
    office: Counter[str] = field(default_factory=Counter)


def tally(job: BulkJob) -> Tally:
    """Count the reports that the rows of a sheet are here."""
    made = Tally()
    numbers = ImportLine.objects.filter(job=job).exclude(number="").filter(state__in=[State.DONE, State.KNOWN])
    columns = ("status", "closing", "category__name", "owner_unit__name", "owner_agency__name")
    for status, closing, category, unit, agency in Report.objects.filter(
        number__in=numbers.values("number")
    ).values_list(*columns):
        made.status[sp4n.status(status, closing)] += 1
        made.category[category or ""] += 1
        made.office[unit or agency] += 1
    return made
